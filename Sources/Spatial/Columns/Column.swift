/// A list of plain values that lie one after the other in some memory, in this machine's byte order.
@safe
package struct Column<Element: BitwiseCopyable>: @unchecked Sendable {
    package let memory: Memory
    /// Where the first element lies, in bytes from the memory's start.
    package let offset: Int
    package let count: Int
    @usableFromInline let base: UnsafePointer<Element>

    /// Nil when the elements would not lie within the memory or not on their own border.
    package init?(_ memory: Memory, offset: Int, count: Int) {
        let (bytes, tooMany) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard offset >= 0, count >= 0, !tooMany, offset <= memory.count, bytes <= memory.count - offset,
            offset % MemoryLayout<Element>.alignment == 0
        else { return nil }
        self.memory = memory
        self.offset = offset
        self.count = count
        unsafe base = (memory.base + offset).assumingMemoryBound(to: Element.self)
    }

    /// A copy of an array.
    package init(_ elements: [Element]) {
        self.init(joining: [elements])
    }

    /// Copies of arrays, one after the other.
    package init(joining pieces: [[Element]]) {
        unsafe self.init(count: pieces.reduce(0) { $0 + $1.count }) { all in
            var place = 0
            for piece in pieces {
                unsafe place = UnsafeMutableBufferPointer(rebasing: all[place...]).initialize(fromContentsOf: piece) + place
            }
        }
    }

    /// New memory for so many elements, which are filled in once.
    init(count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
        memory = unsafe Memory(count: count * MemoryLayout<Element>.stride) { unsafe fill($0.bindMemory(to: Element.self)) }
        offset = 0
        self.count = count
        unsafe base = memory.base.assumingMemoryBound(to: Element.self)
    }

    @inlinable
    package subscript(_ place: Int) -> Element {
        @inline(__always) get {
            precondition(UInt(bitPattern: place) < UInt(bitPattern: count))
            memory.touch(offset + place * MemoryLayout<Element>.stride, MemoryLayout<Element>.stride)
            return unsafe base[place]
        }
    }

    /// Elements that lie one after the other, touched at once. The pointer is good as long as the memory is.
    @inlinable @inline(__always)
    package func elements(_ range: Range<Int>) -> UnsafeBufferPointer<Element> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        memory.touch(offset + range.lowerBound * MemoryLayout<Element>.stride, range.count * MemoryLayout<Element>.stride)
        return unsafe UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    /// Where an element would lie: to be asked for in advance, not read.
    @inline(__always)
    func address(of place: Int) -> UnsafeRawPointer { unsafe UnsafeRawPointer(base + place) }
}
