import Formats
import Persian
import Testing

@testable import Planning

func day(_ iso: String) -> Day { Day(iso: iso) ?? Day(number: .min) }

func number(_ text: String) -> Value { .number(Decimal(parsing: text) ?? Decimal(millionths: .min)) }

func plan(
    _ id: String, kind: Plan.Kind = .detailed, approved: String? = "2020-01-01", published: String? = "2020-01-01", from: String? = nil,
    until: String? = nil, replaces: [String] = [], amends: String? = nil, rank: Int? = nil, policy: Plan.Policy? = nil
) -> Plan {
    Plan(
        id: id, title: id, kind: kind, approved: approved.map(day), published: published.map(day), from: from.map(day),
        until: until.map(day), replaces: replaces, amends: amends, rank: rank, policy: policy)
}

/// A limit in percent unless another unit is given; the value is a number, or for `use` a code.
func rule(
    _ plan: String, _ clause: String, _ target: String, _ parameter: String = "far.max", _ relation: Relation = .max, _ value: String = "",
    unit: Unit = .percent, when condition: String? = nil, basis: Provision.Basis? = nil, from: String? = nil, until: String? = nil
) throws -> Provision {
    let isUse = parameter == "use"
    return Provision(
        plan: plan, clause: clause, target: try #require(Target(target)), parameter: parameter, relation: relation,
        value: value.isEmpty ? .none : isUse ? .use(value) : number(value), unit: isUse ? .use : value.isEmpty ? nil : unit,
        condition: try condition.map { try Condition(parsing: $0) }, basis: basis,
        period: Period(from: from.map(day), until: until.map(day)), text: "\(plan) \(clause)")
}

let catalogue = ParameterCatalogue([
    Parameter(code: "use", unit: .use, stricter: .none),
    Parameter(code: "far.max", unit: .percent, stricter: .lower),
    Parameter(code: "coverage.max", unit: .percent, stricter: .lower),
    Parameter(code: "floors.max", unit: .count, stricter: .lower),
    Parameter(code: "setback.front.min", unit: .m, stricter: .higher),
    Parameter(code: "height.max", unit: .m, stricter: .lower),
    Parameter(code: "basement", unit: nil, stricter: .none),
])

func law(_ plans: [Plan], _ provisions: [Provision], layers: [String: Set<String>] = ["P": ["landUse"]]) -> Law {
    Law(plans: plans, provisions: provisions, catalogue: catalogue, zoneLayers: layers)
}

func zone(_ name: String, plan: String? = "P") -> Part.Zone {
    let halves = name.split(separator: "/")
    return Part.Zone(layer: String(halves[0]), code: String(halves[1]), plan: plan)
}

func part(
    _ zones: String..., overlays: [String] = [], parcel: String? = "1", uses: Set<String>? = nil, area: Int64? = 1_000_000,
    of whole: Int64? = 1_000_000, unchecked: Set<String> = []
) -> Part {
    Part(
        zones: zones.map { zone($0) },
        overlays: overlays.map { Part.Overlay(layer: $0, kind: $0, code: "1", plan: nil) }, parcel: parcel, uses: uses, area: area,
        parcelArea: whole, overlaysUnchecked: unchecked)
}

/// `name: value`, as somebody would type it; asked.
func facts(_ typed: [String: String] = [:]) -> Facts {
    Facts(typed.mapValues { Fact(Fact.Value(typed: $0), from: .asked) })
}

let today = day("2026-11-23")

extension Finding {
    /// `parameter relation value status [clause] share`, as the tables of expected outcomes have it.
    var brief: String {
        var words = [parameter, relation?.rawValue ?? "-", value.brief, status.rawValue]
        if let provision { words.append(provision.clause) }
        return words.joined(separator: " ")
    }

    /// `clause:reason`, sorted.
    var lost: [String] { overruled.map { "\($0.provision.clause):\($0.reason.rawValue)" }.sorted() }

    var contenders: [String] { open.map(\.provision.clause) }
}

extension Value {
    var brief: String {
        switch self {
        case .none: "-"
        case .number(let number): number.description
        case .use(let code): code
        case .text(let text): text
        }
    }
}
