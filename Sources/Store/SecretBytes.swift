import CSodium

/// Bytes that nobody else may see: in one place of memory, overwritten when they go.
@safe
struct SecretBytes: ~Copyable, @unchecked Sendable {
    let start: UnsafeMutablePointer<UInt8>
    let count: Int

    /// As many noughts.
    init(count: Int) {
        unsafe start = .allocate(capacity: count)
        unsafe start.initialize(repeating: 0, count: count)
        self.count = count
    }

    deinit {
        unsafe sodium_memzero(start, count)
        unsafe start.deallocate()
    }

    subscript(place: Int) -> UInt8 {
        get {
            precondition(place >= 0 && place < count)
            return unsafe start[place]
        }
        nonmutating set {
            precondition(place >= 0 && place < count)
            unsafe start[place] = newValue
        }
    }
}
