import Glibc
import Service

/// The process's streams.
enum Terminal {
    static func print(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

    static func print(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    static func complain(_ text: String) { write(Array("shahrsaz: \(text)\n".utf8), to: STDERR_FILENO) }

    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// One line on a terminal, written over the last; nothing where nobody looks.
    static func progress(_ text: String) {
        guard showsProgress else { return }
        write(Array("\r\u{1B}[K\(text)".utf8), to: STDERR_FILENO)
    }

    static func endProgress() {
        guard showsProgress else { return }
        write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
    }

    /// All of standard input, at most 1 GiB.
    static func input() throws(Failure) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .machine("ورودی استاندارد خوانده نشد (خطای \(errno))", "standard input could not be read (error \(errno))")
            }
            if count == 0 { return all }
            all += buffer[..<count]
            guard all.count <= 1 << 30 else {
                throw .badInput("ورودی استاندارد بیش از ۱ گیبی‌بایت است؛ آن را بخش کنید", "standard input is over 1 GiB; split it")
            }
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
            if count < 0 {
                if errno == EINTR { continue }
                // Nobody reads any more: the command goes on, for what it changes must be whole.
                if errno == EPIPE { return }
                exit(ExitCode.machine.rawValue)
            }
            done += count
        }
    }
}

enum Environment {
    static func value(_ name: String) -> String? {
        guard let text = unsafe getenv(name) else { return nil }
        let value = unsafe String(cString: text)
        return value.isEmpty ? nil : value
    }
}
