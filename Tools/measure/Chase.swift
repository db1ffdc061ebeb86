/// The machine's own speed: following a chain of lines of 64 bytes in random order through as much memory as the index takes.
@safe
final class Chase {
    private let memory: UnsafeMutableRawBufferPointer
    private let lines: Int

    init(bytes: Int) {
        lines = max(2, bytes / 64)
        unsafe memory = .allocate(byteCount: lines * 64, alignment: 64)
        // Sattolo's shuffle makes one cycle of all lines.
        var next = Array(0..<UInt32(lines))
        var throwing = SystemRandomNumberGenerator()
        for line in stride(from: lines - 1, to: 0, by: -1) { next.swapAt(line, Int.random(in: 0..<line, using: &throwing)) }
        for line in 0..<lines { unsafe memory.storeBytes(of: next[line], toByteOffset: 64 * line, as: UInt32.self) }
    }

    deinit { unsafe memory.deallocate() }

    @inline(never)
    func follow(_ steps: Int) -> Int {
        var line = 0
        for _ in 0..<steps { line = Int(unsafe memory.load(fromByteOffset: 64 * line, as: UInt32.self)) }
        return line
    }
}
