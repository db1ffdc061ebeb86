import BigCity
import Glibc
import Spatial

/// From a city's file to its atlas and a first answer, in a process of its own; beside PostGIS loading the same features from
/// memory, indexing them and asking whether they are valid.
func load(_ bench: Bench) throws {
    guard let city = bench.order.cityFile else {
        print("load: no city's file (Tools/bench makes one and names it with --city)")
        return
    }
    let ground = try bench.ground.get()
    let (x, y) = ground.city.grid.metres(ground.city.uniformPoints(1)[0])
    let command = "rm -rf '\(city).atlas' && '\(bench.order.program)' --city '\(city)' at \(x) \(y) --json > /dev/null"
    var contenders = [
        Contender("ours, atlas from the store", questions: 1) {
            guard unsafe system(command) == 0 else { throw Trouble("\(command) failed") }
        }
    ]
    if let post = try bench.postgis.get() {
        contenders.append(
            Contender("PostGIS, load, indexes, validity", questions: 1) {
                try post.load(ground)
                keep(try post.invalid())
            })
    }
    try Contest(title: "load, \(ground.shapes.count) features", rounds: min(3, bench.rounds), contenders: contenders).run()
    var usage = rusage()
    unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    print("  peak memory of a child \(usage.ru_maxrss >> 10) MiB")
}
