import CSQLite
import Glibc

/// The one owner of a SQLite connection. It belongs to one thread at a time.
///
/// Of all connections to a city exactly one writes and checkpoints (SQLite before 3.51.3 can lose pages where two do): a
/// reading one is opened read-only, checkpoints neither by itself nor at its close, and cannot be talked into writing.
@safe final class Database {
    enum Access {
        /// A new file that nobody sees until it is renamed: no journal, synced once by its maker.
        case making
        case writing
        case reading
        /// Reading where not even the shared memory file can be made: a read-only disk, where nobody writes either.
        case readingImmutable
    }

    /// For how long to wait where another connection is in the way, in milliseconds.
    static let patience: Int32 = 5_000

    let path: String
    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    /// A commit failed in the machine, so that what is on the disk is known only after the file is opened again.
    private var isBroken = false

    init(_ path: String, _ access: Access) throws(StoreError) {
        // Past a limit on the size of files the default of this signal ends the process; ignored, the write fails.
        _ = signal(SIGXFSZ, SIG_IGN)
        let flags =
            switch access {
            case .making: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .writing: SQLITE_OPEN_READWRITE
            case .reading: SQLITE_OPEN_READONLY
            case .readingImmutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            }
        let name = if case .readingImmutable = access { Self.immutableURI(path) } else { path }
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let made = unsafe opened else { throw .io(reason: "\(path): SQLite found no memory to open it") }
        guard code == SQLITE_OK else {
            let error = unsafe StoreError(sqlite: code, handle: made, path: path)
            unsafe sqlite3_close_v2(made)
            throw error
        }
        self.path = path
        unsafe handle = made
        try harden()
        try configure(access)
    }

    deinit {
        statements = [:]
        unsafe sqlite3_close_v2(handle)
    }

    /// The file is not trusted: no function of the schema's choosing runs, no shadow table is written by hand.
    private func harden() throws(StoreError) {
        for (option, on) in [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_FKEY, 1),
            (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
        ] {
            try check(unsafe csqlite_db_config_bool(handle, option, Int32(on)))
        }
        unsafe sqlite3_busy_timeout(handle, Self.patience)
        try check(unsafe addFunctions(to: handle))
        try execute("PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0")
    }

    private func configure(_ access: Access) throws(StoreError) {
        switch access {
        case .making:
            try execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        case .writing:
            try execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536")
        case .reading, .readingImmutable:
            try check(unsafe csqlite_db_config_bool(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1))
            try execute("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0")
        }
    }

    private static func immutableURI(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var uri = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                uri.append("%")
                uri.append(digits[Int(byte >> 4)])
                uri.append(digits[Int(byte & 15)])
            }
        }
        return uri + "?immutable=1"
    }

    func check(_ code: Int32) throws(StoreError) {
        guard code == SQLITE_OK else { throw unsafe StoreError(sqlite: code, handle: handle, path: path) }
    }

    /// Runs a script without values: pragmas, the schema.
    func execute(_ script: String) throws(StoreError) {
        try check(unsafe sqlite3_exec(handle, script, nil, nil, nil))
    }

    /// The statement, prepared once for the connection's life.
    private func prepared(_ sql: String) throws(StoreError) -> Statement {
        if let statement = statements[sql], !statement.isStepping { return statement }
        var made: OpaquePointer?
        try check(unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil))
        guard let made = unsafe made else { throw .constraint(reason: "no SQL statement: \(sql)") }
        let statement = unsafe Statement(made, of: self)
        statements[sql] = statement
        return statement
    }

    /// Runs a statement to its end.
    func run(_ sql: String, _ values: Value...) throws(StoreError) {
        try run(sql, values)
    }

    func run(_ sql: String, _ values: [Value]) throws(StoreError) {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() {}
    }

    /// Hands over each row of a query.
    func each(_ sql: String, _ values: [Value], _ read: (Statement) throws(StoreError) -> Void) throws(StoreError) {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() { try read(statement) }
    }

    func rows<T>(_ sql: String, _ values: Value..., read: (Statement) throws(StoreError) -> T) throws(StoreError) -> [T] {
        var found: [T] = []
        try each(sql, values) { (row) throws(StoreError) in found.append(try read(row)) }
        return found
    }

    /// The first row of a query, nil when it has none.
    func first<T>(_ sql: String, _ values: Value..., read: (Statement) throws(StoreError) -> T) throws(StoreError) -> T? {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        return try statement.step() ? try read(statement) : nil
    }

    var lastID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// Rows changed by the last statement, those changed by triggers not counted.
    var changes: Int64 { unsafe sqlite3_changes64(handle) }

    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// Does it all or nothing. A transaction within one belongs to it.
    func transaction<T>(_ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        guard !isBroken else { throw .io(reason: "\(path): an earlier write failed in the machine; open the city again") }
        guard !isInTransaction else { return try body() }
        try execute("BEGIN IMMEDIATE")
        do throws(StoreError) {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            if case .io = error { isBroken = true }
            // SQLite itself rolls back after some failures; when this fails too, the journal does it at the next opening.
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Does what triggers would do otherwise, or may not do on a connection that does not trust the schema.
    func withoutTriggers(_ body: () throws(StoreError) -> Void) throws(StoreError) {
        try check(unsafe csqlite_db_config_bool(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0))
        defer { _ = unsafe csqlite_db_config_bool(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1) }
        try body()
    }

    /// Reads as of one moment, whatever is accepted meanwhile.
    func snapshot<T>(_ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        guard !isInTransaction else { return try body() }
        try execute("BEGIN")
        defer { try? execute("COMMIT") }
        return try body()
    }

    /// Copies the whole database, as of one moment, over an empty one. Whoever writes here meanwhile is not held up.
    func copy(to target: Database) throws(StoreError) {
        guard let copying = unsafe sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw unsafe StoreError(sqlite: SQLITE_ERROR, handle: target.handle, path: target.path)
        }
        let code = unsafe sqlite3_backup_step(copying, -1)
        let end = unsafe sqlite3_backup_finish(copying)
        guard code == SQLITE_DONE, end == SQLITE_OK else {
            throw unsafe StoreError(sqlite: end == SQLITE_OK ? code : end, handle: target.handle, path: "\(path), copied to \(target.path)")
        }
    }
}
