import CRC32C
import Glibc
package import Spatial

/// An opened atlas: the sections of one revision, mapped from its file and checked page by page as they are touched.
package struct AtlasFile: Sendable {
    package let sections: SectionTable
    package let revision: Int
    /// The root hash of the revision that it was made from, 32 bytes.
    package let root: [UInt8]
    private let header: AtlasHeader

    init(_ memory: Memory, _ header: AtlasHeader) {
        sections = SectionTable(memory: memory, places: Dictionary(header.places.map { ($0.name, $0.range) }) { first, _ in first })
        revision = header.revision
        root = header.root
        self.header = header
    }

    /// Maps a file. The header is checked now, every other page when it is first read.
    ///
    /// - Parameter damaged: what to do when a page turns out not to fit its checksum in the middle of a question: it may answer
    ///   from the store instead, but not come back.
    package static func open(_ path: String, damaged: @escaping @Sendable (AtlasError) -> Never) throws(AtlasError) -> AtlasFile {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == ENOENT ? .absent(path: path) : .io(path: path, reason: Errno.current) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .io(path: path, reason: Errno.current) }
        let length = Int(status.st_size)
        guard length >= AtlasHeader.length else { throw .unusable(path: path, reason: "cut short") }
        guard let start = unsafe mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0), unsafe start != MAP_FAILED else {
            throw .io(path: path, reason: Errno.current)
        }
        // A question touches pages here and there: what the system would read around each is not wanted, and on a cold disk takes
        // longer than the page. A small file is soon read whole.
        if length > Self.small { unsafe madvise(start, length, MADV_RANDOM) }
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
        var reason = ""
        guard let header = unsafe AtlasHeader(bytes, fileLength: length, reason: &reason),
            unsafe Seals(bytes, header).outerAreSound
        else {
            unsafe munmap(start, length)
            throw .unusable(path: path, reason: reason.isEmpty ? "its seals do not fit their checksum" : reason)
        }
        let seals = unsafe Seals(bytes, header)
        let memory = unsafe Memory(
            bytes,
            check: { page in
                if !seals.isSound(page) {
                    damaged(.unusable(path: path, reason: "page \(page) does not fit its checksum"))
                }
            },
            release: { unsafe munmap(UnsafeMutableRawPointer(mutating: $0), length) })
        return AtlasFile(memory, header)
    }

    /// In bytes.
    private static let small = 32 << 20

    /// Checks every page; the first that does not fit its checksum is an error. For what answers many, before it begins.
    package func check(path: String) throws(AtlasError) {
        let memory = sections.memory
        guard memory.isChecked else { return }
        unsafe madvise(UnsafeMutableRawPointer(mutating: memory.base), memory.count, MADV_NORMAL)
        let seals = unsafe Seals(UnsafeRawBufferPointer(start: memory.base, count: memory.count), header)
        for page in 0..<header.sealCount where !seals.isSound(page) {
            throw .unusable(path: path, reason: "page \(page) does not fit its checksum")
        }
        memory.trust()
    }
}

/// The checksums of an atlas's pages.
@safe
private struct Seals: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer
    private let header: AtlasHeader

    init(_ bytes: UnsafeRawBufferPointer, _ header: AtlasHeader) {
        unsafe self.bytes = bytes
        self.header = header
    }

    var outerAreSound: Bool {
        unsafe crc32c(bytes.baseAddress! + header.outerOffset, 4 * header.outerCount) == header.outerChecksum
    }

    func isSound(_ page: Int) -> Bool {
        // The header has its own checksum; what follows the pages is checked with them.
        if page < AtlasHeader.length / AtlasHeader.page { return true }
        guard page < header.sealCount else { return page * AtlasHeader.page >= header.sealsOffset }
        let seals = header.sealsOffset + 4 * page & ~(AtlasHeader.page - 1)
        let outer = header.outerOffset + 4 * ((seals - header.sealsOffset) / AtlasHeader.page)
        return matches(seals, outer) && matches(page * AtlasHeader.page, header.sealsOffset + 4 * page)
    }

    private func matches(_ page: Int, _ seal: Int) -> Bool {
        unsafe crc32c(bytes.baseAddress! + page, AtlasHeader.page)
            == UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: seal, as: UInt32.self))
    }
}
