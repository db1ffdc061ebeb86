package import Spatial

/// Features found by what their words begin with: each word once, sorted by its bytes, with the features that it stands in.
package struct WordIndex: Sendable {
    private let words: Texts
    private let starts: Column<UInt32>
    private let features: Column<UInt32>

    fileprivate static let words = "word"
    fileprivate static let starts = "word.first"
    fileprivate static let features = "word.features"

    /// Nil where a column is missing or does not go with the others.
    package init?(_ sections: SectionTable) {
        guard let words = Texts(sections, Self.words), let starts = sections.column(Self.starts, of: UInt32.self),
            let features = sections.column(Self.features, of: UInt32.self), starts.count == words.count + 1
        else { return nil }
        self.words = words
        self.starts = starts
        self.features = features
    }

    /// The features, ascending, that have a word beginning with the one of these that fewest have: all that have each are among
    /// them.
    package func features(withAll beginnings: [String]) -> [Int] {
        var rarest: Range<Int>?
        for beginning in beginnings {
            let range = places(of: Array(beginning.utf8))
            if range.count < rarest?.count ?? .max { rarest = range }
        }
        var found: Set<Int> = []
        for place in rarest ?? 0..<0 { found.insert(Int(features[place])) }
        return found.sorted()
    }

    /// Where in `features` those of every word that begins so stand.
    private func places(of beginning: [UInt8]) -> Range<Int> {
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if unsafe words.utf8(middle).lexicographicallyPrecedes(beginning) { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < words.count, unsafe words.utf8(end).starts(with: beginning) { end += 1 }
        return Int(starts[low])..<Int(starts[end])
    }
}

/// Gathers words for a `WordIndex`.
package struct WordIndexWriter {
    private var places: [String: [UInt32]] = [:]

    package init() {}

    /// A feature has a word; features come ascending.
    package mutating func add(_ word: String, in feature: UInt32) {
        places[word, default: []].append(feature)
    }

    package func add(to sections: inout Sections) {
        var words = TextsWriter()
        var starts: [UInt32] = [0]
        var features: [UInt32] = []
        for (word, holders) in places.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            guard words.append(word.utf8) else { break }
            features += holders
            starts.append(UInt32(features.count))
        }
        words.add(to: &sections, as: WordIndex.words)
        sections.add(WordIndex.starts, starts)
        sections.add(WordIndex.features, features)
    }
}
