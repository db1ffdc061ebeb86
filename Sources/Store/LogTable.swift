/// The log's table and what is read from it and put at its end. Nothing in it is changed or removed.
enum LogTable {
    static let schema = """
        CREATE TABLE log (
          number INTEGER PRIMARY KEY CHECK (number > 0),
          at TEXT NOT NULL,
          kind TEXT NOT NULL CHECK (kind <> ''),
          subject INTEGER,
          revision INTEGER REFERENCES revision (number),
          digest BLOB CHECK (length(digest) = 32),
          about TEXT,
          who TEXT NOT NULL CHECK (who <> ''),
          os_user TEXT NOT NULL,
          reason TEXT,
          previous BLOB NOT NULL CHECK (length(previous) = 32),
          hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE UNIQUE INDEX log_certificate ON log (subject) WHERE kind = 'issue';
        CREATE TRIGGER log_stands_changed BEFORE UPDATE ON log
        BEGIN SELECT raise(ABORT, 'an entry of the log is never changed'); END;
        CREATE TRIGGER log_stands_removed BEFORE DELETE ON log
        BEGIN SELECT raise(ABORT, 'an entry of the log is never removed'); END;
        """

    private static let query = """
        SELECT number, at, kind, subject, revision, digest, about, who, os_user, reason, previous, hash FROM log
        """

    /// The entries of these numbers, in their order.
    static func each(
        _ numbers: ClosedRange<Int>, in database: Database, _ read: (LogEntry) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            query + " WHERE number BETWEEN ? AND ? ORDER BY number", [.integer(numbers.lowerBound), .integer(numbers.upperBound)]
        ) { (row) throws(StoreError) in try read(try entry(row)) }
    }

    private static func entry(_ row: Statement) throws(StoreError) -> LogEntry {
        func digest(_ column: Int32) throws(StoreError) -> Digest {
            guard let digest = row.digest(column) else { throw .corrupt(reason: "a hash of entry \(row.int(0)) has not 32 bytes") }
            return digest
        }
        return LogEntry(
            number: row.int(0), at: row.text(1), kind: .init(rawValue: row.text(2)), subject: row.intIfAny(3), revision: row.intIfAny(4),
            digest: row.isNull(5) ? nil : try digest(5), about: row.textIfAny(6), by: row.text(7), osUser: row.text(8),
            reason: row.textIfAny(9), previous: try digest(10), hash: try digest(11))
    }

    /// How many entries of a kind come before a number.
    static func count(_ kind: LogEntry.Kind, before number: Int, in database: Database) throws(StoreError) -> Int {
        try database.first("SELECT count(*) FROM log WHERE kind = ? AND number < ?", .text(kind.rawValue), .integer(number)) { $0.int(0) }
            ?? 0
    }

    /// The number and hash of the last entry; nil while there is none.
    static func head(in database: Database) throws(StoreError) -> LogHead? {
        try database.first("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1", read: head)
    }

    /// The hash of an entry; nil where there is none of the number.
    static func head(at number: Int, in database: Database) throws(StoreError) -> LogHead? {
        try database.first("SELECT number, hash FROM log WHERE number = ?", .integer(number), read: head)
    }

    private static func head(_ row: Statement) throws(StoreError) -> LogHead {
        LogHead(count: row.int(0), hash: try Log.digest(row.bytes(1), of: "entry \(row.int(0))"))
    }

    /// Puts an entry at the end, within the transaction of what it tells of. Its moment is that of its decision as it stands.
    static func append(_ draft: LogDraft, in database: Database) throws(StoreError) -> LogHead {
        let last = try head(in: database)
        var entry = LogEntry(
            number: (last?.count ?? 0) + 1, at: draft.decision.at.text, kind: draft.kind, subject: draft.subject,
            revision: draft.revision, digest: draft.digest, about: draft.about, by: draft.decision.by, osUser: draft.decision.osUser,
            reason: draft.decision.reason, previous: last?.hash ?? LogEntry.beginning, hash: LogEntry.beginning)
        entry.hash = entry.computedHash
        try database.run(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            .integer(entry.number), .text(entry.at), .text(entry.kind.rawValue), .integer(entry.subject), .integer(entry.revision),
            .blob(entry.digest?.bytes), .text(entry.about), .text(entry.by), .text(entry.osUser), .text(entry.reason),
            .blob(entry.previous.bytes), .blob(entry.hash.bytes))
        return LogHead(count: entry.number, hash: entry.hash)
    }
}

extension CityFile {
    /// The log's entries, oldest first.
    package func logEntries() throws(StoreError) -> [LogEntry] {
        try requireLog()
        var entries: [LogEntry] = []
        try LogTable.each(.min ... .max, in: database) { entries.append($0) }
        return entries
    }

    /// Puts an entry at the log's end, within a transaction; the head beside the city follows when that is done.
    func enter(_ draft: LogDraft) throws(StoreError) {
        unwrittenHead = try LogTable.append(draft, in: database)
    }

    /// The decision at a moment that does not come before the log's last: a clock that was put back puts nothing out of order.
    func inOrder(_ decision: Decision) throws(StoreError) -> Decision {
        guard let last = try Log.newestMoment(in: database), last > decision.at else { return decision }
        return Decision(by: decision.by, osUser: decision.osUser, reason: decision.reason, at: last)
    }
}
