/// Why bytes are no Mapbox Vector Tile of version 1 or 2.1.
package struct TileFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        // Of the encoding.
        case cutOff = "ends in the middle of a value"
        case longVarint = "a number of more than 64 bits"
        case wireType = "a field of another type than expected"
        case unknownField = "a field that the standard does not know"
        case repeatedField = "a field that may stand only once, a second time"
        case badText = "text that is not UTF-8"
        // Of a layer.
        case noName = "no name, or an empty one"
        case repeatedName = "the name of a layer before it"
        case noVersion = "no version"
        case badVersion = "a version other than 1 and 2"
        case badExtent = "an extent that is not between 1 and 2³¹ − 1"
        case badValue = "a value that does not hold exactly one of the seven kinds"
        // Of a feature.
        case noType = "no geometry type"
        case badType = "a geometry type other than point, linestring and polygon"
        case noGeometry = "no geometry"
        case oddTags = "an odd number of tags: each key needs its value"
        case noSuchKey = "a tag for a key that the layer does not have"
        case noSuchValue = "a tag for a value that the layer does not have"
        // Of a geometry.
        case badCommand = "a command that must not stand there"
        case badCount = "a command with a count that it must not have"
        case missingSteps = "fewer coordinates than the command's count"
        case noLength = "a stretch of no length"
        case flatRing = "a ring without area"
        case holeFirst = "a hole before any outline: the first ring must be positive by the surveyor's formula"
    }

    package let kind: Kind
    /// Which layer and feature, each counted from 0: `layer 1 (parcels), feature 4`.
    package let place: String
    /// The byte of the tile at which it shows.
    package let offset: Int

    package var description: String { "vector tile, byte \(offset)\(place.isEmpty ? "" : ", \(place)"): \(kind.rawValue)" }
}
