/// The grid's scale over a city: how many grid metres stand for one on the ellipsoid.
///
/// `k` is the square root of the areal scale, so that k² takes areas also where the projection is not conformal. It is read
/// from PROJ at 5 × 5 places once and kept as a quadratic, so that the same city gives the same figure on every machine.
/// Over a box of 30 km the quadratic of a transverse Mercator or conic projection lies within 10⁻⁹ of PROJ.
package struct ScaleField: Hashable, Sendable {
    /// The middle of the box and half its longer side, in the grid's millimetres.
    package let centreX: Double
    package let centreY: Double
    package let reach: Double
    /// c₀ + c₁u + c₂v + c₃u² + c₄uv + c₅v², with u and v the offsets from the middle in units of `reach`.
    package let coefficients: [Double]
    /// The mean radius of the ellipsoid at the middle, √(M·N), in metres.
    package let radius: Double

    /// A field as it was kept; six coefficients.
    package init?(centreX: Double, centreY: Double, reach: Double, coefficients: [Double], radius: Double) {
        guard coefficients.count == 6, reach > 0, radius > 0 else { return nil }
        self.centreX = centreX
        self.centreY = centreY
        self.reach = reach
        self.coefficients = coefficients
        self.radius = radius
    }

    /// k at a point of the grid.
    package func k(at point: Point) -> Double {
        let (u, v) = ((Double(point.x) - centreX) / reach, (Double(point.y) - centreY) / reach)
        return zip(coefficients, Self.terms(u, v)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// What an area of the grid is multiplied by to be the area on the ground at a height in metres: (1 + h/R)² ÷ k².
    package func groundFactor(at point: Point, height: Double) -> Double {
        let k = k(at: point)
        let lift = 1 + height / radius
        return lift * lift / (k * k)
    }

    static func terms(_ u: Double, _ v: Double) -> [Double] { [1, u, v, u * u, u * v, v * v] }
}

extension ScaleField {
    /// Fits the field of a CRS over a box of the grid by least squares.
    package init(crs: String, grid: Grid, box: Box) throws(SpatialError) {
        let proj = try PROJ()
        let projected = try proj.crs(crs)
        let degrees = try proj.fromDegrees(to: projected)
        let (width, height) = (Double(box.maxX) - Double(box.minX), Double(box.maxY) - Double(box.minY))
        centreX = Double(box.minX) + width / 2
        centreY = Double(box.minY) + height / 2
        reach = max(width, height, 2000) / 2
        let middle = Position(x: (Double(grid.originX) + centreX) / 1000, y: (Double(grid.originY) + centreY) / 1000)
        let scaled = try proj.scaled(projected, middle: middle, degrees)
        var equations = LeastSquares()
        for index in 0..<25 {
            let (u, v) = (Double(index % 5 - 2) / 2, Double(index / 5 - 2) / 2)
            let x = (Double(grid.originX) + centreX + u * reach) / 1000
            let y = (Double(grid.originY) + centreY + v * reach) / 1000
            let k = try proj.scale(of: scaled, at: Position(x: x, y: y), degrees)
            equations.add(Self.terms(u, v), k)
        }
        coefficients = equations.solved()
        radius = try proj.meanRadius(of: projected, at: middle, degrees)
    }
}

/// The normal equations of six unknowns.
private struct LeastSquares {
    private var rows = [[Double]](repeating: [Double](repeating: 0, count: 7), count: 6)

    mutating func add(_ terms: [Double], _ value: Double) {
        for row in 0..<6 {
            for column in 0..<6 { rows[row][column] += terms[row] * terms[column] }
            rows[row][6] += terms[row] * value
        }
    }

    /// By elimination with the largest pivot. The samples lie on a 5 × 5 lattice, so no pivot is zero.
    func solved() -> [Double] {
        var rows = rows
        for pivot in 0..<6 {
            let best = (pivot..<6).max { rows[$0][pivot].magnitude < rows[$1][pivot].magnitude } ?? pivot
            rows.swapAt(pivot, best)
            for row in 0..<6 where row != pivot {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                for column in pivot..<7 { rows[row][column] -= factor * rows[pivot][column] }
            }
        }
        return (0..<6).map { rows[$0][6] / rows[$0][$0] }
    }
}
