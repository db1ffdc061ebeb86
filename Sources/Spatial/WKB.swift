/// Well-known binary geometry: OGC, ISO (types from 1000) and EWKB (flags), in both byte orders.
package enum WKB {
    /// How deep collections may lie inside each other. GEOS 3.11 crashes at a few hundred.
    package static let depthLimit = 16

    /// Checks bytes before anyone else reads them: known types, depth, announced counts against the bytes left, finite x
    /// and y, nothing after the end. Curves and surfaces are refused. Z, M and SRID are stepped over.
    package static func scan(_ bytes: RawSpan) throws(WKBFault) {
        var reader = WKBReader { _, _ in () }
        try reader.read(bytes)
    }

    package static func scan(_ bytes: [UInt8]) throws(WKBFault) {
        unsafe try scan(bytes.span.bytes)
    }

    /// Reads a geometry, making the same checks as `scan`. Collections are taken apart; parts without a point are left out.
    package static func decode(_ bytes: RawSpan) throws(WKBFault) -> Shape {
        var reader = WKBReader { Position(x: $0, y: $1) }
        try reader.read(bytes)
        return Shape(
            points: reader.points, lines: reader.lines, polygons: reader.polygons,
            droppedZ: reader.metZ, droppedM: reader.metM)
    }

    package static func decode(_ bytes: [UInt8]) throws(WKBFault) -> Shape {
        unsafe try decode(bytes.span.bytes)
    }
}

/// A place in plain doubles, in whatever CRS its source states; x is east or longitude.
package struct Position: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

extension WKB {
    /// A geometry as its source gave it: nothing is promised of its rings.
    package struct Shape: Hashable, Sendable {
        package var points: [Position]
        package var lines: [[Position]]
        /// Each polygon's rings, the shell first, with the closing point as the source has it.
        package var polygons: [[[Position]]]
        /// Whether the source had heights or measures; they are not read.
        package var droppedZ: Bool
        package var droppedM: Bool

        package init(
            points: [Position] = [], lines: [[Position]] = [], polygons: [[[Position]]] = [],
            droppedZ: Bool = false, droppedM: Bool = false
        ) {
            self.points = points
            self.lines = lines
            self.polygons = polygons
            self.droppedZ = droppedZ
            self.droppedM = droppedM
        }

        package var isEmpty: Bool { points.isEmpty && lines.isEmpty && polygons.isEmpty }
    }
}
