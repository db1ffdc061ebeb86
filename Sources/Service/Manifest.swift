import Formats
import Persian
import Store

/// A whole town in one file: the city and its deliveries in order, paths relative to it.
package struct Manifest: Sendable {
    package let city: CityOrder
    package let boundary: ImportOrder?
    package let deliveries: [ImportOrder]

    /// Reads a manifest; a key that is not DESIGN's is refused, so that a misspelt one is not passed over.
    package init(path: String, bytes: [UInt8]) throws(ServiceError) {
        let folder = path.contains("/") ? String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) : ""
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw .badInput(.manifest(file: path, error)) }
        let top = try Keys(json, at: path, known: ["city", "deliveries", "label", "seed"])
        let city = try Keys(top.needed("city"), at: "\(path), city", known: ["name", "crs", "boundary", "height"])
        self.city = CityOrder(
            name: Folding.stored(try city.neededText("name")), crs: try city.neededText("crs"), height: try city.decimal("height"))
        boundary = try city.text("boundary").map { ImportOrder(file: Self.resolved($0, in: folder), role: .boundary) }
        guard let list = try top.needed("deliveries").asArray else { throw .badInput(.entry(at: path, .notAList("deliveries"))) }
        var deliveries: [ImportOrder] = []
        for (position, item) in list.enumerated() {
            deliveries.append(try ImportOrder(item, at: "\(path), delivery \(position + 1)", folder: folder))
        }
        self.deliveries = deliveries
    }

    fileprivate static func resolved(_ file: String, in folder: String) -> String {
        file.hasPrefix("/") ? file : folder + file
    }
}

extension ImportOrder {
    fileprivate init(_ json: JSON, at place: String, folder: String) throws(ServiceError) {
        let keys = try Keys(
            json, at: place,
            known: [
                "file", "as", "layer", "sourceLayer", "plan", "crs", "encoding", "map", "accuracy", "date", "staleAfter", "covers",
            ])
        let name = try keys.neededText("as")
        guard let role = Role(rawValue: name), role != .layer else { throw .badInput(.entry(at: place, .unknownRole(name))) }
        self.init(file: Manifest.resolved(try keys.neededText("file"), in: folder), role: role)
        layer = try keys.text("layer").map { Folding.stored($0) }
        sourceLayer = try keys.text("sourceLayer")
        plan = try keys.text("plan").map { Folding.code($0) }
        crs = try keys.text("crs")
        encoding = try keys.text("encoding")
        if let metres = try keys.decimal("accuracy") {
            guard (0...1_000_000_000).contains(metres.millionths) else { throw .badInput(.entry(at: place, .accuracyOutOfRange)) }
            accuracy = metres.millionths / 1000
        }
        dataDay = try keys.day("date")
        staleAfter = try keys.day("staleAfter")
        covers = try keys.text("covers").map { $0 == "city" ? .city : .file(Manifest.resolved($0, in: folder)) } ?? .unstated
        for (field, column) in keys.object("map") ?? [:] {
            guard let column = column.asString else { throw .badInput(.entry(at: place, .notText("map.\(field)"))) }
            map[field] = column
        }
    }
}

/// A JSON object's members, read by name; an unknown one is refused.
private struct Keys {
    private let object: [String: JSON]
    private let place: String

    init(_ json: JSON, at place: String, known: Set<String>) throws(ServiceError) {
        guard let object = json.asObject else { throw .badInput(.entry(at: place, .notAnObject)) }
        for key in object.keys.sorted() where !known.contains(key) {
            throw .badInput(.entry(at: place, .unknownKey(key, known: known.sorted())))
        }
        self.object = object
        self.place = place
    }

    func needed(_ key: String) throws(ServiceError) -> JSON {
        guard let value = object[key] else { throw .badInput(.entry(at: place, .missingKey(key))) }
        return value
    }

    func text(_ key: String) throws(ServiceError) -> String? {
        switch object[key] {
        case .string(let text)?: return text
        case nil, .null?: return nil
        default: throw .badInput(.entry(at: place, .notText(key)))
        }
    }

    func neededText(_ key: String) throws(ServiceError) -> String {
        guard let text = try text(key), !text.isEmpty else { throw .badInput(.entry(at: place, .missingKey(key))) }
        return text
    }

    func object(_ key: String) -> [String: JSON]? { object[key]?.asObject }

    func decimal(_ key: String) throws(ServiceError) -> Decimal? {
        switch object[key] {
        case nil, .null?: return nil
        case .number(let number)?:
            guard let decimal = Decimal(parsing: "\(number)".hasSuffix(".0") ? String("\(number)".dropLast(2)) : "\(number)") else {
                throw .badInput(.entry(at: place, .notNumber(key)))
            }
            return decimal
        default: throw .badInput(.entry(at: place, .notNumber(key)))
        }
    }

    func day(_ key: String) throws(ServiceError) -> Day? {
        guard let text = try text(key) else { return nil }
        do { return try Day(parsing: text) } catch { throw .badInput(.entry(at: place, .day(key: key, error))) }
    }
}
