import Persian

extension Plan {
    /// A row of the table of plans: `id,title,kind,authority,number,approved,published,from,until,replaces,amends,rank,policy`.
    /// Several plans that it replaces are parted by blanks, commas or semicolons.
    package init(row: [String: String]) throws(RowFault) {
        try self.init(Cells(row))
    }

    package static let columns = [
        "id", "title", "kind", "authority", "number", "approved", "published", "from", "until", "replaces", "amends", "rank", "policy",
    ]

    package init(_ cells: Cells) throws(RowFault) {
        let id = try cells.required("id", expected: "the plan's id")
        guard let kind = try cells.word("kind", of: Kind.self) else {
            throw RowFault(column: "kind", message: "blank; expected \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let approved = try cells.day("approved")
        let published = try cells.day("published")
        let period = try cells.period()
        let amends = cells["amends"]
        let replaces = cells["replaces"].split { $0.isWhitespace || ",;،؛".contains($0) }.map(String.init)
        guard amends != id else { throw RowFault(column: "amends", message: "'\(id)' cannot amend itself; expected another plan's id") }
        guard !replaces.contains(id) else {
            throw RowFault(column: "replaces", message: "'\(id)' cannot replace itself; expected other plans' ids")
        }
        self.init(
            id: id, title: cells["title"], kind: kind, authority: cells["authority"], number: cells["number"], approved: approved,
            published: published, from: period.from, until: period.until, replaces: replaces, amends: amends.isEmpty ? nil : amends,
            rank: try Self.rank(cells), policy: try cells.word("policy", of: Policy.self))
    }

    private static func rank(_ cells: Cells) throws(RowFault) -> Int? {
        let cell = cells["rank"]
        guard !cell.isEmpty else { return nil }
        guard let rank = Int(cell), (1...1000).contains(rank) else {
            throw RowFault(column: "rank", message: "'\(cell)' is no rank; expected a whole number from 1, the highest, to 1000")
        }
        return rank
    }
}
