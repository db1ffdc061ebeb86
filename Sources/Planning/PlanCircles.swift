extension [Plan] {
    /// The plans that come back to themselves by one kind of reference: by id, all of the circle, sorted. Of two rows with one id the
    /// last counts.
    package func circles(_ next: (Plan) -> [String]) -> [String: [String]] {
        let plans = Dictionary(map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var reached: [String: Set<String>] = [:]
        for id in plans.keys {
            var (seen, waiting): (Set<String>, [String]) = ([], [id])
            while let plan = waiting.popLast() {
                for other in plans[plan].map(next) ?? [] where seen.insert(other).inserted { waiting.append(other) }
            }
            reached[id] = seen
        }
        let circular = reached.filter { $0.value.contains($0.key) }
        return Dictionary(
            uniqueKeysWithValues: circular.map { id, seen in (id, seen.filter { circular[$0]?.contains(id) == true }.sorted()) })
    }
}
