import Atlas
import Glibc
package import Persian
import Spatial
package import Store
import Synchronization

/// Where a city's atlases stand: a folder beside its file, named after it with `.atlas` at the end.
///
/// An atlas is called after its revision and root hash; it is made when it is first asked for and never changed. `current` there
/// says which is the newest revision's, and how the city's file and journal looked when that was so: while they look the same, a
/// question opens the atlas alone. All of it may be deleted at any time.
package struct Shelf: Sendable {
    private let city: String
    private let folder: String
    private let damaged: @Sendable (String) -> Never
    private let noticed: @Sendable (HeadStanding) -> Void

    /// Atlases that stay: the newest and those asked for by `--known` of late.
    private static let kept = 4

    /// - Parameters:
    ///   - damaged: what to do when a page of an atlas turns out not to fit its checksum in the middle of a question. The atlas
    ///     is gone from the shelf by then, so that asking again makes it anew; it may not come back.
    ///   - noticed: is told how the head beside the city stands to its log, where the city's file had to be opened.
    package init(
        city: String, damaged: @escaping @Sendable (String) -> Never, noticed: @escaping @Sendable (HeadStanding) -> Void = { _ in }
    ) throws(ServiceError) {
        self.city = try storing { () throws(StoreError) in try FilePlace.resolved(city) }
        folder = self.city + ".atlas"
        self.damaged = damaged
        self.noticed = noticed
    }

    /// A revision ready for questions. Opens the city's file only where the shelf does not know better.
    ///
    /// - Parameter checked: every page is checked now, for what answers many questions.
    package func town(_ known: Known, checked: Bool = false) throws(ServiceError) -> Town {
        let sight = Sight(of: city)
        if let mark = Mark(folder), mark.isOf(known), mark.fits(sight), let town = try? opened(mark.atlas, checked: checked) { return town }
        let file = try storing { () throws(StoreError) in try CityFile.open(city, for: .reading) }
        noticed(file.headStanding)
        let revision = try file.revision(known)
        let root = try storing { () throws(StoreError) in try file.recordedRoot(of: revision) }
        let name = "\(revision)-\(root.hex).atlas"
        let standing = try? opened(name, checked: checked)
        let town = if let standing { standing } else { try made(name, of: file, revision, checked: checked) }
        if known == .newest { Mark(atlas: name, sight: sight).write(folder, of: sight) }
        return town
    }

    /// Compiles a revision and puts its atlas on the shelf. Where none can be put, on a read-only or full disk, it serves this once.
    private func made(_ name: String, of file: CityFile, _ revision: Int, checked: Bool) throws(ServiceError) -> Town {
        unsafe mkdir(folder, 0o755)
        if (try? file.compile(revision, threads: Self.cores, to: "\(folder)/\(name)")) != nil {
            tidy()
            if let town = try? opened(name, checked: checked) { return town }
        }
        return try Town(compiling: file, revision, alone: false)
    }

    /// An atlas that stands on the shelf; an error when it does not, or is of no use.
    private func opened(_ name: String, checked: Bool) throws -> Town {
        let path = "\(folder)/\(name)"
        let gone: @Sendable (AtlasError) -> Never = { [damaged] error in
            unsafe unlink(path)
            unsafe unlink(path + BorneOut.suffix)
            damaged("\(error)")
        }
        let atlas = try AtlasFile.open(path, damaged: gone)
        guard let root = Digest(bytes: atlas.root), name == "\(atlas.revision)-\(root.hex).atlas" else {
            throw AtlasError.unusable(path: path, reason: "of another revision")
        }
        if checked { try atlas.check(path: path) }
        let borneOut = BorneOut(beside: atlas, at: path + BorneOut.suffix, checked: checked, damaged: gone)
        let unreadable: @Sendable (String) -> Never = { reason in gone(.unusable(path: path, reason: reason)) }
        return try Town(atlas, borneOut: borneOut, unreadable: checked ? nil : unreadable)
    }

    /// Makes the newest revision ready ahead of its questions: its atlas, and a second opinion on every area in it.
    ///
    /// What can't be written is left to the questions.
    package func prepare(on day: Day, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void) async throws(ServiceError) {
        let town = try town(.newest, checked: true)
        guard town.borneOut == nil, town.toDegrees != nil else { return }
        let parcels = try await town.borneOutParcels(on: day, threads: Self.cores, progress: progress)
        try? BorneOut.write(
            parcels, of: (town.ground.parcelNumbers.last ?? -1) + 1, beside: town,
            to: "\(folder)/\(town.revision)-\(town.root.hex).atlas\(BorneOut.suffix)")
    }

    /// The city as it would be if a delivery were accepted, in a copy of the city here that nobody else looks for.
    func supposed(_ delivery: Int) throws(ServiceError) -> Town {
        unsafe mkdir(folder, 0o755)
        let copy = "\(folder)/supposed.\(getpid()).\(Self.supposing.add(1, ordering: .relaxed).newValue).gpkg"
        defer { for end in ["", "-wal", "-shm", ".lock", ".head"] { unsafe unlink(copy + end) } }
        return try {
            () throws(ServiceError) in
            let file = try storing { () throws(StoreError) in
                // Refused at once, before anything is copied.
                let own = try CityFile.open(city, for: .reading)
                let status = try own.delivery(delivery).status
                guard status == .staged else { throw .decided(delivery: delivery, status: status) }
                _ = try own.backup(to: copy)
                return try CityFile.open(copy, for: .writing)
            }
            return try file.supposing(delivery, Decision(by: "diff", osUser: "", reason: nil, at: .epoch))
        }()
    }

    private static let supposing = Atomic(0)

    static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Removes atlases over the number that stay, those that were made first, and what processes that are gone never finished.
    private func tidy() {
        var atlases: [(made: Int, path: String)] = []
        let names = Folder.names(in: folder)
        for name in names where name.hasSuffix(".new") {
            let maker = name.split(separator: ".").dropLast().last.flatMap { pid_t($0) }
            if let maker, maker > 0, kill(maker, 0) != 0, errno == ESRCH { unsafe unlink("\(folder)/\(name)") }
        }
        for name in names where name.hasPrefix("supposed.") {
            let maker = name.split(separator: ".").dropFirst().first.flatMap { pid_t($0) }
            if let maker, maker > 0, kill(maker, 0) != 0, errno == ESRCH { unsafe unlink("\(folder)/\(name)") }
        }
        for name in names where name.hasSuffix(".atlas") {
            if let look = Look(of: "\(folder)/\(name)") { atlases.append((look.changed, "\(folder)/\(name)")) }
        }
        for atlas in atlases.sorted(by: { $0.made > $1.made }).dropFirst(Self.kept) {
            for path in [atlas.path, atlas.path + BorneOut.suffix] { unsafe unlink(path) }
        }
    }
}

extension Town {
    /// A revision compiled in memory, for this process alone.
    ///
    /// - Parameter alone: its rows are read by the file's own connection, which sees what it has written and not committed.
    init(compiling file: CityFile, _ revision: Int, alone: Bool) throws(ServiceError) {
        let root = try storing { () throws(StoreError) in try file.recordedRoot(of: revision).bytes }
        let sections = Mutex(Sections())
        try storing { () throws(StoreError) in
            try file.compile(revision, threads: Shelf.cores, alone: alone) { more in sections.withLock { $0.append(more) } }
        }
        do { try self.init(AtlasImage(revision: revision, root: root, sections: sections.withLock { $0 }).inMemory()) } catch {
            throw (error as? ServiceError) ?? .corrupt("\(error)")
        }
    }
}
