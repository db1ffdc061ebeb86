import Foundation
import Testing

@testable import Web

@Suite("Gzip") struct GzipTests {
    @Test("gzip's own program reads what was compressed", arguments: [1000, 65_536, 3_000_001]) func unpacks(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 7) }
        let small = try #require(Gzip.compressed(bytes))
        let program = Process()
        program.executableURL = URL(filePath: "/bin/gzip")
        program.arguments = ["-dc"]
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
        try Data(small).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        program.standardInput = try FileHandle(forReadingFrom: file)
        let out = Pipe()
        program.standardOutput = out
        try program.run()
        #expect(try out.fileHandleForReading.readToEnd() == Data(bytes))
    }

    @Test("A compressed body has a tag of its own; short bodies, pictures and problems stay as they are") func applied() {
        let long = [UInt8](repeating: 65, count: 5000)
        func fields(_ type: String) -> [(name: String, value: String)] { [("Content-Type", type), ("ETag", "\"a\"")] }
        let small = Gzip.applied(to: Response(200, fields: fields("application/json"), body: .bytes(long)))
        #expect(small.fields.contains { $0.name == "Content-Encoding" && $0.value == "gzip" })
        #expect(small.fields.contains { $0.name == "ETag" && $0.value == "\"a-gzip\"" })
        for response in [
            Response(200, fields: fields("image/png"), body: .bytes(long)), Response(200, fields: fields("text/plain"), body: .bytes([65])),
            Response(404, fields: fields("application/problem+json"), body: .bytes(long)),
        ] {
            #expect(!Gzip.applied(to: response).fields.contains { $0.name == "Content-Encoding" })
        }
    }
}
