import Foundation

/// The built program, driven as its user drives it.
enum Program {
    struct Ended {
        let code: Int32
        let out: Data
        let err: String
        var text: String { String(decoding: out, as: UTF8.self) }
    }

    /// The project's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the programs under test: `$SHAHRSAZ_PROGRAMS`, else the release build, else the debug build.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["SHAHRSAZ_PROGRAMS"] { return URL(filePath: path) }
        let release = root.appending(path: ".build/release")
        return FileManager.default.isExecutableFile(atPath: release.appending(path: "shahrsaz").path)
            ? release : root.appending(path: ".build/debug")
    }()

    /// Runs `shahrsaz` to its end. Output is read as it comes, so that no pipe fills.
    static func run(_ arguments: [String], city: URL? = nil, input: Data? = nil, environment: [String: String] = [:]) throws -> Ended {
        try run(
            folder.appending(path: "shahrsaz"), (city.map { ["--city", $0.path] } ?? []) + arguments, input: input, environment: environment
        )
    }

    static func run(_ executable: URL, _ arguments: [String], input: Data? = nil, environment: [String: String] = [:]) throws -> Ended {
        let scratch = try Scratch()
        let (out, err) = (scratch.url.appending(path: "out"), scratch.url.appending(path: "err"))
        for file in [out, err] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["LANG": "en_GB.UTF-8"]) { $1 }.merging(environment) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        if let input {
            let file = scratch.url.appending(path: "in")
            try input.write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try start(process)
        process.waitUntilExit()
        let code = process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
        return Ended(code: code, out: try Data(contentsOf: out), err: try String(contentsOf: err, encoding: .utf8))
    }

    /// Starts a program that was perhaps copied a moment ago: until another test's child has begun its own program, it holds the
    /// copy open for writing, as it has whatever was open when it was made, and Linux starts no such file.
    static func start(_ process: Process) throws {
        for _ in 0..<200 {
            do {
                return try process.run()
            } catch let error as NSError where (error.userInfo[NSUnderlyingErrorKey] as? NSError)?.code == Int(ETXTBSY) {
                usleep(10_000)
            }
        }
        try process.run()
    }
}

/// A folder of its own for one test, gone with it.
final class Scratch: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "shahrsaz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// Cities that several tests ask, each made once.
actor Cities {
    static let shared = Cities()
    private var made: [String: URL] = [:]
    private let scratch = try? Scratch()

    /// The city of a manifest, taken in whole.
    func city(manifest: URL) throws -> URL {
        if let known = made[manifest.path] { return known }
        guard let scratch else { throw CocoaError(.fileWriteUnknown) }
        let city = scratch.url.appending(path: "\(UUID().uuidString).gpkg")
        let ended = try Program.run(["import", manifest.path, "--accept", "--by", "test"], city: city)
        guard ended.code <= 1 else { throw NotMade(manifest: manifest.path, why: ended.err) }
        made[manifest.path] = city
        return city
    }

    /// A copy of a city that a test may change.
    func copy(of city: URL) throws -> URL {
        guard let scratch else { throw CocoaError(.fileWriteUnknown) }
        let copy = scratch.url.appending(path: "copy-\(UUID().uuidString).gpkg")
        try FileManager.default.copyItem(at: city, to: copy)
        return copy
    }

    struct NotMade: Error {
        let manifest: String
        let why: String
    }
}
