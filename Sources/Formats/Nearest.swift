/// The name that was probably meant.
package enum Nearest {
    /// Of names that differ in at most two letters, or a third of them, the one that differs least; nil where none does.
    package static func name(to name: String, among names: some Sequence<String>) -> String? {
        guard name.utf8.count <= longest else { return nil }
        let nearest = names.map { ($0, distance(name, $0)) }.min { $0.1 < $1.1 }
        return nearest.flatMap { $0.1 <= max(2, name.count / 3) ? $0.0 : nil }
    }

    /// The name with the fewest letters to change whatever their case, at most a third of them and never more than three; of equals the
    /// first. Only the first 64 letters of each count.
    package static func closely(to name: String, in there: [String]) -> String? {
        let wanted = String(name.prefix(64)).lowercased()
        let limit = min(3, max(1, wanted.count / 3))
        let ranked = there.map { ($0, distance(wanted, String($0.prefix(64)).lowercased())) }
        return ranked.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
    }

    /// In bytes: the work grows with the square.
    private static let longest = 256

    /// Letters to add, drop or change to make one word the other.
    package static func distance(_ one: String, _ other: String) -> Int {
        let (a, b) = (Array(one), Array(other))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
