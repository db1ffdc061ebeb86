import CRC32C
import Glibc
package import Spatial

/// One revision's atlas as it was made, before anything is asked of it.
package struct AtlasImage {
    private var header: AtlasHeader
    private let sections: [Sections.Section]

    /// - Parameter root: the revision's root hash, 32 bytes.
    package init(revision: Int, root: [UInt8], sections: Sections) {
        self.sections = sections.all
        header = AtlasHeader(revision: revision, root: root, sections: sections.all.map { ($0.name, $0.length) })
    }

    /// The atlas in memory, for where no file can be written.
    package mutating func inMemory() throws(AtlasError) -> AtlasFile {
        let length = header.fileLength
        guard let place = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), unsafe place != MAP_FAILED
        else { throw .io(path: "memory", reason: Errno.current) }
        unsafe fill(UnsafeMutableRawBufferPointer(start: place, count: length))
        let memory = unsafe Memory(
            UnsafeRawBufferPointer(start: place, count: length), check: nil,
            release: { unsafe munmap(UnsafeMutableRawPointer(mutating: $0), length) })
        return AtlasFile(memory, header)
    }

    /// Writes the file whole or not at all: under a name of its own, synced, then renamed. What stood under the name goes.
    package mutating func write(to path: String) throws(AtlasError) {
        let temporary = "\(path).\(getpid()).new"
        do throws(AtlasError) {
            try fillFile(temporary)
            guard unsafe rename(temporary, path) == 0 else { throw .io(path: path, reason: Errno.current) }
        } catch {
            unsafe unlink(temporary)
            throw error
        }
        Self.sync(folderOf: path)
    }

    private mutating func fillFile(_ path: String) throws(AtlasError) {
        let length = header.fileLength
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .io(path: path, reason: Errno.current) }
        defer { close(descriptor) }
        // Room is taken first: writing through the map on a full disk would end the process.
        let full = posix_fallocate(descriptor, 0, off_t(length))
        guard full == 0 else { throw .io(path: path, reason: Errno.words(full)) }
        guard let place = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), unsafe place != MAP_FAILED else {
            throw .io(path: path, reason: Errno.current)
        }
        unsafe fill(UnsafeMutableRawBufferPointer(start: place, count: length))
        guard unsafe msync(place, length, MS_SYNC) == 0, fsync(descriptor) == 0 else { throw .io(path: path, reason: Errno.current) }
        unsafe munmap(place, length)
    }

    /// Puts everything where the header says, then the seals, the header last.
    private mutating func fill(_ place: UnsafeMutableRawBufferPointer) {
        for (section, target) in zip(sections, header.places) where section.length > 0 {
            unsafe section.write(UnsafeMutableRawBufferPointer(rebasing: place[target.range]))
        }
        func seal(_ pages: Range<Int>, at offset: Int) {
            for (number, page) in pages.enumerated() {
                let sum = unsafe crc32c(place.baseAddress! + page * AtlasHeader.page, AtlasHeader.page)
                unsafe place.storeBytes(of: sum.littleEndian, toByteOffset: offset + 4 * number, as: UInt32.self)
            }
        }
        let first = AtlasHeader.length / AtlasHeader.page
        seal(first..<header.sealCount, at: header.sealsOffset + 4 * first)
        let seals = header.sealsOffset / AtlasHeader.page
        seal(seals..<seals + header.outerCount, at: header.outerOffset)
        header.outerChecksum = unsafe crc32c(place.baseAddress! + header.outerOffset, 4 * header.outerCount)
        unsafe place.copyBytes(from: header.bytes)
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
