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
    var costs = files.map { _ in [Double]() }
    print("\nevaluate, on \(threads) threads")
    for _ in 0..<bench.count(3, quick: 1) {
        for (number, file) in files.enumerated() {
            // A town of its own each time: nothing is remembered.
            let town = try shelf(file).town(.newest, checked: true)
            let start = now()
            let parcels = try everyParcel(of: town, threads: threads)
            let time = Double(now() - start)
            costs[number].append(time / Double(parcels))
            print("  \(padded(file, 44)) \(parcels) parcels in \(duration(time)), \(duration(costs[number].last ?? 0)) each")
        }
    }
    let medians = costs.map(median)
    if let town = medians.first, let city = medians.last {
        print("  a parcel of the city costs \(rounded(city / town)) times one of the town")
    }
}

/// Evaluates every parcel; how many there were.
func everyParcel(of town: Town, threads: Int) throws -> Int {
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
