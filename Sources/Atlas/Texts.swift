package import Spatial

/// Texts one after the other in one column of bytes, numbered from 0.
package struct TextsWriter {
    private var bytes: [UInt8] = []
    private var starts: [UInt32] = [0]

    package init() {}

    package var count: Int { starts.count - 1 }

    /// Adds UTF-8 bytes as they are. False when 4 GiB are full: nothing was added.
    package mutating func append(_ text: some Collection<UInt8>) -> Bool {
        bytes.append(contentsOf: text)
        guard let end = UInt32(exactly: bytes.count) else {
            bytes.removeLast(text.count)
            return false
        }
        starts.append(end)
        return true
    }

    func withText<Result>(_ number: Int, _ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe bytes.withUnsafeBufferPointer {
            unsafe read(UnsafeBufferPointer(rebasing: $0[Int(starts[number])..<Int(starts[number + 1])]))
        }
    }

    package func add(to sections: inout Sections, as name: String) {
        sections.add(name + ".bytes", bytes)
        sections.add(name + ".starts", starts)
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
