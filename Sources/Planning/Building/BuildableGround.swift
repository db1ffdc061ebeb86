/// Ground of a parcel on which the law says the same everywhere of what limits a building, and what that comes to.
///
/// Which parameters these are is the codes of the catalogue: `coverage.max` and `far.max`, fractions of an area that the rule's basis names,
/// `floors.max` and `height.max`, and `building` where it is forbidden. A relation `exactly` is a maximum too.
package struct BuildableGround: Hashable, Sendable {
    /// What the law says of one parameter.
    package enum Said: Hashable, Sendable {
        case decided(Finding)
        /// It hangs on facts that nobody has given, or contradicts itself.
        case open(Finding)
        case silent
    }

    /// What it says of the use that is asked about.
    package enum Use: Hashable, Sendable {
        /// Permitted, perhaps on conditions; or no use is asked about.
        case allowed(onConditions: Bool)
        case forbidden(Citation?)
        case open(Finding)
        /// The law names the use, but not for this ground.
        case unlisted
    }

    /// The places of its parts in the parcel's list of parts, ascending.
    package let places: [Int]
    /// `layer/code`, sorted.
    package let zones: [String]
    /// The kinds of the overlays that all of it lies in, sorted.
    package let overlays: [String]
    /// Square millimetres of the grid.
    package let area: Int64
    package var use: Use
    package let coverage: Said
    package let density: Said
    package let floors: Said
    /// They part no ground: how many floors a height holds, no rule says.
    package let heights: [Said]
    package let building: Said
}

extension Parameter {
    /// The catalogue's codes of what limits a building: as `use` they mean the same in every city.
    package static let coverage = "coverage.max"
    package static let density = "far.max"
    package static let floors = "floors.max"
    package static let height = "height.max"
    package static let building = "building"
}

extension BuildableGround {
    /// A parcel's parts, those together on which the law says the same.
    ///
    /// - Parameters:
    ///   - said: the parcel's findings, for each the places of the parts that it holds in.
    ///   - use: the use that is asked about; nil asks about none.
    package static func each(of parts: [Part], said: [(finding: Finding, places: [Int])], use: String?) -> [BuildableGround] {
        let limiting = said.filter { $0.finding.limitsBuilding }
        let heights = said.filter { $0.finding.parameter == Parameter.height && $0.finding.isMaximum && $0.finding.status != .none }
        let uses = said.filter { said in use.map { said.finding.value == .use($0) && said.finding.parameter == Parameter.use } ?? false }
        var grounds: [(findings: [Int], use: Use, places: [Int])] = []
        for place in parts.indices {
            let findings = limiting.indices.filter { limiting[$0].places.contains(place) }
            let said = Use(uses.filter { $0.places.contains(place) }.map(\.finding), isAsked: use != nil)
            if let known = grounds.firstIndex(where: { $0.findings == findings && $0.use.unconditionally == said.unconditionally }) {
                grounds[known].places.append(place)
                if said == .allowed(onConditions: true) { grounds[known].use = said }
            } else {
                grounds.append((findings, said, [place]))
            }
        }
        return grounds.map { ground in
            let high = heights.filter { !Set($0.places).isDisjoint(with: ground.places) }.map(\.finding)
            return BuildableGround(ground.findings.map { limiting[$0].finding }, high, ground.use, ground.places, parts)
        }
    }

    private init(_ findings: [Finding], _ heights: [Finding], _ use: Use, _ places: [Int], _ parts: [Part]) {
        func said(_ parameter: String) -> Said {
            let own = findings.filter { $0.parameter == parameter }
            if let open = own.first(where: { $0.status != .decided }) { return .open(open) }
            return own.first.map(Said.decided) ?? .silent
        }
        self.places = places
        self.use = use
        zones = Set(places.flatMap { parts[$0].zones.map(\.name) }).sorted()
        let kinds = places.map { Set(parts[$0].overlays.map(\.kind)) }
        overlays = kinds.dropFirst().reduce(kinds.first ?? []) { $0.intersection($1) }.sorted()
        // Parts are rounded to whole mm² each: all of them together are the parcel.
        let whole = places.count == parts.count ? parts.first?.parcelArea : nil
        area = whole ?? places.reduce(0) { $0 + (parts[$1].area ?? 0) }
        coverage = said(Parameter.coverage)
        density = said(Parameter.density)
        floors = said(Parameter.floors)
        self.heights = heights.map { $0.status == .decided ? .decided($0) : .open($0) }
        building = said(Parameter.building)
    }
}

extension BuildableGround.Use {
    /// - Parameter isAsked: whether a use is asked about at all.
    fileprivate init(_ findings: [Finding], isAsked: Bool) {
        let said = findings.filter { $0.status != .none }
        if let open = said.first(where: { $0.status != .decided }) {
            self = .open(open)
        } else if let decided = said.first {
            self = decided.relation == .forbid ? .forbidden(decided.provision) : .allowed(onConditions: decided.relation == .condition)
        } else {
            self = isAsked ? .unlisted : .allowed(onConditions: false)
        }
    }

    /// The same, whatever conditions it is allowed on.
    var unconditionally: Self {
        if case .allowed = self { .allowed(onConditions: false) } else { self }
    }
}

extension Finding {
    fileprivate var limitsBuilding: Bool {
        switch parameter {
        case Parameter.coverage, Parameter.density, Parameter.floors: isMaximum && status != .none
        case Parameter.building: mayForbid
        default: false
        }
    }

    /// Whether it is what something may be at most, or may yet be; where it contradicts a minimum, too.
    fileprivate var isMaximum: Bool {
        switch relation {
        case .max?, .exactly?: true
        case nil: open.contains { $0.relation == .max || $0.relation == .exactly }
        default: false
        }
    }

    /// Whether it forbids, or may yet.
    package var mayForbid: Bool {
        switch status {
        case .decided: relation == .forbid
        case .needs, .conflict: open.contains { $0.relation == .forbid }
        case .none: false
        }
    }
}
