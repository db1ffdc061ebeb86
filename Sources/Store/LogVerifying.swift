import Spatial

/// What came of going through a city's log.
package struct LogReport: Hashable, Sendable {
    package let end: LogHead?
    package let standing: HeadStanding
    package let faults: [LogFault]
}

extension CityFile {
    /// Entries that one thread goes through without a second to help it.
    private static let short = 10_000

    /// Goes through the whole log: hashes, numbers, the rows that it tells of, and the head beside the city.
    package func verifyLog() throws(StoreError) -> LogReport {
        try requireLog()
        let beside = LogHead.beside(path)
        return try database.snapshot { () throws(StoreError) in
            let count = try LogTable.head(in: database)?.count ?? 0
            guard count > Self.short else { return try Self.verifyLog(of: database, beside: beside) }
            let halves = [Int.min...(count / 2), (count / 2 + 1)...count]
            let ledger = try Ledger(of: database)
            // Entries up to the count are the same for every connection, whatever is appended meanwhile.
            let walks = concurrently(halves.count, threads: halves.count) { [path] half in
                Result { () throws(StoreError) in
                    let database = try Self.openedForReading(path)
                    var walk = LogWalk(ledger: ledger, head: beside.head)
                    if half > 0 { try walk.skip(to: halves[half].lowerBound, in: database) }
                    try LogTable.each(halves[half], in: database) { walk.take($0) }
                    return walk
                }
            }
            var whole = try walks[0].get()
            whole.join(try walks[1].get())
            return try Self.report(&whole, of: database, beside: beside)
        }
    }

    static func verifyLog(of database: Database, beside: LogHead.Beside) throws(StoreError) -> LogReport {
        var walk = LogWalk(ledger: try Ledger(of: database), head: beside.head)
        try LogTable.each(.min ... .max, in: database) { walk.take($0) }
        return try report(&walk, of: database, beside: beside)
    }

    private static func report(
        _ walk: inout LogWalk, of database: Database, beside: LogHead.Beside
    ) throws(StoreError) -> LogReport {
        let faults = walk.finish() + (beside == .unreadable ? [.head(.unreadable)] : [])
        return LogReport(end: walk.reached, standing: try LogHead.standing(beside, in: database), faults: faults)
    }
}

extension Ledger {
    fileprivate init(of database: Database) throws(StoreError) {
        self.init(
            revisions: try CityFile.revisions(in: database), deliveries: try CityFile.deliveries(in: database),
            keys: try KeyTable.all(in: database))
    }
}

extension LogHead.Beside {
    fileprivate var head: LogHead? { if case .head(let head) = self { head } else { nil } }
}
