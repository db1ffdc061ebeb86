import Atlas
import Persian
import Planning
import Spatial
import Store
import Synchronization

extension Law {
    /// The law as an atlas has it.
    ///
    /// - Parameter unreadable: where each provision is read only when a question comes upon it: goes on from one that can't be. Nil
    ///   reads all now.
    convenience init(
        _ atlas: AtlasFile, slots: [Slot], unreadable: (@Sendable (String) -> Never)?
    ) throws(ServiceError) {
        let catalogue = ParameterCatalogue(
            try atlas.rows(.parameters, Parameter.columns) { (cells) throws(RowFault) in try Parameter(cells) })
        let plans = try atlas.rows(.plans, Plan.columns) { (cells) throws(RowFault) in try Plan(cells) }
        let events = try atlas.events()
        var drawn: [String: Set<String>] = [:]
        for slot in slots where slot.role == .zones {
            if let plan = slot.plan { drawn[plan, default: []].insert(slot.layer) }
        }
        guard let unreadable else {
            var read = Provision.Read()
            let provisions = try atlas.rows(.provisions, Provision.columns) { (cells) throws(RowFault) in
                try Provision(cells, catalogue: catalogue, after: &read)
            }
            self.init(plans: plans, provisions: provisions, catalogue: catalogue, zoneLayers: drawn, events: events)
            return
        }
        let (rows, headings) = (try atlas.table(.provisions, Provision.columns), try LawHeadings(atlas))
        let read = Mutex(Provision.Read())
        self.init(
            plans: plans,
            provisions: (
                rows.count,
                { place in
                    do throws(RowFault) {
                        return try read.withLock { (read) throws(RowFault) in
                            try Provision(rows.cells(place), catalogue: catalogue, after: &read)
                        }
                    } catch {
                        unreadable("provision \(place): \(error)")
                    }
                }
            ), catalogue: catalogue, zoneLayers: drawn, events: events, mentions: try atlas.mentions(), places: headings.places)
    }
}

/// A planner's table in an atlas.
private struct LawTable: Sendable {
    let texts: Texts
    let columns: [String]

    var count: Int { texts.count / columns.count }

    func cells(_ row: Int) -> Cells {
        Cells((row * columns.count..<(row + 1) * columns.count).map(texts.string), of: columns)
    }
}

extension AtlasFile {
    fileprivate func table(_ role: Role, _ columns: [String]) throws(ServiceError) -> LawTable {
        guard let texts = Texts(sections, AtlasSection.law(role)), texts.count % columns.count == 0 else {
            throw .corrupt("the atlas of revision \(revision) lacks its \(role.rawValue)")
        }
        return LawTable(texts: texts, columns: columns)
    }

    fileprivate func rows<Row>(
        _ role: Role, _ columns: [String], read: (Cells) throws(RowFault) -> Row
    ) throws(ServiceError) -> [Row] {
        let table = try table(role, columns)
        var rows: [Row] = []
        rows.reserveCapacity(table.count)
        for row in 0..<table.count {
            do {
                rows.append(try read(table.cells(row)))
            } catch {
                throw .corrupt("the atlas of revision \(revision), \(role.rawValue): \(error)")
            }
        }
        return rows
    }

    fileprivate func events() throws(ServiceError) -> [LegalEvent] {
        let table = try table(.events, LegalEvent.columns + [LegalEvent.known])
        do {
            return try LegalEvent.each(of: (0..<table.count).map(table.cells))
        } catch {
            throw .corrupt("the atlas of revision \(revision), events: \(error)")
        }
    }

    fileprivate func mentions() throws(ServiceError) -> [Mention] {
        guard let texts = Texts(sections, AtlasSection.mention), texts.count % Mention.cells == 0 else {
            throw .corrupt("the atlas of revision \(revision) lacks what its law mentions")
        }
        var mentions: [Mention] = []
        mentions.reserveCapacity(texts.count / Mention.cells)
        for start in stride(from: 0, to: texts.count, by: Mention.cells) {
            guard let kind = Mention.Kind(rawValue: texts.string(start)) else {
                throw .corrupt("the atlas of revision \(revision): its law mentions '\(texts.string(start))'")
            }
            let (from, until) = (Int32(texts.string(start + 3)).map(Day.init), Int32(texts.string(start + 4)).map(Day.init))
            let period = Period(from: from, until: until)
            mentions.append(Mention(kind, texts.string(start + 1), plan: texts.string(start + 2), period: period))
        }
        return mentions
    }
}

extension Mention {
    fileprivate static let cells = 5
}
