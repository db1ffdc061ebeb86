import Formats
import Foundation
import Testing
import Trials

/// Random values, their canonical bytes, and those bytes broken at random.
@Suite("Canonical JSON: random input")
struct JSONFuzzTests {
    static func value(_ random: inout Seeded, depth: Int = 0) -> JSON {
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return [.null, .bool(true), .bool(false)].randomElement(using: &random) ?? .null
        case 1: return .number(Double(Int.random(in: -1000...1000, using: &random)) / 8)
        case 2:
            let number = Double(bitPattern: random.next())
            return .number(number.isFinite ? number : 0)
        case 3: return .string(text(&random))
        case 4: return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            var fields: [String: JSON] = [:]
            for _ in 0..<Int.random(in: 0..<4, using: &random) { fields[text(&random)] = value(&random, depth: depth + 1) }
            return .object(fields)
        }
    }

    static func text(_ random: inout Seeded) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "\"", "\\", "/", "\n", "\u{1}", "\u{7F}", "ش", "ه", "\u{200C}", "\u{2028}", "۷", "é", "😀", "\u{FFFF}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0..<6, using: &random) { text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a") }
        return text
    }

    static func mutated(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        let pieces: [[UInt8]] =
            ["\"", "\\u", "\\uD8", "{", "}", "[", "]", ",", ":", "-", "0", "e", ".", "1e9", "null", " ", "\n"].map { Array($0.utf8) } + [
                [0xFF], [0xE2], [0],
            ]
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: at)
            case 1 where at < bytes.count: bytes.remove(at: at)
            case 2 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
            default: bytes.removeSubrange(at..<min(bytes.count, at + 4))
            }
        }
        return bytes
    }

    @Test("Reading canonical bytes gives the value back, and writing it gives the bytes back", arguments: 0..<2)
    func roundTrip(seed: Int) throws {
        var random = Seeded(UInt64(seed))
        for _ in 0..<fuzzCount(20_000) {
            let value = Self.value(&random)
            let bytes = value.canonical()
            #expect(try JSON(parsing: bytes) == value)
            #expect(try JSON(parsing: bytes).canonical() == bytes)
        }
    }

    @Test("Broken input is refused or read to a fixed point, and never ends the process", arguments: 0..<4)
    func mutation(seed: Int) {
        var random = Seeded(100 + UInt64(seed))
        var accepted = 0
        for _ in 0..<fuzzCount(50_000) {
            let input = Self.mutated(Self.value(&random, depth: 3).canonical(), &random)
            guard let value = try? JSON(parsing: input) else { continue }
            accepted += 1
            let bytes = value.canonical()
            let again = try? JSON(parsing: bytes)
            if again != value || again?.canonical() != bytes { Issue.record("no fixed point: \(input)") }
        }
        #expect(accepted > 1000)
    }

    @Test("What is accepted, Foundation accepts too; what it refuses is refused", arguments: 0..<2)
    func foundation(seed: Int) throws {
        var random = Seeded(200 + UInt64(seed))
        for round in 0..<fuzzCount(10_000) {
            let canonical = Self.value(&random, depth: 2).canonical()
            let input = round.isMultiple(of: 2) ? canonical : Self.mutated(canonical, &random)
            let ours = try? JSON(parsing: input)
            let theirs = try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)
            if let ours {
                let data = try #require(
                    theirs.map { try JSONSerialization.data(withJSONObject: $0, options: .fragmentsAllowed) }, "\(input)")
                #expect(try JSON(parsing: Array(data)) == ours, "\(input)")
            }
        }
    }
}
