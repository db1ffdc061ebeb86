import Foundation
import Spatial
import Testing

/// The files of the published tiles, by number; nil and a printed reason where they are not there.
let fixtures: URL? = {
    var places = ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"].map { [URL(filePath: $0)] } ?? []
    places.append(root.appending(path: "../shared/data"))
    for place in places {
        let archive = place.appending(path: "mvt/mvt_fixtures.tar.gz")
        guard FileManager.default.fileExists(atPath: archive.path) else { continue }
        let folder = FileManager.default.temporaryDirectory.appending(path: "mvt-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try? run("/bin/tar", ["xzf", archive.standardizedFileURL.path, "-C", folder.path])
        return folder.appending(path: "fixtures")
    }
    print("skipped: no mvt/mvt_fixtures.tar.gz in $SHAHRSAZ_DATA or ../shared/data")
    return nil
}()

let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// What another program prints; its failure is the test's.
@discardableResult
func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments): \(complaint)")
    return text
}

func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tiles-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}
