package import Formats
package import Persian
import Planning
import Store

extension Town {
    /// The plans registered, by id, each with how it stands on a day and the events known on it, as in an answer's sources.
    package func plansJSON(on day: Day) -> JSON {
        .array(
            law.allPlans.map { plan in
                Answer.Source(plan: plan, status: law.status(of: plan.id, on: day) ?? .notApproved, events: law.events(on: plan.id)).json
            })
    }

    /// The provisions of the law in its order, as their table has them; of one plan, one clause, or all.
    package func provisionsJSON(plan: String?, clause: String?) -> [JSON] {
        law.allProvisions.filter { (plan == nil || $0.plan == plan) && (clause == nil || $0.clause == clause) }.map(\.row)
    }
}

extension Provision {
    /// The columns of the planner's table under their names, null where they are blank.
    var row: JSON {
        .object([
            "plan": .string(plan), "clause": .string(clause), "target": .string(target.description), "parameter": .string(parameter),
            "relation": .string(relation.rawValue), "value": value.json, "unit": .init(unit?.rawValue), "condition": .init(condition?.text),
            "basis": .init(basis?.rawValue), "from": .init(period.from), "until": .init(period.until), "text": .init(stated: text),
        ])
    }
}
