import Dispatch
import Glibc
import Service
import Synchronization

/// What the law says of every parcel of a town, and of the big city: what one costs in the one and in the other.
func evaluate(_ bench: Bench) throws {
    let files = [bench.order.townFile, bench.order.cityFile].compactMap(\.self)
    guard !files.isEmpty else {
        print("evaluate: no city's file (Tools/bench makes them and names them with --town and --city)")
        return
    }
    let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let parcels = try files.map { try everyParcel(of: shelf($0).town(.newest, checked: true), threads: threads) }
    let contenders = zip(files, parcels).map { file, parcels in
        Contender.measured("\(file), \(parcels) parcels", questions: parcels) {
            // A town of its own each time: nothing is remembered.
            let town = try shelf(file).town(.newest, checked: true)
            let start = now()
            _ = try everyParcel(of: town, threads: threads)
            return Double(now() - start)
        }
    }
    let medians = try Contest(
        title: "evaluate, a parcel, on \(threads) threads", rounds: min(3, bench.rounds), contenders: contenders
    ).run()
    for (parcels, median) in zip(parcels, medians) { print("  \(parcels) parcels in \(duration(median * Double(parcels)))") }
}

/// Evaluates every parcel; how many there were.
private func everyParcel(of town: Town, threads: Int) throws -> Int {
    let work = Work()
    let done = DispatchSemaphore(value: 0)
    Task {
        do {
            try await town.evaluate(on: today, threads: threads) { _, findings, uses in
                work.parcels.add(1, ordering: .relaxed)
                work.findings.add(findings.count + uses.count, ordering: .relaxed)
            }
        } catch {
            work.failure.withLock { $0 = "\(error)" }
        }
        done.signal()
    }
    done.wait()
    if let failure = work.failure.withLock({ $0 }) { throw Trouble(failure) }
    guard work.findings.load(ordering: .relaxed) > 0 else { throw Trouble("the law says nothing of any parcel") }
    return work.parcels.load(ordering: .relaxed)
}

private final class Work: Sendable {
    let parcels = Atomic(0)
    let findings = Atomic(0)
    let failure = Mutex(String?.none)
}
