package import Formats

/// One thing wrong in a delivery.
package struct ImportFault: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The row can't be used as it is.
        case error
        /// A person should look; the row counts.
        case warning
    }

    /// Stable names: lists, tests and people's notes refer to them.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        case geometryMissing = "geometry.missing"
        case geometryEmpty = "geometry.empty"
        case geometryUnreadable = "geometry.unreadable"
        /// Lines where ground is expected, and the like.
        case geometryKind = "geometry.kind"
        case notFinite = "geometry.notFinite"
        case outOfRange = "geometry.outOfRange"
        case duplicateGeometry = "geometry.duplicate"
        case curve = "geometry.curve"
        case ringOpen = "ring.open"
        case tooFewPoints = "ring.tooFewPoints"
        case selfCrossing = "ring.selfCrossing"
        case zeroArea = "ring.zeroArea"
        case holeOutside = "ring.holeOutside"
        /// Parts that lie over one another, or any other reason why an area is not one.
        case invalidArea = "area.invalid"
        case addressEmpty = "address.empty"
        case codeMissing = "code.missing"
        case codeRepeated = "code.repeated"
        case codeAmbiguous = "code.ambiguous"
        case outsideCity = "place.outsideCity"
        case textUndecodable = "text.undecodable"
        case unknownColumn = "column.unknown"
        case statedCRS = "crs.stated"
        case perhapsOtherCRS = "crs.doubtful"
        case units = "crs.units"
        /// The file ends before its header says.
        case truncated = "file.truncated"
        /// Nothing to deliver: accepted, it would end all that stands in its place.
        case noRows = "file.noRows"
        case guessedEncoding = "encoding.guessed"
    }

    package var code: Code
    package var severity: Severity
    /// What is wrong, with file and row: `parcels.shp, feature 214: ring not closed (gap 0.031 m at 713204.112 4021377.870)`.
    package var message: String
    /// Where, in metres of the city's CRS; nil where the fault has no place there.
    package var place: Place?

    package struct Place: Hashable, Sendable {
        package var x: Double
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    package init(_ code: Code, _ severity: Severity, _ message: String, at place: Place? = nil) {
        self.code = code
        self.severity = severity
        self.message = message
        self.place = place
    }
}

extension ImportFault {
    package var json: JSON {
        var object = ["code": JSON(code.rawValue), "severity": JSON(severity.rawValue), "message": JSON(message)]
        if let place {
            object["x"] = .number(place.x)
            object["y"] = .number(place.y)
        }
        return .object(object)
    }

    init(_ json: JSON) throws(StagedFault) {
        let object = try Members(json, of: "fault")
        code = try object.needed("code", "a known code", Code(rawValue: object.string("code")))
        severity = try object.needed("severity", "error or warning", Severity(rawValue: object.string("severity")))
        message = try object.string("message")
        if let x = try object.optionalNumber("x"), let y = try object.optionalNumber("y") { place = Place(x: x, y: y) }
    }
}
