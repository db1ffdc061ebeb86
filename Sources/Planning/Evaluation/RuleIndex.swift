import CQL2

/// What a law's rules are found by.
package enum Heading: String, Hashable, Sendable, CaseIterable {
    case parcel
    case zone
    case overlay
    /// Wildcards, uses (which may be unknown) and everywhere: met by every part. It has no code.
    case others

    /// In the place of a parcel's code: the wildcards among the others that mean parcels.
    static let wildcards = "*"
}

/// Rules by what their targets name, so that a part meets only those that may concern it.
struct RuleIndex: Sendable {
    /// The places of the rules under a heading with a code, ascending.
    let places: @Sendable (Heading, String) -> [Int]

    init(_ places: @escaping @Sendable (Heading, String) -> [Int]) {
        self.places = places
    }

    init(_ rules: [Rule]) {
        let headings = Self.headings(rules)
        self.init { headings[$0]?[$1] ?? [] }
    }

    static func headings(_ rules: [Rule]) -> [Heading: [String: [Int]]] {
        var headings: [Heading: [String: [Int]]] = [:]
        for (place, rule) in rules.enumerated() {
            switch rule.provision.target {
            case .parcel(let code) where code.isExact: headings[.parcel, default: [:]][code.text, default: []].append(place)
            case .zone(_, let code) where code.isExact: headings[.zone, default: [:]][code.text, default: []].append(place)
            case .overlay(let kind) where kind.isExact: headings[.overlay, default: [:]][kind.text, default: []].append(place)
            case .parcel:
                headings[.others, default: [:]]["", default: []].append(place)
                headings[.parcel, default: [:]][Heading.wildcards, default: []].append(place)
            case .zone, .overlay, .use, .everywhere: headings[.others, default: [:]]["", default: []].append(place)
            }
        }
        return headings
    }

    /// In ascending order, each once.
    func candidates(for part: Part) -> [Int] {
        var found = places(.others, "")
        if let parcel = part.parcel { found += places(.parcel, parcel) }
        for code in Set(part.zones.map(\.code)) { found += places(.zone, code) }
        for kind in part.overlaysUnchecked.union(part.overlays.map(\.kind)) { found += places(.overlay, kind) }
        return found.sorted()
    }
}

extension Law {
    /// The rules that name a parcel: all that the law sees of its code.
    func rules(naming parcel: String?) -> [Int] {
        guard let parcel else { return [] }
        return index.places(.parcel, parcel)
            + index.places(.parcel, Heading.wildcards).filter {
                if case .parcel(let code) = rules[$0].provision.target { code.matches(parcel) } else { false }
            }
    }
}

extension Rule {
    func target(in known: Known) -> Truth {
        switch provision.target {
        case .everywhere: return .yes
        case .parcel(let code): return Truth(known.part.parcel.map(code.matches) ?? false)
        case .zone: return Truth(known.part.zones.contains(where: addresses))
        case .overlay(let kind):
            return known.inside(overlays: kind)
        case .use(let code):
            if let use = known.fact("use") { return Truth(code.matches(use.value.text)) }
            guard let uses = known.part.uses else { return .unknown(needs: ["use"]) }
            return Truth(uses.contains(where: code.matches))
        }
    }

    /// Whether its target is a zone and means this one.
    func addresses(_ zone: Part.Zone) -> Bool {
        guard case .zone(let layer, let code) = provision.target, code.matches(zone.code) else { return false }
        return layer.map { $0.matches(zone.layer) } ?? layers.contains(zone.layer)
    }
}
