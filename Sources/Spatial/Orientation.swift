/// The side of the line from `a` to `b` on which `c` lies: 1 left of it, −1 right, 0 on it (or when `a` equals `b`).
///
/// Exact: differences of coordinates are at most 2 × 10⁹, so that twice the triangle's area is at most 8 × 10¹⁸ < 2⁶³.
package func orientation(_ a: Point, _ b: Point, _ c: Point) -> Int {
    Int(twiceTriangle(a, b, c).signum())
}

/// Twice the area in mm² of the triangle `a`, `b`, `c`; positive when it runs counter-clockwise. At most 8 × 10¹⁸.
func twiceTriangle(_ a: Point, _ b: Point, _ c: Point) -> Int64 {
    cross(a.vector(to: b), a.vector(to: c))
}

/// A difference of two points, in millimetres; each part is at most 2 × 10⁹.
struct Vector: Hashable {
    var x: Int64
    var y: Int64
}

/// x₁y₂ − y₁x₂: positive when the second vector points to the left of the first. At most 8 × 10¹⁸ between points.
func cross(_ first: Vector, _ second: Vector) -> Int64 {
    first.x * second.y - first.y * second.x
}

/// x₁x₂ + y₁y₂. At most 8 × 10¹⁸ between points.
func dot(_ first: Vector, _ second: Vector) -> Int64 {
    first.x * second.x + first.y * second.y
}

extension Vector {
    /// The length in millimetres, rounded to the nearest double.
    var length: Double { Double(dot(self, self)).squareRoot() }
}

extension Point {
    func vector(to other: Point) -> Vector {
        Vector(x: Int64(other.x) - Int64(x), y: Int64(other.y) - Int64(y))
    }
}

extension Vector {
    /// The point seen from the grid's origin.
    init(_ point: Point) {
        self.init(x: Int64(point.x), y: Int64(point.y))
    }
}
