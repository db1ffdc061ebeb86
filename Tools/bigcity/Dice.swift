/// Throws that depend on nothing but the seed, what they are for, and their number: no order of work changes them.
struct Dice {
    /// What a throw is for. Each purpose has throws of its own.
    enum Purpose: UInt64 {
        case columns = 1, rows, block, districts, zones, course, split, overlays, dirt, places, deeds
    }

    private var state: UInt64

    init(_ seed: UInt64, _ purpose: Purpose, _ first: Int = 0, _ second: Int = 0) {
        state = Self.mixed(seed &* 0x9E37_79B9_7F4A_7C15 &+ purpose.rawValue)
        state = Self.mixed(state ^ UInt64(bitPattern: Int64(first)))
        state = Self.mixed(state ^ UInt64(bitPattern: Int64(second)))
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// From 0 until 1.
    mutating func unit() -> Double { Double(bits() >> 11) * 0x1p-53 }

    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// From 0 until the bound, which must be positive.
    mutating func below(_ bound: Int) -> Int { Int(bits() >> 1) % bound }
}
