import Foundation

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A file of the real data, by `SHAHRSAZ_DATA` or `../shared/data` from the package; nil, and said so, where it is missing.
func realData(_ path: String) -> URL? {
    var folders: [URL] = []
    if let named = ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"] { folders.append(URL(fileURLWithPath: named)) }
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path != "/" {
        folder.deleteLastPathComponent()
        folders.append(folder.appendingPathComponent("shared/data"))
    }
    for folder in folders {
        let file = folder.appendingPathComponent(path)
        if FileManager.default.fileExists(atPath: file.path) { return file }
    }
    print("skipped: real data \(path) not found; set SHAHRSAZ_DATA")
    return nil
}
