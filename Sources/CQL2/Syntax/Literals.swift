import Formats
import Persian

/// What texts and numbers inside an expression mean, and what is said of those that mean nothing.
extension Expression {
    static let minusOne = Expression.number(Decimal(millionths: -1_000_000))

    /// Words that are no property's name unless they are quoted.
    static let reserved: Set<String> = ["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV", "TRUE", "FALSE"]

    /// Words that are no function's name, in capitals: the standard's own, in text and in JSON.
    static let taken: Set<String> = reserved.union(["ISNULL", "CASEI", "ACCENTI", "DATE", "TIMESTAMP", "INTERVAL"])
        .union(GeometryLiteral.words).union(SpatialRelation.allCases.map { $0.rawValue.uppercased() })
        .union(TemporalRelation.words.keys).union(ArrayRelation.words.keys)

    static let incomputable = "a division by zero, or a number that is too large"
    static let noIntervalEnd = "expected a day such as '2026-11-23', a moment such as '2026-11-23T07:30:00Z', '..' or a name"
    static let reversedInterval = "an interval that ends before it begins"

    /// A day, a moment or `..`; nil for any other text.
    init?(intervalEnd text: String) {
        if text == ".." {
            self = .open
        } else if let day = Day(iso: text) {
            self = .day(day)
        } else if let timestamp = Timestamp(iso: text) {
            self = .timestamp(timestamp)
        } else {
            return nil
        }
    }

    /// An interval of literals that ends before it begins.
    var isReversed: Bool {
        guard case .interval(let from, let until) = self, let start = Instant(from), let end = Instant(until) else { return false }
        return end.isBefore(start, as: (.last, .first))
    }

    /// Reads no property and calls no function, so that it comes to the same everywhere.
    var isConstant: Bool {
        switch self {
        case .property, .function: false
        default: children.allSatisfy(\.isConstant)
        }
    }

    /// A constant that comes to nothing.
    var isIncomputable: Bool {
        guard isConstant, case .unknown = scalar(in: NothingKnown()) else { return false }
        return true
    }
}

extension TemporalRelation {
    /// By their words in capitals.
    static let words = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue.uppercased(), $0) })
}

extension ArrayRelation {
    /// By their words in capitals.
    static let words = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue.uppercased(), $0) })
}

extension Decimal {
    static let unreadable = "a number that is too large or has more than six places"

    /// A literal's exact value, its exponent in capitals: at most six places, at most `Decimal.limit`.
    init?(digits: String) {
        let halves = digits.split(separator: "E", omittingEmptySubsequences: false)
        let mantissa = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        guard let exponent = halves.count > 1 ? Int(halves[1]) : 0, exponent.magnitude <= 40,
            mantissa[0].utf8.count + fraction.utf8.count <= 30, let whole = Int128(mantissa[0] + fraction)
        else { return nil }
        var (value, places) = (whole, fraction.utf8.count - 6 - exponent)
        while places > 0, value.isMultiple(of: 10) { (value, places) = (value / 10, value == 0 ? 0 : places - 1) }
        while places < 0, value.magnitude <= UInt128(Decimal.limit) * 1_000_000 { (value, places) = (value * 10, places + 1) }
        guard places <= 0, value.magnitude <= UInt128(Decimal.limit) * 1_000_000 else { return nil }
        self.init(millionths: Int64(value))
    }

    /// The decimal that a double's shortest digits write, so that beyond fifteen of them it is still the one that was meant.
    init?(shortestDigitsOf value: Double) {
        let digits = JSON.number(value.magnitude).text.uppercased().filter { $0 != "+" }
        guard value.isFinite, let magnitude = Decimal(digits: digits) else { return nil }
        self = value < 0 ? -magnitude : magnitude
    }
}
