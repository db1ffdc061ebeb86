import Glibc

/// Pages of 2 MiB instead of 4 KiB, for what is filled from one end to the other: the system hands over each page with a fault,
/// which costs as much as filling the page.
enum WidePages {
    /// Asks for them before the first touch. Where there are none it changes nothing.
    static func ask(for bytes: UnsafeMutableRawBufferPointer) {
        let page = 4096
        guard bytes.count >= 4 << 20, let base = bytes.baseAddress else { return }
        let start = unsafe base.alignedUp(toMultipleOf: page)
        unsafe madvise(start, (bytes.count - (start - base)) & ~(page - 1), MADV_HUGEPAGE)
    }
}

extension Array where Element: BitwiseCopyable {
    /// Room for so many elements in all, in wide pages where they are many.
    mutating func reserveWide(_ count: Int) {
        reserveCapacity(count)
        let room = capacity * MemoryLayout<Element>.stride
        unsafe withUnsafeMutableBytes { unsafe WidePages.ask(for: UnsafeMutableRawBufferPointer(start: $0.baseAddress, count: room)) }
    }
}
