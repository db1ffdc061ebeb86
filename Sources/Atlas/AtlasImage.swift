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

    /// The atlas in memory, for where no file can be written. It is trusted: it has no seals.
    package func inMemory() throws(AtlasError) -> AtlasFile {
        let header = AtlasHeader(revision: revision, root: root, sections: sections.all.map { ($0.name, $0.length) })
        let length = header.sealsOffset
        guard let place = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), unsafe place != MAP_FAILED
        else { throw .io(path: "memory", reason: Errno.current) }
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: place, count: length)
        for (section, target) in zip(sections.all, header.places) where section.length > 0 {
            unsafe section.write(UnsafeMutableRawBufferPointer(rebasing: bytes[target.range]))
        }
        let memory = unsafe Memory(
            UnsafeRawBufferPointer(bytes), check: nil, release: { unsafe munmap(UnsafeMutableRawPointer(mutating: $0), length) })
        return AtlasFile(memory, header)
    }

    /// Writes the file whole or not at all (`AtlasWriter`).
    package func write(to path: String) throws(AtlasError) {
        let writer = try AtlasWriter(to: path)
        writer.take(sections)
        try writer.finish(revision: revision, root: root)
    }
}
