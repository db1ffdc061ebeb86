import Formats
import Persian
import Planning
import Service
import Store

extension Site {
    static let envelope = Route(
        "/parcels/{code}/envelope", "جایی از قطعه که می‌توان در آن ساخت، یا آنچه پیش از آن باید دانست",
        "where on a parcel may be built, or what must be known first",
        [Parameter("code", .text, inPath: true, "کد قطعه", "the parcel's code")] + asked, forms: [.geoJSON]
    ) { visit throws(Problem) in
        let (on, given, code) = (try visit.legalDay(), try visit.facts(), Folding.code(visit.place("code")))
        return try visit.inOpen { (open) throws(Problem) in
            .later {
                visit.answering { () throws(Problem) in
                    let bytes: [UInt8]
                    do throws(ServiceError) {
                        bytes = try open.asked(on: on, given: given) { (answerer) throws(ServiceError) in
                            try answerer.envelopeGeoJSON(ofParcel: code)
                        }
                    } catch {
                        if case .noSuchParcel(_, keptOut: []) = error, let gone = Problem(ended: code, visit.site.desk, open) { throw gone }
                        throw Problem(error)
                    }
                    var response = Response(type: visit.form.type, bytes)
                    response.fields += [("ETag", "\"\(open.stamp)-\(on.number)-\(visit.form.name)\""), ("Cache-Control", "no-cache")]
                    return response
                }
            }
        }
    }
}
