import Documents
import Glibc
import Persian
import Service
import Spatial
import Store

/// Draws the city's map as a PNG.
struct Mapping {
    private let order: MapOrder
    private let day: Day
    private let town: Town
    private let answerer: Answerer

    init(_ order: MapOrder, on day: Day) throws(ServiceError) {
        MapFont.begin()
        self.order = order
        self.day = day
        town = try Shelf(city: order.city) { Printing.end($0, .machine) }.town(Self.known(order))
        answerer = try Answerer(town, on: day, given: [:])
    }

    private static func known(_ order: MapOrder) -> Known {
        guard let text = order.known else { return .newest }
        do throws(AskingFault) { return try Known(asked: text, now: Moment(seconds: Int64(time(nil))) ?? .epoch) } catch {
            Printing.end(error.message(in: order.language), .badInput)
        }
    }

    func picture() throws(ServiceError) -> Result<[UInt8], DocumentError> {
        let crs = order.crs ?? town.ground.city.crs
        let map: TownMap
        switch order.place {
        case .city:
            // The boundary where there is one: to read every feature of a large town for its extent would take longer than to draw it.
            let box = town.box(of: town.publishedLayers(of: [.boundary])) ?? town.box(of: town.publishedLayers())
            guard let box else { Printing.end(order.language("شهر هنوز زمینی ندارد", "the city has no ground yet"), .wanting) }
            map = self.map(frame(showing: box))
        case .box(let sides):
            var corners: [Point] = []
            for (x, y) in [(0, 1), (2, 1), (0, 3), (2, 3)] { corners.append(try place(.point(x: sides[x], y: sides[y], crs: crs)).point) }
            guard let box = Box(around: corners) else { Printing.end("--box", .badInput) }
            map = self.map(frame(showing: box))
        case .parcel(let code): map = try around(.parcel(code))
        case .point(let x, let y): map = try around(.point(x: x, y: y, crs: crs))
        }
        do throws(DocumentError) { return .success(try map.png()) } catch { return .failure(error) }
    }

    private func frame(showing box: Box) -> MapFrame { MapFrame(showing: box, width: order.width, height: order.height) }

    private func map(_ frame: MapFrame, subject: MapFrame.Subject? = nil, denominator: Int? = nil) -> TownMap {
        TownMap(
            town, on: day, frame, subject: subject, language: order.language, denominator: denominator, hasBar: order.hasBar,
            hasLegend: order.hasLegend, style: Printing.style(order.style, order.language))
    }

    /// A place in the middle, at a scale at which its parcel takes at most half of the picture where none is asked for.
    private func around(_ asked: Question.Place) throws(ServiceError) -> TownMap {
        let (point, codes) = try place(asked)
        let (subject, box) = town.subject(at: point, parcels: codes, on: day)
        let denominator = order.scale ?? SketchMap.denominator(for: box, width: order.width, height: order.height)
        let frame = MapFrame(
            middle: frame(showing: box).middle, metresPerPixel: MapFrame.metresPerPixel(at: denominator), width: order.width,
            height: order.height)
        return map(frame, subject: subject, denominator: denominator)
    }

    /// Where a place is on the city's grid, and the parcels there.
    private func place(_ asked: Question.Place) throws(ServiceError) -> (point: Point, codes: Set<String>) {
        let answer = try answerer.answer(Question(place: asked, on: day, given: [:]))
        guard let x = answer.location.x, let y = answer.location.y, let point = town.grid.point(x: x, y: y) else {
            let language = order.language
            Printing.end(
                language("این جا بیرون از شبکهٔ شهر است؛ نقشه‌ای از آن نیست", "the place is off the city's grid: there is no map of it"),
                .badInput)
        }
        return (point, Set(answer.holders))
    }
}
