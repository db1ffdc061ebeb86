import CQL2
import Formats

/// What conditions compare facts with: where, on one fact's line, they may change from true to false.
struct Thresholds {
    var numbers: [String: Set<Decimal>] = [:]
    var texts: [String: Set<String>] = [:]
    var bools: Set<String> = []
    var overlays: Set<String> = []

    /// Nil where a condition reads a fact in another way than by comparing it with a constant: sums, patterns, days.
    init?(_ conditions: [Condition]) {
        for condition in conditions {
            guard add(condition.expression) else { return nil }
        }
        // A fact that is compared with several kinds has no one line.
        let names = Array(numbers.keys) + Array(texts.keys) + Array(bools)
        guard Set(names).count == names.count else { return nil }
    }

    private mutating func add(_ expression: Expression) -> Bool {
        switch expression {
        case .and(let terms), .or(let terms):
            for term in terms where !add(term) { return false }
            return true
        case .not(let term): return add(term)
        case .compare(.property(let name), _, let constant), .compare(let constant, _, .property(let name)): return add(name, constant)
        case .between(.property(let name), let low, let high): return add(name, low) && add(name, high)
        case .among(.property(let name), let list):
            for constant in list where !add(name, constant) { return false }
            return true
        case .function(_, let arguments, _):
            guard let kind = Expression.overlayKind(arguments) else { return false }
            overlays.insert(kind)
            return true
        case .bool: return true
        default: return false
        }
    }

    private mutating func add(_ name: String, _ constant: Expression) -> Bool {
        switch constant {
        case .number(let number): numbers[name, default: []].insert(number)
        case .text(let text): texts[name, default: []].insert(text)
        case .bool: bools.insert(name)
        default: return false
        }
        return true
    }
}
