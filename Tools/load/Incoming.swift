import CEpoll
import Glibc

/// Where an answer's bytes stand: enough of HTTP/1.1 to know its status and its end.
struct Incoming {
    private enum State {
        case head
        case body(Int)
        case chunkSize, chunk(Int), chunkEnd, trailer
    }

    enum Progress {
        case going
        case ended(status: Int, closes: Bool)
        case garbled
    }

    private var state = State.head
    private var status = 0
    private var closes = false
    /// Of a head or a line of chunks that has not come whole.
    private var pending: [UInt8] = []

    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Progress {
        guard !pending.isEmpty else { return unsafe take(whole: bytes) }
        let joined = unsafe pending + Array(bytes)
        pending = []
        return unsafe joined.withUnsafeBytes { unsafe take(whole: $0) }
    }

    private mutating func take(whole bytes: UnsafeRawBufferPointer) -> Progress {
        var place = 0
        while place < bytes.count || isAtEnd {
            switch state {
            case .head:
                guard let end = unsafe Self.end(of: "\r\n\r\n", in: bytes, from: place) else { return unsafe keep(bytes, from: place) }
                guard unsafe read(UnsafeRawBufferPointer(rebasing: bytes[place..<end])) else { return .garbled }
                place = end
            case .body(let left):
                let taken = min(left, bytes.count - place)
                place += taken
                guard taken == left else {
                    state = .body(left - taken)
                    return .going
                }
                return place == bytes.count ? ended() : .garbled
            case .chunkSize:
                guard let end = unsafe Self.end(of: "\r\n", in: bytes, from: place) else { return unsafe keep(bytes, from: place) }
                let text = unsafe String(decoding: bytes[place..<end - 2], as: UTF8.self)
                guard let size = Int(text.prefix { $0 != ";" }, radix: 16), size >= 0 else { return .garbled }
                place = end
                state = size == 0 ? .trailer : .chunk(size)
            case .chunk(let left):
                let taken = min(left, bytes.count - place)
                place += taken
                state = taken == left ? .chunkEnd : .chunk(left - taken)
            case .chunkEnd, .trailer:
                guard let end = unsafe Self.end(of: "\r\n", in: bytes, from: place) else { return unsafe keep(bytes, from: place) }
                if case .trailer = state {
                    if end - place == 2 { return end == bytes.count ? ended() : .garbled }
                } else {
                    state = .chunkSize
                }
                place = end
            }
        }
        return .going
    }

    private var isAtEnd: Bool { if case .body(0) = state { true } else { false } }

    private mutating func ended() -> Progress {
        state = .head
        return .ended(status: status, closes: closes)
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer, from place: Int) -> Progress {
        guard bytes.count - place < 1 << 20 else { return .garbled }
        unsafe pending = Array(bytes[place...])
        return .going
    }

    /// Reads a head; false where it is none.
    private mutating func read(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > 12, unsafe head.starts(with: "HTTP/1.1 ".utf8) else { return false }
        unsafe status = head[9..<12].reduce(0) { $0 * 10 + Int($1) - 48 }
        let text = unsafe Self.value(of: "\r\ncontent-length:", in: head)
        closes = unsafe Self.value(of: "\r\nconnection:", in: head)?.lowercased() == "close"
        if let text {
            guard let length = Int(text), length >= 0 else { return false }
            state = .body(length)
        } else if unsafe Self.value(of: "\r\ntransfer-encoding:", in: head)?.lowercased() == "chunked" {
            state = .chunkSize
        } else {
            state = .body(0)
        }
        return true
    }

    /// What stands behind a field's name, which is given in small letters behind the end of the line before.
    private static func value(of name: StaticString, in head: UnsafeRawBufferPointer) -> String? {
        let count = name.utf8CodeUnitCount
        guard let base = head.baseAddress else { return nil }
        var place = 0
        while let end = unsafe Self.end(of: "\r\n", in: head, from: place), end - 2 + count < head.count {
            place = end
            let (line, wanted) = unsafe (
                (base + (end - 2)).assumingMemoryBound(to: CChar.self), UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
            )
            if unsafe strncasecmp(line, wanted, count) == 0 {
                return unsafe String(decoding: head[(end - 2 + count)...].prefix { $0 != 13 }.drop { $0 == 32 }, as: UTF8.self)
            }
        }
        return nil
    }

    /// Behind the first place from one on where a mark stands.
    private static func end(of mark: StaticString, in bytes: UnsafeRawBufferPointer, from place: Int) -> Int? {
        guard let base = bytes.baseAddress, place < bytes.count else { return nil }
        let found = unsafe cepoll_find(base + place, bytes.count - place, mark.utf8Start, mark.utf8CodeUnitCount)
        return found < 0 ? nil : place + found + mark.utf8CodeUnitCount
    }
}
