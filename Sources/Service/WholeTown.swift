package import Persian
package import Planning
import Spatial
import Synchronization

extension Town {
    /// Works out what the law says of every sound parcel on a day, without second opinions: what a change of the law is compared by.
    ///
    /// `visit` gets each parcel's code and findings, in no order and from several threads at once.
    package func evaluate(
        on day: Day, given: [String: Fact.Value] = [:], threads: Int,
        visit: @escaping @Sendable (_ parcel: String, [Finding], [UseFinding]) -> Void
    ) async throws(ServiceError) {
        _ = try await parcels(on: day, given: given, threads: threads, takesSecondOpinion: false) {
            (answerer, parcel) throws(ServiceError) in
            let standing = try answerer.workedOut(parcel)
            visit(standing.row.code, standing.findings, standing.uses)
            return false
        }
    }

    /// Takes GEOS's second opinion on the areas of every parcel that an edge of a zone or overlay comes near: the numbers of those
    /// that it bears out. What it does not is asked again, and said, when the parcel is.
    ///
    /// - Parameter day: any; areas do not hang on it.
    func borneOutParcels(
        on day: Day, threads: Int, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void
    ) async throws(ServiceError) -> [Int] {
        try await parcels(on: day, given: [:], threads: threads, takesSecondOpinion: true, progress: progress) { answerer, parcel in
            guard let shape = parcel.area else { return false }
            return answerer.cutting.isBorneOut(answerer.plot(parcel, shape))
        }
    }

    /// Goes through the sound parcels on several threads, each with an answerer of its own: the numbers of those that `holds` says
    /// yes to, in no order.
    private func parcels(
        on day: Day, given: [String: Fact.Value], threads: Int, takesSecondOpinion: Bool,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in },
        where holds: @escaping @Sendable (Answerer, Feature) throws(ServiceError) -> Bool
    ) async throws(ServiceError) -> [Int] {
        let parcels = ground.parcelNumbers
        let work = Work(parcels)
        let found = await withTaskGroup(of: [Int].self) { group in
            for _ in 0..<max(1, threads) {
                group.addTask {
                    var found: [Int] = []
                    do throws(ServiceError) {
                        let answerer = try Answerer(self, on: day, given: given, takesSecondOpinion: takesSecondOpinion)
                        while let numbers = work.take() {
                            for number in numbers {
                                guard let parcel = ground.feature(Int64(number)) else { continue }
                                if try holds(answerer, parcel) { found.append(number) }
                            }
                            progress(numbers.endIndex, parcels.count)
                        }
                    } catch {
                        work.fail(error)
                    }
                    return found
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        if let failure = work.failure { throw failure }
        return found
    }
}

/// Parcels handed out to threads, until one of them fails.
private final class Work: Sendable {
    private static let stretch = 64
    private let parcels: [Int]
    private let state = Mutex((next: 0, failure: ServiceError?.none))

    init(_ parcels: [Int]) {
        self.parcels = parcels
    }

    var failure: ServiceError? { state.withLock { $0.failure } }

    func fail(_ error: ServiceError) { state.withLock { $0.failure = error } }

    /// The next few; nil when there are no more.
    func take() -> ArraySlice<Int>? {
        state.withLock { state in
            guard state.failure == nil, state.next < parcels.count else { return nil }
            let end = min(state.next + Self.stretch, parcels.count)
            defer { state.next = end }
            return parcels[state.next..<end]
        }
    }
}
