import CRC32C
import Glibc
package import Spatial

/// One revision's atlas as it was made, before anything is asked of it.
package struct AtlasImage {
    private let revision: Int
    private let root: [UInt8]
    private let sections: Sections

    /// - Parameter root: the revision's root hash, 32 bytes.
    package init(revision: Int, root: [UInt8], sections: Sections) {
        self.revision = revision
        self.root = root
        self.sections = sections
    }

    /// The atlas in memory, for where no file can be written: the bytes that the file would have.
    package func inMemory() throws(AtlasError) -> AtlasFile {
        var header = AtlasHeader(revision: revision, root: root, sections: sections.all.map { ($0.name, $0.length) })
        let length = header.fileLength
        guard let place = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), unsafe place != MAP_FAILED
        else { throw .io(path: "memory", reason: Errno.current) }
        unsafe fill(UnsafeMutableRawBufferPointer(start: place, count: length), &header)
        let memory = unsafe Memory(
            UnsafeRawBufferPointer(start: place, count: length), check: nil,
            release: { unsafe munmap(UnsafeMutableRawPointer(mutating: $0), length) })
        return AtlasFile(memory, header)
    }

    /// Puts everything where the header says, then the seals, the header last.
    private func fill(_ place: UnsafeMutableRawBufferPointer, _ header: inout AtlasHeader) {
        for (section, target) in zip(sections.all, header.places) where section.length > 0 {
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

    /// Writes the file whole or not at all (`AtlasWriter`).
    package func write(to path: String) throws(AtlasError) {
        let writer = try AtlasWriter(to: path)
        writer.take(sections)
        try writer.finish(revision: revision, root: root)
    }
}
