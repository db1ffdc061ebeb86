import CExchange
import Glibc

extension CityFile {
    /// Copies the city, as of one moment and with its whole history, to a file that appears whole or not at all and in no other's
    /// place, and its log's head beside it. Whoever writes meanwhile goes on. The secret key is not in it.
    ///
    /// - Returns: where the copy's log ends.
    package func backup(to path: String) throws(StoreError) -> LogHead? {
        try requireLog()
        let headPath = LogHead.path(of: path)
        guard !NewFile.exists(headPath) else { throw .exists(path: headPath) }
        var head: LogHead?
        try NewFile.make(at: path) { (temporary) throws(StoreError) in
            let copy = try Database(temporary, .making)
            try database.copy(to: copy)
            head = try LogTable.head(in: copy)
        }
        do throws(StoreError) {
            try head?.write(beside: path)
            return head
        } catch {
            NewFile.remove(path)
            throw error
        }
    }
}

/// A backup that takes a city's place.
package struct Restore {
    /// Where the city is that stood there before; nil where none did.
    package let kept: String?
    /// The head that stood before, and where the log ends now.
    package let before: LogHead?
    package let end: LogHead

    /// Puts a backup in the place of a city, whatever state that one is in, and enters it in the restored log with the head that
    /// stood before.
    ///
    /// The backup is copied, brought up to the newest schema and its log gone through first; it is left as it was. What stood before is
    /// kept beside the city under another name. A kill at any moment leaves the one or the other; the head follows last, and one that
    /// was not written then is known by the entry.
    package static func run(_ backup: String, inPlaceOf city: String, _ decision: Decision) throws(StoreError) -> Restore {
        let city = NewFile.exists(city) ? try named(city) : city
        let source = try FilePlace.resolved(backup)
        guard source != city else { throw .constraint(reason: "\(backup) is the city itself") }
        let lock = try WriterLock(of: city)
        let kept = unusedName(beside: city)
        let temporary = kept + ".new"
        var isExchanged = false
        // Once the two are exchanged what stood before has this name.
        defer { if !isExchanged { NewFile.remove(temporary) } }
        try copy(source, to: temporary)
        var before: LogHead?
        if case .head(let head) = LogHead.beside(city) { before = head }
        let end = try enter(in: temporary, beside: LogHead.beside(source), from: backup, before: before, decision)
        try NewFile.sync(temporary)
        let stood = NewFile.exists(city)
        if stood {
            try setJournalAside(of: city, as: kept)
            try exchange(temporary, city)
            isExchanged = true
            guard unsafe rename(temporary, kept) == 0 else { throw .system("naming \(kept)") }
        } else {
            guard unsafe rename(temporary, city) == 0 else { throw .system("naming \(city)") }
        }
        try NewFile.sync(NewFile.folder(of: city))
        try end.write(beside: city)
        _ = consume lock
        return Restore(kept: stood ? kept : nil, before: before, end: end)
    }

    /// A damaged or empty city still has its one name.
    private static func named(_ path: String) throws(StoreError) -> String {
        guard let name = unsafe realpath(path, nil) else { throw .system("opening \(path)") }
        defer { unsafe free(name) }
        return unsafe String(cString: name)
    }

    private static func copy(_ source: String, to temporary: String) throws(StoreError) {
        let database = try Database(source, .reading)
        _ = try CityFacts(from: database, requiring: .newestOrOlder)
        try database.copy(to: try Database(temporary, .making))
    }

    /// Checks the copy and enters the restore in it.
    private static func enter(
        in path: String, beside: LogHead.Beside, from backup: String, before: LogHead?, _ decision: Decision
    ) throws(StoreError) -> LogHead {
        let database = try Database(path, .writing)
        let check = try database.rows("PRAGMA quick_check") { $0.text(0) }
        guard check == ["ok"] else { throw .corrupt(reason: "\(backup): \(check.first ?? "")") }
        try CityFile.migrate(database)
        let report = try CityFile.verifyLog(of: database, beside: beside)
        guard report.faults.isEmpty else { throw .logFails(path: backup, report.faults) }
        let end = try database.transaction { () throws(StoreError) in
            let at = max(decision.at, try Log.newestMoment(in: database) ?? decision.at)
            let decision = Decision(by: decision.by, osUser: decision.osUser, reason: decision.reason, at: at)
            return try LogTable.append(
                LogDraft(kind: .restore, subject: before?.count, digest: before?.hash, about: backup, decision: decision), in: database)
        }
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return end
    }

    /// The first name `CITY.before-N` that is free. What a kill left half done keeps its name for a person to look at.
    private static func unusedName(beside city: String) -> String {
        var number = 1
        while NewFile.exists("\(city).before-\(number)") || NewFile.exists("\(city).before-\(number).new") { number += 1 }
        return "\(city).before-\(number)"
    }

    /// Brings a city's journal into it, and what is left of it under the name that the city will have: whoever reads the city goes on
    /// reading it. A city that is too damaged for the one keeps its journal by the other.
    private static func setJournalAside(of city: String, as kept: String) throws(StoreError) {
        try? Database(city, .writing).execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for end in ["-wal", "-shm"] where NewFile.exists(city + end) {
            guard unsafe rename(city + end, kept + end) == 0 else { throw .system("naming \(kept + end)") }
        }
    }

    /// Two files take each other's names at once: at no moment has the city none.
    private static func exchange(_ one: String, _ other: String) throws(StoreError) {
        guard unsafe exchange_names(one, other) == 0 else { throw .system("exchanging \(one) and \(other)") }
    }
}
