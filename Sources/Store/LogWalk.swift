/// The rows of a city that its log tells of.
package struct Ledger: Sendable {
    package var revisions: [Int: Revision]
    package var deliveries: [Int: Delivery]
    package var keys: [Int: CityKey]

    package init(revisions: [Revision] = [], deliveries: [Delivery] = [], keys: [CityKey] = []) {
        self.revisions = Dictionary(revisions.map { ($0.number, $0) }) { first, _ in first }
        self.deliveries = Dictionary(deliveries.map { ($0.number, $0) }) { first, _ in first }
        self.keys = Dictionary(keys.map { ($0.number, $0) }) { first, _ in first }
    }
}

/// A log gone through from its first entry to its last, or from one in the middle on.
package struct LogWalk: Sendable {
    private let ledger: Ledger
    private let head: LogHead?
    private var end: LogHead?
    private var moment = ""
    private var isRestored: LogHead?
    private var headFits: Bool
    private var told: Set<LogFault.Subject> = []
    private var certificates = 0
    private var revisions = 0
    private var bytes: [UInt8] = []
    package private(set) var faults: [LogFault] = []

    /// - Parameter head: what the file beside the city says; nil where there is none.
    package init(ledger: Ledger, head: LogHead?) {
        self.ledger = ledger
        self.head = head
        headFits = head == nil
    }

    /// Begins in the middle: as one that went through all entries before this number would stand there.
    mutating func skip(to number: Int, in database: Database) throws(StoreError) {
        try LogTable.each((number - 1)...(number - 1), in: database) { entry in
            end = LogHead(count: entry.number, hash: entry.hash)
            moment = entry.at
        }
        certificates = try LogTable.count(.issue, before: number, in: database)
        revisions = try LogTable.count(.accept, before: number, in: database)
    }

    /// Goes on where the other one, which began where this one ended, has come to.
    mutating func join(_ other: LogWalk) {
        faults += other.faults
        faults += told.intersection(other.told).map { .twice($0) }
        told.formUnion(other.told)
        headFits = headFits || other.headFits
        (end, isRestored) = (other.end, other.isRestored)
    }

    /// Takes the next entry.
    package mutating func take(_ entry: LogEntry) {
        let expected = (end?.count ?? 0) + 1
        if entry.number != expected { faults.append(.number(entry.number, expected: expected)) }
        if entry.previous != end?.hash ?? LogEntry.beginning { faults.append(.unchained(entry.number)) }
        bytes.removeAll(keepingCapacity: true)
        entry.append(to: &bytes)
        if Digest(of: bytes) != entry.hash { faults.append(.edited(entry.number)) }
        // The texts of moments are in the order of the moments; most entries have the one before's.
        if entry.at != moment, Moment(entry.at) == nil || entry.at < moment { faults.append(.backwards(entry.number)) }
        moment = entry.at
        end = LogHead(count: entry.number, hash: entry.hash)
        if end == head { headFits = true }
        isRestored = nil
        compare(entry)
    }

    private mutating func compare(_ entry: LogEntry) {
        let number = entry.subject ?? 0
        switch entry.kind {
        case .accept:
            revisions += 1
            let (delivery, revision) = (LogFault.Subject.delivery(number), LogFault.Subject.revision(entry.revision ?? 0))
            let row = ledger.revisions[entry.revision ?? 0]
            let agrees = row.map {
                $0.number == revisions && $0.root == entry.digest && $0.delivery == number && entry.tells(of: $0.decision)
            }
            note(revision, in: entry, agrees: agrees)
            let accepted = ledger.deliveries[number]
            note(delivery, in: entry, agrees: accepted.map { $0.revision == entry.revision && entry.tells(of: $0.decision) })
        case .reject:
            let row = ledger.deliveries[number]
            let agrees = row.map { $0.status == .rejected && $0.sha256 == entry.digest && entry.tells(of: $0.decision) }
            note(.delivery(number), in: entry, agrees: agrees)
        case .key:
            let row = ledger.keys[number]
            let agrees = row.map {
                Digest(of: $0.publicKey.bytes) == entry.digest && $0.publicKey.id == entry.about && $0.since.text == entry.at
            }
            note(.key(number), in: entry, agrees: agrees)
        case .issue:
            certificates += 1
            if number != certificates { faults.append(.certificate(entry.number, number: number, expected: certificates)) }
        case .restore:
            isRestored = entry.digest.map { LogHead(count: number, hash: $0) }
        default: break
        }
    }

    private mutating func note(_ subject: LogFault.Subject, in entry: LogEntry, agrees: Bool?) {
        if !told.insert(subject).inserted { faults.append(.twice(subject)) }
        if agrees != true { faults.append(.differs(entry.number, from: subject)) }
    }

    /// What does not hold, once the last entry was taken.
    package mutating func finish() -> [LogFault] {
        let decided = ledger.deliveries.values.filter { $0.status != .staged }.map { LogFault.Subject.delivery($0.number) }
        let rows = ledger.revisions.keys.map { LogFault.Subject.revision($0) } + ledger.keys.keys.map { .key($0) } + decided
        faults += rows.filter { !told.contains($0) }.map { .unlogged($0) }.sorted { "\($0)" < "\($1)" }
        // A restore whose head was not written any more.
        if let head, !headFits, isRestored != head {
            let entries = end?.count ?? 0
            faults.append(.head(head.count > entries ? .ahead(head: head.count, entries: entries) : .elsewhere(head: head.count)))
        }
        return faults
    }

    /// Where the log ends.
    package var reached: LogHead? { end }
}

extension LogEntry {
    fileprivate func tells(of decision: Decision?) -> Bool {
        decision.map { $0.by == by && $0.osUser == osUser && $0.reason == reason && $0.at.text == at } ?? false
    }
}
