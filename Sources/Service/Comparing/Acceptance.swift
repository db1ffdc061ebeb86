package import Persian
package import Store

/// Accepting, judged by what it does to every parcel.
package struct Acceptance: Sendable {
    /// What stood when it began; nil where there was no parcel to lose anything, which is the case of a first load.
    private let before: Town?
    private let day: Day
    private let allowed: AllowanceTable
    private let threads: Int

    /// - Parameters:
    ///   - before: what stands, by whoever alone may change it.
    ///   - day: the legal day that answers are compared on.
    package init(before: Town?, on day: Day, allowing allowed: AllowanceTable, threads: Int) {
        self.before = before.flatMap { $0.ground.parcelNumbers.isEmpty || $0.toDegrees == nil ? nil : $0 }
        self.day = day
        self.allowed = allowed
        self.threads = threads
    }

    /// Whether there is anything to compare with.
    package var isJudged: Bool { before != nil }

    /// Does what `change` does, which accepts deliveries, keeping it only where all that it takes from parcels is allowed by name. The
    /// reasons are kept with the last delivery that it accepted.
    ///
    /// - Parameter show: gets the change before it is judged.
    package func judging(
        _ file: CityFile, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void, show: (TownChange, Town) -> Void,
        change: () throws(ServiceError) -> [Revision]
    ) throws(ServiceError) -> [Revision] {
        guard let before else {
            _ = try allowed.reasons(for: [])
            return try change()
        }
        return try file.wholly { () throws(ServiceError) in
            let revisions = try change()
            guard let last = revisions.last else { return [] }
            let after = try Town(compiling: file, last.number, alone: true)
            let made = try TownChange(Side(before, on: day), Side(after, on: day), threads: threads, progress: progress)
            show(made, after)
            let reasons = try allowed.reasons(for: made.losses)
            try storing { () throws(StoreError) in try file.allow(reasons, to: last.delivery) }
            return revisions
        }
    }
}
