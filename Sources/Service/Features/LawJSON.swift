package import Formats
package import Persian
package import Planning
import Store

extension Town {
    /// The plans registered, by id, each with how it stands on a day and the events known on it, as in an answer's sources.
    package func plansJSON(on day: Day) -> JSON {
        .array(
            law.allPlans.map { plan in
                Answer.Source(plan: plan, status: law.status(of: plan.id, on: day) ?? .notApproved, events: law.events(on: plan.id)).json
            })
    }

    /// The provisions of the law in its order; each part of the choice left open takes all.
    ///
    /// - Parameter target: a target as the table writes it, or a zone's code with or without its layer, which targets with a wildcard
    ///   may mean too.
    package func provisions(plan: String?, clause: String?, parameter: String?, target: String?) -> [Provision] {
        law.allProvisions.filter { provision in
            (plan == nil || provision.plan == plan) && (clause == nil || provision.clause == clause)
                && (parameter == nil || provision.parameter == parameter) && (target.map(provision.target.covers) ?? true)
        }
    }
}

extension [Provision] {
    /// As their table has them.
    package var json: JSON { .array(map(\.row)) }
}

extension Target {
    /// Whether it is what was typed, or may mean it.
    fileprivate func covers(_ typed: String) -> Bool {
        if description == typed { return true }
        switch (self, Target(typed)) {
        case (.overlay(let own), .overlay(let asked)?), (.use(let own), .use(let asked)?), (.parcel(let own), .parcel(let asked)?):
            return own.matches(asked.text)
        case (.zone(let layer, let own), .zone(let askedLayer, let asked)?):
            return Self.covers(layer, own, askedLayer?.text, asked.text)
        case (.zone(let layer, let own), nil):
            let halves = typed.split(separator: "/", maxSplits: 1).map(String.init)
            return Self.covers(layer, own, halves.count == 2 ? halves[0] : nil, halves.last ?? "")
        default: return false
        }
    }

    private static func covers(_ layer: Pattern?, _ own: Pattern, _ askedLayer: String?, _ asked: String) -> Bool {
        own.matches(asked) && (layer == nil || askedLayer == nil || layer?.matches(askedLayer ?? "") == true)
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
