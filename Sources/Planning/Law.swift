package import Persian

/// Everything that a city's plans say, indexed once. A class only so that handing it on copies nothing: it never changes.
package final class Law: Sendable {
    package let catalogue: ParameterCatalogue
    package let events: [LegalEvent]
    let plans: PlanRegister
    let rules: Rules
    let index: RuleIndex
    /// Where in their table the provisions stand, in the order of plan, clause and table row: ties between them fall by it.
    package let places: [Int]
    /// What all provisions speak of, each said once.
    package let mentions: [Mention]

    /// - Parameters:
    ///   - zoneLayers: by plan, the zone layers that it draws in: what a target without a layer means.
    ///   - events: those known, in the order of their table.
    package init(
        plans: [Plan], provisions: [Provision], catalogue: ParameterCatalogue, zoneLayers: [String: Set<String>],
        events: [LegalEvent] = []
    ) {
        self.catalogue = catalogue
        self.events = events
        let register = PlanRegister(plans, zoneLayers: zoneLayers, events: events)
        self.plans = register
        places = provisions.indices.sorted {
            let (one, other) = (provisions[$0], provisions[$1])
            return (one.plan, one.clause, $0) < (other.plan, other.clause, $1)
        }
        let all = places.map { Rule(provisions[$0], in: register) }
        rules = Rules(all)
        index = RuleIndex(all)
        mentions = Mention.each(of: all)
    }

    /// A law of which a question reads only what may concern it.
    ///
    /// - Parameters:
    ///   - provisions: their table in the law's order, and what reads each.
    ///   - places: as `headings` says, of the law as a whole.
    package init(
        plans: [Plan], provisions: (count: Int, read: @Sendable (Int) -> Provision), catalogue: ParameterCatalogue,
        zoneLayers: [String: Set<String>], events: [LegalEvent], mentions: [Mention],
        places: @escaping @Sendable (Heading, String) -> [Int]
    ) {
        self.catalogue = catalogue
        self.events = events
        let register = PlanRegister(plans, zoneLayers: zoneLayers, events: events)
        self.plans = register
        self.places = Array(0..<provisions.count)
        let read = provisions.read
        rules = Rules(provisions.count) { Rule(read($0), in: register) }
        index = RuleIndex(places)
        self.mentions = mentions
    }

    /// The provisions' places in the law by what their targets name.
    package var headings: [Heading: [String: [Int]]] { RuleIndex.headings(rules.all) }

    /// How a plan stands on a day; nil for an id that nobody registered.
    ///
    /// Beyond its own days: a plan is replaced while a plan that replaces it binds by its own days, even where that one has been replaced
    /// in turn (so only its end or annulment revives). An amendment ends with what it amends.
    ///
    /// - Parameter sectors: the numbers of the events' sectors that the ground lies in.
    package func status(of plan: String, on day: Day, in sectors: Set<Int> = []) -> PlanStatus? {
        plans.status(of: plan, on: day, in: sectors)
    }

    /// The numbers of the sectors that an event known cuts out of the ground on a day, ascending.
    package func sectors(on day: Day) -> [Int] {
        events.filter { $0.concerns(day) }.compactMap(\.sector).sorted()
    }

    /// The sets of sectors that ground may lie in where nobody has looked how they lie: none, each alone, and all.
    package func grounds(on day: Day) -> [Set<Int>] {
        let sectors = sectors(on: day)
        return sectors.isEmpty ? [[]] : [[]] + sectors.map { [$0] } + (sectors.count > 1 ? [Set(sectors)] : [])
    }

    /// Whether a plan is in force on some of the grounds, each the sectors that it lies in.
    package func isInForce(_ plan: String, on day: Day, somewhereIn grounds: [Set<Int>]) -> Bool {
        grounds.contains { plans.status(of: plan, on: day, in: $0) == .inForce }
    }

    /// The events known on a plan and its clauses, in the order in which they count.
    package func events(on plan: String) -> [LegalEvent] { events.filter { $0.plan == plan }.inOrder() }

    /// Those registered, with the days that events set, by id.
    package var allPlans: [Plan] { plans.ids.sorted().compactMap { plans[$0] } }

    /// All of them, in the law's order.
    package var allProvisions: [Provision] { rules.all.map(\.provision) }

    /// A registered plan.
    package func plan(_ id: String) -> Plan? { plans[id] }

    /// Whether one plan changes another, directly or through amendments between them, and is in force.
    package func amends(_ plan: String, _ other: String, on day: Day, in sectors: Set<Int> = []) -> Bool {
        plan != other && plans.status(of: plan, on: day, in: sectors) == .inForce && plans.amendedLine(of: plan).contains(other)
    }

    /// The law as it stands on a day; for many questions about one day make it once.
    ///
    /// - Parameter grounds: the sets of sectors that ground lies in; nil where nobody has looked.
    package func standing(on day: Day, grounds: [Set<Int>]? = nil) -> StandingLaw {
        StandingLaw(self, on: day, grounds: grounds ?? self.grounds(on: day))
    }

    /// What the law says of the parts of one or more parcels, all of which have the same facts.
    package func findings(for parts: [Part], facts: Facts, on day: Day) -> (findings: [Finding], uses: [UseFinding]) {
        standing(on: day).findings(for: parts, facts: facts)
    }

    /// The kinds of overlays that provisions in force name in targets or conditions, sorted; wildcards as they are written.
    package func restrictingOverlayKinds(on day: Day) -> [String] {
        standing(on: day).restrictingOverlayKinds
    }

    /// The zone layers that the plans in force draw in and that provisions in force name without a wildcard, sorted.
    package func expectedZoneLayers(on day: Day) -> [String] {
        standing(on: day).expectedZoneLayers
    }
}
