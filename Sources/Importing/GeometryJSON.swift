package import Formats
package import Spatial

/// Geometry in whole millimetres of the grid, each chain one flat array: `{"area":[[[x,y,x,y,…],[hole…]],…]}`,
/// `{"line":[[x,y,…],…]}`, `{"point":[x,y]}`.
extension Geometry {
    package var json: JSON {
        switch self {
        case .point(let point): .object(["point": Self.flat([point])])
        case .line(let parts): .object(["line": .array(parts.map(Self.flat))])
        case .area(let area): .object(["area": area.json])
        }
    }

    init(_ json: JSON) throws(StagedFault) {
        guard let object = json.asObject, object.count == 1, let (kind, value) = object.first else {
            throw .shape(where: "geometry", expected: "one of area, line and point")
        }
        switch kind {
        case "area": self = .area(try MultiPolygon(value))
        case "line":
            var parts: [[Point]] = []
            for part in try Self.parts(value) { parts.append(try Self.points(part, least: 2)) }
            self = .line(parts)
        case "point":
            let points = try Self.points(value, least: 1)
            guard points.count == 1 else { throw .shape(where: "geometry.point", expected: "one point") }
            self = .point(points[0])
        default: throw .shape(where: "geometry", expected: "area, line or point, not \(kind)")
        }
    }

    fileprivate static func flat(_ points: [Point]) -> JSON {
        .array(points.flatMap { [JSON(Int($0.x)), JSON(Int($0.y))] })
    }

    /// At least one part.
    fileprivate static func parts(_ json: JSON) throws(StagedFault) -> [JSON] {
        guard let parts = json.asArray, !parts.isEmpty else { throw .shape(where: "geometry", expected: "at least one part") }
        return parts
    }

    fileprivate static func points(_ json: JSON, least: Int) throws(StagedFault) -> [Point] {
        guard let numbers = json.asArray, numbers.count.isMultiple(of: 2), numbers.count >= 2 * least else {
            throw .shape(where: "geometry", expected: "pairs of numbers, at least \(least)")
        }
        var points: [Point] = []
        points.reserveCapacity(numbers.count / 2)
        for index in stride(from: 0, to: numbers.count, by: 2) {
            points.append(Point(x: try coordinate(numbers[index]), y: try coordinate(numbers[index + 1])))
        }
        return points
    }

    private static func coordinate(_ json: JSON) throws(StagedFault) -> Int32 {
        guard let value = json.asInt, value.magnitude <= Int(Point.limit).magnitude else {
            throw .shape(where: "geometry", expected: "whole millimetres within ±\(Point.limit)")
        }
        return Int32(value)
    }
}

extension MultiPolygon {
    package var json: JSON {
        .array(polygons.map { polygon in .array(polygon.rings.map { Geometry.flat($0.points) }) })
    }

    init(_ json: JSON) throws(StagedFault) {
        var polygons: [Polygon] = []
        for polygon in try Geometry.parts(json) {
            var rings: [Ring] = []
            for ring in try Geometry.parts(polygon) { rings.append(Ring(try Geometry.points(ring, least: 3))) }
            polygons.append(Polygon(shell: rings[0], holes: Array(rings.dropFirst())))
        }
        self.init(polygons)
    }
}
