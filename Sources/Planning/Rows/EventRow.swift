import Persian

extension LegalEvent {
    /// A row of the table of events: `event,plan,clause,decided,from,document,number,sector`.
    ///
    /// - Parameter sector: the number of the sector that the cell draws, which the city knows; nil where the cell is blank.
    package init(_ cells: Cells, sector: Int?) throws(RowFault) {
        guard let kind = try cells.word("event", of: Kind.self) else {
            throw RowFault(column: "event", message: "blank; expected \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let plan = try cells.required("plan", expected: "the id of the plan that it concerns")
        let clause = cells["clause"]
        guard let decided = try cells.day("decided") else {
            throw RowFault(column: "decided", message: "blank; expected the day of the decision")
        }
        let from = try cells.day("from")
        if kind == .annulFromAdoption {
            guard from == nil else {
                throw RowFault(
                    column: "from",
                    message: "'\(cells["from"])': what is annulled from its adoption never had effect; expected a blank, or the event annul"
                )
            }
        } else if from == nil, kind != .adopt, kind != .publish {
            throw RowFault(column: "from", message: "blank; expected the first day of its effect")
        }
        if let from, from < decided {
            throw RowFault(
                column: "from",
                message: "'\(cells["from"])' is before the decision, '\(cells["decided"])'; expected that day or a later one"
                    + (kind == .annul ? ", or the event annulFromAdoption" : ""))
        }
        let document = try cells.required(
            "document", expected: kind == .amend ? "the id of the plan that amends" : "the document that decided it")
        if kind == .amend {
            guard !clause.isEmpty else { throw RowFault(column: "clause", message: "blank; expected the clause that is amended") }
            guard document != plan else {
                throw RowFault(column: "document", message: "'\(plan)' cannot amend itself; expected another plan's id")
            }
        }
        guard cells["sector"].isEmpty || kind.mayHaveSector else {
            throw RowFault(
                column: "sector",
                message: "'\(kind.rawValue)' concerns all the ground; expected a blank, or one of "
                    + Kind.allCases.filter(\.mayHaveSector).map(\.rawValue).joined(separator: ", "))
        }
        self.init(
            kind, plan: plan, clause: clause.isEmpty ? nil : clause, decided: decided, from: from, document: document,
            number: cells["number"], sector: sector, known: Int(cells[Self.known]))
    }

    package static let columns = ["event", "plan", "clause", "decided", "from", "document", "number", "sector"]

    /// The column that the city adds: the first revision that knew of the event.
    package static let known = "known"

    /// The rows of a table, in which each sector has the next number.
    package static func each(of rows: [Cells]) throws(RowFault) -> [LegalEvent] {
        var sectors = 0
        var events: [LegalEvent] = []
        for cells in rows {
            let sector = cells["sector"].isEmpty ? nil : sectors
            if sector != nil { sectors += 1 }
            events.append(try LegalEvent(cells, sector: sector))
        }
        return events
    }
}

extension LegalEvent.Kind {
    fileprivate var mayHaveSector: Bool {
        switch self {
        case .repeal, .annul, .annulFromAdoption, .revive: true
        case .adopt, .publish, .takeEffect, .effectBeforehand, .amend: false
        }
    }
}
