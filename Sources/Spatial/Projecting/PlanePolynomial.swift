/// What takes the places of a box to another plane: two polynomials in two variables.
///
/// Each is the sum of c uⁱ vʲ over i + j ≤ `degree`, where u and v run from −1 to 1 over the box. There are only additions and
/// multiplications, in one order, so that a place alone and a place among many give the same bits.
struct PlanePolynomial: Hashable, Sendable {
    static let degrees = 1...12

    /// The middle of the box, and half its sides.
    let middle: Position
    let reach: Position
    let degree: Int
    /// Where the middle goes. It is added last: the rest is small, and so is what rounding it loses.
    let origin: Position
    /// For i from the degree down to 0 and j from what i leaves of it down to 0: x's coefficient, then y's. The last pair,
    /// which would be the origin, is nought.
    let coefficients: [Double]
    /// The coefficients again, each in every lane of a vector: to fill them while evaluating costs as much as the arithmetic.
    private let terms: [SIMD2<Double>]
    private let scaleX: Double
    private let scaleY: Double

    /// Nil unless the box has a width and a height and there are as many coefficients as the degree wants, all finite.
    init?(middle: Position, reach: Position, degree: Int, origin: Position, coefficients: [Double]) {
        let all = [middle.x, middle.y, reach.x, reach.y, origin.x, origin.y] + coefficients
        guard Self.degrees.contains(degree), coefficients.count == (degree + 1) * (degree + 2), all.allSatisfy(\.isFinite),
            reach.x > 0, reach.y > 0, (1 / reach.x).isFinite, (1 / reach.y).isFinite
        else { return nil }
        self.middle = middle
        self.reach = reach
        self.degree = degree
        self.origin = origin
        self.coefficients = coefficients
        terms = coefficients.map { SIMD2(repeating: $0) }
        scaleX = 1 / reach.x
        scaleY = 1 / reach.y
    }

    /// Four places, and which of them lie in the box; what comes out for another means nothing.
    @inline(__always)
    func values(
        _ x: SIMD4<Double>, _ y: SIMD4<Double>
    ) -> (x: SIMD4<Double>, y: SIMD4<Double>, holds: SIMDMask<SIMD4<Int64>>) {
        let u = (x - middle.x) * scaleX
        let v = (y - middle.y) * scaleY
        let holds = (u * u .<= 1) .& (v * v .<= 1)
        let terms = terms.span
        var next = 0
        @inline(__always)
        func term() -> (x: SIMD4<Double>, y: SIMD4<Double>) {
            defer { next &+= 2 }
            let (x, y) = unsafe (terms[unchecked: next], terms[unchecked: next &+ 1])
            return (SIMD4(lowHalf: x, highHalf: x), SIMD4(lowHalf: y, highHalf: y))
        }
        var (sumX, sumY) = term()
        @inline(__always)
        func add(rowOf length: Int) {
            var (rowX, rowY) = term()
            for _ in 1..<length {
                let (x, y) = term()
                rowX = rowX * v + x
                rowY = rowY * v + y
            }
            sumX = sumX * u + rowX
            sumY = sumY * u + rowY
        }
        // Rows of constant length have no loop left in them; a city takes four to eight.
        add(rowOf: 2)
        if degree > 1 { add(rowOf: 3) }
        if degree > 2 { add(rowOf: 4) }
        if degree > 3 { add(rowOf: 5) }
        if degree > 4 { add(rowOf: 6) }
        if degree > 5 { add(rowOf: 7) }
        if degree > 6 { add(rowOf: 8) }
        if degree > 7 { for length in 9...degree + 1 { add(rowOf: length) } }
        return (sumX + origin.x, sumY + origin.y, holds)
    }

    /// One place, to the bit as among many.
    func value(at place: Position) -> Position {
        let (x, y, _) = values(SIMD4(repeating: place.x), SIMD4(repeating: place.y))
        return Position(x: x[0], y: y[0])
    }

    func holds(_ place: Position) -> Bool {
        values(SIMD4(repeating: place.x), SIMD4(repeating: place.y)).holds[0]
    }
}

extension PlanePolynomial {
    /// The numbers that make it again: box, degree, origin, coefficients.
    var stored: [Double] {
        [middle.x, middle.y, reach.x, reach.y, Double(degree), origin.x, origin.y] + coefficients
    }

    /// Takes its numbers from the front; nil where they are not what `stored` wrote.
    init?(takingFrom numbers: inout ArraySlice<Double>) {
        let head = Array(numbers.prefix(7))
        guard head.count == 7, let degree = Int(exactly: head[4]), Self.degrees.contains(degree) else { return nil }
        let count = (degree + 1) * (degree + 2)
        self.init(
            middle: Position(x: head[0], y: head[1]), reach: Position(x: head[2], y: head[3]), degree: degree,
            origin: Position(x: head[5], y: head[6]), coefficients: Array(numbers.dropFirst(7).prefix(count)))
        numbers = numbers.dropFirst(7 + count)
    }
}
