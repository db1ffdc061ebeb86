/// Gathers geometries into columns.
package struct ShapeTableWriter: Sendable {
    package internal(set) var kinds: [UInt8] = []
    package internal(set) var parts: [UInt32] = [0]
    package internal(set) var rings: [UInt32] = [0]
    package internal(set) var starts: [UInt32] = [0]
    package internal(set) var points: [Point] = []
    package internal(set) var boxes: [Box] = []

    package init() {}

    package mutating func append(_ geometry: Geometry?) {
        switch geometry {
        case nil: kinds.append(ShapeTable.Kind.none.rawValue)
        case .point(let point)?:
            kinds.append(ShapeTable.Kind.point.rawValue)
            append(part: [[point]])
        case .line(let lines)?:
            kinds.append(ShapeTable.Kind.line.rawValue)
            for line in lines { append(part: [line]) }
        case .area(let area)?:
            kinds.append(ShapeTable.Kind.area.rawValue)
            for polygon in area.polygons { append(part: polygon.rings.map(\.points)) }
        }
        parts.append(UInt32(rings.count - 1))
        boxes.append(geometry?.box ?? .nowhere)
    }

    /// Adds a geometry as a GeoPackage keeps it, in metres of the city's CRS (`GeoPackageBlob.decode`); nil adds a feature without.
    package mutating func append(blob: UnsafeBufferPointer<UInt8>?, grid: Grid) throws(WKBFault) {
        guard let blob = unsafe blob else { return append(nil) }
        let bytes = UnsafeRawBufferPointer(blob)
        if unsafe !appendStoredArea(bytes, grid) { append(unsafe try GeoPackageBlob.decode(bytes.bytes, grid: grid)) }
    }

    package var count: Int { kinds.count }

    /// Makes room for as much as another has, and a little more.
    package mutating func reserve(roomFor other: ShapeTableWriter) {
        func room(_ count: Int) -> Int { count + count / 8 }
        kinds.reserveCapacity(room(other.kinds.count))
        parts.reserveCapacity(room(other.parts.count))
        rings.reserveCapacity(room(other.rings.count))
        starts.reserveCapacity(room(other.starts.count))
        points.reserveCapacity(room(other.points.count))
        boxes.reserveCapacity(room(other.boxes.count))
    }

    private mutating func append(part: [[Point]]) {
        for ring in part {
            points += ring
            starts.append(UInt32(points.count))
        }
        rings.append(UInt32(starts.count - 1))
    }

    /// The columns in memory of their own.
    package var table: ShapeTable { ShapeTable(joining: [self]) }
}

extension ShapeTable {
    /// The features of several writers, one writer's after the other's, in memory of their own.
    package init(joining writers: [ShapeTableWriter]) {
        self.init(
            kinds: Column(joining: writers.map(\.kinds)), parts: Self.joined(writers.map(\.parts)),
            rings: Self.joined(writers.map(\.rings)), starts: Self.joined(writers.map(\.starts)),
            points: Column(joining: writers.map(\.points)), boxes: Column(joining: writers.map(\.boxes)))
    }

    /// Lists of ends that each begin with 0, made to count on.
    private static func joined(_ lists: [[UInt32]]) -> Column<UInt32> {
        unsafe Column(count: lists.reduce(1) { $0 + $1.count - 1 }) { all in
            unsafe all[0] = 0
            var (place, before) = (1, UInt32(0))
            for list in lists {
                for end in list.dropFirst() {
                    unsafe all[place] = before + end
                    place += 1
                }
                unsafe before = all[place - 1]
            }
        }
    }
}
