import CQL2
import Synchronization

/// What the law has to say on parts that it cannot tell apart: which questions about the facts it asks there, and what it said for each
/// way in which they were answered.
///
/// A town has thousands of parcels and a few hundred pairs of a docket and its answers: nearly every part is found, not judged
/// (the sample town: 157 µs a parcel when each is judged).
final class Docket: Sendable {
    /// What of the facts decides whether a rule applies.
    private enum Question: Equatable {
        case inside(Pattern)
        case holds(Condition)

        func truth(in known: Known) -> Truth {
            switch self {
            case .inside(let kind): known.inside(overlays: kind)
            case .holds(let condition): condition.expression.truth(in: known)
            }
        }
    }

    /// `layer/code`, sorted, each once.
    let zones: [String]
    /// What parts of one parcel are sorted by before and after their areas.
    private let order: (first: [String], last: [String])
    private let questions: [Question]
    private let rulings = Mutex<[[Truth]: Ruling]>([:])

    init(_ part: Part, facts: Facts, in law: Law) {
        zones = Set(part.zones.map(\.name)).sorted()
        order = (
            part.zones.map { "\($0.name) \($0.plan ?? "")" }.sorted() + ["|"]
                + part.overlays.map { "\($0.layer)/\($0.kind)/\($0.code) \($0.plan ?? "")" }.sorted() + ["|"],
            (part.uses?.sorted() ?? []) + ["|"] + part.overlaysUnchecked.sorted()
        )
        let known = Known(facts: facts, part: part)
        var questions: [Question] = []
        func ask(_ question: Question) { if !questions.contains(question) { questions.append(question) } }
        for rule in law.index.candidates(for: part).map({ law.rules[$0] }) {
            if case .overlay(let kind) = rule.provision.target {
                // What no fact has to tell holds for every part of this docket.
                switch Known(facts: Facts(), part: part).inside(overlays: kind) {
                case .no: continue
                case .yes: break
                case .unknown: ask(.inside(kind))
                }
            } else if rule.target(in: known) == .no {
                continue
            }
            if let condition = rule.provision.condition { ask(.holds(condition)) }
        }
        self.questions = questions
    }

    /// The ruling on a part of this docket, made where there is none yet for what the facts answer.
    func ruling(_ known: Known, make: () -> Ruling) -> Ruling {
        let answers = questions.map { $0.truth(in: known) }
        if let ruling = rulings.withLock({ $0[answers] }) { return ruling }
        let ruling = make()
        rulings.withLock { $0[answers] = ruling }
        return ruling
    }

    /// Whether a part of this docket comes before one of another, the areas (mm²) deciding between like ground.
    func precedes(_ other: Docket, areas: (Int64, Int64)) -> Bool {
        if self !== other, order.first != other.order.first { return order.first.lexicographicallyPrecedes(other.order.first) }
        if areas.0 != areas.1 { return areas.0 < areas.1 }
        return self !== other && order.last.lexicographicallyPrecedes(other.order.last)
    }
}
