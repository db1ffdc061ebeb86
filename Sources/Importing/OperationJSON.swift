import Formats
import Spatial

extension Operation {
    var json: JSON {
        .object([
            "source": JSON(source), "target": JSON(target), "definition": JSON(definition), "name": JSON(name),
            "accuracy": accuracy.map(JSON.number) ?? .null,
        ])
    }

    init(_ json: JSON) throws(StagedFault) {
        let object = try Members(json, of: "operation")
        self.init(
            source: try object.string("source"), target: try object.string("target"),
            definition: try object.string("definition"), name: try object.string("name"),
            accuracy: try object.optionalNumber("accuracy"))
    }
}
