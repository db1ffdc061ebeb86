/// Why bytes are not a well-known binary (or GeoPackage) geometry that we read. Offsets count bytes from the start.
package enum WKBFault: Error, Hashable, Sendable {
    /// The bytes end where more were announced.
    case truncated(offset: Int)
    /// A byte order other than 0 (big) and 1 (little).
    case byteOrder(UInt8, offset: Int)
    /// A type that we do not read: curves, surfaces, or none at all.
    case unknownType(UInt32, offset: Int)
    /// A member of another type than its collection's, such as a line in a MULTIPOLYGON.
    case wrongMember(UInt32, offset: Int)
    /// Collections inside each other more than `WKB.depthLimit` deep.
    case tooDeep(offset: Int)
    /// More parts announced than the bytes left could hold.
    case count(UInt32, offset: Int)
    /// A coordinate that is infinite or not a number. An empty point is written so.
    case notFinite(offset: Int)
    /// Bytes after the end of the geometry.
    case trailing(offset: Int)
    /// No header of a GeoPackage geometry, or one of another version or an extended type.
    case notGeoPackage
    /// A place in metres that is not on the city's grid (to 10⁻⁶ m), or more than 1,000 km from its origin.
    case offGrid(x: Double, y: Double)
    /// A ring of fewer than three points, or whose last point is not its first.
    case ring
    /// Not exactly one kind of geometry: nothing at all, several points, or points, lines and areas mixed.
    case kind(points: Int, lines: Int, polygons: Int)
}

extension WKBFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated(let offset): "the geometry ends early: more bytes were announced at byte \(offset)"
        case .byteOrder(let value, let offset): "byte order \(value) at byte \(offset), expected 0 or 1"
        case .unknownType(let type, let offset):
            "geometry type \(type) at byte \(offset), expected a point, line, polygon, their multiples or a collection"
        case .wrongMember(let type, let offset): "geometry type \(type) at byte \(offset) inside a multiple of another type"
        case .tooDeep(let offset): "collections more than \(WKB.depthLimit) deep at byte \(offset)"
        case .count(let count, let offset): "\(count) parts announced at byte \(offset), more than the bytes left can hold"
        case .notFinite(let offset): "a coordinate at byte \(offset) is infinite or not a number (an empty point is written so)"
        case .trailing(let offset): "bytes after the end of the geometry, from byte \(offset)"
        case .notGeoPackage: "not a GeoPackage geometry (expected GP, version 0, a standard type)"
        case .offGrid(let x, let y): "\(x) \(y) is not a place on the city's millimetre grid"
        case .ring: "a ring that is not closed or has fewer than three points"
        case .kind(let points, let lines, let polygons):
            "\(points) points, \(lines) lines and \(polygons) polygons, expected one point, only lines or only polygons"
        }
    }
}
