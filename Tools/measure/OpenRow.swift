import Atlas
import BigCity
import Glibc
import Persian
import Service
import Spatial
import Store

/// An atlas opened and asked what holds one place, with the codes of it: warm, and with the file's pages put out of memory.
///
/// Every opening is a new map of the file, as in a process of its own. What is put out of memory is a copy, so that nobody else
/// holds its pages.
func open(_ bench: Bench) throws {
    guard let city = bench.order.cityFile else {
        print("open: no city's file (Tools/bench makes one and names it with --city)")
        return
    }
    let town = try shelf(city).town(.newest, checked: true)
    let copy = "\(city).atlas/\(getpid()).copy"
    let atlas = "\(city).atlas/\(town.revision)-\(town.root.hex).atlas"
    let command = "cp --reflink=auto '\(atlas)' '\(copy)'"
    guard unsafe system(command) == 0 else { throw Trouble("\(command) failed") }
    defer { unsafe unlink(copy) }
    let points = try bench.ground.get().city.uniformPoints(bench.count(1_000, quick: 100))
    let cold = Array(points.prefix(bench.count(30, quick: 10)))
    let places = town.ground.grid
    var kept = 0
    let contenders = [
        Contender("warm: atlas, holders, codes", questions: points.count) {
            for point in points { keep(try codes(of: point, in: atlas).count) }
        },
        Contender.measured("evicted: atlas, holders, codes", questions: cold.count) {
            var time: Int64 = 0
            for point in cold {
                kept = try max(kept, evict(copy))
                let start = now()
                keep(try codes(of: point, in: copy).count)
                time += now() - start
            }
            return Double(time)
        },
        Contender("warm: the whole answer", questions: cold.count) {
            for point in cold {
                let (x, y) = places.metres(point)
                let town = try shelf(city).town(.newest)
                let question = Question(place: .point(x: x, y: y, crs: town.ground.city.crs), on: today)
                keep(try Answerer(town, on: today, given: [:]).answer(question).bytes.count)
            }
        },
    ]
    try Contest(title: "open, \(city)", rounds: bench.rounds, contenders: contenders).run()
    let opened = try AtlasFile.open(atlas) { fatal("\($0)") }
    let index = opened.sections.places.filter { $0.key.hasPrefix("location.") }.reduce(0) { $0 + $1.value.count }
    print(
        "  the kernel kept at most \(kept) pages of those it was asked to put out; a parcel has "
            + "\(rounded(Double(index) / Double(bench.order.parcels))) bytes of index, "
            + "\(rounded(Double(opened.sections.memory.count) / Double(bench.order.parcels))) of atlas")
}

/// Two builds of one revision, on one thread and on two: the same bytes.
func same(_ bench: Bench) throws {
    guard let city = bench.order.cityFile else {
        print("same: no city's file (Tools/bench makes one and names it with --city)")
        return
    }
    let file = try CityFile.open(city, for: .reading)
    let revision = try file.currentRevision()
    let path = "\(city).atlas/\(getpid()).built"
    defer { unsafe unlink(path) }
    let hashes = try [1, 2].map { threads in
        let start = now()
        try file.compile(revision, threads: threads, to: path)
        let hash = try Digest(ofFile: path).hex
        print("same: \(hash) on \(threads) threads, in \(duration(Double(now() - start)))")
        return hash
    }
    guard hashes[0] == hashes[1] else { throw Trouble("one revision gave two atlases") }
}

/// What holds a point, by the atlas alone.
private func codes(of point: Point, in path: String) throws -> [String] {
    let atlas = try AtlasFile.open(path) { fatal("\($0)") }
    guard let index = LocationIndex(atlas.sections), let table = FeatureTable(atlas.sections) else {
        throw Trouble("\(path) lacks a section")
    }
    let place = index.place(of: point)
    guard !place.isSimple else {
        return ((place.parcel.map { [$0] } ?? []) + Array(index.members(of: place.set))).compactMap(table.code)
    }
    var holders: [Holder] = []
    index.holders(of: point, into: &holders)
    return holders.compactMap { table.code($0.feature) }
}

/// Puts a file's pages out of memory; how many pages the kernel kept.
private func evict(_ path: String) throws -> Int {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Trouble("\(path) can't be opened") }
    defer { close(descriptor) }
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard fsync(descriptor) == 0, posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) == 0,
        let map = unsafe mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0), unsafe map != MAP_FAILED
    else { throw Trouble("\(path) can't be evicted") }
    defer { unsafe munmap(map, length) }
    var pages = [UInt8](repeating: 0, count: (length + 4095) / 4096)
    guard unsafe mincore(map, length, &pages) == 0 else { throw Trouble("\(path): its pages can't be counted") }
    return pages.count { $0 & 1 == 1 }
}

func shelf(_ city: String) throws -> Shelf { try Shelf(city: city) { fatal($0) } }

/// Any day: costs do not hang on it.
let today = Day(number: 20_000)

func fatal(_ reason: String) -> Never {
    print("measure: \(reason)")
    exit(3)
}
