/// Rules by what their targets name, so that a part meets only those that may concern it.
struct RuleIndex: Sendable {
    private var parcels: [String: [Int]] = [:]
    private var zones: [String: [Int]] = [:]
    private var overlays: [String: [Int]] = [:]
    /// Wildcards, uses (which may be unknown) and everywhere: met by every part.
    private var others: [Int] = []
    private var parcelWildcards: [(code: Pattern, place: Int)] = []

    init(_ rules: [Rule]) {
        for (place, rule) in rules.enumerated() {
            switch rule.provision.target {
            case .parcel(let code) where code.isExact: parcels[code.text, default: []].append(place)
            case .zone(_, let code) where code.isExact: zones[code.text, default: []].append(place)
            case .overlay(let kind) where kind.isExact: overlays[kind.text, default: []].append(place)
            case .parcel, .zone, .overlay, .use, .everywhere: others.append(place)
            }
            if case .parcel(let code) = rule.provision.target, !code.isExact { parcelWildcards.append((code, place)) }
        }
    }

    /// The rules that name a parcel: all that the law sees of its code.
    func rules(naming parcel: String?) -> [Int] {
        guard let parcel else { return [] }
        return (parcels[parcel] ?? []) + parcelWildcards.filter { $0.code.matches(parcel) }.map(\.place)
    }

    /// In ascending order, each once.
    func candidates(for part: Part) -> [Int] {
        var places = others
        if let parcel = part.parcel { places += parcels[parcel] ?? [] }
        for code in Set(part.zones.map(\.code)) { places += zones[code] ?? [] }
        if !overlays.isEmpty {
            for kind in part.overlaysUnchecked.union(part.overlays.map(\.kind)) { places += overlays[kind] ?? [] }
        }
        return places.sorted()
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
