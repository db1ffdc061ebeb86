package import Formats
package import Persian

/// One clause's say on one parameter.
package struct Provision: Hashable, Sendable {
    /// Which area the value counts on.
    package enum Basis: String, Hashable, Sendable, CaseIterable {
        case deed
        case grid
        case ground
        case effective
        case afterLine
        case part
    }

    package let plan: String
    package let clause: String
    package let target: Target
    package let parameter: String
    package let relation: Relation
    package let value: Value
    package let unit: Unit?
    package let condition: Condition?
    package let basis: Basis?
    package let period: Period
    package let text: String

    package init(
        plan: String, clause: String, target: Target, parameter: String, relation: Relation, value: Value = .none, unit: Unit? = nil,
        condition: Condition? = nil, basis: Basis? = nil, period: Period = Period(), text: String = ""
    ) {
        self.plan = plan
        self.clause = clause
        self.target = target
        self.parameter = parameter
        self.relation = relation
        self.value = value
        self.unit = unit
        self.condition = condition
        self.basis = basis
        self.period = period
        self.text = text
    }
}

package enum Relation: String, Hashable, Sendable, CaseIterable {
    case max
    case min
    case exactly
    case permit
    /// For the parameter `use` a use that is allowed on conditions; for any other, words that qualify it.
    case condition
    case forbid
    case note
}

package enum Value: Hashable, Sendable {
    case none
    case number(Decimal)
    case use(String)
    case text(String)
}

package enum Unit: String, Hashable, Sendable, CaseIterable {
    case percent
    case ratio
    case m
    case m2
    case count
    case use
}

extension Unit {
    /// A ratio may stand where a percentage is meant, and the other way round: 1.2 is 120 %.
    package func fits(_ unit: Unit) -> Bool {
        self == unit || (hundredths != nil && unit.hundredths != nil)
    }

    /// How many hundredths one of it is; nil for what is no fraction.
    var hundredths: Int128? {
        switch self {
        case .percent: 1
        case .ratio: 100
        case .m, .m2, .count, .use: nil
        }
    }
}

extension Provision {
    /// The value for comparisons within a parameter, in millionths, ratios as percentages; nil where it is no number.
    var magnitude: Int128? {
        guard case .number(let number) = value else { return nil }
        return Int128(number.millionths) * (unit?.hundredths ?? 1)
    }
}
