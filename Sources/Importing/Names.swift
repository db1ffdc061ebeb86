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
        Nearest.closely(to: name, in: there).map { " (nearest: \($0))" } ?? ""
    }
}
