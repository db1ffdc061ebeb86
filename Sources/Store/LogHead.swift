package import Formats
import Glibc

/// Where a log ends: how many entries it has, and the hash of the last, which speaks for all of them.
///
/// It is kept a second time in a file beside the city, named after it with `.head` at the end. A city that was replaced by an old
/// copy of itself, or whose log was cut or written anew, no longer fits it.
package struct LogHead: Hashable, Sendable {
    package let count: Int
    package let hash: Digest

    package var json: JSON { .object(["count": JSON(count), "hash": JSON(hash.hex)]) }

    package static func path(of city: String) -> String { city + ".head" }

    /// What lies beside a city.
    enum Beside: Hashable {
        case nothing
        case head(LogHead)
        /// Something that is no head: it is written whole, so that somebody else wrote this.
        case unreadable
    }

    static func beside(_ city: String) -> Beside {
        guard let file = unsafe fopen(path(of: city), "re") else { return errno == ENOENT ? .nothing : .unreadable }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        guard let json = try? JSON(parsing: Array(bytes[..<count])), let entries = json["count"]?.asInt, entries > 0,
            let hash = json["hash"]?.asString.flatMap({ Digest(hex: $0) })
        else { return .unreadable }
        return .head(LogHead(count: entries, hash: hash))
    }

    func write(beside city: String) throws(StoreError) {
        try NewFile.replace(Self.path(of: city), with: json.canonical() + [UInt8(ascii: "\n")])
    }
}

/// How the head beside a city stands to the city's log.
package enum HeadStanding: Hashable, Sendable {
    /// It is the log's end; or neither has an entry.
    case agrees
    /// The log went on: a writer was killed between its commit and the head, or is there just now.
    case behind
    /// The log's last entry is a restore that names it: the head of what stood before is still there.
    case beforeRestore
    /// The log has entries and no head lies beside it: a copy, or somebody removed it.
    case absent
    case contradicts(HeadContradiction)
}

/// How a head beside a city shows that the log is not what it was.
package enum HeadContradiction: Hashable, Sendable {
    /// The head counts more entries than the log has.
    case ahead(head: Int, entries: Int)
    /// The log's entry of the head's number has another hash.
    case elsewhere(head: Int)
    case unreadable
}

extension LogHead {
    /// - Parameter beside: what was read before the log was looked at: a writer commits first and writes the head after.
    static func standing(_ beside: Beside, in database: Database) throws(StoreError) -> HeadStanding {
        let end = try LogTable.head(in: database)
        switch beside {
        case .unreadable: return .contradicts(.unreadable)
        case .nothing: return end == nil ? .agrees : .absent
        case .head(let head):
            if head == end { return .agrees }
            if try LogTable.head(at: head.count, in: database) == head { return .behind }
            if let end, try stoodBefore(restore: end.count, in: database) == head { return .beforeRestore }
            let entries = end?.count ?? 0
            return .contradicts(head.count > entries ? .ahead(head: head.count, entries: entries) : .elsewhere(head: head.count))
        }
    }

    /// The head that a restore found; nil where the entry is none, or found none.
    private static func stoodBefore(restore number: Int, in database: Database) throws(StoreError) -> LogHead? {
        try database.first(
            "SELECT subject, digest FROM log WHERE number = ? AND kind = 'restore' AND digest IS NOT NULL", .integer(number)
        ) { (row) throws(StoreError) in
            LogHead(count: row.int(0), hash: try Log.digest(row.bytes(1), of: "entry \(number)"))
        }
    }
}
