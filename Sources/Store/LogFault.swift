/// One thing in which a log does not hold.
package enum LogFault: Hashable, Sendable {
    /// An entry stands where another number was due: one was taken out, or put in.
    case number(Int, expected: Int)
    /// An entry's hash is not that of what it says.
    case edited(Int)
    /// An entry does not name the hash of the one before it.
    case unchained(Int)
    /// An entry's moment comes before that of the one before, or is none.
    case backwards(Int)
    /// An entry and the row that it tells of say different things, or there is no such row.
    case differs(Int, from: Subject)
    /// Two entries tell of one row.
    case twice(Subject)
    /// A row that no entry tells of.
    case unlogged(Subject)
    /// A certificate's number is not the one that was due.
    case certificate(Int, number: Int, expected: Int)
    case head(HeadContradiction)

    package enum Subject: Hashable, Sendable {
        case delivery(Int)
        case revision(Int)
        case key(Int)
    }
}

extension LogFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .number(let number, let expected): "entry \(number) where entry \(expected) was expected: one is missing or was put in"
        case .edited(let number): "entry \(number) was changed: its hash is not that of what it says"
        case .unchained(let number): "entry \(number) does not follow the one before it"
        case .backwards(let number): "entry \(number) is dated before the one before it, or by no moment"
        case .differs(let number, let subject): "entry \(number) and \(subject) do not agree"
        case .twice(let subject): "two entries tell of \(subject)"
        case .unlogged(let subject): "\(subject) is in the city and in no entry"
        case .certificate(let number, let given, let expected):
            "entry \(number) gives the certificate number \(given); \(expected) was due"
        case .head(let how): "the head beside the city: \(how)"
        }
    }
}

extension LogFault.Subject: CustomStringConvertible {
    package var description: String {
        switch self {
        case .delivery(let number): "delivery \(number)"
        case .revision(let number): "revision \(number)"
        case .key(let number): "key \(number)"
        }
    }
}
