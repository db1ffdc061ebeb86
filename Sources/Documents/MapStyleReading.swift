package import Formats
import Glibc

extension MapStyleSheet {
    /// The standard one with what a file says.
    package init(file path: String) throws(DocumentError) {
        guard let file = unsafe fopen(path, "re") else { throw .unread(reason: unsafe String(cString: strerror(errno))) }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        let json: JSON
        do throws(JSON.Fault) { json = try JSON(parsing: Array(bytes[..<count])) } catch { throw .unread(reason: "\(error)") }
        self = try Self.standard.with(file: json)
    }
}

extension MapStyleSheet {
    /// This sheet with the rules of a file before its own.
    ///
    /// The file is `{"label"?, "classes": [{"role", "layer"?, "code"?, "title"?, "titleEnglish"?, …}]}`. A class changes the style that stands
    /// for it so far: `fill`, `stroke` (`#rrggbb` or `#rrggbbaa`), `width`, `dash`, `order`, `coarsest`, `hatch` (`colour`, `width`, `spacing`, `rising`)
    /// and `label` (`text`, `size`, `colour`, `halo`, `reach`, `along`, `rank`, `coarsest`), as `MapStyle` has them; null takes one away.
    package func with(file: JSON) throws(DocumentError) -> MapStyleSheet {
        let top = try StyleReader(file, "", ["label", "classes"])
        guard let classes = file["classes"]?.asArray else { throw top.fault("classes", "a list") }
        var sheet = self
        for (number, item) in classes.enumerated() {
            let reader = try StyleReader(
                item, "classes[\(number)]",
                [
                    "role", "layer", "code", "title", "titleEnglish", "fill", "stroke", "width", "dash", "order", "coarsest", "hatch",
                    "label",
                ])
            guard let role = try reader.text("role") else { throw reader.fault("role", "a role such as zones") }
            let (layer, code) = (try reader.text("layer"), try reader.text("code"))
            let base = sheet.rule(role: role, layer: layer, code: code)
            var style = base?.style ?? MapStyle()
            try reader.change(&style)
            let persian = try reader.text("title")
            let title = persian == nil ? base?.title : Title(persian ?? "", try reader.text("titleEnglish") ?? persian ?? "")
            let isColoured = (base?.isColouredByCode ?? false) && code == nil && item["fill"] == nil
            sheet = MapStyleSheet(
                sheet.rules + [
                    Rule(role: role, layer: layer, code: code, title: title, style: style, isColouredByCode: isColoured)
                ])
        }
        return sheet
    }
}

/// One object of a style file.
private struct StyleReader {
    private let fields: [String: JSON]
    private let place: String

    /// Refuses what is no object, and keys that are not known.
    init(_ json: JSON, _ place: String, _ known: [String]) throws(DocumentError) {
        self.place = place
        guard let fields = json.asObject else { throw .style(place: place.isEmpty ? "file" : place, expected: "an object") }
        self.fields = fields
        for key in fields.keys.sorted() where !known.contains(key) {
            throw fault(key, "one of \(known.joined(separator: ", "))")
        }
    }

    func fault(_ key: String, _ expected: String) -> DocumentError {
        .style(place: place.isEmpty ? key : "\(place).\(key)", expected: expected)
    }

    func text(_ key: String) throws(DocumentError) -> String? {
        guard let value = fields[key] else { return nil }
        guard let text = value.asString, !text.isEmpty else { throw fault(key, "text") }
        return text
    }

    func change(_ style: inout MapStyle) throws(DocumentError) {
        style.fill = try colour("fill", style.fill)
        style.stroke = try colour("stroke", style.stroke)
        style.width = try number("width", 0...16) ?? style.width
        style.order = try whole("order") ?? style.order
        if let coarsest = fields["coarsest"] { style.coarsest = coarsest.isNull ? nil : try number("coarsest", 1e-3...1e6) }
        if let dash = fields["dash"] {
            let lengths = dash.asArray?.compactMap { $0.asNumber } ?? []
            guard let list = dash.asArray, lengths.count == list.count, lengths.allSatisfy({ (0.5...1000).contains($0) }) else {
                throw fault("dash", "a list of lengths from 0.5 to 1000 pixels")
            }
            style.dash = lengths
        }
        if let hatch = fields["hatch"] { style.hatch = hatch.isNull ? nil : try self.hatch(hatch, style.hatch) }
        if let label = fields["label"] { style.label = label.isNull ? nil : try self.label(label, style.label) }
    }

    private func hatch(_ json: JSON, _ old: MapStyle.Hatch?) throws(DocumentError) -> MapStyle.Hatch {
        let reader = try StyleReader(json, "\(place).hatch", ["colour", "width", "spacing", "rising"])
        guard let colour = try reader.colour("colour", old?.colour) else { throw reader.fault("colour", "a colour") }
        let spacing = try reader.whole("spacing") ?? old?.spacing ?? 8
        guard [4, 8, 16, 32, 64].contains(spacing) else { throw reader.fault("spacing", "4, 8, 16, 32 or 64") }
        return MapStyle.Hatch(
            colour: colour, width: try reader.number("width", 0.1...16) ?? old?.width ?? 1, spacing: spacing,
            isRising: try reader.flag("rising") ?? old?.isRising ?? true)
    }

    private func label(_ json: JSON, _ old: MapStyle.Label?) throws(DocumentError) -> MapStyle.Label {
        let reader = try StyleReader(
            json, "\(place).label", ["text", "size", "colour", "halo", "reach", "along", "rank", "coarsest"])
        var label = old ?? MapStyle.Label(colour: MapColour(0, 0, 0), rank: 60)
        if let text = try reader.text("text") {
            guard let known = MapStyle.Label.Text(rawValue: text) else { throw reader.fault("text", "name or code") }
            label.text = known
        }
        label.size = try reader.number("size", 5...64) ?? label.size
        label.colour = try reader.colour("colour", label.colour) ?? label.colour
        label.halo = try reader.colour("halo", label.halo) ?? label.halo
        label.reach = try reader.number("reach", 0...8) ?? label.reach
        label.runsAlong = try reader.flag("along") ?? label.runsAlong
        label.rank = try reader.whole("rank") ?? label.rank
        label.coarsest = try reader.number("coarsest", 1e-3...1e6) ?? label.coarsest
        return label
    }

    private func colour(_ key: String, _ old: MapColour?) throws(DocumentError) -> MapColour? {
        guard let value = fields[key] else { return old }
        if value.isNull { return nil }
        guard let colour = value.asString.flatMap({ MapColour($0) }) else { throw fault(key, "#rrggbb or #rrggbbaa") }
        return colour
    }

    private func number(_ key: String, _ range: ClosedRange<Double>) throws(DocumentError) -> Double? {
        guard let value = fields[key] else { return nil }
        guard let number = value.asNumber, range.contains(number) else {
            throw fault(key, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func whole(_ key: String) throws(DocumentError) -> Int? {
        guard let value = fields[key] else { return nil }
        guard let number = value.asInt, (-1000...1000).contains(number) else { throw fault(key, "a whole number from -1000 to 1000") }
        return number
    }

    private func flag(_ key: String) throws(DocumentError) -> Bool? {
        guard let value = fields[key] else { return nil }
        guard let flag = value.asBool else { throw fault(key, "true or false") }
        return flag
    }
}
