import Foundation
import Testing

/// A question with an answer that was worked out without this program; `GeoData/cases/README.md` describes the form.
struct GoldenCase: CustomTestStringConvertible {
    let file: String
    let name: String
    let city: String
    let command: [String]
    let exit: Int32
    let expect: [String: Any]
    var testDescription: String { "\(file): \(name)" }

    static let all: [GoldenCase] = {
        let folder = Program.root.appending(path: "GeoData/cases")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.filter { $0.hasSuffix(".json") }.sorted() ?? []
        return files.flatMap { file -> [GoldenCase] in
            guard let data = try? Data(contentsOf: folder.appending(path: file)), let json = try? JSONSerialization.jsonObject(with: data) else {
                return [GoldenCase(file: file, name: "is no JSON", city: "", command: [], exit: 0, expect: [:])]
            }
            return ((json as? [[String: Any]]) ?? [(json as? [String: Any]) ?? [:]]).map { item in
                GoldenCase(
                    file: file, name: item["name"] as? String ?? "", city: item["city"] as? String ?? "",
                    command: item["command"] as? [String] ?? [], exit: Int32(item["exit"] as? Int ?? 0),
                    expect: item["expect"] as? [String: Any] ?? [:])
            }
        }
    }()

    var manifest: URL {
        city == "sample-town"
            ? Program.root.appending(path: "GeoData/sample-town/manifest.json")
            : Program.root.appending(path: "GeoData/cases/\(city).json")
    }
}

@Suite("Golden cases") struct GoldenCases {
    @Test("There are at least 25 cases") func enough() { #expect(GoldenCase.all.count >= 25) }

    @Test("The answer is the one worked out independently", arguments: GoldenCase.all)
    func holds(_ golden: GoldenCase) async throws {
        let city = try await Cities.shared.city(manifest: golden.manifest)
        let ended = try Program.run(golden.command + ["--json"], city: city)
        #expect(ended.code == golden.exit, "\(ended.err)")
        guard !golden.expect.isEmpty else { return }
        let answer = try JSONSerialization.jsonObject(with: ended.out)
        for (pointer, expected) in golden.expect.sorted(by: { $0.key < $1.key }) {
            let found = value(at: pointer, in: answer)
            #expect(agrees(found, expected), "\(pointer): \(String(describing: found)) where \(expected) was expected")
        }
    }

    /// The value that a JSON pointer (RFC 6901) names; `/-` at the end is the number of members.
    private func value(at pointer: String, in json: Any) -> Any? {
        pointer.split(separator: "/").reduce(json as Any?) { value, step in
            let key = step.replacing("~1", with: "/").replacing("~0", with: "~")
            if let list = value as? [Any] {
                if key == "-" { return list.count }
                return Int(key).flatMap { list.indices.contains($0) ? list[$0] : nil }
            }
            return (value as? [String: Any])?[String(key)]
        }
    }

    private func agrees(_ found: Any?, _ expected: Any) -> Bool {
        if let range = expected as? [String: Any], let about = range["about"] as? Double, let within = range["within"] as? Double {
            return (found as? Double).map { abs($0 - about) <= within } ?? false
        }
        if expected is NSNull { return found == nil || found is NSNull }
        guard let found = found as? NSObject, let expected = expected as? NSObject else { return false }
        return found.isEqual(expected)
    }
}
