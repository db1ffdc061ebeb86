/// Why digits are no identifier of their kind.
package enum IdentifierFault: Error, Hashable, Sendable, CustomStringConvertible {
    case notDigits(String)
    case length(expected: Int, found: Int)
    case repeatedDigit
    case noSerialNumber
    case checkDigit(expected: Int, found: Int)
    case forbiddenDigit(Int, position: Int)

    package var description: String {
        switch self {
        case .notDigits(let text): "\"\(text)\" holds something else than digits"
        case .length(let expected, let found): "\(found) digits; expected \(expected)"
        case .repeatedDigit: "one digit all through; expected a number that was given to somebody"
        case .noSerialNumber: "zeros for a serial number; expected one in digits 4 to 9"
        case .checkDigit(let expected, let found): "the check digit is \(found); expected \(expected)"
        case .forbiddenDigit(let digit, let position): "digit \(position) is \(digit); expected none of 0 and 2 in the first five"
        }
    }
}

/// A person's national identity number (کد ملی): nine digits and a check digit.
package struct NationalID: Hashable, Sendable {
    /// Ten ASCII digits.
    package let text: String

    /// Zeros that a spreadsheet took from the front, at most two, come back: the check digit still guards them.
    package init(parsing text: String) throws(IdentifierFault) {
        var digits = try identifierDigits(text)
        guard (8...10).contains(digits.count) else { throw .length(expected: 10, found: digits.count) }
        digits.insert(contentsOf: repeatElement(0, count: 10 - digits.count), at: 0)
        guard digits.contains(where: { $0 != digits[0] }) else { throw .repeatedDigit }
        var sum = 0
        for index in 0..<9 { sum += digits[index] * (10 - index) }
        let expected = sum % 11 < 2 ? sum % 11 : 11 - sum % 11
        guard digits[9] == expected else { throw .checkDigit(expected: expected, found: digits[9]) }
        self.text = digits.map(String.init).joined()
    }
}

/// A company's national identity number (شناسه ملی): ten digits and a check digit.
package struct LegalID: Hashable, Sendable {
    /// Eleven ASCII digits.
    package let text: String

    package init(parsing text: String) throws(IdentifierFault) {
        let digits = try identifierDigits(text)
        guard digits.count == 11 else { throw .length(expected: 11, found: digits.count) }
        guard digits[3...8].contains(where: { $0 != 0 }) else { throw .noSerialNumber }
        let weights = [29, 27, 23, 19, 17]
        var sum = 0
        for index in 0..<10 { sum += (digits[index] + digits[9] + 2) * weights[index % 5] }
        let expected = sum % 11 % 10
        guard digits[10] == expected else { throw .checkDigit(expected: expected, found: digits[10]) }
        self.text = digits.map(String.init).joined()
    }
}

/// A postal code (کد پستی): five digits of the round, five of the delivery. It has no check digit.
package struct PostalCode: Hashable, Sendable {
    /// Ten ASCII digits.
    package let text: String

    /// With or without a hyphen or blank after the fifth digit.
    package init(parsing text: String) throws(IdentifierFault) {
        let folded = Folding.code(text)
        let halves = folded.split(whereSeparator: { $0 == "-" || $0 == " " })
        let isHalved = halves.count == 2 && halves.allSatisfy { $0.count == 5 }
        let digits = try identifierDigits(isHalved ? halves.joined() : folded)
        guard digits.count == 10 else { throw .length(expected: 10, found: digits.count) }
        for (index, digit) in digits.prefix(5).enumerated() where digit == 0 || digit == 2 {
            throw .forbiddenDigit(digit, position: index + 1)
        }
        self.text = digits.map(String.init).joined()
    }

    /// Whether it breaks a rule that many programs check but real codes break too: no 5 in the fifth place, no 2 in the last
    /// five, not four equal digits at the front. To be asked about, never refused.
    package var isUnusual: Bool {
        let digits = Array(text.utf8)
        return digits[4] == UInt8(ascii: "5") || digits[5...].contains(UInt8(ascii: "2")) || Set(digits[..<4]).count == 1
    }
}

/// The values of the digits of a folded text that holds nothing else.
private func identifierDigits(_ text: String) throws(IdentifierFault) -> [Int] {
    let bytes = Folding.code(text).utf8
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { throw .notDigits(text) }
    return bytes.map { Int($0 - UInt8(ascii: "0")) }
}
