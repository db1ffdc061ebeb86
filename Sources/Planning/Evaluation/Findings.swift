import Formats

extension StandingLaw {
    /// What the law says of the parts of one or more parcels, all of which have the same facts. The order of the parts does not matter.
    package func findings(for parts: [Part], facts: Facts) -> (findings: [Finding], uses: [UseFinding]) {
        let parcel = parts.first?.parcel
        if parts.allSatisfy({ $0.parcel == parcel }) {
            let found = located(ofParcel: parts, facts: facts)
            return (found.findings, found.uses)
        }
        var findings: [Finding] = []
        var uses: [UseFinding] = []
        for (_, group) in Dictionary(grouping: parts, by: \.parcel).sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
            let found = located(ofParcel: group, facts: facts)
            findings += found.findings
            uses += found.uses
        }
        return (findings, uses)
    }

    /// The findings, for each the places in the list of the parts that it is the same in, and the uses.
    ///
    /// - Parameter parts: those of one parcel, or outside every parcel.
    package func located(
        ofParcel parts: [Part], facts: Facts
    ) -> (findings: [Finding], places: [[Int]], uses: [UseFinding]) {
        let use = facts["use"]?.value.text
        var heard = parts.enumerated().map { hear($1, at: $0, facts: facts, use: use) }
        if heard.count > 1 { heard.sort { $0.precedes($1) } }
        // Few: most of what is said holds on the whole parcel.
        var grounds: [(places: [Int], ground: Ground)] = []
        func ground(_ places: [Int]) -> Ground {
            if let known = grounds.first(where: { $0.places == places }) { return known.ground }
            let ground = Ground(places.map { heard[$0] })
            grounds.append((places, ground))
            return ground
        }
        var located: [[Int]] = []
        let findings = merged(told(heard)) { $0.statement.precedes($1.statement) }.map { said, places in
            located.append(heard.count > 1 ? places.map { heard[$0].place } : places)
            let ground = ground(places)
            let stated = said.statement.finding
            return Finding(
                stated, parcel: ground.parcel, zones: said.statement.outcome.zone == nil ? ground.zones : stated.zones,
                share: ground.share, facts: said.facts)
        }
        let uses = merged(heard.map(\.ruling.uses)) { $0.precedes($1) }.map { said, places in
            let ground = ground(places)
            return UseFinding(
                parcel: ground.parcel, use: said.use, status: said.status, zones: ground.zones, share: ground.share,
                provision: said.winner.map { law.rules[$0].citation })
        }
        return (findings, located, uses)
    }

    private func hear(_ part: Part, at place: Int, facts: Facts, use: String?) -> HeardPart {
        let docket = dockets.docket(DocketKey(part, parcelRules: law.rules(naming: part.parcel), use: use)) {
            Docket(part, facts: facts, in: law)
        }
        let known = Known(facts: facts, part: part)
        let ruling = docket.ruling(known) {
            dockets.countRuling()
            let outcomes = self.outcomes(for: part, facts: facts)
            return Ruling(outcomes, uses: useStatements(outcomes, standing: part.uses, asked: use), in: law) {
                dockets.statement($0, in: law)
            }
        }
        return HeardPart(place: place, known: known, docket: docket, ruling: ruling)
    }

    /// What is said in each part, in the order of findings, with the facts of the parcel.
    private func told(_ heard: [HeardPart]) -> [[ToldStatement]] {
        if heard.count > 1, heard[0].known.part.parcel != nil, heard.contains(where: \.ruling.looksAtAllParts) {
            return collapsed(heard)
        }
        return heard.map { part in
            let facts = part.ruling.reads.map(part.known.named)
            return part.ruling.said.map { ToldStatement(statement: $0.statement, facts: facts[$0.reads]) }
        }
    }

    /// The same where a plan wants one outcome for all parts.
    private func collapsed(_ heard: [HeardPart]) -> [[ToldStatement]] {
        var outcomes = heard.map { part in part.ruling.outcomes.map { $0.told(in: part.known) } }
        Collapse(law: law, areas: heard.map(\.known.part.area)).apply(to: &outcomes)
        return outcomes.map { outcomes in
            let told = law.paired(outcomes).map { outcome in
                var bare = outcome
                bare.facts = []
                return ToldStatement(statement: Statement(bare, in: law), facts: outcome.facts)
            }
            return Statement.inOrder(told, of: \.statement)
        }
    }
}

/// What is said in several parts once, with the places of the parts that it holds in.
///
/// - Parameters:
///   - lists: what is said in each part, in order.
///   - precedes: that order; nil for two that share a place in it.
private func merged<Said: Equatable>(_ lists: [[Said]], by precedes: (Said, Said) -> Bool?) -> [(said: Said, places: [Int])] {
    let first = [0]
    guard var merged = lists.first?.map({ (said: $0, places: first) }) else { return [] }
    for (part, list) in lists.enumerated().dropFirst() {
        var place = 0
        for said in list {
            while place < merged.count, precedes(merged[place].said, said) == true { place += 1 }
            var (end, same) = (place, Int?.none)
            while end < merged.count, precedes(merged[end].said, said) == nil {
                if merged[end].said == said { same = end }
                end += 1
            }
            if let same, merged[same].places.last != part {
                merged[same].places.append(part)
            } else {
                merged.insert((said, [part]), at: end)
            }
        }
    }
    return merged
}

/// A statement with the facts of a parcel.
private struct ToldStatement: Equatable {
    let statement: Statement
    let facts: [NamedFact]
}

/// A part and what the law says there.
private struct HeardPart {
    /// In the list of the parts that were asked about.
    let place: Int
    let known: Known
    let docket: Docket
    let ruling: Ruling

    func precedes(_ other: HeardPart) -> Bool {
        docket.precedes(other.docket, areas: (known.part.area ?? 0, other.known.part.area ?? 0))
    }
}

/// The ground of several parts of one parcel.
private struct Ground {
    let parcel: String?
    let zones: [String]
    let share: Decimal?

    init(_ heard: [HeardPart]) {
        let parts = heard.map(\.known.part)
        parcel = parts.first?.parcel
        zones = heard.count == 1 ? heard[0].docket.zones : Set(heard.flatMap(\.docket.zones)).sorted()
        // From areas in whole mm², so that shares are rounded once, at the end.
        let areas = parts.compactMap(\.area)
        if areas.count == parts.count, let whole = parts.first?.parcelArea {
            share = Decimal(millionths: areas.reduce(0, +)).divided(by: Decimal(millionths: whole))
        } else {
            share = nil
        }
    }
}
