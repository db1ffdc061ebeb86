import Formats
import Foundation
import Testing
import Trials

@testable import CQL2

@Suite("The standard's own examples", .enabled(if: data("cql2/cql2_schema_examples.tar.gz") != nil)) struct ExampleTests {
    /// By path below `examples`.
    private let files: [String: String]

    init() throws {
        let all = try filesOfArchive(try #require(data("cql2/cql2_schema_examples.tar.gz")))
        files = Dictionary(
            uniqueKeysWithValues: all.compactMap { path, text in
                path.hasSuffix(".txt") || (path.hasSuffix(".json") && path.contains("examples/"))
                    ? (path.split(separator: "/").suffix(2).joined(separator: "/"), text) : nil
            })
        try #require(files.keys.count { $0.hasPrefix("text/") } == 120 && files.keys.count { $0.hasPrefix("json/") } == 109)
    }

    @Test("Every text has the tree of its JSON twin, and every JSON has a text")
    func pairs() throws {
        var twins: Set<String> = []
        for (path, text) in files where path.hasPrefix("text/") {
            let stem = path.dropFirst(5).dropLast(4).split(separator: "-")[0]
            twins.insert("json/\(stem).json")
            let twin = try #require(files["json/\(stem).json"], "\(path)")
            #expect(try Filter(parsing: text) == Filter(json: JSON(parsing: twin)), "\(path)")
        }
        #expect(twins == Set(files.keys.filter { $0.hasPrefix("json/") }))
    }

    @Test("Text to JSON to text is a fixed point, and so is JSON to text to JSON")
    func roundTrips() throws {
        var asWritten = 0
        for (path, content) in files {
            let filter = path.hasPrefix("text/") ? try Filter(parsing: content) : try Filter(json: JSON(parsing: content))
            #expect(try Filter(json: JSON(parsing: filter.json.text)).text == filter.text, "\(path)")
            #expect(try Filter(parsing: filter.text) == filter, "\(path)")
            #expect(try Filter(parsing: filter.text).json == filter.json, "\(path)")
            if path.hasPrefix("text/"), filter.text + "\n" == content || filter.text == content { asWritten += 1 }
            // Timestamps are written in their shortest form, so that one of the standard's texts may differ from its JSON.
            if path.hasPrefix("json/") { #expect(try JSON(parsing: content) == filter.json, "\(path)") }
        }
        #expect(asWritten > 20, "\(asWritten) of the texts are in the form that we write")
    }

    @Test("What we write is valid by the standard's JSON schema", .enabled(if: hasValidator))
    func schema() throws {
        let archive = try #require(data("cql2/cql2_schema_examples.tar.gz"))
        let written = try files.filter { $0.key.hasPrefix("text/") }.map { try Filter(parsing: $0.value).json.text }
        let verdict = try output("/usr/bin/python3", ["-c", validator, archive], input: written.joined(separator: "\n"))
        #expect(verdict == "\(written.count) valid\n")
    }
}

private let hasValidator: Bool = {
    let has =
        (try? output("/usr/bin/python3", ["-c", "import jsonschema; print(hasattr(jsonschema, 'Draft202012Validator'))"])) == "True\n"
    if !has { print("skipped: python3 has no jsonschema with draft 2020-12") }
    return has
}()

/// Its argument is the standard's archive; it reads one JSON a line.
private let validator = """
    import json, sys, tarfile, jsonschema
    schema = json.load(tarfile.open(sys.argv[1]).extractfile("cql2/standard/schema/cql2.json"))
    check = jsonschema.Draft202012Validator(schema)
    valid = 0
    for line in sys.stdin:
        errors = list(check.iter_errors(json.loads(line)))
        if errors: print(line.strip()[:200], errors[0].message[:200])
        else: valid += 1
    print(valid, "valid")
    """
