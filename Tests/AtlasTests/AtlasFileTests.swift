import CRC32C
import Foundation
import Spatial
import Testing

@testable import Atlas

@Suite("Atlas files") struct AtlasFileTests {
    /// A file with sections of several pages, one of a byte, and an empty one.
    private func image(revision: Int = 7) -> AtlasImage {
        var sections = Sections()
        sections.add("numbers", (0..<5_000).map { UInt32($0) &* 2_654_435_761 })
        sections.add("byte", [UInt8(5)])
        sections.add("nothing", [UInt64]())
        return AtlasImage(revision: revision, root: (0..<32).map { UInt8($0) }, sections: sections)
    }

    private func written() throws -> URL {
        let file = FileManager.default.temporaryDirectory.appending(path: "atlas-\(UUID().uuidString)")
        let image = image()
        try image.write(to: file.path)
        return file
    }

    private func open(_ file: URL) throws(AtlasError) -> AtlasFile {
        try AtlasFile.open(file.path) { fatalError("\($0)") }
    }

    @Test("What was written is read again, whole") func roundTrip() throws {
        let file = try written()
        defer { try? FileManager.default.removeItem(at: file) }
        let atlas = try open(file)
        #expect(atlas.revision == 7 && atlas.root == (0..<32).map { UInt8($0) })
        let numbers = try #require(atlas.sections.column("numbers", of: UInt32.self))
        #expect(numbers.count == 5_000 && numbers[4_999] == 4_999 &* 2_654_435_761)
        #expect(atlas.sections.column("byte", of: UInt8.self)?[0] == 5)
        #expect(atlas.sections.column("nothing", of: UInt64.self)?.count == 0)
        #expect(atlas.sections.column("byte", of: UInt32.self) == nil, "a byte is no whole number of words")
        #expect(atlas.sections.column("missing", of: UInt8.self) == nil)
        try atlas.check(path: file.path)
    }

    @Test("The same sections make the same bytes, in a file and in memory") func determinism() throws {
        let (one, other) = (try written(), try written())
        defer { for file in [one, other] { try? FileManager.default.removeItem(at: file) } }
        #expect(try Data(contentsOf: one) == Data(contentsOf: other))
        let image = image()
        let memory = try image.inMemory().sections.memory
        #expect(unsafe Data(bytes: memory.base, count: memory.count) == (try Data(contentsOf: one)))
    }

    @Test("A file with one bit flipped anywhere is refused, when it is opened or when its pages are checked") func flips() throws {
        let file = try written()
        defer { try? FileManager.default.removeItem(at: file) }
        let sound = try Data(contentsOf: file)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var damaged = sound
            let bit = Int.random(in: 0..<8 * sound.count, using: &generator)
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            try damaged.write(to: file)
            #expect(throws: AtlasError.self, "bit \(bit)") { try self.open(file).check(path: file.path) }
        }
    }

    @Test("A file cut short anywhere, made longer, of another version or not an atlas at all is refused when it is opened")
    func foreign() throws {
        let file = try written()
        defer { try? FileManager.default.removeItem(at: file) }
        let sound = try Data(contentsOf: file)
        for length in [0, 1, 8_191, 8_192, sound.count / 2, sound.count - 1] {
            try sound.prefix(length).write(to: file)
            #expect(throws: AtlasError.self, "cut to \(length)") { try self.open(file) }
        }
        try (sound + [0]).write(to: file)
        #expect(throws: AtlasError.self) { try self.open(file) }
        var newer = sound
        newer[8] += 1
        try newer.write(to: file)
        #expect(throws: AtlasError.unusable(path: file.path, reason: "of version \(AtlasHeader.version + 1), not \(AtlasHeader.version)")) {
            try self.open(file)
        }
        try Data("no atlas".utf8 + [UInt8](repeating: 0, count: 10_000)).write(to: file)
        #expect(throws: AtlasError.unusable(path: file.path, reason: "not an atlas")) { try self.open(file) }
        try FileManager.default.removeItem(at: file)
        #expect(throws: AtlasError.absent(path: file.path)) { try self.open(file) }
    }

    @Test("An open atlas stays what it was when another takes its name") func swapped() throws {
        let file = try written()
        defer { try? FileManager.default.removeItem(at: file) }
        let atlas = try open(file)
        let other = image(revision: 8)
        try other.write(to: file.path)
        try atlas.check(path: file.path)
        #expect(atlas.revision == 7)
        #expect(try open(file).revision == 8)
    }

    @Test("Where there is no room nothing is left behind") func noRoom() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nowhere-\(UUID().uuidString)")
        let image = image()
        #expect(throws: AtlasError.self) { try image.write(to: folder.appending(path: "x.atlas").path) }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test("CRC-32C is that of RFC 3720") func checksums() {
        #expect(crc32c(Array("123456789".utf8), 9) == 0xE306_9283)
        #expect(crc32c([UInt8](repeating: 0, count: 32), 32) == 0x8A91_36AA)
        #expect(crc32c([UInt8](repeating: 0xFF, count: 32), 32) == 0x62A8_AB43)
    }
}
