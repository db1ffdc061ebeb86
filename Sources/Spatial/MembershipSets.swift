/// The sets of members met so far, each with a number; the empty set is 0.
struct MembershipSets: Sendable {
    private(set) var members: [[Int]] = [[]]
    private var numbers: [[Int]: Int] = [[]: 0]
    /// By a set's number and a member, as one number: the set that differs in it.
    private var toggles: [Int: Int] = [:]
    /// By member, the last pair of sets that differ in it: a border is crossed to and fro.
    private var latest: [Pair] = []

    private struct Pair {
        var without = -1
        var with = -1
    }

    /// The number of the set that has the member when this one has not, and the other way round.
    mutating func toggled(_ set: Int, _ member: Int) -> Int {
        if member < latest.count {
            let pair = latest[member]
            if pair.without == set { return pair.with }
            if pair.with == set { return pair.without }
        } else {
            latest += Array(repeating: Pair(), count: member + 1 - latest.count)
        }
        let number = lookedUp(set, member)
        latest[member] = Pair(without: set, with: number)
        return number
    }

    private mutating func lookedUp(_ set: Int, _ member: Int) -> Int {
        let toggle = set << 32 | member
        if let known = toggles[toggle] { return known }
        var changed = members[set]
        let place = changed.partitioningIndex { $0 >= member }
        if place < changed.count, changed[place] == member {
            changed.remove(at: place)
        } else {
            changed.insert(member, at: place)
        }
        let number = numbers[changed] ?? members.count
        if number == members.count {
            members.append(changed)
            numbers[changed] = number
        }
        toggles[toggle] = number
        toggles[number << 32 | member] = set
        return number
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first place whose element is said to belong to the second half, given that those follow all others.
    @inlinable @inline(__always)
    package func partitioningIndex(_ belongsToSecondHalf: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if belongsToSecondHalf(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
