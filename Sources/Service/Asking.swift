import Formats
package import Persian
import Planning
package import Store

/// Why what was typed of a question is of no use.
package enum AskingFault: Error, Hashable, Sendable {
    /// Neither a revision's number nor a moment.
    case known(String)
    case knownInFuture(String)
    /// No NAME=VALUE.
    case fact(String)
    case factTwice(String)
}

extension Known {
    /// A revision's number in any digits, or a moment until now.
    package init(asked text: String, now: Moment) throws(AskingFault) {
        if let number = Int(Digits.latin(text)) {
            self = .revision(number)
            return
        }
        guard let time = Moment(text) else { throw .known(text) }
        guard time <= now else { throw .knownInFuture(text) }
        self = .time(time)
    }
}

extension [String: Fact.Value] {
    /// Facts as NAME=VALUE, each once.
    package init(asked facts: [String]) throws(AskingFault) {
        self = [:]
        for fact in facts {
            let parts = fact.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw .fact(fact) }
            guard updateValue(Fact.Value(typed: String(parts[1])), forKey: String(parts[0])) == nil else {
                throw .factTwice(String(parts[0]))
            }
        }
    }
}

/// What a side of a change is named by.
package enum NamedSide: Hashable, Sendable {
    case revision(Int)
    case day(Day)
    case now

    /// A revision's number in any digits, or a day; nil for anything else.
    package init?(asked text: String) {
        if let number = Int(Digits.latin(text)) {
            self = .revision(number)
        } else if let day = try? Day(parsing: text) {
            self = .day(day)
        } else {
            return nil
        }
    }
}
