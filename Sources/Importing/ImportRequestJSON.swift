package import Formats
import Spatial

extension ImportRequest {
    package var json: JSON {
        .object([
            "file": JSON(file), "role": JSON(role.rawValue), "sourceLayer": JSON(sourceLayer),
            "map": .object(map.mapValues { JSON($0) }), "crs": JSON(crs), "encoding": JSON(encoding), "city": city.json,
        ])
    }

    package init(_ json: JSON) throws(StagedFault) {
        let object = try Members(json, of: "request")
        file = try object.string("file")
        role = try object.needed("role", "one of \(Role.allCases.map(\.rawValue))", Role(rawValue: object.string("role")))
        sourceLayer = try object.optionalString("sourceLayer")
        map = try object.texts("map")
        crs = try object.optionalString("crs")
        encoding = try object.optionalString("encoding")
        city = try City(object["city"])
    }
}

extension ImportRequest.City {
    fileprivate var json: JSON {
        .object([
            "crs": JSON(crs), "origin": origin?.json ?? .null, "boundary": boundary?.json ?? .null,
            "operations": .array(operations.map(\.json)), "suspects": .array(suspects.map { JSON($0) }),
        ])
    }

    fileprivate init(_ json: JSON?) throws(StagedFault) {
        let object = try Members(json, of: "city")
        crs = try object.string("crs")
        origin = nil
        boundary = nil
        operations = []
        if let value = object["origin"] { origin = try Grid(value) }
        if let value = object["boundary"] { boundary = try MultiPolygon(value) }
        for value in try object.array("operations") { operations.append(try Operation(value)) }
        suspects = try object.strings("suspects")
        guard boundary == nil || origin != nil else { throw .shape(where: "city.origin", expected: "an origin for the boundary") }
    }
}

extension Grid {
    /// The origin's easting and northing in whole millimetres, exact within ±2⁵³.
    var json: JSON { .array([JSON(Int(originX)), JSON(Int(originY))]) }

    init(_ json: JSON) throws(StagedFault) {
        guard let pair = json.asArray, pair.count == 2, let x = pair[0].asInt, let y = pair[1].asInt else {
            throw .shape(where: "origin", expected: "two whole numbers of millimetres")
        }
        self.init(originX: Int64(x), originY: Int64(y))
    }
}
