import Glibc
package import Spatial
import Synchronization

/// Writes an atlas section by section while the rest is still being worked out: whole or not at all, under a name of its own,
/// synced, then renamed. What stood under the name goes.
///
/// Sections are written on a thread of the writer's own, in the order in which they come. What can't be written is said at the end.
package final class AtlasWriter: Sendable {
    private struct State {
        var lengths: [(name: String, length: Int)] = []
        var running: Background?
        var isFinished = false
    }

    private let path: String
    private let temporary: String
    private let ink: Ink
    private let state = Mutex(State())

    package init(to path: String) throws(AtlasError) {
        self.path = path
        temporary = "\(path).\(getpid()).new"
        ink = try Ink(temporary)
    }

    deinit {
        state.withLock { state in
            state.running?.join()
            if !state.isFinished { unsafe unlink(temporary) }
        }
    }

    /// Takes sections over.
    package func take(_ sections: Sections) {
        state.withLock { state in
            state.running?.join()
            for section in sections.all {
                if section.isContinued, !state.lengths.isEmpty {
                    state.lengths[state.lengths.count - 1].length += section.length
                } else {
                    state.lengths.append((section.name, section.length))
                }
            }
            let ink = ink
            state.running = Background { ink.write(sections) }
        }
    }

    /// Waits until all is written, puts the seals behind it and the header before it, and gives the file its name.
    ///
    /// - Parameter root: the revision's root hash, 32 bytes.
    package func finish(revision: Int, root: [UInt8]) throws(AtlasError) {
        let lengths = state.withLock { state in
            state.running?.join()
            state.running = nil
            return state.lengths
        }
        try ink.seal(AtlasHeader(revision: revision, root: root, sections: lengths))
        guard unsafe rename(temporary, path) == 0 else { throw .io(path: path, reason: Errno.current) }
        state.withLock { $0.isFinished = true }
        Self.sync(folderOf: path)
    }

    private static func sync(folderOf path: String) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

/// What the system says of its last failure.
enum Errno {
    static var current: String { words(errno) }

    static func words(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
