import Persian
import Store
import Planning
import Spatial

/// What holds on one legal day: which features count, and which give way to an amendment drawn over them.
struct InForce: Sendable {
    let law: Law
    let standing: StandingLaw
    let day: Day
    private let slots: [Slot]
    /// The numbers of the sectors that events known cut out of the ground on the day.
    let sectors: [Int]
    /// The kinds of overlay that provisions in force speak of; a wildcard stands for many.
    let restrictingKinds: [Pattern]
    /// Zone layers that the law of the day expects, whether or not the city holds them.
    let expectedLayers: [String]
    /// Zone layers that count on the day, sorted: each is accounted for in every parcel, also where it draws nothing there.
    let zoneLayers: [String]
    private let slotCounts: [Bool]
    /// Whether a zone slot's plan is amended by that of another one in its layer.
    private let slotGivesWay: [Bool]
    /// Whether a zone slot's plan amends that of another one in its layer.
    private let slotTakesAway: [Bool]

    /// The sets of sectors in which ground lies, the empty one among them.
    private let grounds: [Set<Int>]

    /// - Parameter sectors: the ground of each, by its number.
    init(law: Law, day: Day, slots: [Slot], sectors: [MultiPolygon]) {
        self.law = law
        self.day = day
        self.slots = slots
        self.sectors = law.sectors(on: day)
        let grounds = Self.grounds(self.sectors, sectors)
        self.grounds = grounds
        standing = law.standing(on: day, grounds: grounds)
        restrictingKinds = standing.restrictingOverlayKinds.compactMap { Pattern($0) }
        expectedLayers = standing.expectedZoneLayers
        let slotCounts = slots.map { slot in
            // A layer may stand without its plan: an unknown plan does not take it out of force.
            guard let id = slot.plan, law.plan(id) != nil else { return true }
            return law.isInForce(id, on: day, somewhereIn: grounds)
        }
        zoneLayers = Set(zip(slots, slotCounts).filter { $0.role == .zones && $1 }.map(\.0.layer)).sorted()
        self.slotCounts = slotCounts
        func amends(_ over: Int, _ own: Int) -> Bool {
            guard slotCounts[over], slots[over].role == .zones, slots[own].role == .zones, slots[over].layer == slots[own].layer,
                let plan = slots[own].plan, let amending = slots[over].plan
            else { return false }
            return grounds.contains { law.amends(amending, plan, on: day, in: $0) }
        }
        slotGivesWay = slots.indices.map { own in slots.indices.contains { amends($0, own) } }
        slotTakesAway = slots.indices.map { over in slots.indices.contains { amends(over, $0) } }
    }

    /// How sectors lie over each other: of each, the parts into which those that meet it cut it.
    private static func grounds(_ numbers: [Int], _ areas: [MultiPolygon]) -> [Set<Int>] {
        var grounds: Set<Set<Int>> = [[]]
        for number in numbers {
            let meeting = numbers.filter { other in
                guard other != number, let one = areas[number].box, let box = areas[other].box else { return false }
                return one.meets(box)
            }
            for cell in Spatial.cells(of: areas[number], cutBy: meeting.map { areas[$0] }) {
                grounds.insert(Set([number] + cell.members.map { meeting[$0] }))
            }
        }
        return grounds.sorted { $0.sorted().lexicographicallyPrecedes($1.sorted()) }
    }

    /// The sectors on whose edges it changes which of some features count.
    func parting(_ features: [Feature]) -> [Int] {
        func counting(_ sectors: Set<Int>) -> [Int64] { effective(features, in: sectors).map(\.id) }
        return sectors.filter { sector in
            grounds.contains { $0.contains(sector) && counting($0) != counting($0.subtracting([sector])) }
        }
    }

    func only(_ features: [Feature]) -> [Feature] {
        features.filter { feature in
            slotCounts[feature.slot] && Period(from: feature.day("from"), until: feature.day("until")).contains(day)
        }
    }

    /// Those whose plan is not in force on the day: drawn, shown, and not counted.
    func pending(_ features: [Feature]) -> [Feature] {
        features.filter { !slotCounts[$0.slot] }
    }

    func restricts(_ overlay: Feature) -> Bool {
        restrictingKinds.contains { $0.matches(overlay.kind ?? "") }
    }

    /// Whether a zone gives way to another one that lies over it, on some ground.
    func mayGiveWay(_ feature: Feature, to other: Feature) -> Bool {
        grounds.contains { givesWay(feature, to: other, in: $0) }
    }

    /// Whether some zone may be drawn over this one as an amendment of it.
    func mayGiveWay(_ feature: Feature) -> Bool { slotGivesWay[feature.slot] }

    /// Whether it may be drawn over some zone as an amendment of it.
    func mayTakeAway(_ feature: Feature) -> Bool { slotTakesAway[feature.slot] }

    /// Those of the features over one piece of ground that count there: what its plan drew only where that is in force, and a zone
    /// whose plan is amended by another zone's plan in the same layer gives way.
    ///
    /// - Parameter sectors: the numbers of those that the ground lies in.
    func effective(_ features: [Feature], in sectors: Set<Int>) -> [Feature] {
        let counting = self.sectors.isEmpty ? features : features.filter { counts($0, in: sectors) }
        guard counting.count > 1 else { return counting }
        return counting.filter { feature in !counting.contains { givesWay(feature, to: $0, in: sectors) } }
    }

    /// Whether a feature's plan is in force on ground that lies in these sectors.
    func counts(_ feature: Feature, in sectors: Set<Int>) -> Bool {
        guard let id = slots[feature.slot].plan, let status = law.status(of: id, on: day, in: sectors) else { return true }
        return status == .inForce
    }

    /// Whether a feature counts on some ground and not on other.
    func isParted(_ feature: Feature) -> Bool {
        guard !sectors.isEmpty, let id = slots[feature.slot].plan, law.plan(id) != nil else { return false }
        return Set(grounds.map { law.status(of: id, on: day, in: $0) == .inForce }).count > 1
    }

    /// Whether a zone does not count where another one lies over it, on ground that lies in these sectors.
    func givesWay(_ feature: Feature, to other: Feature, in sectors: Set<Int> = []) -> Bool {
        let (own, over) = (slots[feature.slot], slots[other.slot])
        guard own.role == .zones, over.role == .zones, own.layer == over.layer, let plan = own.plan, let amending = over.plan else {
            return false
        }
        return law.amends(amending, plan, on: day, in: sectors)
    }
}

extension Feature {
    /// An overlay's kind; its layer's name stands for it where the file gives none, which is settled when it is imported.
    var kind: String? { text("kind") }

    func day(_ field: String) -> Day? { text(field).flatMap { Day(iso: $0) } }
}
