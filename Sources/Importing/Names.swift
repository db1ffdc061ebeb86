import Formats

/// Names in a message: lists of what there is, and the one that was probably meant.
enum Names {
    /// At most forty names; how many more there are is said.
    static func list(_ names: [String]) -> String {
        guard !names.isEmpty else { return "none" }
        let shown = names.prefix(40).joined(separator: ", ")
        return names.count > 40 ? "\(shown) and \(names.count - 40) more" : shown
    }

    /// ` (nearest: NAME)`, or nothing where no name is near.
    static func meant(_ name: String, _ there: [String]) -> String {
        nearest(to: name, in: there).map { " (nearest: \($0))" } ?? ""
    }

    /// The name with the fewest letters to change, at most a third of them and never more than three; of equals the first.
    static func nearest(to name: String, in there: [String]) -> String? {
        let wanted = name.lowercased()
        let limit = min(3, max(1, wanted.count / 3))
        let ranked = there.map { ($0, distance(wanted, $0.lowercased())) }
        return ranked.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
    }

    /// Only the first 64 letters of each count.
    static func distance(_ one: String, _ other: String) -> Int {
        Nearest.distance(String(one.prefix(64)), String(other.prefix(64)))
    }
}
