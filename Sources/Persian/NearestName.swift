/// The name that was probably meant.
package enum NearestName {
    /// The name with the fewest letters to change, at most a third of them and never more than three; of equals the first.
    package static func nearest(to name: String, in there: [String]) -> String? {
        let wanted = name.lowercased()
        let limit = min(3, max(1, wanted.count / 3))
        let ranked = there.map { ($0, distance(wanted, $0.lowercased())) }
        return ranked.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
    }

    /// Levenshtein's distance: letters to put in, take out or change. Only the first 64 letters of each count.
    package static func distance(_ one: String, _ other: String) -> Int {
        let (a, b) = (Array(one.prefix(64)), Array(other.prefix(64)))
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, against) in b.enumerated() {
                let change = diagonal + (letter == against ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
