import Foundation
import Testing

/// Data made by others: `$SHAHRSAZ_DATA`, else `../shared/data` beside the project.
enum RealData {
    static let folder: URL? = {
        let path =
            ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"].map { URL(filePath: $0) } ?? Program.root.appending(path: "../shared/data")
        if FileManager.default.fileExists(atPath: path.path) { return path.standardizedFileURL }
        print("skipped: tests on real data, which is neither in $SHAHRSAZ_DATA nor in ../shared/data")
        return nil
    }()

    static var isThere: Bool { folder != nil }

    /// Runs another program through the shell in a folder; what it prints. Its failure is the test's.
    static func shell(_ command: String, in folder: URL) throws -> String {
        let ended = try Program.run(URL(filePath: "/bin/bash"), ["-euo", "pipefail", "-c", "cd '\(folder.path)'; \(command)"])
        try #require(ended.code == 0, "\(command): \(ended.err)")
        return ended.text
    }

    /// A city made by commands, each of which must end with one of the codes 0 and 1.
    static func city(in folder: URL, _ commands: [[String]]) throws -> URL {
        let city = folder.appending(path: "city.gpkg")
        for command in commands {
            let ended = try Program.run(command, city: city)
            try #require(ended.code <= 1, "\(command): \(ended.err)")
        }
        return city
    }

    /// The answers of a batch by id.
    static func batch(_ kind: String, _ csv: String, city: URL, _ more: [String] = []) throws -> [String: [String: Any]] {
        let ended = try Program.run(["batch", kind] + more, city: city, input: Data(csv.utf8))
        try #require(ended.code == 0, "\(ended.err) \(ended.text.prefix(300))")
        var answers: [String: [String: Any]] = [:]
        for line in ended.out.split(separator: UInt8(ascii: "\n")) {
            let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
            if let id = object?["id"] as? String { answers[id] = object?["answer"] as? [String: Any] }
        }
        return answers
    }

    /// Asks a batch of the atlas and of the city's rows: both must give the same bytes.
    static func sameFromRows(_ kind: String, _ csv: String, city: URL, _ more: [String] = []) throws {
        let (atlas, rows) = try (
            Program.run(["batch", kind] + more, city: city, input: Data(csv.utf8)),
            Program.run(["batch", kind, "--plainly"] + more, city: city, input: Data(csv.utf8))
        )
        #expect(atlas.code == rows.code && !atlas.out.isEmpty, "\(atlas.err) \(rows.err)")
        let (one, other) = (atlas.out.split(separator: 10), rows.out.split(separator: 10))
        let apart = zip(one, other).filter { $0 != $1 }
        #expect(
            one.count == other.count && apart.isEmpty, "\(apart.count): \(apart.first.map { String(decoding: $0.0, as: UTF8.self) } ?? "")")
    }

    static let parameters = Program.root.appending(path: "GeoData/parameters.csv").path
    static func tool(_ name: String) -> String { "'\(Program.root.path)/Tools/\(name)'" }
}
