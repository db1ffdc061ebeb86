import Glibc
import Persian
import Service
import Store

/// What the machine knows and the program asks at its rim, once: the clock, the user, the cores, files.
enum OperatingSystem {
    static var today: Day { Day.today(inTehranAt: Moment.now.seconds) }

    static var user: String {
        guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else { return "uid \(getuid())" }
        return unsafe String(cString: name)
    }

    static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// A whole file, at most 1 GiB.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unopened(path) }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw unopened(path) }
            if count == 0 { return all }
            all += buffer[..<count]
            guard all.count <= 1 << 30 else { throw .badInput("\(path): بیش از ۱ گیبی‌بایت است", "\(path): over 1 GiB") }
        }
    }

    /// Writes a new file beside its place, syncs it and renames it over: whole or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let temporary = "\(path).\(getpid()).part"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw unwritten(path, reason()) }
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
            guard count > 0 else {
                let why = reason()
                close(descriptor)
                unsafe unlink(temporary)
                throw unwritten(path, why)
            }
            done += count
        }
        let synced = fsync(descriptor)
        guard close(descriptor) == 0, synced == 0, unsafe rename(temporary, path) == 0 else {
            let why = reason()
            unsafe unlink(temporary)
            throw unwritten(path, why)
        }
    }

    /// Whether files can be made in the folder that a file is to lie in.
    static func hasWritableFolder(_ path: String) -> Bool {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return unsafe access(folder, W_OK | X_OK) == 0
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    private static func unopened(_ path: String) -> Failure {
        let why = reason()
        return .badInput("\(path): خوانده نشد (\(why))", "\(path): could not be read (\(why))")
    }

    private static func unwritten(_ path: String, _ why: String) -> Failure {
        .machine("\(path): نوشته نشد (\(why))", "\(path): could not be written (\(why))")
    }

    private static func reason() -> String {
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    }
}

extension Moment {
    static var now: Moment {
        // A clock past the year 9999 is no clock.
        Moment(seconds: Int64(time(nil))) ?? .epoch
    }
}
