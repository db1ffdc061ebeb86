import Glibc

/// The encoding of a file's texts. Bytes that it gives no letter for are never dropped: the text is not decoded at all.
package struct TextEncoding: Hashable, Sendable {
    /// As the C library knows it: `UTF-8`, `WINDOWS-1256`, `ISO-8859-1`…
    package let name: String

    package static let utf8 = TextEncoding(known: "UTF-8")
    package static let windows1256 = TextEncoding(known: "WINDOWS-1256")

    private init(known name: String) {
        self.name = name
    }

    /// Takes an encoding's usual names: `utf8`, `cp1256`, `1256`, `ANSI 1256`, `latin1`; nil where the C library has none such.
    package init?(named text: String) {
        let plain = text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        let number = String(plain.drop { !$0.isNumber })
        let isCodePage = ["", "CP", "ANSI", "ANSI_", "ANSI-", "WINDOWS", "WINDOWS-", "WINDOWS_", "WIN", "WIN-"]
            .contains(String(plain.prefix { !$0.isNumber }))
        let name: String
        switch plain {
        case "UTF-8", "UTF8", "UTF_8", "65001": name = "UTF-8"
        case "LATIN1", "LATIN-1": name = "ISO-8859-1"
        default:
            if isCodePage, number.count == 4, number.hasPrefix("125") {
                name = "WINDOWS-\(number)"
            } else if isCodePage, number.hasPrefix("8859"), number.count > 4 {
                name = "ISO-8859-\(number.dropFirst(4).drop { $0 == "-" || $0 == "_" })"
            } else {
                name = isCodePage && !number.isEmpty ? "CP\(number)" : plain
            }
        }
        guard !name.isEmpty, name.utf8.count < 40, let converter = unsafe Self.open(name) else { return nil }
        unsafe iconv_close(converter)
        self.name = name
    }

    /// The text of the bytes; nil where some of them are no text in this encoding.
    package func decode(_ bytes: [UInt8]) -> String? {
        if self == .utf8 || bytes.allSatisfy({ $0 < 0x80 }) { return String(validating: bytes, as: UTF8.self) }
        guard let converter = unsafe Self.open(name) else { return nil }
        defer { unsafe iconv_close(converter) }
        var source = bytes
        // No letter of a one-byte encoding takes more than four bytes, nor does one of two bytes.
        var result = [UInt8](repeating: 0, count: bytes.count * 4)
        let written: Int? = unsafe source.withUnsafeMutableBytes { from in
            unsafe result.withUnsafeMutableBytes { to in
                var input = unsafe from.baseAddress?.assumingMemoryBound(to: CChar.self)
                var output = unsafe to.baseAddress?.assumingMemoryBound(to: CChar.self)
                var (left, room) = (from.count, to.count)
                let outcome = unsafe iconv(converter, &input, &left, &output, &room)
                return outcome == 0 && left == 0 ? to.count - room : nil
            }
        }
        guard let written else { return nil }
        return String(validating: result.prefix(written), as: UTF8.self)
    }

    private static func open(_ name: String) -> iconv_t? {
        let converter = unsafe iconv_open("UTF-8", name)
        return unsafe Int(bitPattern: converter) == -1 ? nil : converter
    }
}
