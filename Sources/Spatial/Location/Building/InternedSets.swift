/// The sets of features met so far, each with a number; the empty set is 0.
struct InternedSets: Sendable {
    /// By number: ascending feature numbers.
    private(set) var members: [[UInt32]] = [[]]
    private var numbers: [[UInt32]: UInt32] = [[]: 0]

    mutating func number(_ set: [UInt32]) -> UInt32 {
        if let known = numbers[set] { return known }
        let number = UInt32(members.count)
        members.append(set)
        numbers[set] = number
        return number
    }
}
