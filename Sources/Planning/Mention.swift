import CQL2
package import Persian

/// Something that provisions speak of wherever a question is asked: what an answer must know of provisions that do not concern its
/// place.
package struct Mention: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// A use that is regulated.
        case use
        /// A kind of overlay in a target or a condition; a wildcard as it is written.
        case overlay
        /// A zone layer, named without a wildcard.
        case layer
    }

    package let kind: Kind
    package let name: String
    /// The plan and the days of the provisions that speak of it so.
    package let plan: String
    package let period: Period

    package init(_ kind: Kind, _ name: String, plan: String, period: Period) {
        self.kind = kind
        self.name = name
        self.plan = plan
        self.period = period
    }

    /// In the order of the rules, each once.
    static func each(of rules: [Rule]) -> [Mention] {
        var known: Set<Mention> = []
        var mentions: [Mention] = []
        for rule in rules {
            func add(_ kind: Kind, _ name: String) {
                let mention = Mention(kind, name, plan: rule.provision.plan, period: rule.provision.period)
                if known.insert(mention).inserted { mentions.append(mention) }
            }
            if let use = rule.subject.use { add(.use, use) }
            switch rule.provision.target {
            case .overlay(let kind): add(.overlay, kind.text)
            case .zone(let layer?, _) where layer.isExact: add(.layer, layer.text)
            default: break
            }
            var kinds: Set<String> = []
            rule.provision.condition?.expression.collectOverlays(into: &kinds)
            for kind in kinds.sorted() { add(.overlay, kind) }
        }
        return mentions
    }
}
