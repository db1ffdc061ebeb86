/// What the importing process says on its standard error: lines `progress N`, and at the end why it failed.
struct Complaints {
    /// The last lines, without the progress; a flood of messages is cut at its beginning.
    private var lines: [String] = []
    private var pending: [UInt8] = []
    private var metMemory = false

    mutating func add(_ bytes: some Sequence<UInt8>, onProgress: (Int) -> Void) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                end(onProgress)
            } else if pending.count < 4096 {
                pending.append(byte)
            }
        }
    }

    private mutating func end(_ onProgress: (Int) -> Void) {
        let line = String(decoding: pending, as: UTF8.self)
        pending.removeAll(keepingCapacity: true)
        if line.hasPrefix("progress "), let done = Int(line.dropFirst(9)) { return onProgress(done) }
        let lower = line.lowercased()
        metMemory = metMemory || Self.memoryWords.contains { lower.contains($0) }
        lines.append(line)
        if lines.count > 20 { lines.removeFirst() }
    }

    /// As C++, the Swift runtime and GDAL speak of it.
    private static let memoryWords = ["bad_alloc", "out of memory", "cannot allocate", "could not allocate", "memory allocation"]

    /// Turns how the process ended into an error; returns where it ended well.
    mutating func judge(_ ending: ChildProcess.Ending, _ limits: ImporterProcess.Limits) throws(ImporterProcessError) {
        if !pending.isEmpty { end { _ in } }
        let reason = lines.last { !$0.isEmpty } ?? "the file's reader failed without saying why"
        switch ending {
        case .exited(0): return
        case .exited(2): throw metMemory ? .outOfMemory(limit: limits.memory) : .refused(reason)
        case .exited(127): throw .notStarted(executable: "shahrsaz-import", reason: reason)
        case .exited: throw metMemory ? .outOfMemory(limit: limits.memory) : .failed(reason)
        case .signalled(let signal):
            if signal == ChildProcess.processorSignal { throw .timedOut(seconds: limits.processor, ofProcessor: true) }
            throw metMemory ? .outOfMemory(limit: limits.memory) : .crashed(signal: signal)
        case .overtime: throw .timedOut(seconds: limits.wall, ofProcessor: false)
        case .stopped: throw .stopped
        }
    }
}
