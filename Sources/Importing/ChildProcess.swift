import Glibc

/// One program that runs beside this one, with its three pipes; it is gone, and waited for, when this value ends.
struct ChildProcess: ~Copyable {
    /// How it ended.
    enum Ending: Hashable {
        case exited(Int32)
        case signalled(Int32)
        /// It was killed at its time limit.
        case overtime
        /// It was killed because nobody wanted more of it.
        case stopped
    }

    static let processorSignal = SIGXCPU

    private let pid: pid_t
    private var input: Descriptor
    private var output: Descriptor
    private var errors: Descriptor
    private var toWrite: ArraySlice<UInt8>
    private var isWaitedFor = false

    /// The path of the running program; nil where the system does not say.
    static var ownPath: String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe buffer.withUnsafeMutableBytes { bytes in
            guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return 0 }
            return unsafe readlink("/proc/self/exe", start, bytes.count)
        }
        return length > 0 ? String(validating: buffer.prefix(length), as: UTF8.self) : nil
    }

    /// Starts a program in a process group of its own, with little of our environment.
    init(executable: String, arguments: [String], input bytes: [UInt8]) throws(ImporterProcessError) {
        let stdin = try Channel(for: executable)
        let stdout = try Channel(for: executable)
        let stderr = try Channel(for: executable)
        pid = try Self.spawn(executable, arguments, [stdin.theirs.number, stdout.theirs.number, stderr.theirs.number])
        input = stdin.ours
        output = stdout.ours
        errors = stderr.ours
        toWrite = bytes[...]
    }

    deinit {
        guard !isWaitedFor else { return }
        kill(-pid, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) == -1, errno == EINTR {}
    }

    /// Writes its input, and hands over what it writes, until it ends.
    ///
    /// - Parameter onOutput: false stops it.
    mutating func converse(
        seconds: Int, onOutput: ([UInt8]) throws(ImporterProcessError) -> Bool, onError: ([UInt8]) -> Void
    ) throws(ImporterProcessError) -> Ending {
        let deadline = Self.milliseconds + seconds * 1000
        while output.isOpen || errors.isOpen {
            guard wait(until: deadline) else { return end(as: .overtime) }
            writeSome()
            if let bytes = output.readSome(), try !onOutput(bytes) { return end(as: .stopped) }
            if let bytes = errors.readSome() { onError(bytes) }
        }
        input.close()
        var status: Int32 = 0
        while true {
            let result = unsafe waitpid(pid, &status, WNOHANG)
            if result == pid { break }
            guard Self.milliseconds < deadline else { return end(as: .overtime) }
            usleep(1000)
        }
        isWaitedFor = true
        return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
    }

    /// Waits for any of the three pipes; false once the time is over.
    private func wait(until deadline: Int) -> Bool {
        var waits: [pollfd] = []
        if output.isOpen { waits.append(pollfd(fd: output.number, events: Int16(POLLIN), revents: 0)) }
        if errors.isOpen { waits.append(pollfd(fd: errors.number, events: Int16(POLLIN), revents: 0)) }
        if input.isOpen { waits.append(pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0)) }
        let left = deadline - Self.milliseconds
        guard left > 0 else { return false }
        _ = unsafe poll(&waits, nfds_t(waits.count), Int32(clamping: min(left, 1000)))
        return true
    }

    private mutating func writeSome() {
        guard input.isOpen else { return }
        toWrite = toWrite.dropFirst(input.writeSome(toWrite))
        if toWrite.isEmpty { input.close() }
    }

    private mutating func end(as ending: Ending) -> Ending {
        kill(-pid, SIGKILL)
        return ending
    }

    private static var milliseconds: Int {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
    }
}
