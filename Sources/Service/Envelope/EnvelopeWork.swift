import Formats
import Persian
import Planning
import Spatial
import Store

extension Answerer {
    /// The buildable envelope of a parcel on the answerer's day, or what must be known first. Nothing is guessed:
    /// - Each street side keeps the front setback that the law has for the width of its own street. A width given as a fact stands for the
    ///   widths that the layer does not know, or, where it knows them all, in their place.
    /// - Which sides a setback is from that is no front is asked (`border.WHERE`), and so is which are the front (`border.front`) where a street
    ///   merely runs beside one within both accuracies, none is near, or the streets are not known to cover the parcel: if the law has a
    ///   setback for what may be there.
    /// - A setback, and what forbids, count on the parts of the parcel that their findings are of.
    /// - Where an overlay forbids some use that is allowed otherwise, `use` is asked.
    func envelope(ofParcel code: String) throws(ServiceError) -> Envelope {
        let standing = try standing(of: ground.parcel(Folding.code(code)))
        var envelope = try outline(
            of: standing, try parcelFacts(standing.parcel, standing.shape).facts, sides(of: standing),
            said: Array(zip(standing.findings, standing.places)))
        guard envelope.status == .decided else { return envelope }
        envelope.left = try left(of: standing, without: envelope.takings)
        return envelope
    }

    /// What is left of a parcel without some ground.
    func left(of standing: ParcelStanding, without takings: [Taking]) throws(ServiceError) -> FineGround {
        try spatially { () throws(SpatialError) in try cutting.geos().remainder(of: standing.shape, without: takings) }
    }

    /// An envelope whose ground is not cut yet.
    ///
    /// - Parameters:
    ///   - facts: what is known of the parcel, `use` the one that is asked about.
    ///   - said: the parcel's findings by these facts, for each the places of the parts that it holds in.
    func outline(
        of standing: ParcelStanding, _ facts: Facts, _ sides: [Envelope.Side], said: [(finding: Finding, places: [Int])]
    ) throws(ServiceError) -> Envelope {
        let parcel = standing.parcel
        var work = EnvelopeWork(facts, parts(of: parcel, standing.shape, standing.division), self)
        var envelope = Envelope(parcel: standing.row.code, area: standing.row.grid, sides: sides)
        envelope.unchecked = unchecked(.area(standing.shape, of: parcel)).sorted()
        let named = try namedSides(envelope.sides.count)
        envelope.take(width: given["street.width"], named: named["front"] ?? [])
        work.forbid(said, &envelope)
        let isCovered = ground.slots.contains { $0.role == .streets && covers($0, .area(standing.shape, of: parcel)) }
        work.front(&envelope, named["front"], isCovered: isCovered)
        for (finding, places) in said {
            guard let place = finding.setbackFrom, place != "front" else { continue }
            work.set(back: finding, places, from: named[place], place, &envelope)
        }
        envelope.needs = work.needs.sorted()
        if envelope.status == .decided { envelope.takings = work.takings(on: standing.division) }
        return envelope
    }

    /// The sides of a parcel's border, with the streets that they are on.
    func sides(of standing: ParcelStanding) -> [Envelope.Side] {
        let (parcel, shape) = (standing.parcel, standing.shape)
        let beside = streets(beside: parcel, shape)
        let fronting = beside.filter { $0.shared > 0 }
        return shape.borderStretches(facing: fronting.compactMap(\.street.area)).map { stretch in
            let near = beside.filter { stretch.faces.isEmpty && runs($0.street, beside: stretch, of: parcel) }
            return Envelope.Side(stretch, streets: stretch.faces.map { fronting[$0] }, near: near)
        }
    }

    /// Whether a street's border runs beside a side within both accuracies for longer than where it only leads away from a corner, at 45°
    /// or more.
    private func runs(_ street: Feature, beside stretch: BorderStretch, of parcel: Feature) -> Bool {
        guard let area = street.area, case let t = tolerance(parcel, street), t > 0 else { return false }
        return area.longestRun(of: stretch.points, within: t) > 2 * 2.0.squareRoot() * Double(t)
    }

    /// The sides that facts name, as their places: `border.WHERE=2,3`.
    private func namedSides(_ count: Int) throws(ServiceError) -> [String: [Int]] {
        var named: [String: [Int]] = [:]
        for (name, value) in given where name.hasPrefix("border.") {
            let text =
                switch value {
                case .number(let number): number.description
                case .text(let text): text
                case .bool(let holds): String(holds)
                }
            var places: [Int] = []
            for word in Digits.latin(text).split(omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0 == "،" }) {
                guard let number = Int(word), (1...max(1, count)).contains(number) else {
                    throw .badInput(.sides(fact: name, text, count: count))
                }
                if !places.contains(number - 1) { places.append(number - 1) }
            }
            named[String(name.dropFirst("border.".count))] = places
        }
        return named
    }
}

/// An envelope's findings, gathered until all is known or something is to be asked.
private struct EnvelopeWork {
    private let facts: Facts
    private let parts: [Part]
    private let law: StandingLaw
    var needs: Set<String> = []
    /// The lines from which a distance in millimetres is kept free in some parts.
    private var strips: [Strip: [[Point]]] = [:]
    private var forbidden: Set<Int> = []
    /// What the law says of the front by the width of a street.
    private var fronts: [Fact?: [(finding: Finding, places: [Int])]] = [:]

    private struct Strip: Hashable {
        let millimetres: Double
        let places: [Int]
    }

    init(_ facts: Facts, _ parts: [Part], _ answerer: Answerer) {
        self.facts = facts
        self.parts = parts
        law = answerer.inForce.standing
    }

    /// What forbids building, or the use that is asked about.
    mutating func forbid(_ said: [(finding: Finding, places: [Int])], _ envelope: inout Envelope) {
        let use: String? = if case .text(let code)? = facts["use"]?.value { code } else { nil }
        var hanging: [(finding: Finding, places: [Int])] = []
        for (finding, places) in said where finding.mayForbid {
            guard finding.parameter == Parameter.building || finding.value == use.map(Value.use) else {
                // An overlay's prohibition beats a permit; without one the use is not allowed anyway.
                if finding.parameter == Parameter.use, finding.overruled.contains(where: { $0.reason == .forbidden }) {
                    hanging.append((finding, places))
                }
                continue
            }
            if finding.status == .decided {
                envelope.forbidding.append(finding)
                forbidden.formUnion(places)
            } else {
                hold(finding, &envelope)
            }
        }
        guard use == nil else { return }
        for (finding, places) in hanging where !forbidden.isSuperset(of: places) {
            needs.insert(Parameter.use)
            envelope.open.append(finding)
        }
    }

    /// The setbacks from the streets.
    ///
    /// - Parameters:
    ///   - named: the sides that are said to be the front, beside those that share a street's ground.
    ///   - isCovered: whether the layers hold every street at the parcel.
    mutating func front(_ envelope: inout Envelope, _ named: [Int]?, isCovered: Bool) {
        for side in envelope.sides.indices where !envelope.sides[side].streets.isEmpty || named?.contains(side) ?? false {
            for (finding, places) in fronts(envelope.sides[side].width) { keep(finding, places, free: [side], &envelope) }
        }
        guard named == nil else { return }
        // What would count if a side were on a street of which that is not known: where nothing would, it need not be.
        var widths = envelope.sides.filter { !$0.near.isEmpty }.map(\.width)
        if !isCovered || envelope.sides.allSatisfy({ $0.streets.isEmpty && $0.near.isEmpty }) {
            widths.append(facts["street.width"].flatMap { $0.from == .asked ? $0 : nil })
        }
        for width in widths {
            for (finding, _) in fronts(width) where finding.setback > 0 || finding.status == .needs || finding.status == .conflict {
                needs.formUnion(finding.needs + [Envelope.sides("front")])
                envelope.add(open: finding)
            }
        }
    }

    /// A setback from sides that only who asks can name.
    mutating func set(back finding: Finding, _ places: [Int], from sides: [Int]?, _ place: String, _ envelope: inout Envelope) {
        if let sides {
            keep(finding, places, free: sides, &envelope)
        } else if finding.setback > 0 {
            needs.insert(Envelope.sides(place))
            envelope.add(open: finding)
        } else {
            hold(finding, &envelope)
        }
    }

    private mutating func keep(_ finding: Finding, _ places: [Int], free sides: [Int], _ envelope: inout Envelope) {
        for side in sides {
            envelope.sides[side].setbacks.append(finding)
            guard finding.setback > 0 else { continue }
            strips[Strip(millimetres: finding.setback, places: places.sorted()), default: []].append(envelope.sides[side].stretch.points)
        }
        if !sides.isEmpty { hold(finding, &envelope) }
    }

    /// Notes what a finding needs, or that it contradicts itself.
    private mutating func hold(_ finding: Finding, _ envelope: inout Envelope) {
        guard finding.status == .needs || finding.status == .conflict else { return }
        needs.formUnion(finding.needs)
        envelope.add(open: finding)
    }

    private mutating func fronts(_ width: Fact?) -> [(finding: Finding, places: [Int])] {
        if let known = fronts[width] { return known }
        var facts = facts
        facts["street.width"] = width
        let said = law.located(ofParcel: parts, facts: facts)
        let found = zip(said.findings, said.places).filter { $0.0.setbackFrom == "front" }.map { (finding: $0.0, places: $0.1) }
        fronts[width] = found
        return found
    }

    /// What is taken from the parcel, in an order that does not change.
    func takings(on division: Division) -> [Taking] {
        var takings: [Taking] = []
        func take(_ near: Taking.Near?, in places: [Int]) {
            guard places.count < division.parts.count else { return takings.append(Taking(near: near)) }
            for place in places {
                let (inside, outside) = division.ground(of: place)
                takings.append(Taking(near: near, inside: inside, outside: outside))
            }
        }
        if !forbidden.isEmpty { take(nil, in: forbidden.sorted()) }
        let inOrder = strips.sorted { one, other in
            one.key.millimetres != other.key.millimetres
                ? one.key.millimetres < other.key.millimetres : one.key.places.lexicographicallyPrecedes(other.key.places)
        }
        for (strip, lines) in inOrder {
            take(Taking.Near(lines, millimetres: strip.millimetres), in: strip.places)
        }
        return takings
    }
}

extension Envelope {
    /// Takes a width that is asked with: for the fronts whose own is not known, or for all where each one's is.
    fileprivate mutating func take(width: Fact.Value?, named: [Int]) {
        guard let width else { return }
        let fronts = sides.indices.filter { !(sides[$0].streets + sides[$0].near).isEmpty || named.contains($0) }
        let unknown = fronts.filter { sides[$0].width == nil }
        for side in unknown.isEmpty ? fronts : unknown { sides[side].width = Fact(width, from: .asked) }
    }

    fileprivate mutating func add(open finding: Finding) {
        if !open.contains(finding) { open.append(finding) }
    }
}

extension Division {
    /// The areas that hold a part of the parcel, and those that hold none of it.
    func ground(of part: Int) -> (inside: [MultiPolygon], outside: [MultiPolygon]) {
        let areas = cutters.compactMap(\.area) + sectors
        let held = Set(parts[part].held)
        return (areas.indices.filter(held.contains).map { areas[$0] }, areas.indices.filter { !held.contains($0) }.map { areas[$0] })
    }
}
