import Persian

/// A second of universal time: when something was delivered, decided or accepted. Whoever reads the clock passes it in.
package struct Moment: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, within the years 0001 to 9999.
    package let seconds: Int64

    /// 1970-01-01T00:00:00Z.
    package static let epoch = Moment()

    private init() { seconds = 0 }

    /// Nil outside the years 0001 to 9999.
    package init?(seconds: Int64) {
        guard (-62_135_596_800..<253_402_300_800).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// A moment written as `2026-11-23T08:30:00Z`; nil for any other form and for a day or time that does not exist.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "Z"), let day = Day(iso: String(decoding: bytes[..<10], as: UTF8.self))
        else { return nil }
        func number(at place: Int, below limit: Int64) -> Int64? {
            let (tens, ones) = (Int64(bytes[place]) - 48, Int64(bytes[place + 1]) - 48)
            guard (0...9).contains(tens), (0...9).contains(ones), tens * 10 + ones < limit else { return nil }
            return tens * 10 + ones
        }
        guard let hour = number(at: 11, below: 24), let minute = number(at: 14, below: 60), let second = number(at: 17, below: 60)
        else { return nil }
        seconds = Int64(day.number) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// `2026-11-23T08:30:00Z`: in the order of these texts the moments are in theirs.
    package var text: String { head + "Z" }

    /// With the decimal fraction of a second that GeoPackage 1.3, requirement 15, asks for.
    var geoPackageText: String { head + ".000Z" }

    private var head: String {
        let second = (seconds % 86_400 + 86_400) % 86_400
        let day = Day(number: Int32((seconds - second) / 86_400))
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day.iso)T\(padded(second / 3_600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
    }

    package static func < (one: Moment, other: Moment) -> Bool { one.seconds < other.seconds }
}
