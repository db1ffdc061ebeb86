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
        var drawn: [String: Set<String>] = [:]
        for slot in slots where slot.role == .zones {
            if let plan = slot.plan { drawn[plan, default: []].insert(slot.layer) }
        }
        guard let unreadable else {
            var read = Provision.Read()
            let provisions = try atlas.rows(.provisions, Provision.columns) { (cells) throws(RowFault) in
                try Provision(cells, catalogue: catalogue, after: &read)
            }
            self.init(plans: plans, provisions: provisions, catalogue: catalogue, zoneLayers: drawn)
            return
        }
        let (rows, headings) = (try atlas.table(.provisions, Provision.columns), try Headings(atlas))
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
            ), catalogue: catalogue, zoneLayers: drawn, mentions: try atlas.mentions(), places: headings.places)
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

/// The provisions' places by what their targets name: each heading with its code once, sorted as strings are, so that another normal
/// form of a code finds it too.
private struct Headings: Sendable {
    private let keys: Texts
    private let starts: Column<UInt32>
    private let found: Column<UInt32>

    init(_ atlas: AtlasFile) throws(ServiceError) {
        guard let keys = Texts(atlas.sections, AtlasSection.heading),
            let starts = atlas.sections.column(AtlasSection.headingStarts, of: UInt32.self),
            let found = atlas.sections.column(AtlasSection.headingPlaces, of: UInt32.self), starts.count == keys.count + 1
        else { throw .corrupt("the atlas of revision \(atlas.revision) lacks its law's headings") }
        self.keys = keys
        self.starts = starts
        self.found = found
    }

    func places(_ heading: Heading, _ code: String) -> [Int] {
        let key = AtlasSection.key(heading, code)
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys.string(middle) < key { low = middle + 1 } else { high = middle }
        }
        guard low < keys.count, keys.string(low) == key else { return [] }
        return (Int(starts[low])..<Int(starts[low + 1])).map { Int(found[$0]) }
    }
}

extension AtlasSection {
    static let heading = "law.heading"
    static let headingStarts = "law.heading.first"
    static let headingPlaces = "law.heading.places"
    static let mention = "law.mention"

    static func key(_ heading: Heading, _ code: String) -> String { "\(heading.rawValue):\(code)" }
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

extension Law {
    /// What of the law a question reads besides the rows: the headings and what is mentioned. False when 4 GiB are full.
    func add(to sections: inout Sections) -> Bool {
        var (keys, cells) = (TextsWriter(), TextsWriter())
        var starts: [UInt32] = [0]
        var places: [UInt32] = []
        let all = headings.flatMap { heading, codes in codes.map { (key: AtlasSection.key(heading, $0.key), places: $0.value) } }
        for (key, found) in all.sorted(by: { $0.key < $1.key }) {
            guard keys.append(key.utf8) else { return false }
            places += found.map { UInt32($0) }
            starts.append(UInt32(places.count))
        }
        for mention in mentions {
            let days = [mention.period.from, mention.period.until].map { $0.map { String($0.number) } ?? "" }
            for cell in [mention.kind.rawValue, mention.name, mention.plan] + days {
                guard cells.append(cell.utf8) else { return false }
            }
        }
        keys.add(to: &sections, as: AtlasSection.heading)
        sections.add(AtlasSection.headingStarts, starts)
        sections.add(AtlasSection.headingPlaces, places)
        cells.add(to: &sections, as: AtlasSection.mention)
        return true
    }
}
