import Persian
import Service

/// What `shahrsaz map` asks for; it has looked at every value.
struct MapOrder {
    enum Place {
        case city
        case parcel(String)
        case point(x: Double, y: Double)
        /// West, south, east, north.
        case box([Double])
    }

    var city = "city.gpkg"
    var language = Language.en
    var png = ""
    var style: String?
    var place = Place.city
    var crs: String?
    var on: Day?
    var known: String?
    var width = 1024.0
    var height = 768.0
    var scale: Int?
    var hasBar = false
    var hasLegend = false

    init(_ words: [String]) throws(PrintRefusal) {
        var rest = words[...]
        func next() throws(PrintRefusal) -> String {
            guard let value = rest.popFirst() else { throw PrintRefusal(text: "\(words.last ?? "") expects a value") }
            return value
        }
        func number() throws(PrintRefusal) -> Double {
            let value = try next()
            guard let number = Double(value) else { throw PrintRefusal(text: "«\(value)»: a number was expected") }
            return number
        }
        while let word = rest.popFirst() {
            switch word {
            case "--city": city = try next()
            case "--lang": language = Language(rawValue: try next()) ?? .en
            case "--png": png = try next()
            case "--style": style = try next()
            case "--parcel": place = .parcel(try next())
            case "--point": place = .point(x: try number(), y: try number())
            case "--box": place = .box([try number(), try number(), try number(), try number()])
            case "--crs": crs = try next()
            case "--on": on = try? Day(parsing: try next())
            case "--known": known = try next()
            case "--size": (width, height) = (try number(), try number())
            case "--scale": scale = Int(try number())
            case "--bar": hasBar = true
            case "--legend": hasLegend = true
            default: throw PrintRefusal(text: "no option \(word); this program is run by `shahrsaz map`")
            }
        }
        guard !png.isEmpty, on != nil else {
            throw PrintRefusal(text: "--png and --on were expected; this program is run by `shahrsaz map`")
        }
    }
}
