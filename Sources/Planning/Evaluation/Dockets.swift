import Synchronization

/// The dockets and statements of one day's law, for all threads that ask about it.
final class Dockets: Sendable {
    private struct Kept {
        var dockets: [DocketKey: Docket] = [:]
        var rulings = 0
    }

    private let kept = Mutex(Kept())
    private let statements = Mutex<[Outcome: Statement]>([:])

    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    func docket(_ key: DocketKey, make: () -> Docket) -> Docket {
        if let docket = kept.withLock({ $0.dockets[key] }) { return docket }
        let docket = make()
        kept.withLock { $0.dockets[key] = docket }
        return docket
    }

    /// One more ruling is kept; where there are too many all are forgotten.
    func countRuling() {
        kept.withLock {
            $0.rulings += 1
            if $0.rulings > limit { $0 = Kept() }
        }
    }

    /// - Parameter outcome: without facts.
    func statement(_ outcome: Outcome, in law: Law) -> Statement {
        // A zone is spelled as its part does, though it may be equal to another's.
        if outcome.zone != nil { return Statement(outcome, in: law) }
        return statements.withLock {
            if let statement = $0[outcome] { return statement }
            if $0.count >= limit { $0.removeAll() }
            let statement = Statement(outcome, in: law)
            $0[outcome] = statement
            return statement
        }
    }
}
