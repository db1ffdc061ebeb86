package import Persian

/// A moment in UTC, to the nanosecond, without leap seconds.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let day: Day
    /// Nanoseconds since the day began: less than `dayLength`.
    package let time: Int64

    static let dayLength: Int64 = 86_400_000_000_000

    private init(day: Day, time: Int64) {
        self.day = day
        self.time = time
    }

    /// `unixSeconds` and the nanoseconds after them; nil beyond the range of a day.
    package init?(unixSeconds: Int64, nanoseconds: Int64 = 0) {
        let days = unixSeconds / 86_400 - (unixSeconds % 86_400 < 0 ? 1 : 0)
        guard let number = Int32(exactly: days), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
        self.init(day: Day(number: number), time: (unixSeconds - days * 86_400) * 1_000_000_000 + nanoseconds)
    }

    /// Exactly `YYYY-MM-DDThh:mm:ss`, a fraction of at most nine places where there is one, and `Z`, in ASCII; the second 60 is not read.
    package init?(iso text: String) {
        let bytes = Array(text.utf8)
        guard (20...30).contains(bytes.count), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes.last == UInt8(ascii: "Z"), let day = Day(iso: String(text.prefix(10))),
            let hour = Self.number(bytes[11..<13]), let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count > 20 {
            guard bytes[19] == UInt8(ascii: "."), bytes.count > 21, let digits = Self.number(bytes[20..<(bytes.count - 1)]) else {
                return nil
            }
            fraction = (0..<(9 - (bytes.count - 21))).reduce(digits) { value, _ in value * 10 }
        }
        self.init(day: day, time: ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + fraction)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } ? digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) } : nil
    }

    package static func first(of day: Day) -> Timestamp { Timestamp(day: day, time: 0) }

    package static func last(of day: Day) -> Timestamp { Timestamp(day: day, time: dayLength - 1) }

    package static func < (one: Timestamp, other: Timestamp) -> Bool { (one.day, one.time) < (other.day, other.time) }

    /// The shortest fraction that is exact, none for whole seconds.
    package var iso: String {
        func padded(_ number: Int64, _ length: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: length - digits.utf8.count) + digits
        }
        let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        var fraction = rest == 0 ? "" : "." + padded(rest, 9)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(day.iso)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))\(fraction)Z"
    }
}
