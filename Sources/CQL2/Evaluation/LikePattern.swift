/// A pattern of LIKE: `%` stands for any run of characters, `_` for one, and a backslash before either for itself.
struct LikePattern {
    private enum Element: Equatable {
        case run
        case any
        case literal(Character)
    }

    private let pattern: String

    init(_ pattern: String) {
        self.pattern = pattern
    }

    /// The element that begins at an index, and where the next one does; nil at the end.
    private func element(at index: String.Index) -> (element: Element, next: String.Index)? {
        guard index < pattern.endIndex else { return nil }
        var next = pattern.index(after: index)
        switch pattern[index] {
        case "%": return (.run, next)
        case "_": return (.any, next)
        // A backslash stands for what follows it; at the end for itself.
        case "\\" where next < pattern.endIndex:
            let escaped = pattern[next]
            next = pattern.index(after: next)
            return (.literal(escaped), next)
        case let character: return (.literal(character), next)
        }
    }

    /// The whole text, in at most (text × text) steps, however long the pattern: after a mismatch only the last run grows, and no more of
    /// the pattern is read than the text has characters for.
    func matches(_ text: String) -> Bool {
        let text = Array(text)
        var position = 0
        var index = pattern.startIndex
        var retry: (index: String.Index, position: Int)?
        while position < text.count {
            let read = element(at: index)
            if let read, read.element == .run {
                index = read.next
                retry = (index, position)
            } else if let read, read.element == .any || read.element == .literal(text[position]) {
                index = read.next
                position += 1
            } else if let last = retry {
                retry = (last.index, last.position + 1)
                (index, position) = (last.index, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[index...].utf8.allSatisfy { $0 == UInt8(ascii: "%") }
    }
}
