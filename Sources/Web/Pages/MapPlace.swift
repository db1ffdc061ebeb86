import Formats
import Service

/// What a page's map shows: the city, and in it a place and a shape. The page reads without it.
struct MapPlace {
    private let box: [Double]?
    private let attributes: [(name: String, value: String)]
    private let language: Language

    /// Of an answer: its point, and the ground of its parcel, zones and overlays.
    init(_ answer: Answer, _ visit: Visit, _ open: OpenTown) throws(Problem) {
        box = try Self.box(visit, open)
        language = visit.language
        var attributes: [(name: String, value: String)] = [("shape", visit.path(setting: [("f", "geojson"), ("sign", nil)]))]
        if let code = answer.onlyParcel {
            let asked = visit.values.filter { ["on", "known", "fact"].contains($0.name) }
            let query = asked.map { "\($0.name)=\(Percent.encoded($0.value))" }.joined(separator: "&")
            attributes.append(("envelope", "/parcels/\(Percent.encoded(code))/envelope" + (query.isEmpty ? "" : "?" + query)))
        }
        if case .point = answer.question.place, let lon = answer.location.lon, let lat = answer.location.lat {
            attributes.append(("place", "\(lon),\(lat)"))
        }
        self.attributes = attributes + Self.kept(visit)
    }

    /// Of what a GeoJSON of ours draws: `compare` shapes on two sides, or `shapes` of a list of parcels, each of which leads to the address
    /// that `each` begins.
    init(_ drawn: [(name: String, value: String)], _ visit: Visit, _ open: OpenTown) throws(Problem) {
        box = try Self.box(visit, open)
        language = visit.language
        attributes = drawn + Self.kept(visit)
    }

    /// Of the city alone.
    init(_ visit: Visit, _ open: OpenTown) throws(Problem) {
        box = try Self.box(visit, open)
        language = visit.language
        attributes = Self.kept(visit)
    }

    private static func box(_ visit: Visit, _ open: OpenTown) throws(Problem) -> [Double]? {
        let published = try Problem.serving { () throws(ServiceError) in try open.published() }
        if let box = try visit.cityBox(published, open, onParcels: true) { return box }
        return try visit.cityBox(published, open)
    }

    /// What a touch on the map asks with.
    private static func kept(_ visit: Visit) -> [(name: String, value: String)] {
        ["on", "known"].compactMap { name in visit[name].map { (name, $0) } } + [("lang", visit.language.rawValue)]
    }

    func write(to page: inout Page) {
        guard let box else { return }
        page.map(
            [("box", box.map { "\($0)" }.joined(separator: ","))] + attributes)
        page.legend("/legend?lang=" + language.rawValue)
    }
}
