/// A JSON value. Numbers are IEEE doubles, as RFC 8785 has them.
///
/// Swift holds two strings equal that Unicode holds equivalent («é» in one scalar or two), so an object can't keep two keys
/// that differ in no more than that; the reader refuses them as a repeated key.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}

extension JSON {
    /// The number that RFC 8785 writes with this decimal's own digits, for up to fifteen significant ones.
    package init(_ value: Decimal) { self = .number(value.double) }

    /// Exact within ±2⁵³; the nearest double beyond.
    package init(_ value: Int) { self = .number(Double(value)) }

    package init(_ value: String) { self = .string(value) }

    package init(_ value: Bool) { self = .bool(value) }

    /// Null where there is no decimal.
    package init(_ value: Decimal?) { self = value.map { JSON($0) } ?? .null }

    /// Null where there is no text.
    package init(_ value: String?) { self = value.map { .string($0) } ?? .null }

    /// The value under a key; nil where this is no object or has no such key. A null that is there is `.null`, not nil.
    package subscript(key: String) -> JSON? { asObject?[key] }

    package var asBool: Bool? { if case .bool(let value) = self { value } else { nil } }

    package var asNumber: Double? { if case .number(let value) = self { value } else { nil } }

    package var asString: String? { if case .string(let value) = self { value } else { nil } }

    package var asArray: [JSON]? { if case .array(let value) = self { value } else { nil } }

    package var asObject: [String: JSON]? { if case .object(let value) = self { value } else { nil } }

    /// The number where it is whole and within ±2⁵³, else nil.
    package var asInt: Int? {
        guard let value = asNumber, value.magnitude <= 9_007_199_254_740_992 else { return nil }
        return Int(exactly: value)
    }

    /// The decimal of at most six places whose double this number is, else nil.
    package var asDecimal: Decimal? { asNumber.flatMap { Decimal(exactly: $0) } }

    package var isNull: Bool { self == .null }
}
