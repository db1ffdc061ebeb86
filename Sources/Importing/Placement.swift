import Spatial

/// How a file's coordinates become the city's: an operation, used for every place, or none where they are the city's already.
struct Placement {
    private(set) var reading: Reading
    let operation: Operation?
    private let transformation: Transformation?

    /// Takes the city's pinned operation for this pair of CRS, and chooses one only where it has none.
    init(_ reading: Reading, in city: ImportRequest.City, around box: LonLatBox) throws(SpatialError) {
        self.reading = reading
        guard reading.crs != city.crs else {
            _ = try Projection.describe(city.crs)
            operation = nil
            transformation = nil
            return
        }
        let pinned = city.operations.first { $0.source == reading.crs && $0.target == city.crs }
        let chosen: Operation
        if let pinned { chosen = pinned } else { chosen = try Operation.choose(from: reading.crs, to: city.crs, around: box) }
        operation = chosen
        transformation = try Transformation(chosen)
    }

    /// The same with x and y swapped.
    var swapped: Placement {
        var other = self
        other.reading.isSwapped.toggle()
        return other
    }

    /// In metres of the city's CRS.
    func placed(_ place: Position) throws(SpatialError) -> Position {
        let read = reading.isSwapped ? Position(x: place.y, y: place.x) : place
        guard let transformation else { return read }
        let (x, y) = try transformation.forward(x: read.x, y: read.y)
        return Position(x: x, y: y)
    }

    func placed(_ shape: WKB.Shape) throws(SpatialError) -> WKB.Shape {
        guard let transformation else { return shape }
        return try transformation.forward(shape)
    }
}
