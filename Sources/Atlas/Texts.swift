package import Spatial

/// Texts one after the other in one column of bytes, numbered from 0.
package struct TextsWriter: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    package init() {}

    package var count: Int { ends.count }

    mutating func reserve(roomFor other: TextsWriter) {
        bytes.reserveCapacity(other.bytes.count + other.bytes.count / 8)
        ends.reserveCapacity(other.count + other.count / 8)
    }

    /// Adds UTF-8 bytes as they are. False when 4 GiB are full: nothing was added.
    package mutating func append(_ text: some Collection<UInt8>) -> Bool {
        bytes.append(contentsOf: text)
        guard let end = UInt32(exactly: bytes.count) else {
            bytes.removeLast(text.count)
            return false
        }
        ends.append(end)
        return true
    }

    func withText<Result>(_ number: Int, _ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = number == 0 ? 0 : Int(ends[number - 1])
        return unsafe bytes.withUnsafeBufferPointer { unsafe read(UnsafeBufferPointer(rebasing: $0[start..<Int(ends[number])])) }
    }

    package func add(to sections: inout Sections, as name: String) {
        _ = Self.add([self], to: &sections, as: name)
    }

    /// Adds the texts of several writers, one writer's after the other's. False when they are more than 4 GiB: nothing was added.
    static func add(_ writers: [TextsWriter], to sections: inout Sections, as name: String) -> Bool {
        guard UInt32(exactly: writers.reduce(0) { $0 + $1.bytes.count }) != nil else { return false }
        var starts: [UInt32] = []
        starts.reserveCapacity(writers.reduce(1) { $0 + $1.count })
        starts.append(0)
        for writer in writers {
            let before = starts[starts.count - 1]
            for end in writer.ends { starts.append(before + end) }
        }
        sections.add(name + ".bytes", pieces: writers.map(\.bytes))
        sections.add(name + ".starts", starts)
        return true
    }
}

/// The texts that a `TextsWriter` wrote.
package struct Texts: Sendable {
    private let bytes: Column<UInt8>
    private let starts: Column<UInt32>

    /// Nil where they are missing.
    package init?(_ sections: SectionTable, _ name: String) {
        guard let bytes = sections.column(name + ".bytes", of: UInt8.self), let starts = sections.column(name + ".starts", of: UInt32.self),
            starts.count > 0
        else { return nil }
        self.bytes = bytes
        self.starts = starts
    }

    package var count: Int { starts.count - 1 }

    package func string(_ number: Int) -> String {
        unsafe String(decoding: utf8(number), as: UTF8.self)
    }

    package func array(_ number: Int) -> [UInt8] {
        unsafe Array(utf8(number))
    }

    /// The bytes; good as long as the atlas is.
    package func utf8(_ number: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(starts[number])
        return unsafe bytes.elements(start..<max(start, Int(starts[number + 1])))
    }
}
