import Spatial

/// Numbers in messages. A machine's own formatting would need another library.
enum Text {
    /// With a fixed number of decimals, ties away from zero: `713204.112`.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value * scale).rounded()
        guard scaled.magnitude < 9e15 else { return String(value) }
        let whole = Int(scaled)
        let digits = String(whole.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = whole < 0 ? "-" : ""
        return decimals == 0 ? sign + padded : "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }

    /// Metres to the millimetre, degrees to about a metre.
    static func short(_ value: Double) -> String { fixed(value, value.magnitude > 1000 ? 1 : 5) }

    /// Kilometres with thousands parted: `3,412 km`; under ten kilometres with a decimal.
    static func kilometres(_ metres: Double) -> String {
        guard metres >= 10_000 else { return "\(fixed(metres / 1000, 1)) km" }
        var digits = fixed(metres / 1000, 0)
        var parts: [Substring] = []
        while digits.count > 3 {
            parts.insert(digits.suffix(3), at: 0)
            digits = String(digits.dropLast(3))
        }
        return ([digits[...]] + parts).joined(separator: ",") + " km"
    }

    /// A distance in metres, from ten kilometres in kilometres.
    static func away(_ metres: Double) -> String { metres < 10_000 ? "\(fixed(metres, 3)) m" : kilometres(metres) }

    /// A place in metres of the city's CRS.
    static func place(_ place: Position) -> String { "\(fixed(place.x, 3)) \(fixed(place.y, 3))" }
}
