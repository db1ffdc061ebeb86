import Glibc
import Importing

/// The three streams of this process, in whole pieces.
enum Streams {
    /// All that comes in; nil where it cannot be read.
    static func input() -> [UInt8]? { contents(of: 0) }

    /// A descriptor's bytes from where it stands to the end.
    static func contents(of descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            if count > 0 { bytes += buffer[..<count] }
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { return nil }
        }
    }

    static func output(_ bytes: [UInt8]) throws(ImportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { throw .output(reason: unsafe String(cString: strerror(errno))) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// A line on the error stream: one message stays one line.
    static func say(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
        _ = unsafe Array(line.utf8).withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }
}
