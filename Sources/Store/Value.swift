/// What is bound to a place in an SQL statement.
enum Value {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    static func integer(_ number: Int) -> Value { .integer(Int64(number)) }

    static func integer(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }

    static func integer(_ number: Int?) -> Value { number.map { .integer(Int64($0)) } ?? .null }

    static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }

    static func blob(_ bytes: [UInt8]?) -> Value { bytes.map { .blob($0) } ?? .null }
}
