internal import Glibc

/// A pinned operation from a city's CRS to degrees, over the city's box, as polynomials: tens of times PROJ's speed, and made
/// from its numbers without PROJ.
///
/// PROJ's operation stays the reference: the fit was compared with it at 65 × 65 places each way and lies within `bound` of it.
package struct LocalFit: Hashable, Sendable {
    /// Over the box in metres.
    let toDegrees: PlanePolynomial
    /// Over the least box of degrees around the box in metres.
    let toMetres: PlanePolynomial
    /// The greatest distance from PROJ that was found, in metres on the ground.
    package let error: Double

    /// How far in metres from PROJ a fit may lie at most.
    package static let bound = 1e-8

    /// The latitude in the box that lies farthest from the equator.
    var greatestLatitude: Double { toMetres.middle.y.magnitude + toMetres.reach.y }
}

extension LocalFit {
    /// The numbers that make the fit again.
    package var stored: [Double] { [error] + toDegrees.stored + toMetres.stored }

    /// A fit as it was stored; nil where the numbers are not a fit's.
    package init?(stored numbers: [Double]) {
        guard let error = numbers.first, error >= 0, error <= Self.bound else { return nil }
        var rest = numbers.dropFirst()
        guard let toDegrees = PlanePolynomial(takingFrom: &rest), let toMetres = PlanePolynomial(takingFrom: &rest), rest.isEmpty
        else { return nil }
        self.init(toDegrees: toDegrees, toMetres: toMetres, error: error)
    }
}

extension LocalFit {
    /// Fits an operation, from a CRS in metres to degrees, over a box of the grid and a margin of a sixteenth and a kilometre.
    ///
    /// Takes the lowest degree that comes within the bound. Nil where none does, where PROJ cannot bring over some place of the
    /// box, and where the operation reads grid files: what they hold has a kink at every one of their lines. Milliseconds.
    package init?(_ operation: Operation, over box: Box, of grid: Grid) throws(SpatialError) {
        guard !operation.readsFiles else { return nil }
        let proj = try Transformation(operation)
        let (low, high) = (grid.metres(Point(x: box.minX, y: box.minY)), grid.metres(Point(x: box.maxX, y: box.maxY)))
        let margin = 1000 + max(high.x - low.x, high.y - low.y) / 16
        let middle = Position(x: (low.x + high.x) / 2, y: (low.y + high.y) / 2)
        let reach = Position(x: (high.x - low.x) / 2 + margin, y: (high.y - low.y) / 2 + margin)
        let forward = Lattice(middle, reach) { try? proj.forward($0) }
        guard let forward, let (centre, extent) = forward.surroundings else { return nil }
        let inverse = Lattice(centre, extent) { try? proj.inverse($0) }
        let degrees = forward.fitted(metresPerUnit: Earth.metresPerDegree)
        guard let inverse, let degrees, let metres = inverse.fitted(metresPerUnit: { _ in (1, 1) }) else { return nil }
        self.init(toDegrees: degrees.fit, toMetres: metres.fit, error: max(degrees.error, metres.error))
    }
}

/// Lengths of a degree on any ellipsoid of the Earth.
enum Earth {
    /// The most metres that a degree of longitude and of latitude may have at a place in degrees.
    static func metresPerDegree(at place: Position) -> (x: Double, y: Double) {
        (111_750 * cos(place.y * .pi / 180), 111_750)
    }

    /// The most degrees of longitude and of latitude that some metres may be at a latitude or nearer the equator.
    static func degrees(_ metres: Double, at lat: Double) -> (x: Double, y: Double) {
        (metres / (110_500 * max(0, cos(lat * .pi / 180))), metres / 110_500)
    }
}

/// A mapping of a box with its values at 65 × 65 places, borders and corners among them.
private struct Lattice {
    private static let steps = 64

    private let series: Chebyshev
    private let places: [Position]
    private let values: [Position]

    /// Nil where the mapping has no value somewhere.
    init?(_ middle: Position, _ reach: Position, _ mapping: (Position) -> Position?) {
        guard let series = Chebyshev(middle: middle, reach: reach, mapping) else { return nil }
        var (places, values): ([Position], [Position]) = ([], [])
        for row in 0...Self.steps {
            for column in 0...Self.steps {
                let (u, v) = (2 * Double(column) / Double(Self.steps) - 1, 2 * Double(row) / Double(Self.steps) - 1)
                let place = Position(x: middle.x + u * reach.x, y: middle.y + v * reach.y)
                guard let value = mapping(place) else { return nil }
                places.append(place)
                values.append(value)
            }
        }
        self.series = series
        self.places = places
        self.values = values
    }

    /// The middle and half the sides of the least box around the values.
    var surroundings: (middle: Position, reach: Position)? {
        let (xs, ys) = (values.map(\.x), values.map(\.y))
        guard let west = xs.min(), let east = xs.max(), let south = ys.min(), let north = ys.max() else { return nil }
        return (
            Position(x: (west + east) / 2, y: (south + north) / 2), Position(x: (east - west) / 2, y: (north - south) / 2)
        )
    }

    /// The polynomial of the lowest degree that comes within the bound at every place, and how near it comes.
    func fitted(metresPerUnit: (Position) -> (x: Double, y: Double)) -> (fit: PlanePolynomial, error: Double)? {
        for degree in PlanePolynomial.degrees {
            guard let fit = series.polynomial(degree: degree) else { return nil }
            var greatest = 0.0
            for (place, value) in zip(places, values) {
                let (found, unit) = (fit.value(at: place), metresPerUnit(value))
                let (x, y) = ((found.x - value.x) * unit.x, (found.y - value.y) * unit.y)
                greatest = max(greatest, (x * x + y * y).squareRoot())
                if greatest > LocalFit.bound { break }
            }
            if greatest <= LocalFit.bound { return (fit, greatest) }
        }
        return nil
    }
}
