/// A pattern of LIKE: `%` stands for any run of characters, `_` for one, and a backslash before either for itself.
struct LikePattern {
    private enum Element: Equatable {
        case run
        case any
        case literal(Character)
    }

    private let elements: [Element]

    init(_ pattern: String) {
        var elements: [Element] = []
        var isEscaped = false
        for character in pattern {
            switch character {
            case "\\" where !isEscaped: isEscaped = true
            case "%" where !isEscaped: elements.append(.run)
            case "_" where !isEscaped: elements.append(.any)
            default:
                elements.append(.literal(character))
                isEscaped = false
            }
        }
        if isEscaped { elements.append(.literal("\\")) }
        self.elements = elements
    }

    /// The whole text, in at most (pattern × text) steps: after a mismatch only the last run grows.
    func matches(_ text: String) -> Bool {
        let text = Array(text)
        var (position, element) = (0, 0)
        var retry: (element: Int, position: Int)?
        while position < text.count {
            if element < elements.count, elements[element] == .run {
                element += 1
                retry = (element, position)
            } else if element < elements.count, elements[element] == .any || elements[element] == .literal(text[position]) {
                element += 1
                position += 1
            } else if let last = retry {
                retry = (last.element, last.position + 1)
                (element, position) = (last.element, last.position + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .run }
    }
}
