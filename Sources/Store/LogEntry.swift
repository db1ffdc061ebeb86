/// One entry of the city's log: what was decided, by whom, and the hash of the entry before it, so that none can be changed, taken
/// out or put elsewhere without all that follow it.
package struct LogEntry: Hashable, Sendable {
    /// What happened. Open, for a file may hold anything: what is none of these is found by its hash.
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        /// A delivery became a revision: its number, the revision and its root.
        package static let accept = Kind(rawValue: "accept")
        /// A delivery was refused: its number and its file's hash.
        package static let reject = Kind(rawValue: "reject")
        /// A key was made or took another's place: its number, its id and the hash of its public half.
        package static let key = Kind(rawValue: "key")
        /// A certificate was numbered: its number, the revision it is of, the answer's digest and the question.
        package static let issue = Kind(rawValue: "issue")
        /// A backup took the city's place: how many entries the log there had, and the hash of its last.
        package static let restore = Kind(rawValue: "restore")
    }

    /// From 1 on, without gaps.
    package var number: Int
    /// A moment as `Moment` writes it; never before that of the entry before.
    package var at: String
    package var kind: Kind
    package var subject: Int?
    package var revision: Int?
    package var digest: Digest?
    package var about: String?
    package var by: String
    package var osUser: String
    package var reason: String?
    /// The hash of the entry before; 32 noughts in the first.
    package var previous: Digest
    /// As it stands in the file; `computedHash` is what it ought to be.
    package var hash: Digest

    package static let beginning = Digest(bytes: Array(repeating: 0, count: 32)) ?? Digest(of: [])

    /// SHA-256 over `shahrsaz log 1` and all of the above up to `previous`, each framed as in `CanonicalRow`, numbers as eight bytes.
    package var computedHash: Digest {
        Digest(of: hashedBytes)
    }

    /// The bytes that its hash is taken over.
    package var hashedBytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: Self.title)
        bytes.append(number: number)
        bytes.append(field: at.utf8)
        bytes.append(field: kind.rawValue.utf8)
        bytes.append(fieldNumber: subject)
        bytes.append(fieldNumber: revision)
        bytes.append(fieldDigest: digest)
        bytes.append(field: about?.utf8)
        bytes.append(field: by.utf8)
        bytes.append(field: osUser.utf8)
        bytes.append(field: reason?.utf8)
        bytes.append(fieldDigest: previous)
    }

    private static let title = Array("shahrsaz log 1".utf8)
}

extension [UInt8] {
    fileprivate mutating func append(fieldNumber number: Int?) {
        guard let number else { return append(0) }
        append(1)
        append(number: number)
    }

    fileprivate mutating func append(fieldDigest digest: Digest?) {
        guard let digest else { return append(0) }
        append(1)
        append(number: 32)
        digest.append(to: &self)
    }
}

/// What an entry says of its own, before it has a number and a place.
struct LogDraft {
    var kind: LogEntry.Kind
    var subject: Int?
    var revision: Int?
    var digest: Digest?
    var about: String?
    var decision: Decision
}
