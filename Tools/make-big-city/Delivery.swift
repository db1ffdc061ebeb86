import BigCity
import Formats
import Glibc
import Spatial

/// A city as a folder that `shahrsaz import FOLDER/manifest.json` takes in.
struct Delivery {
    let city: City
    let folder: String

    func write() throws {
        _ = unsafe mkdir(folder, 0o777)
        try writeLayers(to: "\(folder)/layers.gpkg")
        try writeBoundary(to: "\(folder)/boundary.gpkg")
        // The planners' tables are the sample town's.
        for name in ["parameters.csv", "sample-town/plans.csv", "sample-town/provisions.csv"] {
            try writeFile("\(folder)/\(name.split(separator: "/").last ?? "")", readFile("GeoData/\(name)"))
        }
        try writeFile("\(folder)/manifest.json", manifest.canonical())
    }

    private func writeLayers(to path: String) throws {
        _ = unsafe unlink(path)
        let package = try GeoPackage(path: path, grid: city.grid)
        try package.write("parcels", columns: ["code TEXT", "deedArea DOUBLE"], 0..<city.parcels.count, of: city.parcels) { number in
            [.text(city.code(ofParcel: number)), .real(deedArea(number))]
        }
        try package.write("streets", columns: ["name TEXT", "width INTEGER"], 0..<city.streets.count, of: city.streets) { number in
            [.text("خیابان \(number + 1)"), .integer(city.widths[number])]
        }
        for layer in Self.zoneLayers {
            let numbers = city.zoneNames.indices.filter { city.zoneNames[$0].layer == layer }
            try package.write(layer, columns: ["code TEXT"], numbers, of: city.zones) { [.text(city.zoneNames[$0].code)] }
        }
        for kind in Self.kinds {
            let numbers = city.overlayNames.indices.filter { city.overlayNames[$0].kind == kind }
            let type = Self.lines.contains(kind) ? "MULTILINESTRING" : "MULTIPOLYGON"
            try package.write(kind, type: type, columns: ["code TEXT", "kind TEXT"], numbers, of: city.overlays) { number in
                [.text(city.overlayNames[number].code), .text(kind)]
            }
        }
        try package.finish()
    }

    private func writeBoundary(to path: String) throws {
        _ = unsafe unlink(path)
        let package = try GeoPackage(path: path, grid: city.grid)
        var shape = ShapeTableWriter()
        shape.append(.area(city.boundary))
        try package.write("boundary", columns: ["code TEXT", "kind TEXT"], [0], of: shape.table) { _ in [.text("limit"), .text("limit")] }
        try package.finish()
    }

    /// Within two in a hundred of what the border encloses, in m² with two decimals.
    private func deedArea(_ number: Int) -> Double {
        guard case .area(let area)? = city.parcels.geometry(number) else { return 0 }
        return (Double(area.area) / 1e4 * (0.98 + Double(number * 7919 % 400) / 1e4)).rounded() / 100
    }

    private static let zoneLayers = ["landUse", "height"]
    private static let kinds = ["river", "fault", "heritage", "powerLine", "qanat"]
    private static let lines = ["powerLine", "qanat"]

    private var manifest: JSON {
        func table(_ role: String) -> JSON { .object(["file": JSON("\(role).csv"), "as": JSON(role)]) }
        func layer(_ name: String, as role: String, accuracy: Double, plan: String? = nil) -> JSON {
            .object([
                "file": JSON("layers.gpkg"), "sourceLayer": JSON(name), "as": JSON(role), "layer": JSON(name), "plan": JSON(plan),
                "accuracy": .number(accuracy), "date": JSON("1404-02-01"), "covers": JSON("city"),
            ])
        }
        let layers =
            [layer("parcels", as: "parcels", accuracy: 0.05), layer("streets", as: "streets", accuracy: 0.05)]
            + Self.zoneLayers.map { layer($0, as: "zones", accuracy: 0.3, plan: "D") }
            + Self.kinds.map { layer($0, as: "overlay", accuracy: 0.5) }
        return .object([
            "label": JSON("نمونه"), "deliveries": .array([table("parameters"), table("plans")] + layers + [table("provisions")]),
            "city": .object([
                "name": JSON("شهر بزرگ (نمونه)"), "crs": JSON("EPSG:32640"), "boundary": JSON("boundary.gpkg"), "height": JSON(1250),
            ]),
        ])
    }
}
