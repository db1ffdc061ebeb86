extension JSON {
    /// Why a text is not one JSON value, and where.
    ///
    /// Lines and columns count from one; a column is one Unicode scalar.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package enum Reason: Hashable, Sendable {
            case expected(String, found: String)
            case duplicateKey(String)
            case tooDeep(limit: Int)
            case notUTF8
            case loneSurrogate
            case notFinite(String)
        }

        package let line: Int
        package let column: Int
        package let reason: Reason

        package init(line: Int, column: Int, reason: Reason) {
            self.line = line
            self.column = column
            self.reason = reason
        }

        package var description: String { "line \(line), column \(column): \(reason.description)" }
    }
}

extension JSON.Fault.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .expected(let what, let found): "expected \(what), found \(found)"
        case .duplicateKey(let key): "the key \"\(key)\" stands twice in one object; expected every key once"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .notUTF8: "a byte that is not UTF-8; expected UTF-8 text"
        case .loneSurrogate: "half of a surrogate pair; expected \\uD800–\\uDBFF followed by \\uDC00–\\uDFFF"
        case .notFinite(let text): "the number \(text) is beyond the range of a double; expected at most 1.7976931348623157e308"
        }
    }
}
