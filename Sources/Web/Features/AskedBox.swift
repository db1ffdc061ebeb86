import Formats
import Persian
import Service
import Spatial

/// A box of `bbox`, east before north.
struct AskedBox: Sendable {
    let west: Double
    let south: Double
    let east: Double
    let north: Double

    /// Four numbers, or six of which heights are passed over; one whose west lies east of its east goes over the 180th meridian.
    static func read(_ text: String, _ crs: PublishedCRS) throws(Problem) -> [AskedBox] {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Coordinate.parse(String($0)) }
        guard numbers.count == 4 || numbers.count == 6, !numbers.contains(where: { $0 == nil }) else {
            throw .badValue("bbox", text, "چهار یا شش عدد متناهی با ویرگول", "four or six finite numbers with commas")
        }
        let flat = numbers.compactMap(\.self)
        let pairs = flat.count == 4 ? flat : [flat[0], flat[1], flat[3], flat[4]]
        let (low, high) = (crs.eastNorth(pairs[0], pairs[1]), crs.eastNorth(pairs[2], pairs[3]))
        guard low.y <= high.y, low.x <= high.x || crs.isDegrees else {
            throw .badValue("bbox", text, "گوشهٔ کوچک‌تر نخست", "the lower corner first: west,south,east,north in CRS84")
        }
        if low.x <= high.x { return [AskedBox(west: low.x, south: low.y, east: high.x, north: high.y)] }
        return [
            AskedBox(west: low.x, south: low.y, east: 180, north: high.y), AskedBox(west: -180, south: low.y, east: high.x, north: high.y),
        ]
    }

    /// The box as ground on the grid, cut to what a layer's own box, drawn in the box's CRS, takes up; nil where the two don't meet.
    ///
    /// Straight in its own CRS, a side is bent in the city's: it is drawn with points between, so that over a town it is off by less than a millimetre.
    func ground(around box: Box, _ crs: PublishedCRS, _ answerer: Answerer) -> MultiPolygon? {
        guard let around = answerer.box(box, in: crs) else { return nil }
        let (west, east) = (max(west, around.west), min(east, around.east))
        let (south, north) = (max(south, around.south), min(north, around.north))
        guard west <= east, south <= north else { return nil }
        func side(_ from: (Double, Double), _ to: (Double, Double)) -> [(x: Double, y: Double)] {
            (0..<Self.steps).map { step in
                let part = Double(step) / Double(Self.steps)
                return (x: from.0 + (to.0 - from.0) * part, y: from.1 + (to.1 - from.1) * part)
            }
        }
        let corners = [(west, south), (east, south), (east, north), (west, north)]
        let places = zip(corners, corners.dropFirst() + corners.prefix(1)).flatMap { side($0, $1) }
        let points = places.compactMap { answerer.point(x: $0.x, y: $0.y, in: crs) }
        guard points.count == places.count else { return nil }
        return MultiPolygon([Polygon(shell: Ring(points))])
    }

    private static let steps = 64
}

extension FeatureQuery.Days {
    /// A day or a moment (RFC 3339), or two with a slash between them, of which one may be `..` or nothing.
    init(asked text: String) throws(Problem) {
        let sides = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        func day(_ text: String) throws(Problem) -> Day {
            if let day = Day(asked: text) { return day }
            throw .badValue(
                "datetime", text, "روزی مانند 2026-11-23 یا زمانی مانند 2026-11-23T12:00:00Z",
                "a day such as 2026-11-23 or a moment such as 2026-11-23T12:00:00Z")
        }
        switch sides.count {
        case 1:
            let only = try day(sides[0])
            self.init(from: only, to: only)
        case 2:
            let open: Set = ["", ".."]
            let from = open.contains(sides[0]) ? nil : try day(sides[0])
            let to = open.contains(sides[1]) ? nil : try day(sides[1])
            if let from, let to, to < from {
                throw .badValue("datetime", text, "آغاز پیش از پایان", "an interval that begins before it ends")
            }
            guard from != nil || to != nil || sides != ["", ""] else {
                throw .badValue("datetime", text, "روزی یا بازه‌ای", "a day or an interval")
            }
            self.init(from: from, to: to)
        default: throw .badValue("datetime", text, "روزی یا بازه‌ای", "a day or an interval")
        }
    }
}

extension Day {
    /// A day, or the one in Tehran on which a moment with its offset falls.
    init?(asked text: String) {
        if let day = Day(iso: text) {
            self = day
            return
        }
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"), let day = Day(iso: String(decoding: bytes[..<10], as: UTF8.self))
        else { return nil }
        func number(_ place: Int, below limit: Int) -> Int? {
            guard place + 1 < bytes.count, let number = Int(String(decoding: bytes[place..<place + 2], as: UTF8.self)), number < limit,
                bytes[place] != UInt8(ascii: "+"), bytes[place] != UInt8(ascii: "-")
            else { return nil }
            return number
        }
        guard let hour = number(11, below: 24), bytes[13] == UInt8(ascii: ":"), let minute = number(14, below: 60),
            bytes[16] == UInt8(ascii: ":"), let second = number(17, below: 61)
        else { return nil }
        var place = 19
        if bytes[place] == UInt8(ascii: ".") {
            place += 1
            let start = place
            while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
            guard place > start else { return nil }
        }
        guard place < bytes.count else { return nil }
        var offset = 0
        switch bytes[place] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): guard place + 1 == bytes.count else { return nil }
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard bytes.count == place + 6, bytes[place + 3] == UInt8(ascii: ":"), let hours = number(place + 1, below: 24),
                let minutes = number(place + 4, below: 60)
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[place] == UInt8(ascii: "-") ? -60 : 60)
        default: return nil
        }
        self = Day.today(inTehranAt: Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset))
    }
}
