import Spatial

/// A layer that a city has, with the codes that occur in it.
package struct MapContent: Hashable, Sendable {
    package let role: String
    package let layer: String?
    package let codes: [Code]

    package init(role: String, layer: String?, codes: [Code] = []) {
        self.role = role
        self.layer = layer
        self.codes = codes
    }

    package struct Code: Hashable, Sendable {
        package let code: String
        package let name: String?

        package init(_ code: String, name: String?) {
            self.code = code
            self.name = name
        }
    }

    /// Addresses are points, all else is ground or lines.
    var isPoints: Bool { role == "addresses" }
}

/// One line of a legend.
package struct LegendEntry: Hashable, Sendable {
    package let role: String
    package let layer: String?
    /// Nil for a class that holds all codes of the layer.
    package let code: String?
    package let title: MapStyleSheet.Title
    package let style: MapStyle

    /// The class's symbol as a transparent PNG of so many pixels, times the scale factor a side.
    package func symbol(width: Int = 32, height: Int = 20, scale: Int = 1) throws(DocumentError) -> [UInt8] {
        let canvas = try Canvas(width: width, height: height, scale: scale, background: nil)
        canvas.draw(outline(x: 2, y: 2, width: Double(width) - 4, height: Double(height) - 4), style)
        return try canvas.png()
    }

    /// What the symbol is drawn along, within a box.
    func outline(x: Double, y: Double, width: Double, height: Double) -> Outline {
        guard !MapContent(role: role, layer: layer).isPoints else { return .dot(Position(x: x + width / 2, y: y + height / 2)) }
        return .ground([
            [
                Position(x: x, y: y), Position(x: x + width, y: y), Position(x: x + width, y: y + height), Position(x: x, y: y + height),
            ]
        ])
    }
}

extension MapStyleSheet {
    /// A line for every class that occurs, uppermost first; codes that look alike and have no title of their own share the layer's line.
    package func legend(of contents: [MapContent]) -> [LegendEntry] {
        let entries = contents.flatMap { content in classes(of: content).map(\.entry) }
        return entries.enumerated().sorted { (-$0.element.style.order, $0.offset) < (-$1.element.style.order, $1.offset) }.map(\.element)
    }

    /// The codes of a layer by how they are drawn; the last class, without codes, is of all others. None where the role has no rule.
    func classes(of content: MapContent) -> [(entry: LegendEntry, codes: [String])] {
        guard let rest = rule(role: content.role, layer: content.layer, code: nil) else { return [] }
        var found: [(entry: LegendEntry, codes: [String])] = []
        for code in content.codes {
            guard let rule = rule(role: content.role, layer: content.layer, code: code.code),
                let style = style(role: content.role, layer: content.layer, code: code.code), rule.code != nil || rule.isColouredByCode
            else { continue }
            let name = code.name ?? code.code
            let entry = LegendEntry(
                role: content.role, layer: content.layer, code: code.code,
                title: rule.code == nil ? Title(name, name) : rule.title ?? Title(name, name), style: style)
            found.append((entry: entry, codes: [code.code]))
        }
        guard found.count < content.codes.count || content.codes.isEmpty else { return found }
        let name = content.layer ?? content.role
        let entry = LegendEntry(
            role: content.role, layer: content.layer, code: nil, title: rest.title ?? Title(name, name), style: rest.style)
        return found + [(entry: entry, codes: [])]
    }
}
