import Foundation
import Testing

@Suite("Golden cases") struct GoldenCases {
    @Test("There are at least 25 cases, and every trap of part A has one") func enough() {
        #expect(GoldenCase.all.count >= 25)
        let traps = Set(GoldenCase.all.flatMap(\.traps))
        #expect(traps.isSuperset(of: [1, 2, 3, 4, 5, 6, 7, 8, 16, 18, 27, 30]))
    }

    @Test("The answer is the one worked out independently", arguments: GoldenCase.all)
    func holds(_ golden: GoldenCase) async throws {
        let city = try await golden.place()
        let ended = try golden.run(golden.command, in: city)
        #expect(golden.exits.contains(ended.code), "exit \(ended.code): \(ended.err)")
        for text in golden.says {
            #expect(ended.text.contains(text) || ended.err.contains(text), "neither output says «\(text)»: \(ended.err)")
        }
        if let other = golden.sameBytes {
            #expect(try golden.run(other, in: city).out == ended.out)
        }
        guard !golden.expect.isEmpty else { return }
        let answer = try JSONSerialization.jsonObject(with: ended.out)
        for (path, expected) in golden.expect.sorted(by: { $0.key < $1.key }) {
            let found = JSONPath(path).values(in: answer)
            #expect(agrees(found, expected), "\(path): found \(found.map { "\($0)" }), expected \(expected)")
        }
    }

    private func agrees(_ found: [Any], _ expected: Any) -> Bool {
        let rule = expected as? [String: Any]
        if rule?["absent"] as? Bool == true { return found.isEmpty }
        guard found.count == 1, let only = found.first else { return false }
        if let count = rule?["count"] as? Int { return (only as? [Any])?.count == count }
        if let about = rule?["about"] as? Double, let within = rule?["within"] as? Double {
            return (only as? Double).map { abs($0 - about) <= within } ?? false
        }
        guard let one = only as? NSObject, let other = expected as? NSObject else { return false }
        return one.isEqual(other)
    }
}

/// A question with an answer that was worked out without this program; `GeoData/cases/README.md` describes the form.
struct GoldenCase: CustomTestStringConvertible, @unchecked Sendable {
    let file: String
    let name: String
    let traps: [Int]
    let city: String
    let command: [String]
    let exits: [Int32]
    let expect: [String: Any]
    let says: [String]
    let sameBytes: [String]?
    var testDescription: String { "\(file): \(name)" }

    static let data = Program.root.appending(path: "GeoData")

    static let all: [GoldenCase] = {
        let folder = data.appending(path: "cases")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.filter { $0.hasSuffix(".json") }.sorted() ?? []
        return files.flatMap { file -> [GoldenCase] in
            let json = (try? Data(contentsOf: folder.appending(path: file))).flatMap { try? JSONSerialization.jsonObject(with: $0) }
            return (json as? [[String: Any]] ?? [[:]]).map { GoldenCase(file: file, $0) }
        }
    }()

    private init(file: String, _ item: [String: Any]) {
        self.file = file
        name = item["name"] as? String ?? "has no name"
        traps = item["traps"] as? [Int] ?? []
        city = item["city"] as? String ?? ""
        command = item["command"] as? [String] ?? []
        exits = (item["exit"] as? [Int] ?? [item["exit"] as? Int ?? 0]).map { Int32($0) }
        expect = item["expect"] as? [String: Any] ?? [:]
        says = item["says"] as? [String] ?? []
        sameBytes = item["sameBytes"] as? [String]
    }

    /// The case's city: the common one, or a copy where the command changes it.
    func place() async throws -> URL {
        let folder = city == "sample-town" ? "sample-town" : "cases/\(city)"
        let made = try await Cities.shared.city(manifest: Self.data.appending(path: folder).appending(path: "manifest.json"))
        guard ["import", "accept", "reject"].contains(command.first) else { return made }
        return try await Cities.shared.copy(of: made)
    }

    func run(_ command: [String], in city: URL) throws -> Program.Ended {
        let arguments = command.map { argument in
            let file = Self.data.appending(path: argument)
            return argument.contains("/") && FileManager.default.fileExists(atPath: file.path) ? file.path : argument
        }
        return try Program.run(arguments, city: city)
    }
}

/// A JSON pointer whose steps may select the only element of a list by its members: `/zones/{code=R1}/share`.
struct JSONPath {
    private let steps: [String]

    init(_ text: String) {
        var steps: [String] = []
        var step = ""
        var depth = 0
        for character in text.dropFirst() {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            if character == "/", depth == 0 {
                steps.append(step)
                step = ""
            } else {
                step.append(character)
            }
        }
        self.steps = steps + [step]
    }

    /// What the path names: nothing, one value, or several where a selection is not the only one.
    func values(in json: Any) -> [Any] {
        steps.reduce([json]) { values, step in values.flatMap { next($0, step) } }
    }

    private func next(_ value: Any, _ step: String) -> [Any] {
        if let list = value as? [Any] {
            if step.hasPrefix("{") { return list.filter { selects(step, $0) } }
            return Int(step).flatMap { list.indices.contains($0) ? [list[$0]] : nil } ?? []
        }
        let key = step.replacing("~1", with: "/").replacing("~0", with: "~")
        return (value as? [String: Any])?[key].map { [$0] } ?? []
    }

    private func selects(_ step: String, _ element: Any) -> Bool {
        guard let object = element as? [String: Any] else { return false }
        return step.dropFirst().dropLast().split(separator: ",").allSatisfy { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, let found = object[halves[0]] else { return false }
            if let number = found as? NSNumber, let wanted = Double(halves[1]) { return number.doubleValue == wanted }
            return found is NSNull ? halves[1] == "null" : "\(found)" == halves[1]
        }
    }
}
