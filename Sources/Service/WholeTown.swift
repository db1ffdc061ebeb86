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
        let work = Work(ground.parcelNumbers)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, threads) {
                group.addTask {
                    do throws(ServiceError) {
                        let answerer = try Answerer(self, on: day, given: given, takesSecondOpinion: false)
                        while let numbers = work.take() {
                            for number in numbers {
                                guard let parcel = ground.feature(Int64(number)) else { continue }
                                let standing = try answerer.workedOut(parcel)
                                visit(standing.row.code, standing.findings, standing.uses)
                            }
                        }
                    } catch {
                        work.fail(error)
                    }
                }
            }
        }
        if let failure = work.failure { throw failure }
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
