package import Formats
package import Importing
package import Persian
package import Planning
package import Spatial
package import Store

/// What is at fault in a request, with what a message needs to say so. `Rendering` has the words.
package enum BadInput: Sendable {
    /// Text that names no CRS, or one that PROJ can't use.
    case crs(String, SpatialError)
    case crsNotInMetres(String, name: String)
    /// A CRS that is known and yet no code of EPSG's.
    case crsNotACode(String)
    /// The city's grid can't be laid around the ground that a file draws.
    case ground(file: String, crs: String, SpatialError)
    case notFinite(x: Double, y: Double)
    case place(x: Double, y: Double, crs: String, SpatialError)
    /// The city has no ground yet that anything could lie on.
    case noGroundYet
    /// No revision had been accepted by then.
    case nothingKnown(at: Moment)
    /// A batch's table; no file is the standard input.
    case batch(file: String?, CSV.Fault)
    case batchColumns(file: String?, missing: [String], expected: [String])
    /// A batch's table whose columns name no kind of place.
    case batchKind(file: String, header: [String])
    /// A spreadsheet's own file where its CSV was expected.
    case spreadsheet(file: String)
    /// The file that was to draw what a layer covers draws nothing.
    case coversNothing(file: String)
    case notImportable(role: String)
    /// The file's reader refuses it, in its own sentence that names the file.
    case refused(String)
    case reader(file: String, ImporterProcessError)
    /// Rows of a planner's table, each with its line, of how many.
    case rows(file: String, refused: [(line: String, RowFault)], of: Int)
    /// Rows of the file of what is allowed, each with what was expected in the two languages.
    case allowances([AllowanceFault])
    case manifest(file: String, JSON.Fault)
    /// A fact that names sides of a parcel's border, and how many there are.
    case sides(fact: String, String, count: Int)
    /// A place in a manifest: "manifest.json, delivery 3".
    case entry(at: String, ManifestFault)
}

/// What is wrong with a row of the file of what is allowed.
package struct AllowanceFault: Sendable {
    package enum Reason: Sendable {
        case table(CSV.Fault)
        case columns(missing: [String])
        case blank(column: String)
        case everyParcel
        case unknownWhat(String)
        case repeated(line: Int)
        /// The change does no such thing.
        case doesNotHappen
    }

    package let file: String
    package let line: Int
    package let reason: Reason
}

/// What is wrong at a place in a manifest.
package enum ManifestFault: Sendable {
    case notAnObject
    case unknownKey(String, known: [String])
    case missingKey(String)
    case notAList(String)
    case notText(String)
    case notNumber(String)
    case unknownRole(String)
    case accuracyOutOfRange
    case day(key: String, DayFault)
}
