internal import Persian
package import Spatial

/// What a city's layers look like: one rule for each class of features.
package struct MapStyleSheet: Hashable, Sendable {
    /// Later rules go before earlier ones for the same features.
    package private(set) var rules: [Rule]
    private var places: [Key: Int] = [:]

    package init(_ rules: [Rule]) {
        self.rules = rules
        for (place, rule) in rules.enumerated() { places[rule.key] = place }
    }

    package struct Rule: Hashable, Sendable {
        /// As the store names it: `parcels`, `zones`, `overlay` …
        package let role: String
        /// Nil for every layer of the role.
        package let layer: String?
        /// Nil for every code.
        package let code: String?
        /// For the legend; nil where the feature's own name says it.
        package var title: Title?
        package var style: MapStyle
        /// Whether each code gets a colour of its own, of the opacity of the style's fill.
        package var isColouredByCode: Bool

        package init(
            role: String, layer: String? = nil, code: String? = nil, title: Title? = nil, style: MapStyle, isColouredByCode: Bool = false
        ) {
            self.role = role
            self.layer = layer
            self.code = code
            self.title = title
            self.style = style
            self.isColouredByCode = isColouredByCode
        }

        fileprivate var key: Key { Key(role: role, layer: layer, code: code) }
    }

    package struct Title: Hashable, Sendable {
        package let persian: String
        package let english: String

        package init(_ persian: String, _ english: String) {
            self.persian = persian
            self.english = english
        }
    }

    fileprivate struct Key: Hashable, Sendable {
        let role: String
        let layer: String?
        let code: String?
    }

    /// The rule that is meant most closely: for the code in the layer, in the role, for the layer, for the role. Nil where the role has none.
    package func rule(role: String, layer: String?, code: String?) -> Rule? {
        for key in [
            Key(role: role, layer: layer, code: code), Key(role: role, layer: nil, code: code), Key(role: role, layer: layer, code: nil),
            Key(role: role, layer: nil, code: nil),
        ] {
            if let place = places[key] { return rules[place] }
        }
        return nil
    }

    /// How a feature is drawn; nil where the role has no rule.
    package func style(role: String, layer: String?, code: String?) -> MapStyle? {
        guard let rule = rule(role: role, layer: layer, code: code) else { return nil }
        guard rule.isColouredByCode, let code else { return rule.style }
        var style = rule.style
        style.fill = Palette.colour(of: code, opacity: rule.style.fill?.opacity ?? 255)
        return style
    }

    /// A feature ready to be drawn; nil where the role has no rule. The number is its own within the layer.
    package func feature(
        role: String, layer: String?, number: Int, code: String?, name: String?, geometry: Geometry
    ) -> MapFeature? {
        guard let style = style(role: role, layer: layer, code: code) else { return nil }
        let label: String? =
            switch style.label?.text {
            case .name: name.map { Digits.persian($0) } ?? code.map(Self.written)
            case .code: code.map(Self.written)
            case nil: nil
            }
        return MapFeature(
            group: "\(role)/\(layer ?? "")", number: number, geometry: geometry, style: style, label: label)
    }

    /// A code as a label: in Persian digits, from left to right, without the levels of a renovation code that are absent.
    ///
    /// Its levels are parted by strokes, as people write them too: a dash beside «۰», which is a dot, reads as one more digit or none.
    private static func written(_ code: String) -> String {
        guard let renovation = RenovationCode(parsing: code) else { return Isolates.leftToRight(Digits.persian(code)) }
        let levels = renovation.parts.count - renovation.parts.reversed().prefix { $0 == 0 }.count
        return Isolates.leftToRight(Digits.persian(renovation.parts.prefix(max(1, levels)).map(String.init).joined(separator: "/")))
    }
}

/// Colours for codes that nobody has chosen one for.
enum Palette {
    private static let colours: [MapColour] = [
        MapColour(250, 219, 160), MapColour(178, 212, 156), MapColour(161, 205, 224), MapColour(242, 178, 161), MapColour(206, 184, 222),
        MapColour(238, 228, 140), MapColour(159, 214, 200), MapColour(240, 186, 212), MapColour(214, 200, 170), MapColour(176, 190, 226),
        MapColour(206, 224, 160), MapColour(226, 164, 140),
    ]

    /// The same for a code wherever it stands (FNV-1a of its bytes).
    static func colour(of code: String, opacity: UInt8) -> MapColour {
        let hash = code.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let colour = colours[Int((hash ^ hash >> 32) % UInt64(colours.count))]
        return MapColour(colour.red, colour.green, colour.blue, opacity: opacity)
    }
}
