import CQL2
import Spatial

/// What is known where a condition is asked: the parcel's facts and the part's own overlays and uses.
struct Known {
    let facts: Facts
    let part: Part

    /// The use that stands there serves as the fact `use` where nothing else does.
    func fact(_ name: String) -> Fact? {
        if let fact = facts[name] { return fact }
        guard name == "use", let uses = part.uses, uses.count == 1, let use = uses.first else { return nil }
        return Fact(.text(use), from: .layer)
    }

    /// What is drawn counts first; where nobody can say that the part lies outside, a fact `overlay:KIND` that was handed over does.
    func inside(overlay kind: String) -> Truth {
        if part.overlays.contains(where: { $0.kind == kind }) { return .yes }
        guard part.overlaysUnchecked.contains(kind) else { return .no }
        guard case .bool(let holds)? = facts[Facts.overlay(kind)]?.value else { return .unknown(needs: [Facts.overlay(kind)]) }
        return Truth(holds)
    }

    /// Inside one of the kinds that a pattern means.
    func inside(overlays kind: Pattern) -> Truth {
        if kind.isExact { return inside(overlay: kind.text) }
        if part.overlays.contains(where: { kind.matches($0.kind) }) { return .yes }
        let unchecked = part.overlaysUnchecked.filter(kind.matches)
        return unchecked.reduce(.no) { $0.or(inside(overlay: $1)) }
    }

    /// What is known of some facts, in the order of their names as given.
    func named(_ names: [String]) -> [NamedFact] {
        names.compactMap { name in
            if let fact = fact(name) { return NamedFact(name: name, value: fact.value, from: fact.from) }
            guard let kind = Facts.kind(ofOverlay: name) else { return nil }
            switch inside(overlay: kind) {
            case .yes: return NamedFact(name: name, value: .bool(true), from: .computed)
            case .no: return NamedFact(name: name, value: .bool(false), from: .computed)
            case .unknown: return nil
            }
        }
    }
}

extension Known: Assignment {
    /// A fact that is missing is not known; that there is none, nobody has said.
    var missingIsNull: Bool { false }

    func value(of name: String) -> PropertyValue? {
        switch fact(name)?.value {
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        case .bool(let holds): .bool(holds)
        case nil: nil
        }
    }

    /// The one function that a condition has is `insideOverlay`.
    func holds(_ function: String, _ arguments: [Expression]) -> Truth {
        Expression.overlayKind(arguments).map(inside(overlay:)) ?? .no
    }

    /// A condition has no geometries.
    func holds(_ relation: SpatialRelation, _ one: Ground, _ other: Ground) -> Truth { .no }
}
