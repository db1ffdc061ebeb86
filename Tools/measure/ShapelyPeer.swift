import Glibc
import Spatial

/// Shapely in a process of its own, which loads everything once and answers all points whenever it is asked to.
@safe
final class ShapelyPeer {
    private let process: UnsafeMutablePointer<FILE>
    private let starts: Int32
    static let python = ".build/bench-venv/bin/python"

    /// Nil where the virtual environment has not been made.
    init?(_ ground: Ground, _ points: [Point]) throws {
        guard unsafe access(Self.python, X_OK) == 0 else { return nil }
        let dump = ".build/bench-shapely.bin"
        guard let file = unsafe fopen(dump, "wb") else { throw Trouble("\(dump) cannot be written") }
        func put(_ bytes: some Sequence<UInt8>) {
            unsafe Array(bytes).withUnsafeBytes { _ = unsafe fwrite($0.baseAddress, 1, $0.count, file) }
        }
        func put(_ number: UInt64) { put((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }) }
        put(UInt64(ground.shapes.count))
        for feature in 0..<ground.shapes.count {
            let wkb = ground.wkb(feature)
            put(UInt64(wkb.count))
            put(wkb)
        }
        for place in ground.metres(points) {
            put(place.x.bitPattern)
            put(place.y.bitPattern)
        }
        unsafe fclose(file)
        let pipe = ".build/bench-shapely.pipe"
        _ = unsafe unlink(pipe)
        guard unsafe mkfifo(pipe, 0o600) == 0 else { throw Trouble("\(pipe) cannot be made") }
        guard let process = unsafe popen("\(Self.python) Tools/measure/shapely_peer.py \(dump) \(pipe)", "r") else {
            throw Trouble("Shapely")
        }
        unsafe self.process = process
        starts = unsafe open(pipe, O_WRONLY)
        // Loading is not measured.
        _ = try round()
    }

    deinit {
        close(starts)
        unsafe pclose(process)
    }

    /// The nanoseconds of one round and the number of hits.
    func round() throws -> (time: Double, hits: Int) {
        _ = unsafe write(starts, "s", 1)
        var line = [CChar](repeating: 0, count: 200)
        guard unsafe fgets(&line, 200, process) != nil else { throw Trouble("Shapely gave no answer") }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let seconds = Double(words[0]), let hits = Int(words[1]) else { throw Trouble("Shapely: \(words)") }
        return (seconds * 1e9, hits)
    }
}
