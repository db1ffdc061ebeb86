import Glibc
import Persian
import Service
import Synchronization
final class Count: Sendable { let n = Atomic(0) }
let threads = Int(CommandLine.arguments[2])!
let c = Count()
let town = try Shelf(city: CommandLine.arguments[1], damaged: { print($0); exit(3) }).town(.newest, checked: true)
var t0 = timespec(); clock_gettime(CLOCK_MONOTONIC, &t0)
var u0 = rusage(); getrusage(0, &u0)
try await town.evaluate(on: Day(iso: "2026-11-26")!, threads: threads) { _, f, _ in c.n.wrappingAdd(f.count, ordering: .relaxed) }
var t1 = timespec(); clock_gettime(CLOCK_MONOTONIC, &t1)
var u1 = rusage(); getrusage(0, &u1)
func s(_ t: timespec) -> Double { Double(t.tv_sec) + Double(t.tv_nsec) / 1e9 }
func u(_ r: rusage) -> Double { Double(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + Double(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6 }
print("wall", s(t1) - s(t0), "cpu", u(u1) - u(u0), "findings", c.n.load(ordering: .relaxed))
