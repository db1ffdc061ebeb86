/// A JSON value. Numbers are IEEE doubles, as RFC 8785 has them.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}
