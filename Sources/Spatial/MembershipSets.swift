/// The sets of layers met so far, each with a number; the empty set is 0.
struct MembershipSets {
    private(set) var members: [[Int]] = [[]]
    private var numbers: [[Int]: Int] = [[]: 0]
    private var toggles: [Toggle: Int] = [:]

    private struct Toggle: Hashable {
        let set: Int
        let layer: Int
    }

    /// The number of the set that has the layer when this one has not, and the other way round.
    mutating func toggled(_ set: Int, _ layer: Int) -> Int {
        let toggle = Toggle(set: set, layer: layer)
        if let known = toggles[toggle] { return known }
        var changed = members[set]
        if let place = changed.firstIndex(of: layer) {
            changed.remove(at: place)
        } else {
            changed.insert(layer, at: changed.firstIndex { $0 > layer } ?? changed.endIndex)
        }
        let number = numbers[changed] ?? members.count
        if number == members.count {
            members.append(changed)
            numbers[changed] = number
        }
        toggles[toggle] = number
        toggles[Toggle(set: number, layer: layer)] = set
        return number
    }
}
