/// Where a provision applies.
package enum Target: Hashable, Sendable {
    case parcel(Pattern)
    /// Without a layer: the layers of the provision's plan or of what that amends.
    case zone(layer: Pattern?, code: Pattern)
    case overlay(Pattern)
    case use(Pattern)
    case everywhere

    /// `parcel:CODE`, `zone:CODE`, `zone:LAYER/CODE`, `overlay:KIND`, `use:CODE` or `*`; nil for anything else. The first slash parts
    /// the layer from the code.
    package init?(_ text: String) {
        if text == "*" {
            self = .everywhere
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "parcel": if let code = Pattern(rest) { self = .parcel(code) } else { return nil }
        case "overlay": if let kind = Pattern(rest) { self = .overlay(kind) } else { return nil }
        case "use": if let code = Pattern(rest) { self = .use(code) } else { return nil }
        case "zone":
            let halves = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let code = halves.last.flatMap(Pattern.init) else { return nil }
            if halves.count == 2 {
                guard let layer = Pattern(halves[0]) else { return nil }
                self = .zone(layer: layer, code: code)
            } else {
                self = .zone(layer: nil, code: code)
            }
        default: return nil
        }
    }
}

extension Target: CustomStringConvertible {
    package var description: String {
        switch self {
        case .parcel(let code): "parcel:\(code.text)"
        case .zone(let layer, let code): "zone:\(layer.map { $0.text + "/" } ?? "")\(code.text)"
        case .overlay(let kind): "overlay:\(kind.text)"
        case .use(let code): "use:\(code.text)"
        case .everywhere: "*"
        }
    }
}

extension Target {
    /// How closely a target names its place: parcel before overlay, zone, use and everywhere; then a code without a wildcard before
    /// one with it; then the longer literal prefix of the code's wildcard.
    struct Specificity: Hashable, Comparable {
        private let kind: Int
        /// The literal prefix's length; more than any prefix for a code without a wildcard.
        private let prefix: Int

        init(kind: Int, code: Pattern?) {
            self.kind = kind
            prefix = code.map { $0.isExact ? .max : $0.prefix.count } ?? 0
        }

        static func < (one: Specificity, other: Specificity) -> Bool { (one.kind, one.prefix) < (other.kind, other.prefix) }
    }

    var specificity: Specificity {
        switch self {
        case .parcel(let code): Specificity(kind: 4, code: code)
        case .overlay(let kind): Specificity(kind: 3, code: kind)
        case .zone(_, let code): Specificity(kind: 2, code: code)
        case .use(let code): Specificity(kind: 1, code: code)
        case .everywhere: Specificity(kind: 0, code: nil)
        }
    }
}

/// A code in which `*` stands for any run of characters, also for none.
package struct Pattern: Hashable, Sendable {
    package let text: String
    /// The characters before the first `*`.
    package let prefix: Substring
    /// What stands between and after the stars; empty for a code without one.
    private let rest: [Substring]

    package init?(_ text: some StringProtocol) {
        guard !text.isEmpty else { return nil }
        self.text = String(text)
        let pieces = self.text.split(separator: "*", omittingEmptySubsequences: false)
        prefix = pieces[0]
        rest = Array(pieces.dropFirst())
    }

    package var isExact: Bool { rest.isEmpty }

    package func matches(_ code: String) -> Bool {
        guard let tail = rest.last else { return code == text }
        guard code.hasPrefix(prefix) else { return false }
        var remaining = code.dropFirst(prefix.count)
        for piece in rest.dropLast() where !piece.isEmpty {
            guard let start = remaining.indices.first(where: { remaining[$0...].hasPrefix(piece) }) else { return false }
            remaining = remaining[start...].dropFirst(piece.count)
        }
        return remaining.hasSuffix(tail)
    }
}
