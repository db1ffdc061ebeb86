import Formats

extension CityFile {
    /// The addresses, at a revision, in whose folded text every token begins a word; tokens are words of a `Folding.key`.
    ///
    /// No token at all fits nothing. At most `limit` are given, in the order in which they came: asking for one more than is
    /// of use tells whether there are more.
    package func addresses(matching tokens: [String], at revision: Int, limit: Int) throws(StoreError) -> [Stored] {
        guard !tokens.isEmpty else { return [] }
        let words = Value.text(JSON.array(tokens.map { .string($0) }).text)
        return try database.snapshot { () throws(StoreError) in
            if try revision == currentRevision() {
                return try stored(
                    """
                    SELECT \(Self.columns) FROM record WHERE id IN (
                      SELECT id FROM address
                      WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(' ' || address.key, ' ' || value) = 0) ORDER BY id LIMIT ?2)
                    ORDER BY id
                    """, words, .integer(limit))
            }
            return try stored(
                """
                \(Self.holding) WHERE role = 'addresses' AND quarantine IS NULL AND NOT EXISTS (
                  SELECT 1 FROM json_each(?2) WHERE instr(' ' || coalesce(fold(\(Projection.addressText)), ''), ' ' || value) = 0)
                ORDER BY record.id LIMIT ?3
                """, .integer(revision), words, .integer(limit))
        }
    }
}
