internal import Glibc

/// A mapping of a box as a series of Chebyshev polynomials in both directions, from its values at 13 × 13 nodes.
///
/// Cut off at a degree it lies close to the best polynomial of that degree, and no equations have to be solved.
struct Chebyshev {
    private static let count = PlanePolynomial.degrees.upperBound + 1

    private let middle: Position
    private let reach: Position
    /// A value of the mapping, which the series is the difference from.
    private let base: Position
    /// The coefficient of Tᵢ(u) Tⱼ(v) at i · count + j.
    private let series: [Position]

    /// Nil where the mapping has no value somewhere.
    init?(middle: Position, reach: Position, _ mapping: (Position) -> Position?) {
        let n = Self.count
        // cosines[i][k] is Tᵢ at node k.
        let cosines = (0..<n).map { i in (0..<n).map { k in cos(.pi * Double(i) * (Double(k) + 0.5) / Double(n)) } }
        guard let base = mapping(middle) else { return nil }
        var values: [Position] = []
        for k in 0..<n {
            for l in 0..<n {
                let place = Position(x: middle.x + reach.x * cosines[1][k], y: middle.y + reach.y * cosines[1][l])
                guard let value = mapping(place) else { return nil }
                values.append(Position(x: value.x - base.x, y: value.y - base.y))
            }
        }
        var series: [Position] = []
        for i in 0..<n {
            for j in 0..<n {
                var (x, y) = (0.0, 0.0)
                for k in 0..<n {
                    for l in 0..<n {
                        let weight = cosines[i][k] * cosines[j][l]
                        x += weight * values[k * n + l].x
                        y += weight * values[k * n + l].y
                    }
                }
                let share = (i == 0 ? 1.0 : 2) * (j == 0 ? 1 : 2) / Double(n * n)
                series.append(Position(x: x * share, y: y * share))
            }
        }
        self.middle = middle
        self.reach = reach
        self.base = base
        self.series = series
    }

    /// The series up to a total degree, as powers of u and v.
    func polynomial(degree: Int) -> PlanePolynomial? {
        let powers = Self.powers(upTo: degree)
        var coefficients: [Double] = []
        var origin = base
        for p in stride(from: degree, through: 0, by: -1) {
            for q in stride(from: degree - p, through: 0, by: -1) {
                var (x, y) = (0.0, 0.0)
                for i in p...degree where i + q <= degree {
                    for j in q...(degree - i) {
                        let weight = powers[i][p] * powers[j][q]
                        x += weight * series[i * Self.count + j].x
                        y += weight * series[i * Self.count + j].y
                    }
                }
                coefficients += p + q > 0 ? [x, y] : [0, 0]
                if p + q == 0 { origin = Position(x: base.x + x, y: base.y + y) }
            }
        }
        return PlanePolynomial(middle: middle, reach: reach, degree: degree, origin: origin, coefficients: coefficients)
    }

    /// The coefficients of Tᵢ's powers, by Tᵢ = 2u Tᵢ₋₁ − Tᵢ₋₂.
    private static func powers(upTo degree: Int) -> [[Double]] {
        var rows = [[Double]](repeating: [Double](repeating: 0, count: degree + 1), count: degree + 1)
        for i in 0...degree {
            guard i > 1 else {
                rows[i][i] = 1
                continue
            }
            for p in 0...i { rows[i][p] = (p > 0 ? 2 * rows[i - 1][p - 1] : 0) - rows[i - 2][p] }
        }
        return rows
    }
}
