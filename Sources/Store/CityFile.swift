import Formats
package import Spatial

/// A city's records: one SQLite file that is a valid GeoPackage. Used from one thread at a time; each thread opens its own.
///
/// Whoever opens it for writing is alone in that until it goes; any number read meanwhile. A process that has a city open must
/// not open its file by any other way, not even to read or copy it (`FilePlace` says why).
package final class CityFile {
    package enum Purpose: Hashable, Sendable {
        case reading, writing
    }

    package let path: String
    package let purpose: Purpose
    package private(set) var city: CityFacts
    let database: Database
    private let lock: WriterLock?
    /// How the head beside the city stood to its log when it was opened.
    package let headStanding: HeadStanding
    /// Where the log ends since the last commit, while the file beside the city does not say so yet.
    var unwrittenHead: LogHead?

    private init(
        _ path: String, _ purpose: Purpose, _ city: CityFacts, _ database: Database, _ headStanding: HeadStanding,
        _ lock: consuming WriterLock?
    ) {
        self.headStanding = headStanding
        self.path = path
        self.purpose = purpose
        self.city = city
        self.database = database
        self.lock = lock
    }

    /// Makes the file of a city without records. It appears whole or not at all, and never in the place of another file.
    package static func create(at path: String, city: CityFacts, made: Moment) throws(StoreError) {
        // A head without its city: one stood here, whose log a new one would contradict.
        for path in [path, LogHead.path(of: path)] where NewFile.exists(path) { throw .exists(path: path) }
        let lock = try WriterLock(of: path)
        try NewFile.make(at: path) { (temporary) throws(StoreError) in
            let database = try Database(temporary, .making)
            try database.transaction { () throws(StoreError) in
                try Migration.first(database, city.crs, made)
                for step in Migration.steps { try step.apply(database) }
                try city.write(to: database)
                try database.run("INSERT INTO meta VALUES ('schema', ?)", .text(String(Migration.newest)))
            }
            // The mode is the file's own from here on. The journal that this makes is gone when the connection is.
            try database.execute("PRAGMA journal_mode = WAL")
        }
        _ = consume lock
    }

    /// Opens a city.
    ///
    /// For writing it takes the lock, brings an older schema up to date, and refuses a city whose log the head beside it contradicts.
    /// For reading it works on a read-only disk too.
    package static func open(_ path: String, for purpose: Purpose) throws(StoreError) -> CityFile {
        let path = try FilePlace.resolved(path)
        let beside = LogHead.beside(path)
        // Also before writing: what turns out to be no city is not even locked.
        let reader = try openedForReading(path)
        let city = try CityFacts(from: reader, requiring: purpose == .reading ? .readable : .newestOrOlder)
        guard purpose == .writing else {
            let hasLog = try CityFacts.schema(of: reader) >= Migration.logged
            return CityFile(path, .reading, city, reader, hasLog ? try LogHead.standing(beside, in: reader) : .agrees, nil)
        }
        let lock = try WriterLock(of: path)
        let writer = try Database(path, .writing)
        // What was read before the lock may have changed until then.
        let current = try CityFacts(from: writer, requiring: .newestOrOlder)
        try writer.execute("PRAGMA journal_mode = WAL")
        let isOlder = try CityFacts.schema(of: writer) < Migration.newest
        try migrate(writer)
        // Read again: nobody else writes it from here on.
        var standing = try LogHead.standing(LogHead.beside(path), in: writer)
        if case .contradicts(let how) = standing { throw .headContradicts(path: path, how) }
        // The log has just been made of what stood; there was none that a head could have spoken for.
        if isOlder, standing == .absent { standing = .behind }
        let file = CityFile(path, .writing, current, writer, standing, lock)
        if standing != .agrees {
            file.unwrittenHead = try LogTable.head(in: writer)
            file.writeHead()
        }
        return file
    }

    /// Writes down where the log ends, once what ends it is committed. Where that fails the head stays behind, which the next writer
    /// mends; `close` says so.
    private func writeHead() {
        guard let head = unwrittenHead, !database.isInTransaction, (try? head.write(beside: path)) != nil else { return }
        unwrittenHead = nil
    }

    /// Where the folder cannot be written to, SQLite has no place for the memory that readers share with the writer. When
    /// there is nothing in the journal either, the file is read as it lies.
    static func openedForReading(_ path: String) throws(StoreError) -> Database {
        let failure: StoreError
        do throws(StoreError) {
            let database = try Database(path, .reading)
            try database.run("SELECT count(*) FROM sqlite_schema")
            return database
        } catch {
            failure = error
        }
        guard case .io = failure, NewFile.size(path + "-wal") ?? 0 == 0 else { throw failure }
        return try Database(path, .readingImmutable)
    }

    /// Each step is done whole or not at all.
    static func migrate(_ database: Database) throws(StoreError) {
        let version = try CityFacts.schema(of: database)
        for (index, step) in Migration.steps.enumerated().dropFirst(version - 1) {
            try database.transaction { () throws(StoreError) in
                try step.apply(database)
                try database.run("UPDATE meta SET value = ? WHERE key = 'schema'", .text(String(index + 2)))
            }
        }
    }

    /// Refuses a city of before there was a log: what it holds can be asked for, what is proven of it not.
    func requireLog() throws(StoreError) {
        let version = try CityFacts.schema(of: database)
        guard version >= Migration.logged else { throw .older(path: path, version: version, known: Migration.newest) }
    }

    /// Brings what has been written into the file itself, as far as readers let it: it waits for none. A writer calls it last;
    /// without it nothing is lost. The lock goes with the object.
    package func close() throws(StoreError) {
        guard purpose == .writing else { return }
        if let unwrittenHead { try unwrittenHead.write(beside: path) }
        unwrittenHead = nil
        try database.execute("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = \(Database.patience)")
    }

    /// Reads as of one moment, whatever is accepted meanwhile.
    package func snapshot<T>(_ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        try database.snapshot(body)
    }

    /// Does several writes all or nothing, the facts of the city among them.
    package func transaction<T>(_ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        let before = (city, unwrittenHead)
        let result: T
        do throws(StoreError) {
            result = try database.transaction(body)
        } catch {
            (city, unwrittenHead) = before
            throw error
        }
        writeHead()
        return result
    }

    /// Says where the grid lies and how its scale runs there, for a city that was made without a boundary. Only once, and
    /// before anything lies on it.
    package func setOrigin(_ grid: Grid, scale: [Double] = []) throws(StoreError) {
        guard city.grid == nil else { throw .constraint(reason: "the city has an origin already") }
        var changed = city
        changed.grid = grid
        changed.scale = scale
        try database.transaction { () throws(StoreError) in try changed.write(to: database) }
        city = changed
    }
}
