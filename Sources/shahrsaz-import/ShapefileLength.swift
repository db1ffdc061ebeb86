import Glibc
import Importing

extension LocalFile {
    /// What is wrong with a Shapefile as a whole where a Shapefile's header claims more bytes than the file has. Without its index nothing of it
    /// can be found, so that it is refused.
    ///
    /// The header's length, in 16-bit words, stands big-endian in its bytes 24–27 (ESRI Shapefile Technical Description, 1998).
    func shapefileFlaw() throws(ImportError) -> String? {
        var cut: String?
        if let size = bytes(of: path), head.count >= 28 {
            let claimed = head[24..<28].reduce(0) { $0 << 8 | Int($1) } * 2
            if claimed > size { cut = "its header claims \(claimed) bytes, it has \(size): it was cut off, or is damaged" }
        }
        let stem = path.dropLast(4)
        guard [".shx", ".SHX"].contains(where: { bytes(of: stem + $0) != nil }) else {
            let name = name.dropLast(4) + ".shx"
            throw .damaged(file: self.name, reason: (cut.map { $0 + "; " } ?? "") + "its index \(name) was expected beside it")
        }
        return cut
    }

    private func bytes(of path: some StringProtocol) -> Int? {
        var facts = stat()
        return unsafe stat(String(path), &facts) == 0 ? Int(facts.st_size) : nil
    }
}
