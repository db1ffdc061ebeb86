import Glibc

/// Bytes that never change: a mapped file's, or an array's. Threads share them.
///
/// A mapped file's come with a check of each page, made when the page is first touched and remembered: reading through a
/// `Column` touches by itself. What is done about a page that fails is the opener's affair; the check does not return then.
@safe
package final class Memory: @unchecked Sendable {
    package let base: UnsafeRawPointer
    package let count: Int
    /// One byte a page, 1 once it has been found sound; nil when all of it is trusted.
    @usableFromInline let checked: UnsafeMutablePointer<UInt8>?
    private let check: (@Sendable (_ page: Int) -> Void)?
    private let release: (@Sendable (UnsafeRawPointer) -> Void)?

    package static let pageBits = 12
    /// What an empty memory points at.
    nonisolated(unsafe) private static let nothing = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)

    /// - Parameters:
    ///   - check: looks at one page of 4 KiB and returns only when it is sound; nil trusts all.
    ///   - release: gives the bytes back.
    package init(
        _ bytes: UnsafeRawBufferPointer, check: (@Sendable (_ page: Int) -> Void)?, release: (@Sendable (UnsafeRawPointer) -> Void)?
    ) {
        unsafe base = bytes.baseAddress ?? UnsafeRawPointer(Self.nothing)
        count = bytes.count
        self.check = check
        unsafe self.release = release
        let pages = (count >> Self.pageBits) + 1
        if check == nil {
            unsafe checked = nil
        } else {
            // Noughts from the system, so that a large atlas's are not written before they are wanted.
            unsafe checked = calloc(pages, 1)?.assumingMemoryBound(to: UInt8.self)
            precondition(unsafe checked != nil, "no memory for \(pages) marks")
        }
    }

    /// So many new bytes on a 64-byte border, which are filled in once.
    convenience init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 64)
        unsafe WidePages.ask(for: bytes)
        unsafe fill(UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
        unsafe self.init(
            UnsafeRawBufferPointer(start: bytes.baseAddress, count: count), check: nil, release: { unsafe $0.deallocate() })
    }

    deinit {
        unsafe free(checked)
        unsafe release?(base)
    }

    /// Sees to it that the pages of these bytes are sound.
    @inlinable @inline(__always)
    package func touch(_ offset: Int, _ length: Int) {
        guard let checked = unsafe checked else { return }
        var page = offset >> Memory.pageBits
        let last = (offset + max(length, 1) - 1) >> Memory.pageBits
        while page <= last {
            if unsafe checked[page] == 0 { look(at: page) }
            page += 1
        }
    }

    /// Whether pages are looked at when they are first touched.
    package var isChecked: Bool { unsafe checked != nil }

    /// All of it has been found sound.
    package func trust() {
        for page in 0..<(count >> Self.pageBits) + 1 { unsafe checked?[page] = 1 }
    }

    @usableFromInline
    func look(at page: Int) {
        check?(page)
        unsafe checked?[page] = 1
    }
}
