/// The line and column, both from one, of a byte in UTF-8 text; a column is one Unicode scalar.
///
/// A line ends with LF, CR LF or a CR alone. Worked out only when a fault is told, so that reading need not count.
struct TextPosition {
    private(set) var line = 1
    private(set) var column = 1

    init(of offset: Int, in bytes: [UInt8]) {
        for index in 0..<min(offset, bytes.count) {
            let byte = bytes[index]
            let isHalfOfCRLF = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if byte == 0x0A || (byte == 0x0D && !isHalfOfCRLF) {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }
}
