import CRC32C
import Glibc
import Spatial
import Synchronization
import WriteBack

/// A file that is written from its start to its end, with a checksum of each page on the way.
@safe
final class Ink: Sendable {
    private struct State: ~Copyable {
        /// Bytes that wait for their page to be full, the last of all written.
        var waiting: [UInt8] = []
        /// By page from the file's start.
        var seals: [UInt32] = []
        /// Where the waiting bytes will lie.
        var end = 0
        var failure: AtlasError?
    }

    private let path: String
    private let descriptor: Int32
    private let state: Mutex<State>

    init(_ path: String) throws(AtlasError) {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .io(path: path, reason: Errno.current) }
        self.path = path
        var state = State()
        state.end = AtlasHeader.length
        state.seals = [UInt32](repeating: 0, count: AtlasHeader.length / AtlasHeader.page)
        self.state = Mutex(state)
    }

    deinit { close(descriptor) }

    /// Adds sections, each from a border on but those that go on with the last.
    func write(_ sections: Sections) {
        state.withLock { state in
            for section in sections.all {
                if !section.isContinued { state.waiting += repeatElement(0, count: -state.waiting.count & (Sections.border - 1)) }
                unsafe section.visit { unsafe add($0, &state) }
            }
            begin_write_back(descriptor)
        }
    }

    /// Adds what is left, the seals and the header, and waits for the disk.
    func seal(_ unsealed: AtlasHeader) throws(AtlasError) {
        let failure = state.withLock { state -> AtlasError? in
            var header = unsealed
            pad(&state)
            precondition(state.end == header.sealsOffset)
            let seals = state.seals.map(\.littleEndian)
            unsafe seals.withUnsafeBytes { unsafe add($0, &state) }
            pad(&state)
            let outer = state.seals[header.sealCount...].map(\.littleEndian)
            header.outerChecksum = unsafe outer.withUnsafeBytes { unsafe crc32c($0.baseAddress, $0.count) }
            unsafe outer.withUnsafeBytes { unsafe put($0, at: header.outerOffset, &state) }
            unsafe header.bytes.withUnsafeBytes { unsafe put($0, at: 0, &state) }
            return state.failure
        }
        if let failure { throw failure }
        guard fsync(descriptor) == 0 else { throw .io(path: path, reason: Errno.current) }
    }

    /// Fills the page that waits with zeros.
    private func pad(_ state: inout State) {
        let rest = [UInt8](repeating: 0, count: -state.waiting.count & (AtlasHeader.page - 1))
        unsafe rest.withUnsafeBytes { unsafe add($0, &state) }
    }

    private func add(_ bytes: UnsafeRawBufferPointer, _ state: inout State) {
        var rest = unsafe bytes[...]
        if !state.waiting.isEmpty {
            let missing = unsafe rest.prefix(AtlasHeader.page - state.waiting.count)
            unsafe state.waiting += missing
            unsafe rest = rest.dropFirst(missing.count)
            guard state.waiting.count == AtlasHeader.page else { return }
            unsafe state.waiting.withUnsafeBytes { unsafe addPages($0, &state) }
            state.waiting.removeAll(keepingCapacity: true)
        }
        // So many at once that what the checksums have read is still near when it is written.
        while unsafe rest.count >= AtlasHeader.page {
            let pages = unsafe rest.prefix(min(rest.count, 1 << 18) & ~(AtlasHeader.page - 1))
            unsafe addPages(UnsafeRawBufferPointer(rebasing: pages), &state)
            unsafe rest = rest.dropFirst(pages.count)
        }
        unsafe state.waiting += rest
    }

    private func addPages(_ pages: UnsafeRawBufferPointer, _ state: inout State) {
        guard let start = pages.baseAddress else { return }
        for offset in stride(from: 0, to: pages.count, by: AtlasHeader.page) {
            state.seals.append(unsafe crc32c(start + offset, AtlasHeader.page))
        }
        unsafe put(pages, at: state.end, &state)
        state.end += pages.count
    }

    private func put(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ state: inout State) {
        var written = 0
        while written < bytes.count, state.failure == nil {
            let count = unsafe pwrite(descriptor, bytes.baseAddress! + written, bytes.count - written, off_t(offset + written))
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                state.failure = .io(path: path, reason: Errno.words(count == 0 ? ENOSPC : errno))
            }
        }
    }
}
