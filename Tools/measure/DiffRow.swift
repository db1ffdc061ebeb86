import Glibc
import Persian
import Service

/// A whole town before and after, beside evaluating one side of it: where nothing changes, and against a day before all of its law,
/// where every parcel does.
func diff(_ bench: Bench) throws {
    guard let file = bench.order.townFile else {
        print("diff: no city's file (Tools/bench makes one and names it with --town)")
        return
    }
    let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    print("\ndiff, on \(threads) threads")
    var (one, same, all): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<bench.count(5, quick: 1) {
        // A town of its own each time: nothing is remembered.
        var start = now()
        let parcels = try everyParcel(of: try shelf(file).town(.newest, checked: true), threads: threads)
        one.append(Double(now() - start))
        for (before, isSame) in [(today, true), (Day(number: 0), false)] {
            start = now()
            let town = try shelf(file).town(.newest, checked: true)
            let change = try TownChange(Side(town, on: before), Side(town, on: today), threads: threads)
            if isSame { same.append(Double(now() - start)) } else { all.append(Double(now() - start)) }
            guard isSame == change.changes.isEmpty else { throw Trouble("\(change.changes.count) of \(parcels) parcels changed") }
        }
        print("  \(parcels) parcels")
    }
    let least = median(one)
    print("  one side evaluated                 \(duration(least))")
    print("  before and after, nothing changes  \(duration(median(same))), \(rounded(median(same) / least)) times one side")
    print("  before and after, all changes      \(duration(median(all))), \(rounded(median(all) / least)) times one side")
}
