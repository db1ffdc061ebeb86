/// Lists met in several places, sorted and each once; the empty one is always the first.
struct Numbering: Sendable {
    /// By place and list: its number.
    let numbers: [[UInt32]]
    /// By number, and one more: where the list begins in `elements`.
    let starts: [UInt32]
    let elements: [UInt32]

    init(_ lists: [[[UInt32]]]) {
        var known: [[UInt32]: UInt32] = [[]: 0]
        for list in lists.joined() { known[list] = 0 }
        var starts: [UInt32] = [0]
        var elements: [UInt32] = []
        for (number, list) in known.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }).enumerated() {
            known[list] = UInt32(number)
            elements += list
            starts.append(UInt32(elements.count))
        }
        numbers = lists.map { $0.map { known[$0] ?? 0 } }
        self.starts = starts
        self.elements = elements
    }
}
