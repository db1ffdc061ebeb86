import Atlas
import Glibc

/// The parcels of an atlas whose areas a second reading bore out, kept beside it: a revision does not change, nor does what GEOS
/// says of it, so that an opinion is taken once.
///
/// The file is `SHRZ2ND1`, one byte a feature number up to the last parcel's, 1 where all areas were borne out, and the CRC-32C of
/// all that in four bytes, little-endian.
struct BorneOut: Sendable {
    static let suffix = ".borne"
    private static let magic = Array("SHRZ2ND1".utf8)
    private var bytes: [UInt8]

    init(count: Int) {
        bytes = Self.magic + [UInt8](repeating: 0, count: count)
    }

    /// Nil where there is no such file, or it is damaged.
    init?(_ path: String) {
        guard let look = Look(of: path), look.size > 12, let file = unsafe fopen(path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var all = [UInt8](repeating: 0, count: look.size)
        guard unsafe fread(&all, 1, all.count, file) == all.count, all.starts(with: Self.magic) else { return nil }
        let sum = all.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        all.removeLast(4)
        guard checksum(all) == sum else { return nil }
        bytes = all
    }

    mutating func note(_ parcels: [Int]) {
        for parcel in parcels { bytes[Self.magic.count + parcel] = 1 }
    }

    func holds(_ parcel: Int) -> Bool {
        let place = Self.magic.count + parcel
        return place < bytes.count && bytes[place] == 1
    }

    /// Writes the file whole or not at all.
    func write(_ path: String) throws(AtlasError) {
        let sum = checksum(bytes)
        let all = bytes + (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
        let temporary = "\(path).\(getpid())"
        guard let file = unsafe fopen(temporary, "we") else { throw .io(path: path, reason: "can't be made") }
        let isWhole = unsafe fwrite(all, 1, all.count, file) == all.count
        guard unsafe fclose(file) == 0, isWhole, unsafe rename(temporary, path) == 0 else {
            unsafe unlink(temporary)
            throw .io(path: path, reason: "can't be written")
        }
    }
}
