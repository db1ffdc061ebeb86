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

    /// PROJ failed at something; the reason is its own message.
    case proj(operation: String, reason: String)
    /// No such CRS in PROJ's database, or text that is neither a code nor WKT.
    case unknownCRS(String, reason: String)
    /// No way from one CRS to the other is known around the place that was asked for.
    case noOperation(source: String, target: String)
    /// The only way known is a ballpark: it ignores the difference of the datums, tens to hundreds of metres.
    case ballpark(source: String, target: String, advice: String)
    /// Every way that is more than a ballpark needs grid files that are not installed.
    case missingGrids(source: String, target: String, grids: [String])
    /// The operation's definition, read back, does not give the operation's own numbers: how far apart, in target units.
    case unfaithful(definition: String, apart: Double)
    /// A place that an operation cannot bring over: not finite, or outside what the projection can show.
    case untransformable(x: Double, y: Double, reason: String)
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
        case .proj(let operation, let reason):
            "PROJ could not work out the \(operation): \(reason)"
        case .unknownCRS(let name, let reason):
            "no CRS \(name): \(reason)"
        case .noOperation(let source, let target):
            "no way from \(source) to \(target) is known around the city; check the code of the CRS"
        case .ballpark(let source, let target, let advice):
            "from \(source) to \(target) only a ballpark is known, which ignores the difference of the datums; \(advice)"
        case .missingGrids(let source, let target, let grids):
            "from \(source) to \(target) grid files are needed that are not installed: \(grids.joined(separator: ", "))"
        case .unfaithful(let definition, let apart):
            "the operation read back from its definition is \(apart) apart from itself: \(definition)"
        case .untransformable(let x, let y, let reason):
            "the place \(x) \(y) cannot be brought into the other CRS: \(reason)"
        }
    }
}
