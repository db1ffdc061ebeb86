import CSQLite
import Glibc

extension StoreError {
    /// What a result code of SQLite means for a city.
    @unsafe init(sqlite code: Int32, handle: OpaquePointer, path: String) {
        let message = unsafe "\(path): \(String(cString: sqlite3_errmsg(handle)))"
        let systemError = unsafe sqlite3_system_errno(handle)
        switch code & 0xff {
        case SQLITE_NOTADB:
            self = .notACity(path: path, .notSQLite)
        case SQLITE_CORRUPT:
            self = .corrupt(reason: message)
        case SQLITE_BUSY, SQLITE_LOCKED:
            self = .locked(path: path, by: nil)
        case SQLITE_FULL:
            self = .full(reason: message)
        case SQLITE_IOERR where systemError == EFBIG || systemError == ENOSPC || systemError == EDQUOT:
            self = unsafe .full(reason: "\(message) (\(String(cString: strerror(systemError))))")
        case SQLITE_IOERR where code == SQLITE_IOERR | 3 << 8 && systemError == 0 && Self.fileSizeIsLimited:
            // A write cut short by the limit leaves no cause behind.
            self = .full(reason: "\(message) (past the process's limit on the size of files)")
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG:
            self = .constraint(reason: message)
        default:
            let cause = systemError == 0 ? "" : unsafe ", \(String(cString: strerror(systemError)))"
            self = .io(reason: "\(message) (SQLite \(code)\(cause))")
        }
    }

    private static var fileSizeIsLimited: Bool {
        var limit = rlimit()
        return unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 && limit.rlim_cur != rlim_t.max
    }
}
