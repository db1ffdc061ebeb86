internal import CQRencode

/// A text as the squares of a QR code (ISO/IEC 18004), in bytes, with the error correction M: 15 % of it may be lost.
package struct QRCode: Hashable, Sendable {
    /// Squares a side, without the quiet zone.
    package let side: Int
    /// Row by row from the top, each from the left: whether the square is dark.
    package let isDark: [Bool]

    /// Light squares around it that ISO/IEC 18004 asks for.
    package static let quietZone = 4

    /// - Throws: `.tooLong` over 2,331 bytes, the most that the largest code holds.
    package init(_ text: String) throws(DocumentError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, let code = unsafe QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            throw .tooLong(bytes: bytes.count, most: 2331)
        }
        defer { unsafe QRcode_free(code) }
        side = Int(unsafe code.pointee.width)
        guard let squares = unsafe code.pointee.data else { throw .tooLong(bytes: bytes.count, most: 2331) }
        var isDark: [Bool] = []
        for place in 0..<side * side { isDark.append(unsafe squares[place] & 1 == 1) }
        self.isDark = isDark
    }

    /// Rows of dark squares that touch, each one as long as it goes: what has no seams when it is drawn.
    var stretches: [(x: Int, y: Int, length: Int)] {
        var found: [(x: Int, y: Int, length: Int)] = []
        for y in 0..<side {
            var x = 0
            while x < side {
                var end = x
                while end < side, isDark[y * side + end] { end += 1 }
                if end > x { found.append((x, y, end - x)) }
                x = max(end, x + 1)
            }
        }
        return found
    }
}
