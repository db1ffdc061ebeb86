import Foundation

/// Random numbers that are the same in every run (SplitMix64).
package struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    package init(_ seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// How many cases a random test makes: `SHAHRSAZ_FUZZ` times its usual count.
package func fuzzCount(_ usual: Int) -> Int {
    usual * (ProcessInfo.processInfo.environment["SHAHRSAZ_FUZZ"].flatMap { Int($0) } ?? 1)
}

/// The packages of real data, by `SHAHRSAZ_DATA` or beside the package; nil and a printed reason where there are none.
package func data(_ path: String) -> String? {
    var places = ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"].map { [$0] } ?? []
    var folder = URL(filePath: #filePath)
    while folder.path != "/" {
        folder.deleteLastPathComponent()
        places.append(folder.deletingLastPathComponent().appending(path: "shared/data").path)
    }
    let files = places.map { "\($0)/\(path)" }
    if let file = files.first(where: FileManager.default.fileExists) { return file }
    print("skipped: no \(path) in SHAHRSAZ_DATA or beside the package")
    return nil
}

/// What a program prints, given something to read.
package func output(_ program: String, _ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (feed, pipe) = (Pipe(), Pipe())
    process.standardInput = feed
    process.standardOutput = pipe
    try process.run()
    try feed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try feed.fileHandleForWriting.close()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

/// The text of every file in a `.tar.gz`, by its path in the archive.
package func filesOfArchive(_ archive: String) throws -> [String: String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "shahrsaz-trials-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try output("/bin/tar", ["-xzf", archive, "-C", folder.path])
    var files: [String: String] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
        files[path] = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    return files
}
