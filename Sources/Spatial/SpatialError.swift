/// What can go wrong where geometry is worked on. That ground does not meet, or lies outside, is an answer and not an error.
package enum SpatialError: Error, Hashable, Sendable {
    /// GEOS refused an operation; the reason is its own message.
    case geos(operation: String, reason: String)
    /// The exact area and the one that GEOS finds differ by more than the design allows, or the two do not agree on whether
    /// the interiors meet at all. Areas in mm². A person decides; no number is given.
    case disagreement(exact: Int64, geos: Double, allowed: Double, interiorsMeet: Bool)
    /// No grid point lies strictly inside: the ground is nowhere wider than a millimetre or two.
    case noInteriorPoint
    /// A result does not fit on the grid (1,000 km around the city's origin).
    case outOfGrid(operation: String)
}

extension SpatialError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .geos(let operation, let reason):
            "GEOS could not work out the \(operation): \(reason)"
        case .disagreement(let exact, let geos, let allowed, let interiorsMeet):
            "two readings of one area disagree: \(exact) mm² exactly, \(geos) mm² by GEOS (up to \(allowed) mm² apart is "
                + "expected, and by GEOS the interiors \(interiorsMeet ? "meet" : "do not meet")); a person must look at it"
        case .noInteriorPoint:
            "no point of the millimetre grid lies inside the geometry; ground wider than 2 mm was expected"
        case .outOfGrid(let operation):
            "the result of the \(operation) lies more than 1,000 km from the city's origin"
        }
    }
}
