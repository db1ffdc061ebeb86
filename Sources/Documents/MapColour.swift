/// A colour of sRGB with its opacity, each from 0 to 255.
package struct MapColour: Hashable, Sendable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8
    package let opacity: UInt8

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, opacity: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.opacity = opacity
    }

    package static let white = MapColour(255, 255, 255)

    /// `#rrggbb` or `#rrggbbaa`; nil for anything else.
    package init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.hasPrefix("#"), digits.count == 6 || digits.count == 8, text.dropFirst().allSatisfy(\.isHexDigit),
            let value = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        let whole = digits.count == 6 ? value << 8 | 255 : value
        func byte(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: whole >> shift) }
        self.init(byte(24), byte(16), byte(8), opacity: byte(0))
    }

    /// `#rrggbb`, without the opacity.
    package var hex: String { "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// The opacity from 0 to 1, to three places.
    package var share: Double { (Double(opacity) / 255 * 1000).rounded() / 1000 }
}
