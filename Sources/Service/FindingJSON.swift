import Formats
import Planning

extension Finding {
    var json: JSON {
        .object([
            "parcel": .init(parcel), "parameter": .string(parameter), "relation": .init(relation?.rawValue), "value": value.json,
            "unit": .init(unit?.rawValue), "basis": .init(basis?.rawValue), "zones": .array(zones.map(JSON.string)),
            "share": .init(share), "facts": .array(facts.map(\.json)), "provision": provision?.json ?? .null,
            "status": .string(status.rawValue), "needs": .array(needs.map(JSON.string)),
            "overruled": .array(overruled.map(\.json)), "open": .array(open.map(\.json)),
        ])
    }
}

extension UseFinding {
    var json: JSON {
        .object([
            "parcel": .init(parcel), "use": .string(use), "status": .string(status.rawValue), "zones": .array(zones.map(JSON.string)),
            "share": .init(share), "provision": provision?.json ?? .null,
        ])
    }
}

extension Overruled {
    fileprivate var json: JSON {
        .object([
            "provision": provision.json, "relation": .string(relation.rawValue), "value": value.json, "unit": .init(unit?.rawValue),
            "reason": .string(reason.rawValue),
        ])
    }
}

extension Contender {
    var json: JSON {
        .object([
            "provision": provision.json, "relation": .string(relation.rawValue), "value": value.json, "unit": .init(unit?.rawValue),
            "needs": .array(needs.map(JSON.string)),
        ])
    }
}

extension Citation {
    var json: JSON {
        .object([
            "plan": .string(plan), "clause": .string(clause), "text": .string(text), "from": .init(from), "until": .init(until),
        ])
    }
}

extension NamedFact {
    fileprivate var json: JSON {
        .object(["name": .string(name), "value": value.json, "from": .string(from.rawValue)])
    }
}

extension Value {
    var json: JSON {
        switch self {
        case .number(let number): .init(number)
        case .use(let code): .string(code)
        case .text(let text): .string(text)
        case .none: .null
        }
    }
}

extension Fact.Value {
    var json: JSON {
        switch self {
        case .number(let number): .init(number)
        case .text(let text): .string(text)
        case .bool(let holds): .bool(holds)
        }
    }
}
