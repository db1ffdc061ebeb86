package import Formats
import Spatial
package import Store

/// What a city is founded with.
package struct CityOrder: Sendable {
    package let name: String
    package let crs: String
    package let height: Decimal?

    package init(name: String, crs: String, height: Decimal?) {
        self.name = name
        self.crs = crs
        self.height = height
    }
}

package enum Placement {
    /// Longitude and latitude, as answers give them.
    package static let degrees = "EPSG:4326"

    /// Where operations for a city are looked for: its CRS's area of use, so that the choice hangs on nothing else.
    static func region(of crs: String) throws(SpatialError) -> LonLatBox {
        if let area = try Projection.describe(crs).areaOfUse { return area }
        guard let world = LonLatBox(west: -180, south: -90, east: 180, north: 90) else { throw .outOfGrid(operation: "area of use") }
        return world
    }
}

extension CityOrder {
    /// Makes the city's file. Its CRS must be projected in metres; the grid is laid when the first geometry comes.
    package func found(at path: String, now: Moment) throws(ServiceError) {
        let description: CRSDescription
        do { description = try Projection.describe(crs) } catch { throw .badInput(.crs(crs, error)) }
        guard description.isProjectedInMetres else {
            throw .badInput(.crsNotInMetres(crs, name: description.name))
        }
        guard crs.hasPrefix("EPSG:"), let srs = Int32(crs.dropFirst(5)) else {
            throw .badInput(.crsNotACode(crs))
        }
        let facts = CityFacts(
            name: name, crs: .init(code: crs, srsID: srs, name: description.name, wkt: description.wkt), height: height)
        try storing { () throws(StoreError) in try CityFile.create(at: path, city: facts, made: now) }
    }
}

extension CityFile {
    /// Lays the grid around the first geometry, and pins what depends on where the city lies: its scale, and the operation to
    /// longitude and latitude.
    func settle(on grid: Grid, around box: Box, of file: String) throws(ServiceError) {
        let scale: ScaleField
        let operation: Operation
        do throws(SpatialError) {
            scale = try ScaleField(crs: city.crs.code, grid: grid, box: box)
            operation = try Operation.choose(
                from: city.crs.code, to: Placement.degrees, around: Placement.region(of: city.crs.code))
        } catch {
            throw .badInput(.ground(file: file, crs: city.crs.code, error))
        }
        try storing { () throws(StoreError) in
            try setOrigin(grid, scale: scale.stored)
            try pin(operation)
        }
    }
}

extension ScaleField {
    /// The numbers that the city keeps of it, in the order of `CityFacts.scale`.
    var stored: [Double] { [centreX, centreY, reach, radius] + coefficients }
}

extension ScaleField {
    /// Nil where the city's scale was not worked out.
    init?(stored: [Double]) {
        guard stored.count == 10 else { return nil }
        self.init(centreX: stored[0], centreY: stored[1], reach: stored[2], coefficients: Array(stored[4...]), radius: stored[3])
    }
}
