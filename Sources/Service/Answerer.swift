import Formats
package import Planning
package import Persian
import Spatial
import Store

/// Answers questions about one revision on one legal day. One a thread: it owns its GEOS and PROJ contexts and remembers the
/// parcels that it has worked out.
package final class Answerer {
    let ground: Ground
    let inForce: InForce
    let given: [String: Fact.Value]
    let root: Digest
    let revision: Int
    let cutting: Cutting
    /// From the city's CRS to longitude and latitude, the operation pinned when the city was made.
    let degrees: Projector
    let engine: String
    var transformations: [String: Transformation] = [:]
    /// What amendments leave of the zones that were asked about.
    var amendments: [Amended.Key: Amended?] = [:]
    let standings: Standings
    /// Plans as sources of answers on ground that no event parts.
    var wholeSources: [String: Answer.Source] = [:]
    /// What the law says of ground without a parcel, by its parts.
    var streetFindings: [[Part]: (findings: [Finding], uses: [UseFinding], written: Written)] = [:]
    /// The layers that every answer consults, in their order.
    lazy var consultedLayers = layersConsulted()
    /// The parcels whose areas were read a second time when the revision was made ready; nil where none were.
    let borneOut: BorneOut?
    /// All that holds the point asked about last, as the atlas has it.
    var held: (point: Point, holders: [Holder])?
    /// Whether the city's limit holds the point asked about last: every layer that covers the city asks it.
    var heldByLimit: (point: Point, is: Bool)?

    /// The bytes that were given out last: whoever has them is mostly done with them when the next are written.
    private var lastBytes: [UInt8] = []

    /// Metres around a place in which features that were kept out are named.
    static let nearby: Int64 = 50_000

    /// - Parameter takesSecondOpinion: whether GEOS reads each area a second time; not where a whole town is gone through.
    package convenience init(
        _ town: Town, on day: Day, given: [String: Fact.Value], takesSecondOpinion: Bool = true
    ) throws(ServiceError) {
        try self.init(town, on: day, given: given, sharing: Standings(), takesSecondOpinion: takesSecondOpinion)
    }

    /// One of several answerers of the same question of the day, which share what they worked out of parcels.
    init(
        _ town: Town, on day: Day, given: [String: Fact.Value], sharing standings: Standings, takesSecondOpinion: Bool = true
    ) throws(ServiceError) {
        self.standings = standings
        ground = town.ground
        inForce = InForce(law: town.law, day: day, slots: town.ground.slots, sectors: town.ground.sectors.map(\.area))
        self.given = given
        root = town.root
        borneOut = town.borneOut
        revision = town.revision
        cutting = Cutting(ground: town.ground, inForce: inForce, takesSecondOpinion: takesSecondOpinion)
        engine = town.engine
        guard let toDegrees = town.toDegrees else {
            throw .badInput(.noGroundYet)
        }
        degrees = try spatially { () throws(SpatialError) in try Projector(toDegrees, fit: town.ground.city.fit) }
    }

    /// Bytes written where the last lay, if they are wanted no more: as large as they are, new room for each would cost as much as they.
    func written(capacity: Int, _ write: (inout CanonicalPen) -> Bool) -> [UInt8]? {
        var pen = CanonicalPen(in: exchange(&lastBytes, with: []), capacity: capacity)
        guard write(&pen) else { return nil }
        lastBytes = pen.bytes
        return lastBytes
    }

    package func answer(_ question: Question) throws(ServiceError) -> Answer {
        switch question.place {
        case .point(let x, let y, let crs):
            return try answer(question, at: try place(x: x, y: y, crs: crs))
        case .parcel(let code):
            return try answer(question, parcel: ground.parcel(code))
        case .address(let text):
            let address = try resolve(text)
            if let code = address.text("parcel") { return try answer(question, parcel: ground.parcel(code)) }
            guard case .point(let point)? = address.geometry else {
                throw .corrupt("address \(address.text("text") ?? address.line): neither a parcel nor a place")
            }
            return try answer(question, at: place(point))
        }
    }

    /// The answer for a parcel: its own standing, and no point.
    private func answer(_ question: Question, parcel: Feature) throws(ServiceError) -> Answer {
        let standing = try standing(of: parcel)
        let point = try interiorPoint(of: parcel, standing.shape)
        var answer = blank(question, at: place(point))
        add(standing, to: &answer, point: nil)
        answer.coverage = coverage(of: .area(standing.shape, of: parcel), hits: answer)
        answer.sources = sources(of: answer)
        return answer
    }

    /// The answer for a point: every parcel that holds it, else the zones and overlays that do; then what is near.
    private func answer(_ question: Question, at place: StatedPlace) throws(ServiceError) -> Answer {
        var answer = blank(question, at: place)
        guard let point = ground.grid.point(x: place.x, y: place.y) else {
            answer.coverage = coverageOutside()
            return answer
        }
        let around = Box(point).grown(by: ground.greatestAccuracy)
        var holding: [MultiPolygon] = []
        for parcel in ground.candidates(.parcels, in: around) {
            guard let shape = parcel.area else { continue }
            let position = position(of: point, in: parcel, shape)
            if position != .outside {
                holding.append(shape)
                add(try standing(of: parcel), to: &answer, point: (point, position))
            } else if let t = ground.slot(of: parcel).accuracy, Geometry.area(shape).comes(within: t, of: point) {
                answer.parcels.append(try nearRow(parcel, shape, point))
            }
        }
        addGround(at: point, beside: holding, to: &answer)
        answer.coverage = coverage(of: .point(point), hits: answer)
        answer.sources = sources(of: answer)
        return answer
    }

    private func blank(_ question: Question, at place: StatedPlace) -> Answer {
        Answer(
            question: question, known: revision,
            location: .init(
                lon: place.lonLat?.lon, lat: place.lonLat?.lat, x: place.x, y: place.y, crs: ground.city.crs),
            certificate: .init(revision: revision, root: root.hex, engine: engine))
    }

    /// Writes a parcel's standing into an answer, as it lies to the point.
    private func add(_ standing: ParcelStanding, to answer: inout Answer, point: (Point, MultiPolygon.Position)?) {
        var row = standing.row
        if let (point, position) = point {
            row.relation = position == .inside ? .inside : .boundary
            row.verdict = verdict(of: standing.parcel, at: point)
            row.distance = signed(Geometry.area(standing.shape).distance(to: point), position)
        } else {
            row.verdict = ground.slot(of: standing.parcel).accuracy == nil ? .unstated : .firm
        }
        answer.parcels.append(row)
        answer.zones += standing.division.zones.map { groundRow($0, parcel: row.code, point: point?.0) }
        answer.overlays += standing.division.overlays.map { groundRow($0, parcel: row.code, point: point?.0) }
        answer.reconciliation += standing.division.accounts
        answer.add((standing.findings, standing.uses, standing.written))
        answer.grounds += standing.division.parts.map(\.sectors)
        answer.pending += standing.division.pending.map { groundRow($0, parcel: row.code, point: point?.0) }
    }

    private func nearRow(_ parcel: Feature, _ shape: MultiPolygon, _ point: Point) throws(ServiceError) -> Answer.ParcelRow {
        var row = try standing(of: parcel).row
        row.relation = .near
        row.verdict = .sensitive
        row.distance = signed(Geometry.area(shape).distance(to: point), .outside)
        return row
    }

    private func groundRow(_ piece: Piece, parcel: String, point: Point?) -> Answer.GroundRow {
        let feature = piece.feature
        let slot = ground.slot(of: feature)
        let lies = point.flatMap { lie(of: feature, to: $0) }
        let isArea = feature.area != nil
        // What is firm for the parcel is not so for a point beside the edge.
        let verdict = piece.verdict == .firm && lies?.verdict == .sensitive ? .sensitive : piece.verdict
        return Answer.GroundRow(
            parcel: parcel, layer: slot.layer, kind: slot.role == .overlay ? feature.kind ?? slot.layer : nil, code: feature.code,
            name: feature.text("name"), plan: slot.plan, area: isArea ? Measure.squareMetres(piece.area) : nil,
            length: piece.length.map(Measure.metres), share: isArea ? piece.share : nil,
            depth: isArea ? Measure.metres(piece.depth) : nil, relation: lies?.relation, verdict: verdict,
            distance: lies?.distance, feature: feature.id)
    }
}
