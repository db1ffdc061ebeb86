import CQL2

extension Vocabulary {
    /// What a condition may be written in.
    static let conditions = Vocabulary(
        noun: "a fact", operators: [.plus, .minus, .times, .over], words: ["CASEI", "ACCENTI", "DATE"], functions: [insideOverlay],
        limits: .ownTables
    ) { word, shown in
        let sort =
            if ["S_", "T_", "A_"].contains(where: word.hasPrefix) {
                "the spatial, temporal and array operator"
            } else if word == "TIMESTAMP" || word == "INTERVAL" {
                "the time literal"
            } else {
                "the function"
            }
        return "\(sort) \(shown) is not supported; supported are insideOverlay, CASEI, ACCENTI and DATE"
    }

    private static let insideOverlay = Function("insideOverlay", yields: .bool) { argument in
        if case .text(let kind) = argument, !kind.isEmpty { return nil }
        return "expected an overlay's kind, such as insideOverlay('river')"
    }
}

extension Expression {
    /// The kinds of overlays that are asked for.
    func collectOverlays(into kinds: inout Set<String>) {
        if let kind = overlayKind { kinds.insert(kind) }
        for child in children { child.collectOverlays(into: &kinds) }
    }

    /// The kind of overlay that `insideOverlay` asks for; nil for anything else.
    var overlayKind: String? {
        guard case .function(_, let arguments, _) = self else { return nil }
        return Self.overlayKind(arguments)
    }

    static func overlayKind(_ arguments: [Expression]) -> String? {
        if case .text(let kind)? = arguments.first { kind } else { nil }
    }
}
