import CRC32C
import Spatial

/// The first 8 KiB of an atlas: what it is of, and where each section lies. Numbers are little-endian.
///
///     0  magic            32  root hash (32 bytes)         96  sections (u32), checksum of the outer seals (u32)
///     8  version (u32)    64  seals: offset, count         256 directory: name (32 bytes), offset, length (u64 each)
///     16 file's length    80  outer seals: offset, count   8188 checksum of all before it
///     24 revision
///
/// After the header come the sections, each on a border of `Sections.border` bytes. A seal is the CRC-32C of one page of 4 KiB from the file's
/// start to the seals, the header's pages among them with 0; an outer seal is that of one page of seals.
struct AtlasHeader {
    static let length = 8192
    static let version: UInt32 = 5
    static let page = 1 << Memory.pageBits
    private static let magic = Array("SHRSZATL".utf8)
    private static let directory = 256
    private static let entry = 48
    private static let most = (length - 4 - directory) / entry

    var revision = 0
    var root: [UInt8] = []
    var places: [(name: String, range: Range<Int>)] = []
    var fileLength = 0
    var sealsOffset = 0
    var sealCount = 0
    var outerOffset = 0
    var outerCount = 0
    var outerChecksum: UInt32 = 0

    /// Lays out sections one after the other.
    init(revision: Int, root: [UInt8], sections: [(name: String, length: Int)]) {
        precondition(root.count == 32 && sections.count <= Self.most)
        self.revision = revision
        self.root = root
        var end = Self.length
        for section in sections {
            precondition((1...32).contains(section.name.utf8.count))
            places.append((section.name, end..<end + section.length))
            end = (end + section.length).roundedUp(to: Sections.border)
        }
        sealsOffset = end.roundedUp(to: Self.page)
        sealCount = sealsOffset / Self.page
        outerOffset = (sealsOffset + 4 * sealCount).roundedUp(to: Self.page)
        outerCount = (outerOffset - sealsOffset) / Self.page
        fileLength = outerOffset + 4 * outerCount
    }

    /// Reads the header of a file of a known length; nil with the reason where it is not one.
    init?(_ bytes: UnsafeRawBufferPointer, fileLength actual: Int, reason: inout String) {
        func word(_ offset: Int) -> UInt32 { unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
        func long(_ offset: Int) -> Int? {
            Int(exactly: unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        }
        reason = "not an atlas"
        guard bytes.count >= Self.length, unsafe bytes[0..<8].elementsEqual(Self.magic) else { return nil }
        reason = "of version \(word(8)), not \(Self.version)"
        guard word(8) == Self.version else { return nil }
        reason = "its header does not fit its checksum"
        guard unsafe word(Self.length - 4) == crc32c(bytes.baseAddress, Self.length - 4) else { return nil }
        reason = "its length is not what its header says"
        guard let fileLength = long(16), fileLength == actual, let revision = long(24), let sealsOffset = long(64),
            let sealCount = long(72),
            let outerOffset = long(80), let outerCount = long(88), sealsOffset <= outerOffset, outerOffset <= fileLength,
            sealCount <= fileLength / 4, outerCount <= fileLength / 4, sealsOffset + 4 * sealCount <= outerOffset,
            outerOffset + 4 * outerCount == fileLength, sealCount * Self.page == sealsOffset,
            outerCount * Self.page == outerOffset - sealsOffset
        else { return nil }
        let count = Int(word(96))
        reason = "its directory makes no sense"
        guard count <= Self.most else { return nil }
        for number in 0..<count {
            let start = Self.directory + number * Self.entry
            let name = unsafe String(decoding: bytes[start..<start + 32].prefix { $0 != 0 }, as: UTF8.self)
            guard let offset = long(start + 32), let length = long(start + 40), offset >= Self.length, length <= sealsOffset,
                offset <= sealsOffset - length
            else { return nil }
            places.append((name, offset..<offset + length))
        }
        self.revision = revision
        root = unsafe Array(bytes[32..<64])
        self.fileLength = fileLength
        self.sealsOffset = sealsOffset
        self.sealCount = sealCount
        self.outerOffset = outerOffset
        self.outerCount = outerCount
        outerChecksum = word(100)
    }

    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.length)
        func put(_ value: some FixedWidthInteger, at offset: Int) {
            unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.replaceSubrange(offset..<offset + $0.count, with: $0) }
        }
        bytes.replaceSubrange(0..<8, with: Self.magic)
        put(Self.version, at: 8)
        put(UInt64(fileLength), at: 16)
        put(UInt64(revision), at: 24)
        bytes.replaceSubrange(32..<64, with: root)
        put(UInt64(sealsOffset), at: 64)
        put(UInt64(sealCount), at: 72)
        put(UInt64(outerOffset), at: 80)
        put(UInt64(outerCount), at: 88)
        put(UInt32(places.count), at: 96)
        put(outerChecksum, at: 100)
        for (number, place) in places.enumerated() {
            let start = Self.directory + number * Self.entry
            bytes.replaceSubrange(start..<start + place.name.utf8.count, with: place.name.utf8)
            put(UInt64(place.range.lowerBound), at: start + 32)
            put(UInt64(place.range.count), at: start + 40)
        }
        put(unsafe bytes.withUnsafeBytes { unsafe crc32c($0.baseAddress, Self.length - 4) }, at: Self.length - 4)
        return bytes
    }
}
