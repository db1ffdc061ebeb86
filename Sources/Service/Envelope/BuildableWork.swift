import Formats
import Persian
package import Planning
import Spatial

/// What may be built on a parcel, use by use.
package struct Buildable: Sendable {
    /// What comes to the same for some uses; without any where the law names none.
    package struct Case: Sendable {
        package fileprivate(set) var uses: [(code: String, isOnConditions: Bool)]
        package let yields: [Yield]
    }

    /// Square millimetres of the parcel on the grid.
    package let area: Int64
    /// Empty where the law names uses, and allows none of them here.
    package let cases: [Case]
    /// The kinds of overlay that were not checked here: one that forbids may lie on the parcel.
    package let unchecked: [String]

    /// The facts for want of which something was not worked out.
    var needs: [String] {
        cases.flatMap(\.yields).flatMap { $0.groundFloor.missing + $0.total.missing }.flatMap { missing -> [String] in
            switch missing {
            case .decision(let finding): finding.needs
            case .envelope(let needs): needs
            case .area(let basis): ["area.\(basis.rawValue)"]
            case .rule, .basis, .number, .tooLarge: []
            }
        }
    }
}

extension Answerer {
    /// The same for the one parcel that an answer is of.
    package func buildable(of answer: Answer) throws(ServiceError) -> Buildable? {
        guard let code = answer.onlyParcel else { return nil }
        return try buildable(ofParcel: code)
    }

    /// What the law lets be built on a parcel on the answerer's day: for each use that it allows on some of it, or for the use that is given.
    package func buildable(ofParcel code: String) throws(ServiceError) -> Buildable {
        var work = try BuildableWork(self, standing(of: ground.parcel(Folding.code(code))))
        var cases: [Buildable.Case] = []
        for use in work.uses {
            let yields = try work.yields(for: use)
            guard yields.contains(where: { $0.ground.use != .unlisted && !$0.isForbidden }) else { continue }
            let named = use.map { [(code: $0, isOnConditions: yields.contains(where: \.isOnConditions))] } ?? []
            let bare = yields.map(\.unconditionally)
            if let same = cases.firstIndex(where: { $0.yields.map(\.unconditionally) == bare }) {
                cases[same].uses += named
            } else {
                cases.append(Buildable.Case(uses: named, yields: yields))
            }
        }
        return Buildable(area: work.standing.shape.area, cases: cases, unchecked: work.unchecked)
    }
}

/// A parcel's yields, its sides and the ground that is left of it worked out once for all uses.
private struct BuildableWork {
    let answerer: Answerer
    let standing: ParcelStanding
    let unchecked: [String]
    private let facts: Facts
    private let parts: [Part]
    private let sides: [Envelope.Side]
    private var areas: [[Taking]: Int64] = [:]

    init(_ answerer: Answerer, _ standing: ParcelStanding) throws(ServiceError) {
        self.answerer = answerer
        self.standing = standing
        facts = try answerer.parcelFacts(standing.parcel, standing.shape).facts
        parts = answerer.parts(of: standing.parcel, standing.shape, standing.division)
        sides = answerer.sides(of: standing)
        unchecked = answerer.unchecked(.area(standing.shape, of: standing.parcel)).sorted()
    }

    /// Those that the law allows on some of the parcel, or may; the one that is asked about alone; nil where it names none.
    var uses: [String?] {
        if let use = facts["use"], use.from == .asked { return [use.value.text] }
        if standing.uses.isEmpty { return [nil] }
        var uses: [String] = []
        for use in standing.uses where use.status == .permitted || use.status == .conditional {
            if !uses.contains(use.use) { uses.append(use.use) }
        }
        return uses
    }

    mutating func yields(for use: String?) throws(ServiceError) -> [Yield] {
        var facts = facts
        if let use { facts["use"] = Fact(.text(use), from: .asked) }
        let found = answerer.inForce.standing.located(ofParcel: parts, facts: facts)
        let said = Array(zip(found.findings, found.places))
        let outline = try answerer.outline(of: standing, facts, sides, said: said)
        let areas = Yield.Areas(facts: facts, grid: standing.shape.area)
        var yields: [Yield] = []
        for ground in BuildableGround.each(of: parts, said: said, use: use) {
            yields.append(Yield(of: ground, areas, left: try left(of: outline, on: ground)))
        }
        return yields
    }

    private mutating func left(of outline: Envelope, on ground: BuildableGround) throws(ServiceError) -> Yield.Left {
        guard outline.status == .decided else { return .unknown(needs: outline.needs) }
        // What the ground does not hold is taken away too.
        let elsewhere = standing.division.parts.indices.filter { !ground.places.contains($0) }.map { place in
            let (inside, outside) = standing.division.ground(of: place)
            return Taking(near: nil, inside: inside, outside: outside)
        }
        let takings = outline.takings + elsewhere
        if takings.isEmpty { return .ground(standing.shape.area) }
        if let known = areas[takings] { return .ground(known) }
        let area = try answerer.left(of: standing, without: takings).area
        areas[takings] = area
        return .ground(area)
    }
}

extension Yield {
    fileprivate var isForbidden: Bool { if case .forbidden = ground.use { true } else { false } }
}
