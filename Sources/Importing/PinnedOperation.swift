package import Formats

/// A change of CRS that was chosen once and is the same ever after.
package struct PinnedOperation: Hashable, Sendable {
    /// CRS codes, such as `EPSG:4326`.
    package var source: String
    package var target: String
    /// The PROJ pipeline that it is carried out by.
    package var definition: String
    package var name: String
    /// Metres; nil where PROJ states none.
    package var accuracy: Double?

    package init(source: String, target: String, definition: String, name: String, accuracy: Double?) {
        self.source = source
        self.target = target
        self.definition = definition
        self.name = name
        self.accuracy = accuracy
    }
}

extension PinnedOperation {
    package var json: JSON {
        .object([
            "source": JSON(source), "target": JSON(target), "definition": JSON(definition), "name": JSON(name),
            "accuracy": accuracy.map(JSON.number) ?? .null,
        ])
    }

    init(_ json: JSON) throws(StagedFault) {
        let object = try Members(json, of: "operation")
        source = try object.string("source")
        target = try object.string("target")
        definition = try object.string("definition")
        name = try object.string("name")
        accuracy = try object.optionalNumber("accuracy")
    }
}
