import Spatial

/// A place on the drawing board, where streets are straight: metres east and north.
typealias Spot = SIMD2<Double>

/// Lays the drawing board on the ground: districts are twisted about their centres, then all of it is turned by 20°.
///
/// The map is smooth, one to one and keeps areas, so that what is uniform on the board is uniform in the city. Only the four
/// operations of IEEE 754 are used: every machine gets the same millimetres.
struct Terrain {
    private let seed: UInt64
    private let middle: Spot

    init(seed: UInt64, middle: Spot) {
        self.seed = seed
        self.middle = middle
    }

    func point(_ spot: Spot) -> Point {
        let place = 1000 * place(spot)
        return Point(x: Int32(place.x.rounded()), y: Int32(place.y.rounded()))
    }

    /// Metres east and north of the city's origin.
    func place(_ spot: Spot) -> Spot {
        turned(twisted(twisted(spot, pitch: 900, layer: 0), pitch: 700, layer: 1) - middle)
    }

    /// The turn alone.
    func turned(_ spot: Spot) -> Spot {
        let (cosine, sine) = (0.9396926207859084, 0.3420201433256687)
        return Spot(spot.x * cosine - spot.y * sine, spot.x * sine + spot.y * cosine)
    }

    /// Within a circle in each square of the pitch, by an angle that is greatest at the centre and fades towards the rim.
    private func twisted(_ spot: Spot, pitch: Double, layer: Int) -> Spot {
        let (column, row) = ((spot.x / pitch).rounded(.down), (spot.y / pitch).rounded(.down))
        let centre = Spot(column + 0.5, row + 0.5) * pitch
        let arm = spot - centre
        let rest = 1 - (arm * arm).sum() / (pitch * pitch / 4)
        guard rest > 0 else { return spot }
        var dice = Dice(seed &+ UInt64(layer), .districts, Int(column), Int(row))
        let tangent = dice.between(-0.22, 0.22) * rest * rest
        let (cosine, sine) = ((1 - tangent * tangent) / (1 + tangent * tangent), 2 * tangent / (1 + tangent * tangent))
        return centre + Spot(arm.x * cosine - arm.y * sine, arm.x * sine + arm.y * cosine)
    }
}
