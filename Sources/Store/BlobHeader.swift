/// What stands at the head of a GeoPackage geometry: whether it is empty, and its envelope in metres of its CRS.
///
/// Source: GeoPackage 1.3, 2.1.3.1 (GeoPackageBinaryHeader). A point has no envelope there and is its own.
@safe struct BlobHeader {
    struct Envelope: Equatable {
        var minX: Double
        var maxX: Double
        var minY: Double
        var maxY: Double
    }

    let isEmpty: Bool
    let envelope: Envelope?

    /// Nil where the bytes are no GeoPackage geometry.
    @unsafe init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 8, unsafe bytes[0] == UInt8(ascii: "G"), unsafe bytes[1] == UInt8(ascii: "P") else { return nil }
        let flags = unsafe bytes[3]
        isEmpty = flags & 0b10000 != 0
        let isLittle = flags & 1 == 1
        func double(at offset: Int, little: Bool) -> Double {
            let bits = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            return Double(bitPattern: little ? UInt64(littleEndian: bits) : UInt64(bigEndian: bits))
        }
        let kind = flags >> 1 & 0b111
        if kind > 0 {
            guard bytes.count >= 40 else { return nil }
            envelope = Envelope(
                minX: double(at: 8, little: isLittle), maxX: double(at: 16, little: isLittle),
                minY: double(at: 24, little: isLittle), maxY: double(at: 32, little: isLittle))
        } else if !isEmpty, bytes.count >= 29 {
            let little = unsafe bytes[8] == 1
            let type = unsafe bytes.loadUnaligned(fromByteOffset: 9, as: UInt32.self)
            guard (little ? UInt32(littleEndian: type) : UInt32(bigEndian: type)) == 1 else {
                envelope = nil
                return
            }
            let (x, y) = (double(at: 13, little: little), double(at: 21, little: little))
            envelope = Envelope(minX: x, maxX: x, minY: y, maxY: y)
        } else {
            envelope = nil
        }
    }
}
