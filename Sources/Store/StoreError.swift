/// Why the city's file could not be opened, read or written. After any of them the file holds what it held before.
package enum StoreError: Error, Hashable, Sendable {
    /// No such file, or a file that is not a city of this program.
    case notACity(path: String, Foreign)
    /// The file was written by a later version of this program.
    case newer(path: String, version: Int, known: Int)
    /// The file was written by an earlier version and is open for reading only, so it cannot be brought up to date.
    case older(path: String, version: Int, known: Int)
    /// Another process writes to the city; its id where it could be read.
    case locked(path: String, by: Int32?)
    /// Something stands where a new file was to be written.
    case exists(path: String)
    /// No room for what was to be written: the disk, a quota or a limit of the process.
    case full(reason: String)
    /// The machine failed in reading or writing.
    case io(reason: String)
    /// What was to be written breaks a rule of the store.
    case constraint(reason: String)
    /// A folder, a pipe or a device where a file was to be read.
    case notAFile(path: String)
    /// A file that is not there or may not be read; why, in the system's words.
    case unreadable(path: String, reason: String)
    /// What was named does not exist: "delivery 7", "revision 3".
    case missing(String)
    /// A delivery was to be decided on that is not staged.
    case decided(delivery: Int, status: DeliveryStatus)
    /// The file contradicts itself.
    case corrupt(reason: String)
    /// The head beside the city does not fit its log, so that nothing is written to it.
    case headContradicts(path: String, HeadContradiction)
    /// A secret that others than its owner may read.
    case exposed(path: String, mode: Int)
    /// A backup whose log does not hold.
    case logFails(path: String, [LogFault])
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notACity(let path, let why): "\(path) is not a city file: \(why.rawValue)"
        case .newer(let path, let version, let known):
            "\(path) is of schema \(version); this program knows schemas up to \(known): use a newer one"
        case .older(let path, let version, let known):
            "\(path) is of schema \(version), this program's is \(known): any command that changes it brings it up to date, such as `shahrsaz key`"
        case .locked(let path, .some(let process)): "\(path) is being written by process \(process)"
        case .locked(let path, .none): "\(path) is being written by another process"
        case .exists(let path): "\(path) exists already and was left alone"
        case .full(let reason): "no room to write: \(reason)"
        case .io(let reason), .constraint(let reason): reason
        case .notAFile(let path): "\(path): a folder, a pipe or a device; a file was expected"
        case .unreadable(let path, let reason): "\(path): could not be read (\(reason))"
        case .missing(let subject): "there is no \(subject)"
        case .decided(let delivery, let status): "delivery \(delivery) is \(status.rawValue), not staged"
        case .corrupt(let reason): "the city file is damaged: \(reason)"
        case .headContradicts(let path, let how):
            """
            \(LogHead.path(of: path)): \(how). Nothing was written. Put the right file back, or take a backup in by \
            `restore FILE --by WHO --reason R`, which enters it in the log
            """
        case .exposed(let path, let mode):
            "\(path) may be read by others than its owner (mode \(String(mode, radix: 8))); expected 600: chmod 600 it, or make a new key"
        case .logFails(let path, let faults):
            "\(path): its log does not hold: " + faults.prefix(5).map { "\($0)" }.joined(separator: "; ")
        }
    }
}

extension HeadContradiction: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ahead(let head, let entries):
            "it counts \(head) entries and the city's log has \(entries): an old copy of the city stands here, or its log was cut"
        case .elsewhere(let head):
            "the log's entry \(head) is not the one that it names: another city's file or copy stands here, or its log was changed"
        case .unreadable: "it is no head of a log, or damaged"
        }
    }
}
