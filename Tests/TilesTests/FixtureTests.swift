import Foundation
import Testing

@testable import Tiles

private struct Info: Decodable {
    struct Validity: Decodable { let v1, v2: Bool }
    let description: String
    let validity: Validity
}

/// What is wrong with each of the published bad tiles.
private let faults: [String: TileFault.Kind] = [
    "003": .noType, "004": .noGeometry, "005": .oddTags, "006": .badType, "007": .wireType, "008": .wireType, "010": .wireType,
    "011": .badValue, "012": .badVersion, "013": .wireType, "014": .noName, "015": .repeatedName, "023": .noName, "024": .noVersion,
    "026": .badValue, "030": .repeatedField, "040": .noSuchKey, "041": .noSuchKey, "042": .noSuchValue, "044": .badCommand,
    "045": .missingSteps, "046": .noLength, "047": .badCount, "048": .badCount, "051": .missingSteps, "052": .missingSteps,
    "058": .missingSteps, "061": .noVersion,
]

/// Two that are called good and cannot be: 016 has the very bytes of 003, which is called bad for its missing type, and 057 the very
/// commands of 051, which is called bad for its count.
private let contradictions: [String: (fault: TileFault.Kind, twin: String)] = ["016": (.noType, "003"), "057": (.missingSteps, "051")]

@Suite("Published good and bad tiles", .enabled(if: fixtures != nil))
struct FixtureTests {
    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: #require(fixtures).path).filter { $0.count == 3 }.sorted()
    }

    private func tile(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: #require(fixtures).appending(path: "\(name)/tile.mvt")))
    }

    @Test("Each is read or refused as it says of itself, for what is wrong with it")
    func all() throws {
        let names = try names()
        #expect(names.count == 74)
        var counts = (good: 0, bad: 0)
        for name in names {
            let info = try JSONDecoder().decode(
                Info.self, from: Data(contentsOf: #require(fixtures).appending(path: "\(name)/info.json")))
            let isGood = info.validity.v2
            if isGood { counts.good += 1 } else { counts.bad += 1 }
            let expected = isGood ? contradictions[name]?.fault : faults[name]
            if !isGood { #expect(expected != nil, "\(name) is not in the table: \(info.description)") }
            let bytes = try tile(name)
            do throws(TileFault) {
                _ = try VectorTile(reading: bytes)
                #expect(expected == nil, "\(name) was read: \(info.description)")
            } catch {
                #expect(error.kind == expected, "\(name): \(error); \(info.description)")
                #expect(error.description.contains("byte "))
            }
        }
        #expect(counts == (46, 28))
    }

    @Test("The two that are refused though called good are the same as ones called bad")
    func twins() throws {
        #expect(try tile("016") == tile("003"))
        // Field 4 of the feature, its length cut off: a move's command of 5 bytes, with a count of 2²⁹ − 1 and one pair of steps.
        let command: [UInt8] = [0xF9, 0xFF, 0xFF, 0xFF, 0x0F]
        for name in ["051", "057"] {
            let bytes = try tile(name)
            let start = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x22, 7] + command) })
            #expect(bytes[(start + 7)...].prefix(2).allSatisfy { $0 < 0x80 })
        }
    }

    @Test("A tile that was read and written again reads the same, and no part of a tile is read as a whole one unnoticed")
    func rewritten() throws {
        for name in try names() {
            let bytes = try tile(name)
            guard let read = try? VectorTile(reading: bytes) else { continue }
            // Steps over 32 bits and unknown types cannot be written.
            if ["039", "049", "050"].contains(name) { continue }
            let again = try VectorTile(reading: read.bytes)
            #expect(again.layers == read.layers.filter { !$0.features.isEmpty }, "\(name)")
            for count in 1..<max(1, bytes.count) {
                // Cut between two layers it is a tile of fewer.
                let part = try? VectorTile(reading: Array(bytes.prefix(count)))
                #expect(part.map { $0.layers.count < read.layers.count } ?? true, "\(name)")
            }
        }
    }

    @Test("Random damage is read or refused, never a crash")
    func damage() throws {
        var state: UInt64 = 1404
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        var refused = 0
        for name in try names() {
            let bytes = try tile(name)
            guard !bytes.isEmpty else { continue }
            for _ in 0..<300 {
                var damaged = bytes
                for _ in 0...random(3) { damaged[random(damaged.count)] = UInt8(random(256)) }
                do { _ = try VectorTile(reading: damaged) } catch { refused += 1 }
            }
        }
        #expect(refused > 5_000)
    }
}
