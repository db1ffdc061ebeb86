import BigCity
import Glibc
import Spatial

/// From a city's file to its atlas, in a process of its own; beside PostGIS loading the same features from memory, indexing them
/// and asking whether they are valid.
///
/// A question makes the atlas where there is none. What the same question takes as a process once there is one is taken off.
func load(_ bench: Bench) throws {
    guard let city = bench.order.cityFile else {
        print("load: no city's file (Tools/bench makes one and names it with --city)")
        return
    }
    let ground = try bench.ground.get()
    let (x, y) = ground.city.grid.metres(ground.city.uniformPoints(1)[0])
    let question = [bench.order.program, "--city", city, "at", "\(x)", "\(y)", "--json"]
    var peak = 0
    var contenders = [
        Contender.measured("ours, atlas from the store", questions: 1) {
            guard unsafe system("rm -rf '\(city).atlas'") == 0 else { throw Trouble("\(city).atlas can't be removed") }
            let building = try Process(question)
            peak = max(peak, building.peak)
            return try Double(building.nanoseconds - Process(question).nanoseconds)
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
    print("  peak memory of the process that makes the atlas: at most \(peak >> 20) MiB")
}

/// A process that has ended well, its output thrown away: how long it took, and a bound in bytes for the most memory it had at once:
/// Linux lets it begin with what the process that starts it has, which holds the whole city too.
private struct Process {
    let nanoseconds: Int64
    let peak: Int

    init(_ command: [String]) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        var words = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        let start = now()
        var child = pid_t()
        let failure = unsafe posix_spawn(&child, command[0], &actions, nil, &words, nil)
        guard failure == 0 else { throw Trouble("\(command[0]) can't be started") }
        var (status, usage) = (Int32(0), rusage())
        guard unsafe wait4(child, &status, 0, &usage) == child, status == 0 else {
            throw Trouble("\(command.joined(separator: " ")) failed")
        }
        nanoseconds = now() - start
        peak = usage.ru_maxrss << 10
    }
}
