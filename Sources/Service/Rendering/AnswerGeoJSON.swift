import Formats
import Planning
import Spatial

extension Answerer {
    /// The answer as a GeoJSON FeatureCollection in longitude and latitude (RFC 7946): each row of the answer with its ground,
    /// a zone's or overlay's cut to the parcel it is listed for. The whole answer stands under the member `answer`.
    package func geoJSON(_ answer: Answer) throws(ServiceError) -> [UInt8] {
        var features: [JSON] = []
        for row in answer.parcels {
            guard let shape = try ground.parcel(row.code).area else { continue }
            features.append(try feature("parcel", row.json, rings(of: shape)))
        }
        for (name, rows) in [("zone", answer.zones), ("overlay", answer.overlays)] {
            for row in rows {
                guard let feature = ground.feature(row.feature) else { continue }
                let parcel = try row.parcel.flatMap { code throws(ServiceError) in try ground.parcel(code).area }
                features.append(try self.feature(name, row.json, geometry(of: feature, within: parcel)))
            }
        }
        return JSON.object([
            "type": .string("FeatureCollection"), "features": .array(features), "answer": answer.json,
        ]).canonical() + [UInt8(ascii: "\n")]
    }

    func feature(_ role: String, _ properties: JSON, _ geometry: JSON) throws(ServiceError) -> JSON {
        var object = properties.asObject ?? [:]
        object["role"] = .string(role)
        return .object(["type": .string("Feature"), "geometry": geometry, "properties": .object(object)])
    }

    func geometry(of feature: Feature, within parcel: MultiPolygon?) throws(ServiceError) -> JSON {
        switch feature.geometry {
        case .area(let area)?:
            guard let parcel else { return try rings(of: area) }
            let pieces = try spatially { () throws(SpatialError) in try cutting.geos().intersection(parcel, area) }
            let origin = ground.grid.millimetres(Point(x: 0, y: 0))
            return try multiPolygon(
                pieces.map { rings in
                    rings.map { ring in ring.map { ((Double(origin.x) + $0.x) / 1000, (Double(origin.y) + $0.y) / 1000) } }
                })
        case .line(let parts)?:
            var lines: [JSON] = []
            for part in parts {
                lines.append(.array(try part.map { point throws(ServiceError) in try position(ground.grid.metres(point)) }))
            }
            return .object(["type": .string("MultiLineString"), "coordinates": .array(lines)])
        case .point(let point)?:
            return .object(["type": .string("Point"), "coordinates": try position(ground.grid.metres(point))])
        case nil: return .null
        }
    }

    /// An area in longitude and latitude.
    func rings(of area: MultiPolygon) throws(ServiceError) -> JSON {
        try multiPolygon(area.oriented.polygons.map { $0.rings.map { $0.points.map { ground.grid.metres($0) } } })
    }

    func multiPolygon(_ polygons: [[[(x: Double, y: Double)]]]) throws(ServiceError) -> JSON {
        var coordinates: [JSON] = []
        for polygon in polygons {
            var rings: [JSON] = []
            for ring in polygon {
                var positions: [JSON] = []
                for place in ring + ring.prefix(1) { positions.append(try position(place)) }
                rings.append(.array(positions))
            }
            coordinates.append(.array(rings))
        }
        return .object(["type": .string("MultiPolygon"), "coordinates": .array(coordinates)])
    }

    func position(_ metres: (x: Double, y: Double)) throws(ServiceError) -> JSON {
        guard let place = try? degrees.lonLat(x: metres.x, y: metres.y) else {
            throw .corrupt("\(metres.x) \(metres.y): no longitude and latitude")
        }
        return .array([.number(place.lon), .number(place.lat)])
    }
}
