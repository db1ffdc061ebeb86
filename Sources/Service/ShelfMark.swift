import Glibc

/// How a file looks from outside: what changes when it is written to.
struct Look: Hashable {
    let size: Int
    /// Nanoseconds since 1970.
    let changed: Int
    let node: UInt

    /// Nil where there is no such file.
    init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        changed = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
        node = UInt(status.st_ino)
    }
}

/// How a city's file and its journal look. An empty journal is as good as none: readers leave one behind.
struct Sight: Hashable {
    let file: Look?
    let journal: Look?

    init(of city: String) {
        file = Look(of: city)
        journal = Look(of: city + "-wal").flatMap { $0.size > 0 ? $0 : nil }
    }

    /// Nanoseconds since 1970.
    var changed: Int { max(file?.changed ?? 0, journal?.changed ?? 0) }

    fileprivate var words: [String] {
        [file, journal].flatMap { look in look.map { [String($0.size), String($0.changed), String($0.node)] } ?? ["-", "-", "-"] }
    }
}

/// Which atlas is the newest revision's, and how the city looked when it was so.
struct Mark {
    let atlas: String
    private let words: [String]

    private static let name = "current"

    /// Reads the mark of a folder; nil where there is none.
    init?(_ folder: String) {
        guard let file = unsafe fopen("\(folder)/\(Self.name)", "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        let words = String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 7, words[0].hasSuffix(".atlas"), !words[0].contains("/") else { return nil }
        atlas = words[0]
        self.words = Array(words.dropFirst())
    }

    init(atlas: String, sight: Sight) {
        self.atlas = atlas
        words = sight.words
    }

    /// Whether what is asked for is the newest revision, by its number too.
    func isOf(_ known: Known) -> Bool {
        switch known {
        case .newest: true
        case .revision(let number): atlas.hasPrefix("\(number)-")
        case .time: false
        }
    }

    func fits(_ sight: Sight) -> Bool { words == sight.words }

    /// Leaves the mark, for the next question. Where it can't be written, that one opens the city's file again.
    ///
    /// A city written to this very moment gets none: a second writing within the clock's own tick would look no different.
    func write(_ folder: String, of sight: Sight) {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        guard now.tv_sec * 1_000_000_000 + now.tv_nsec - sight.changed > 100_000_000 else { return }
        let (path, temporary) = ("\(folder)/\(Self.name)", "\(folder)/\(Self.name).\(getpid())")
        guard let file = unsafe fopen(temporary, "we") else { return }
        let text = ([atlas] + words).joined(separator: " ") + "\n"
        let isWhole = unsafe fputs(text, file) >= 0
        guard unsafe fclose(file) == 0, isWhole, unsafe rename(temporary, path) == 0 else {
            unsafe unlink(temporary)
            return
        }
    }
}

enum Folder {
    /// The names of what lies in a folder; none where it can't be read.
    static func names(in path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            names.append(
                unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                    unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                })
        }
        return names
    }
}
