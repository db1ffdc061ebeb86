import Persian

/// The city's log: who delivered, who decided, and what became of it.
enum Log {
    /// The time of the last entry; times in the log never go back, whatever the clock does.
    static func newestMoment(in database: Database) throws(StoreError) -> Moment? {
        let text = try database.first("SELECT at FROM log ORDER BY number DESC LIMIT 1") { $0.text(0) }
        return try text.map(moment)
    }

    static func moment(_ text: String) throws(StoreError) -> Moment {
        guard let moment = Moment(text) else { throw .corrupt(reason: "the time \"\(text)\", expected as 2026-11-23T08:30:00Z") }
        return moment
    }

    static func digest(_ bytes: [UInt8], of subject: String) throws(StoreError) -> Digest {
        guard let digest = Digest(bytes: bytes) else {
            throw .corrupt(reason: "the hash of \(subject) has \(bytes.count) bytes, expected 32")
        }
        return digest
    }

    static func role(_ name: String) throws(StoreError) -> Role {
        guard let role = Role(rawValue: name) else { throw .corrupt(reason: "the role \"\(name)\"") }
        return role
    }

    static func day(_ text: String?) throws(StoreError) -> Day? {
        guard let text else { return nil }
        guard let day = Day(iso: text) else { throw .corrupt(reason: "the day \"\(text)\", expected as 2026-11-23") }
        return day
    }
}

extension CityFile {
    /// The number of the newest revision; 0 while nothing has been accepted.
    package func currentRevision() throws(StoreError) -> Int {
        try database.first("SELECT coalesce(max(number), 0) FROM revision") { $0.int(0) } ?? 0
    }

    /// The last revision accepted by then; nil when there was none.
    package func revision(knownAt time: Moment) throws(StoreError) -> Int? {
        try database.first("SELECT max(number) FROM revision WHERE accepted_at <= ?", .text(time.text)) { $0.intIfAny(0) } ?? nil
    }

    package func revision(_ number: Int) throws(StoreError) -> Revision {
        let found = try database.first(Self.revisionQuery + " WHERE number = ?", .integer(number), read: Self.revision)
        guard let found else { throw .missing("revision \(number)") }
        return found
    }

    /// Oldest first.
    package func revisions() throws(StoreError) -> [Revision] {
        try Self.revisions(in: database)
    }

    static func revisions(in database: Database) throws(StoreError) -> [Revision] {
        try database.rows(revisionQuery + " ORDER BY number", read: revision)
    }

    package func delivery(_ number: Int) throws(StoreError) -> Delivery {
        let found = try database.first(Self.deliveryQuery + " WHERE number = ?", .integer(number), read: Self.delivery)
        guard let found else { throw .missing("delivery \(number)") }
        return found
    }

    /// Oldest first.
    package func deliveries() throws(StoreError) -> [Delivery] {
        try Self.deliveries(in: database)
    }

    static func deliveries(in database: Database) throws(StoreError) -> [Delivery] {
        try database.rows(deliveryQuery + " ORDER BY number", read: delivery)
    }

    private static let revisionQuery = "SELECT number, accepted_at, who, os_user, reason, parent, root, delivery FROM revision"

    private static func revision(_ row: Statement) throws(StoreError) -> Revision {
        let decision = Decision(by: row.text(2), osUser: row.text(3), reason: row.textIfAny(4), at: try Log.moment(row.text(1)))
        return Revision(
            number: row.int(0), decision: decision, parent: row.intIfAny(5),
            root: try Log.digest(row.bytes(6), of: "revision \(row.int(0))"), delivery: row.int(7))
    }

    private static let deliveryQuery = """
        SELECT number, status, file, sha256, role, layer, plan, crs, encoding, accuracy_mm, data_day, covers, stale_after, staged_at,
          features, faults, revision, decided_by, os_user, reason, decided_at
        FROM delivery
        """

    private static func delivery(_ row: Statement) throws(StoreError) -> Delivery {
        guard let status = DeliveryStatus(rawValue: row.text(1)) else { throw .corrupt(reason: "the status \"\(row.text(1))\"") }
        var decision: Decision?
        if let by = row.textIfAny(17) {
            decision = Decision(by: by, osUser: row.text(18), reason: row.textIfAny(19), at: try Log.moment(row.text(20)))
        }
        return Delivery(
            number: row.int(0), status: status, file: row.text(2), sha256: try Log.digest(row.bytes(3), of: "delivery \(row.int(0))"),
            role: try Log.role(row.text(4)), layer: row.textIfAny(5), plan: row.textIfAny(6), crs: row.textIfAny(7),
            encoding: row.textIfAny(8), accuracy: row.integerIfAny(9), dataDay: try Log.day(row.textIfAny(10)), covers: row.text(11),
            staleAfter: try Log.day(row.textIfAny(12)), stagedAt: try Log.moment(row.text(13)), features: row.int(14),
            faults: row.int(15), revision: row.intIfAny(16), decision: decision)
    }
}
