/// A word of CQL2 text and the Unicode scalar that it begins at, from one.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case name(String)
        case quotedName(String)
        case text(String)
        case number(String)
        case symbol(String)
        case end
    }

    let kind: Kind
    let character: Int

    /// The word in capitals, as keywords are compared; nil for anything but an unquoted name.
    var keyword: String? {
        if case .name(let name) = kind { name.uppercased() } else { nil }
    }

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }

    /// How a message shows it.
    var shown: String {
        switch kind {
        case .name(let name), .number(let name), .symbol(let name): "'\(name)'"
        case .quotedName(let name): "\"\(name)\""
        case .text(let text): "the text '\(text)'"
        case .end: "the end"
        }
    }
}

/// CQL2 text to tokens, as the standard's BNF has names, literals and blanks.
struct Scanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    static func tokens(_ text: String) throws(ExpressionFault) -> [Token] {
        var scanner = Scanner(scalars: Array(text.unicodeScalars))
        var tokens: [Token] = []
        repeat { tokens.append(try scanner.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// Whether a text can stand as a name, in quotes where it is a keyword.
    static func isName(_ text: String) -> Bool {
        text.unicodeScalars.first.map(isNameStart) == true && text.unicodeScalars.allSatisfy(isNamePart)
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    private mutating func next() throws(ExpressionFault) -> Token {
        while let scalar = peek(), scalar.properties.isWhitespace { position += 1 }
        let start = position + 1
        guard let scalar = peek() else { return Token(kind: .end, character: start) }
        let kind: Token.Kind =
            if scalar == "'" {
                .text(try quotedText())
            } else if scalar == "\"" {
                .quotedName(try quotedName())
            } else if isDigit(scalar) || (scalar == "." && peek(1).map(isDigit) == true) {
                .number(try number())
            } else if isNameStart(scalar) {
                .name(run(while: isNamePart))
            } else {
                .symbol(try symbol())
            }
        return Token(kind: kind, character: start)
    }

    private mutating func run(while belongs: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = peek(), belongs(scalar) {
            text.append(scalar)
            position += 1
        }
        return String(text)
    }

    /// A quote inside is doubled or follows a backslash; a backslash before anything else stands for itself.
    private mutating func quotedText() throws(ExpressionFault) -> String {
        let start = position + 1
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek() {
            position += 1
            if scalar == "'" {
                guard peek() == "'" else { return String(text) }
                position += 1
                text.append("'")
            } else if scalar == "\\", peek() == "'" {
                position += 1
                text.append("'")
            } else {
                text.append(scalar)
            }
        }
        throw ExpressionFault(.character(start), "a text that does not end; expected a closing '")
    }

    private mutating func quotedName() throws(ExpressionFault) -> String {
        let start = position + 1
        position += 1
        guard let first = peek(), isNameStart(first) else {
            throw ExpressionFault(.character(start), "a quoted name that does not begin with a letter")
        }
        let name = run(while: isNamePart)
        guard peek() == "\"" else {
            throw ExpressionFault(.character(start), "a quoted name that does not end; expected a closing \"")
        }
        position += 1
        return name
    }

    /// Digits, a fraction, an exponent; the sign before a number is the parser's.
    private mutating func number() throws(ExpressionFault) -> String {
        let start = position + 1
        var text = run(while: isDigit)
        if peek() == "." {
            position += 1
            text += "." + run(while: isDigit)
        }
        if peek() == "e" || peek() == "E" {
            let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
            guard let digit = peek(1 + sign), isDigit(digit) else {
                throw ExpressionFault(.character(start), "a number whose exponent has no digits")
            }
            text += "E" + (peek(1) == "-" ? "-" : "")
            position += 1 + sign
            text += run(while: isDigit)
        }
        if let after = peek(), isNamePart(after) {
            throw ExpressionFault(.character(start), "a number that runs into '\(after)'; a text stands in single quotes")
        }
        return text
    }

    private mutating func symbol() throws(ExpressionFault) -> String {
        let start = position + 1
        if let first = peek(), let second = peek(1), ["<>", "<=", ">="].contains("\(first)\(second)") {
            position += 2
            return "\(first)\(second)"
        }
        guard let scalar = peek(), "=<>+-*/(),^%".unicodeScalars.contains(scalar) else {
            let found = peek().map { "'\($0)' (U+\(String($0.value, radix: 16, uppercase: true)))" } ?? "the end"
            throw ExpressionFault(.character(start), "\(found) has no meaning in CQL2")
        }
        position += 1
        return String(scalar)
    }
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3A, 0x5F, 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFE, 0x200C...0x200D,
        0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
        true
    default: false
    }
}

private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E, 0x30...0x39, 0x300...0x36F, 0x203F...0x2040: true
    default: isNameStart(scalar)
    }
}
