import Formats
import Persian
import Store
import Synchronization
import Planning
import Spatial

/// All that is worked out for one parcel on one day, whatever the point in it: reused by every question that falls on it.
struct ParcelStanding: Sendable {
    let parcel: Feature
    let shape: MultiPolygon
    let row: Answer.ParcelRow
    let division: Division
    let findings: [Finding]
    /// For each finding, the places of the parts in the division that it holds in.
    let places: [[Int]]
    let uses: [UseFinding]
    private let once = Once()

    /// What answers say of it whatever the point: written when the first answer is.
    var written: Written {
        once.written.withLock { written in
            if let written { return written }
            let made = Written(findings: findings, uses: uses, reconciliation: division.accounts)
            written = made
            return made
        }
    }

    private final class Once: Sendable {
        let written = Mutex<Written?>(nil)
    }

    init(
        parcel: Feature, shape: MultiPolygon, row: Answer.ParcelRow, division: Division, findings: [Finding], places: [[Int]],
        uses: [UseFinding]
    ) {
        self.parcel = parcel
        self.shape = shape
        self.row = row
        self.division = division
        self.findings = findings
        self.places = places
        self.uses = uses
    }
}

/// What was worked out, for all threads that answer of the same town, day and facts.
struct Standings: Sendable {
    let parcels: Recent<Int64, ParcelStanding>
    let stencils: Recent<Stencil.Key, Stencil>

    /// - Parameters:
    ///   - parcels: how many stay.
    ///   - stencilBytes: what the stencils may come to.
    init(parcels: Int = .max, stencilBytes: Int = 0) {
        self.parcels = Recent(most: parcels)
        stencils = Recent(most: stencilBytes)
    }
}

extension Answerer {
    /// The standing of a parcel, worked out once.
    func standing(of parcel: Feature) throws(ServiceError) -> ParcelStanding {
        if let known = standings.parcels[parcel.id] { return known }
        let standing = try workedOut(parcel)
        standings.parcels.remember(standing, parcel.id)
        return standing
    }

    /// The standing of a parcel, not remembered.
    func workedOut(_ parcel: Feature) throws(ServiceError) -> ParcelStanding {
        guard let code = parcel.code, case .area(let shape)? = parcel.geometry else {
            throw .corrupt("parcel \(parcel.line): a sound parcel without a code or an area")
        }
        let division = try cutting.divide(plot(parcel, shape))
        let facts = try parcelFacts(parcel, shape)
        let parts = parts(of: parcel, shape, division)
        let said = inForce.standing.located(ofParcel: parts, facts: facts.facts)
        let row = Answer.ParcelRow(
            code: code, grid: Measure.squareMetres(facts.gridArea), ground: facts.ground, deed: facts.deed, effective: facts.effective,
            address: address(of: parcel), limits: limits(of: .area(shape, of: parcel)), layer: ground.slot(of: parcel).layer,
            relation: nil, verdict: .firm, distance: nil)
        return ParcelStanding(
            parcel: parcel, shape: shape, row: row, division: division, findings: said.findings, places: said.places, uses: said.uses)
    }

    /// A parcel's parts as the law sees them, in the order of its division.
    func parts(of parcel: Feature, _ shape: MultiPolygon, _ division: Division) -> [Part] {
        let (whole, unchecked) = (shape.area, unchecked(.area(shape, of: parcel)))
        return division.parts.map {
            part(of: $0.members, parcel: parcel.code, area: $0.area, whole: whole, unchecked: unchecked, sectors: $0.sectors)
        }
    }

    func plot(_ parcel: Feature, _ shape: MultiPolygon) -> Plot {
        Plot(
            feature: parcel, shape: shape, area: shape.area, shares: ground.shares(of: parcel),
            isBorneOut: borneOut?.holds(Int(parcel.id)) ?? false)
    }

    /// One part of the place as the law sees it.
    func part(
        of members: [Feature], parcel: String?, area: Int64?, whole: Int64?, unchecked: Set<String>, sectors: Set<Int>
    ) -> Part {
        var zones: [Part.Zone] = []
        var overlays: [Part.Overlay] = []
        for feature in members {
            let slot = ground.slot(of: feature)
            if slot.role == .zones {
                zones.append(Part.Zone(layer: slot.layer, code: feature.code ?? "", plan: slot.plan))
            } else {
                overlays.append(
                    Part.Overlay(layer: slot.layer, kind: feature.kind ?? slot.layer, code: feature.code ?? "", plan: slot.plan))
            }
        }
        return Part(
            zones: zones, overlays: overlays, parcel: parcel, area: area, parcelArea: whole, overlaysUnchecked: unchecked, sectors: sectors)
    }

    /// What is known of a parcel: its measured areas, what its row says, and its streets.
    func parcelFacts(_ parcel: Feature, _ shape: MultiPolygon) throws(ServiceError) -> ParcelFacts {
        var facts = ParcelFacts(gridArea: shape.area)
        facts.set("area.grid", .number(Decimal(millionths: facts.gridArea)), .computed)
        if let ground = groundArea(of: shape) {
            facts.ground = ground.rounded(places: 2)
            facts.set("area.ground", .number(ground), .computed)
        }
        for (name, value) in parcel.fields.sorted(by: { $0.key < $1.key }) {
            guard let text = value.asString, !text.isEmpty, name != "address", name != "code" else { continue }
            let number = Decimal(parsing: text)
            switch name {
            case "deedArea":
                facts.deed = number?.rounded(places: 2)
                if let number { facts.set("area.deed", .number(number), .layer) }
            case "effectiveArea":
                facts.effective = number?.rounded(places: 2)
                if let number { facts.set("area.effective", .number(number), .layer) }
            default:
                facts.set(name, Fact.Value(typed: text), .layer)
            }
        }
        // A street without a line in common gives its width, but no frontage.
        let streets = streets(beside: parcel, shape)
        if let width = streets.widest { facts.set("street.width", .number(width), .layer) }
        if let frontage = streets.frontage { facts.set("frontage", .number(frontage), .computed) }
        for (name, value) in given { facts.set(name, value, .asked) }
        return facts
    }
}

/// A parcel's facts while they are gathered.
struct ParcelFacts {
    let gridArea: Int64
    var ground: Decimal?
    var deed: Decimal?
    var effective: Decimal?
    private(set) var facts = Facts()

    init(gridArea: Int64) {
        self.gridArea = gridArea
    }

    mutating func set(_ name: String, _ value: Fact.Value, _ from: Fact.Source) {
        facts[name] = Fact(value, from: from)
    }
}
