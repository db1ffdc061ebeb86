package import Formats

/// What may be built on some ground, floor by floor, in exact square metres: the smallest of what limits it, each with its arithmetic.
package struct Yield: Hashable, Sendable {
    /// What something may come to at most, and by what.
    package enum Limit: Hashable, Sendable {
        /// A rule's percentage of an area.
        case share(ShareOfArea)
        /// The ground that setbacks and prohibitions leave.
        case envelope(Fraction)
        /// The ground floor, as often as there may be floors.
        case floors(Finding, ground: Fraction, count: Fraction, comesTo: Fraction)
        case prohibition(Finding)

        package var comesTo: Fraction {
            switch self {
            case .share(let share): share.comesTo
            case .envelope(let area): area
            case .floors(_, _, _, let comesTo): comesTo
            case .prohibition: .zero
            }
        }
    }

    /// A rule's fraction of the area that it names, of the ground's share of the parcel.
    package struct ShareOfArea: Hashable, Sendable {
        package let finding: Finding
        package let basis: Provision.Basis
        /// Of the whole parcel, m².
        package let area: Decimal
        /// The ground's share of the parcel.
        package let part: Fraction
        package let comesTo: Fraction
    }

    /// What is not known, so that something is not worked out.
    package enum Missing: Hashable, Sendable {
        /// A rule that hangs on facts, or contradicts itself.
        case decision(Finding)
        /// No rule limits it.
        case rule(parameter: String)
        /// The rule does not say of which area it is a part.
        case basis(Finding)
        case area(Provision.Basis)
        /// The rule's value is no number in a unit that can be reckoned with.
        case number(Finding)
        /// The ground that setbacks and prohibitions leave hangs on facts; none: its rules contradict each other.
        case envelope(needs: [String])
        case tooLarge
    }

    package struct Figure: Hashable, Sendable {
        /// All that limit it and are known.
        package let limits: [Limit]
        package let missing: [Missing]

        /// The smallest; nil where something that limits it is not known, or nothing does.
        package var smallest: Limit? { missing.isEmpty ? limits.min { $0.comesTo < $1.comesTo } : nil }
    }

    /// What the rules' areas are for a parcel.
    package struct Areas: Sendable {
        package let facts: Facts
        /// Square millimetres of the grid.
        package let grid: Int64

        package init(facts: Facts, grid: Int64) {
            self.facts = facts
            self.grid = grid
        }

        fileprivate func area(_ basis: Provision.Basis) -> Decimal? {
            switch basis {
            case .grid, .part: return Decimal(millionths: grid)
            case .deed, .ground, .effective, .afterLine:
                guard case .number(let area)? = facts["area.\(basis.rawValue)"]?.value, area >= .zero else { return nil }
                return area
            }
        }
    }

    /// The ground that setbacks and prohibitions leave of it.
    package enum Left: Hashable, Sendable {
        /// Square millimetres.
        case ground(Int64)
        /// It hangs on facts; on none: its rules contradict each other.
        case unknown(needs: [String])
    }

    package var ground: BuildableGround
    package let groundFloor: Figure
    package let total: Figure
    /// The total less the ground floor; nil where either is not known.
    package let upperFloors: Fraction?
    /// How many floors there may be; nil where no rule says so, or it is not decided.
    package let count: Fraction?

    package init(of ground: BuildableGround, _ areas: Areas, left: Left) {
        self.ground = ground
        var counted = Gathering(ground, areas)
        let count = counted.count(ground.floors)
        self.count = count
        if case .decided(let finding) = ground.building {
            groundFloor = Figure(limits: [.prohibition(finding)], missing: [])
            (total, upperFloors) = (groundFloor, .zero)
            return
        }
        var floor = Gathering(ground, areas)
        if case .open(let finding) = ground.building { floor.missing.append(.decision(finding)) }
        if ground.coverage == .silent { floor.missing.append(.rule(parameter: Parameter.coverage)) }
        floor.takeShare(ground.coverage)
        floor.takeShare(ground.density)
        floor.take(left)
        // Where no floor is allowed, none may be on the ground.
        if case .decided(let finding) = ground.floors, count == .zero {
            floor.limits.append(.floors(finding, ground: .zero, count: .zero, comesTo: .zero))
        }
        groundFloor = floor.figure

        var all = Gathering(ground, areas)
        all.takeShare(ground.density)
        if ground.coverage == .silent || ground.floors == .silent {
            // How much of the ground, or how often, no rule limits: density alone does.
            if case .open(let finding) = ground.building { all.missing.append(.decision(finding)) }
            if ground.density == .silent {
                for (said, parameter) in [
                    (ground.density, Parameter.density), (ground.coverage, Parameter.coverage), (ground.floors, Parameter.floors),
                ] where said == .silent { all.missing.append(.rule(parameter: parameter)) }
            }
        } else {
            all.missing += (floor.missing + counted.missing).filter { !all.missing.contains($0) }
            if let floor = groundFloor.smallest?.comesTo, let count, case .decided(let finding) = ground.floors {
                if let comesTo = floor.times(count) {
                    all.limits.append(.floors(finding, ground: floor, count: count, comesTo: comesTo))
                } else {
                    all.missing.append(.tooLarge)
                }
            }
        }
        let (most, least) = (all.figure, floor.figure.smallest)
        total = most
        upperFloors = least.flatMap { least in most.smallest?.comesTo.minus(least.comesTo) }
    }
}

extension Yield {
    /// Whether something may be built there for the use that is asked about.
    package var isAllowed: Bool { if case .allowed = ground.use { true } else { false } }

    package var isOnConditions: Bool { ground.use == .allowed(onConditions: true) }

    /// The same, whatever conditions the use is allowed on.
    package var unconditionally: Yield {
        var yield = self
        yield.ground.use = ground.use.unconditionally
        return yield
    }
}

/// What limits something, gathered.
private struct Gathering {
    let ground: BuildableGround
    let areas: Yield.Areas
    var limits: [Yield.Limit] = []
    var missing: [Yield.Missing] = []

    init(_ ground: BuildableGround, _ areas: Yield.Areas) {
        self.ground = ground
        self.areas = areas
    }

    var figure: Yield.Figure { Yield.Figure(limits: limits, missing: missing) }

    mutating func takeShare(_ said: BuildableGround.Said) {
        switch said {
        case .silent: break
        case .open(let finding): missing.append(.decision(finding))
        case .decided(let finding):
            guard case .number(let number) = finding.value, number >= .zero, let hundredths = finding.unit?.hundredths else {
                return missing.append(.number(finding))
            }
            guard let basis = finding.basis else { return missing.append(.basis(finding)) }
            guard let area = areas.area(basis) else { return missing.append(.area(basis)) }
            guard let part = Fraction(ground.area, of: areas.grid), let hundredth = Fraction(Int64(hundredths), of: 100),
                let comesTo = Fraction(number).times(hundredth)?.times(Fraction(area))?.times(part)
            else { return missing.append(.tooLarge) }
            limits.append(.share(.init(finding: finding, basis: basis, area: area, part: part, comesTo: comesTo)))
        }
    }

    mutating func take(_ left: Yield.Left) {
        switch left {
        case .ground(let area): limits.append(.envelope(Fraction(Decimal(millionths: area))))
        case .unknown(let needs): missing.append(.envelope(needs: needs))
        }
    }

    /// How many floors there may be.
    mutating func count(_ said: BuildableGround.Said) -> Fraction? {
        switch said {
        case .silent: return nil
        case .open(let finding): missing.append(.decision(finding))
        case .decided(let finding):
            let one = Decimal(millionths: 1_000_000)
            if case .number(let number) = finding.value, number == .zero || number >= one, finding.unit == .count {
                return Fraction(number)
            }
            missing.append(.number(finding))
        }
        return nil
    }
}
