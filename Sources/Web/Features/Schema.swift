import Formats
import Service
import Store

extension Site {
    static let schema = Route(
        "/collections/{collectionId}/schema", "ویژگی‌های عارضه‌ها", "what a layer's features have", collectionId + knownAlone,
        forms: [.schema]
    ) { visit throws(Problem) in
        try visit.inLayer { (_, _, layer) throws(Problem) in visit.schema(layer, "/schema", geometry: true) }
    }

    static let queryables = Route(
        "/collections/{collectionId}/queryables", "آنچه می‌توان پرسید", "what a filter may ask of a layer's features",
        collectionId + knownAlone,
        forms: [.schema]
    ) { visit throws(Problem) in
        try visit.inLayer { (_, _, layer) throws(Problem) in visit.schema(layer, "/queryables", geometry: true) }
    }
}

extension Visit {
    /// A JSON Schema of a layer's properties.
    func schema(_ layer: PublishedLayer, _ path: String, geometry: Bool) -> Reply {
        var properties: [String: JSON] = [:]
        for property in layer.properties {
            properties[property.name] =
                switch property.kind {
                case .text: ["type": "string", "title": .string(property.name)]
                case .number: ["type": "number", "title": .string(property.name)]
                case .day: ["type": "string", "format": "date", "title": .string(property.name)]
                }
        }
        if geometry {
            let format =
                switch layer.role {
                case .addresses: "geometry-point"
                case .parcels, .zones, .boundary: "geometry-multipolygon"
                default: "geometry-any"
                }
            properties["geometry"] = ["format": .string(format), "x-ogc-role": "primary-geometry"]
        }
        let json: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string(address("/collections/\(Percent.encoded(layer.id))\(path)")),
            "type": "object", "title": .string(title(of: layer)), "properties": .object(properties), "additionalProperties": false,
        ]
        var response = Response(type: Accepting.type(request.field("accept"), of: form), json.canonical() + [10])
        response.fields.append(("Cache-Control", "no-cache"))
        return .now(response)
    }
}
