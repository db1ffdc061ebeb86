import Formats
import Persian
import Planning
import Spatial

extension Answerer {
    /// A parcel's envelope as a GeoJSON Feature in longitude and latitude (RFC 7946) and one newline, canonical.
    ///
    /// Its geometry is null where something must be known first (`status` is `needs`, or `conflict`; `area` is null too), and where nothing is
    /// left to build on (`status` is `decided` and `area` 0). Areas in m², lengths and widths in m. `border` has the sides in the order of
    /// their numbers, from 1.
    package func envelopeGeoJSON(ofParcel code: String) throws(ServiceError) -> [UInt8] {
        let envelope = try envelope(ofParcel: code)
        var border: [JSON] = []
        for (place, side) in envelope.sides.enumerated() { border.append(try json(side, number: place + 1)) }
        let properties: [String: JSON] = [
            "parcel": .string(envelope.parcel), "on": .string(inForce.day.iso), "known": JSON(revision),
            "status": .string(envelope.status.rawValue), "needs": .array(envelope.needs.map { .string($0) }),
            "area": JSON(envelope.left.map { Measure.squareMetres($0.area) }), "parcelArea": JSON(envelope.area), "border": .array(border),
            "forbidding": .array(envelope.forbidding.map(\.json)), "open": .array(envelope.open.map(\.json)),
            "unchecked": .array(envelope.unchecked.map { .string($0) }),
        ]
        var geometry = JSON.null
        if let left = envelope.left, !left.polygons.isEmpty {
            let origin = ground.grid.millimetres(Point(x: 0, y: 0))
            geometry = try multiPolygon(
                left.polygons.map { rings in
                    rings.map { ring in ring.map { ((Double(origin.x) + $0.x) / 1000, (Double(origin.y) + $0.y) / 1000) } }
                })
        }
        return JSON.object([
            "type": "Feature", "id": .string(envelope.parcel), "geometry": geometry, "properties": .object(properties),
        ]).canonical() + [UInt8(ascii: "\n")]
    }

    private func json(_ side: Envelope.Side, number: Int) throws(ServiceError) -> JSON {
        var places: [JSON] = []
        for point in side.stretch.points { places.append(try position(ground.grid.metres(point))) }
        return .object([
            "number": JSON(number), "kind": .string(side.streets.isEmpty ? "neighbour" : "street"),
            "length": JSON(Measure.metres(side.stretch.length)), "streets": .array(side.streets.map(json)),
            "near": .array(side.near.map(json)),
            "width": side.width.map { .object(["value": $0.value.json, "from": .string($0.from.rawValue)]) } ?? .null,
            "setbacks": .array(side.setbacks.map(\.json)), "coordinates": .array(places),
        ])
    }

    private func json(_ beside: StreetBeside) -> JSON {
        .object([
            "layer": .string(ground.slot(of: beside.street).layer), "id": JSON(Int(ground.record(of: Int(beside.street.id)))),
            "name": JSON(beside.street.text("name")), "width": JSON(beside.width),
        ])
    }
}
