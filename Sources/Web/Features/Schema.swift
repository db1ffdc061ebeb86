import Formats
import Service
import Store

extension Site {
    static let schema = Route(
        "/collections/{collectionId}/schema", "ویژگی‌های عارضه‌ها", "what a layer's features have", collectionId + knownAlone,
        forms: [.schema, .featureSchema]
    ) { visit throws(Problem) in
        try visit.inLayer { (_, _, layer) throws(Problem) in visit.schema(layer, "/schema") }
    }

    static let queryables = Route(
        "/collections/{collectionId}/queryables", "آنچه می‌توان پرسید", "what a filter may ask of a layer's features",
        collectionId + knownAlone,
        forms: [.schema]
    ) { visit throws(Problem) in
        try visit.inLayer { (_, _, layer) throws(Problem) in visit.schema(layer, "/queryables") }
    }
}

extension Visit {
    /// A JSON Schema of a layer's properties, as OGC has it, or of its features as GeoJSON.
    func schema(_ layer: PublishedLayer, _ path: String) -> Reply {
        var properties = Dictionary(uniqueKeysWithValues: layer.properties.map { ($0.name, schema($0)) })
        let isOfFeatures = form == .featureSchema
        if isOfFeatures {
            let own: JSON = ["type": "object", "properties": .object(properties)]
            properties = [
                "type": ["type": "string", "enum": ["Feature"]], "id": ["type": layer.role == .parcels ? "string" : "integer"],
                "geometry": ["type": "object"], "properties": own,
            ]
        } else {
            properties["geometry"] = ["format": .string(layer.geometryFormat), "x-ogc-role": "primary-geometry"]
        }
        let json: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string(address("/collections/\(Percent.encoded(layer.id))\(path)\(isOfFeatures ? "?f=feature" : "")")),
            "type": "object", "title": .string(title(of: layer)), "properties": .object(properties),
            "additionalProperties": .bool(isOfFeatures),
        ]
        var response = Response(type: Accepting.type(request.field("accept"), of: form), json.canonical() + [10])
        response.fields.append(("Cache-Control", "no-cache"))
        return .now(response)
    }

    private func schema(_ property: PublishedLayer.Property) -> JSON {
        var schema: [String: JSON] = ["title": .string(property.name)]
        switch property.kind {
        case .text: schema["type"] = "string"
        case .number: schema["type"] = "number"
        case .day: (schema["type"], schema["format"]) = ("string", "date")
        }
        if property.name == "code" {
            schema["description"] = .string(
                language(
                    "متن است؛ برنامه‌هایی که کد 3-6-7 را تاریخ می‌پندارند، کد قطعه را در id درست می‌خوانند",
                    "a text; clients that take a code such as 3-6-7 for a date have a parcel's code, letter for letter, in `id`"))
        }
        return .object(schema)
    }
}

extension PublishedLayer {
    fileprivate var geometryFormat: String {
        switch role {
        case .addresses: "geometry-point"
        case .parcels, .zones, .boundary: "geometry-multipolygon"
        default: "geometry-any"
        }
    }
}

extension Form {
    /// The schema of features as GeoJSON has them, by which GDAL tells fields' types.
    static let featureSchema = Form(name: "feature", type: "application/schema+json", also: ["application/json"])
}
