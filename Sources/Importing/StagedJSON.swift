package import Formats
import Spatial

extension StagedLine {
    package var json: JSON {
        switch self {
        case .head(let head): head.json
        case .row(let row): row.json
        case .end(let rows): .object(["end": JSON(true), "rows": JSON(rows)])
        }
    }
}

extension StagedHead {
    fileprivate var json: JSON {
        .object([
            "driver": JSON(driver), "layer": JSON(layer), "layers": .array(layers.map { JSON($0) }), "crs": JSON(crs),
            "operation": operation?.json ?? .null, "encoding": JSON(encoding), "columns": .array(columns.map { JSON($0) }),
            "map": .object(map.mapValues { JSON($0) }), "count": JSON(count), "origin": grid?.json ?? .null,
            "faults": .array(faults.map(\.json)),
        ])
    }

    init(_ json: JSON) throws(StagedFault) {
        let object = try Members(json, of: "head")
        driver = try object.string("driver")
        layer = try object.string("layer")
        layers = try object.strings("layers")
        crs = try object.optionalString("crs")
        encoding = try object.string("encoding")
        columns = try object.strings("columns")
        map = try object.texts("map")
        count = try object.int("count")
        operation = nil
        grid = nil
        faults = []
        if let value = object["operation"] { operation = try Operation(value) }
        if let value = object["origin"] { grid = try Grid(value) }
        for value in try object.array("faults") { faults.append(try ImportFault(value)) }
    }
}

extension StagedRow {
    fileprivate var json: JSON {
        var object: [String: JSON] = ["line": JSON(line), "fields": .object(fields.mapValues { JSON($0) })]
        if let code { object["code"] = JSON(code) }
        if !unmapped.isEmpty { object["unmapped"] = .object(unmapped.mapValues { JSON($0) }) }
        if let geometry { object["geometry"] = geometry.json }
        if let original { object["original"] = JSON(Hex.text(original)) }
        if !faults.isEmpty { object["faults"] = .array(faults.map(\.json)) }
        if let quarantine { object["quarantine"] = JSON(quarantine) }
        return .object(object)
    }

    init(_ json: JSON) throws(StagedFault) {
        let object = try Members(json, of: "row")
        line = try object.string("line")
        code = try object.optionalString("code")
        fields = try object.texts("fields")
        unmapped = try object.texts("unmapped")
        quarantine = try object.optionalString("quarantine")
        geometry = nil
        original = nil
        faults = []
        if let value = object["geometry"] { geometry = try Geometry(value) }
        if let text = try object.optionalString("original") {
            original = try object.needed("original", "hexadecimal digits", Hex.bytes(text))
        }
        guard let list = object["faults"] else { return }
        for value in try object.needed("faults", "an array", list.asArray) { faults.append(try ImportFault(value)) }
    }
}
