/// Why a file is no city of this program.
package enum Foreign: String, Hashable, Sendable {
    case notAFile = "not a file"
    case empty = "the file is empty"
    case notSQLite = "not a SQLite file"
    case notAGeoPackage = "a SQLite file, but not a GeoPackage"
    case notOurs = "a GeoPackage, but not of this program"
    case schemaless = "it does not name its schema, or by no number"
}
