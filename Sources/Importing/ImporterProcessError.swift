/// Why the importing process brought no delivery. Nothing of what it said before then counts.
package enum ImporterProcessError: Error, Hashable, Sendable {
    case notStarted(executable: String, reason: String)
    /// It refused the file, and says why in a whole sentence with the file's name.
    case refused(String)
    /// The machine failed it: no place to write, a request that it can't read.
    case failed(String)
    /// A signal ended it; the number is the system's.
    case crashed(signal: Int32)
    /// Seconds on the wall, or of the processor.
    case timedOut(seconds: Int, ofProcessor: Bool)
    /// Bytes that it was allowed.
    case outOfMemory(limit: Int)
    /// It ended as if all were well, but without the last line.
    case endedEarly(rows: Int)
    /// It wrote something else than staged lines.
    case garbled(StagedFault)
    /// The one who asked wanted no more.
    case stopped
}

extension ImporterProcessError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notStarted(let executable, let reason): "\(executable) could not be started: \(reason)"
        case .refused(let reason), .failed(let reason): reason
        case .crashed(let signal):
            "the file could not be read: its reader crashed (signal \(signal)); the file is damaged or made to do harm"
        case .timedOut(let seconds, let ofProcessor):
            "the file could not be read within \(seconds) s\(ofProcessor ? " of processor time" : ""); it is too large or damaged"
        case .outOfMemory(let limit):
            "the file could not be read within \(limit >> 20) MiB of memory; it is too large or damaged"
        case .endedEarly(let rows): "the file's reader ended after \(rows) rows without saying why"
        case .garbled(let fault): "the file's reader wrote what it should not: \(fault)"
        case .stopped: "the import was stopped"
        }
    }
}
