import Foundation
import Spatial
import Testing

@testable import Tiles

/// GDAL reads our tiles, and cuts the same file to the same tile by itself.
@Suite("Tiles beside GDAL's")
struct GDALTests {
    /// Prints, for every code of either, how far in units a corner of one lies from the other's outline at most, and both areas.
    private static let comparison = """
        import sys
        from osgeo import ogr
        ogr.UseExceptions()
        unit = float(sys.argv[3])
        def read(path):
            source = ogr.Open(path)
            found = {}
            for feature in source.GetLayer(0):
                geometry = feature.GetGeometryRef()
                if geometry is None or geometry.GetArea() == 0: continue
                code = feature.GetField('code')
                found[code] = found[code].Union(geometry) if code in found else geometry.Clone()
            return found
        def corners(geometry):
            if geometry.GetGeometryCount():
                for part in range(geometry.GetGeometryCount()): yield from corners(geometry.GetGeometryRef(part))
            else:
                yield from geometry.GetPoints()
        def apart(one, other):
            outline, most = other.Boundary(), 0
            for x, y, *_ in corners(one):
                point = ogr.Geometry(ogr.wkbPoint)
                point.AddPoint_2D(x, y)
                most = max(most, point.Distance(outline))
            return most
        ours, theirs = read(sys.argv[1]), read(sys.argv[2])
        for code in sorted(set(ours) | set(theirs)):
            one, other = ours.get(code), theirs.get(code)
            if one is None or other is None:
                lone = one or other
                print(code, 'lone', lone.GetArea() / unit**2 / max(1, lone.Boundary().Length() / unit), 0)
            else:
                print(code, 'both', max(apart(one, other), apart(other, one)) / unit, one.GetArea() / unit**2)
        """

    @Test("Parcels and zones of a tile lie within one unit of what ogr2ogr cuts out", arguments: ["parcels", "land-use"], [14, 16, 18])
    func cut(name: String, zoom: Int) throws {
        let layer = try SampleLayer(name)
        let mapping = TileMapping.webMercatorQuad(SampleLayer.grid, try SampleLayer.projector())
        let range = try mapping.tiles(over: layer.box, zoom: zoom)
        let address = TileAddress(
            zoom: zoom, row: (range.rows.lowerBound + range.rows.upperBound) / 2, col: (range.cols.lowerBound + range.cols.upperBound) / 2)
        let frame = try TileFrame(address, mapping)
        var features: [TileFeature] = []
        for (number, feature) in layer.features.enumerated() {
            guard let shape = try frame.shape(feature.geometry) else { continue }
            let code = name == "parcels" ? feature.code : "\(number)"
            features.append(TileFeature(id: UInt64(number), shape: shape, properties: [.init("code", .text("c\(code)"))]))
        }
        #expect(features.count > 1)
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appending(path: "\(zoom)/\(address.col)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let tile = place.appending(path: "\(address.row).mvt")
        try Data(VectorTile([TileLayer(name: "ours", features: features)]).bytes).write(to: tile)

        let listed = try run("/usr/bin/ogrinfo", ["-ro", "-al", "-so", "MVT:\(tile.path)"])
        #expect(listed.contains("Feature Count: \(features.count)") && listed.contains("Polygon") && !listed.contains("Warning"))
        let ours = folder.appending(path: "ours.gpkg").path
        try run("/usr/bin/ogr2ogr", ["-oo", "CLIP=NO", "-nlt", "MULTIPOLYGON", ours, "MVT:\(tile.path)"])

        // The tile with its buffer, in metres of EPSG:3857.
        let side = mapping.set.side / Double(mapping.set.count(at: zoom))
        let unit = side / 4096
        let (west, north) = (mapping.set.corner.x + Double(address.col) * side, mapping.set.corner.y - Double(address.row) * side)
        let bounds = [west - 64 * unit, north - side - 64 * unit, west + side + 64 * unit, north + 64 * unit].map { "\($0)" }
        let theirs = folder.appending(path: "theirs.gpkg").path
        let code = name == "parcels" ? "'c' || code" : "'c' || (fid)"
        let source = folder.appending(path: "source.gpkg").path
        try run("/usr/bin/ogr2ogr", ["-nln", "source", "-lco", "FID=fid", source, layer.file.path])
        // GeoJSON's features without ids are numbered from 0, a GeoPackage's from 1.
        let first =
            Int(
                try run("/usr/bin/ogrinfo", ["-ro", "-q", source, "-sql", "SELECT min(fid) AS first FROM source"])
                    .split(separator: "=").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "") ?? 0
        let number = name == "parcels" ? code : "'c' || (fid - \(first))"
        try run(
            "/usr/bin/ogr2ogr",
            ["-t_srs", "EPSG:3857", "-nlt", "MULTIPOLYGON", "-clipdst"] + bounds + [
                "-dialect", "SQLite", "-sql", "SELECT geom, \(number) AS code FROM source", theirs, source,
            ])
        let script = folder.appending(path: "compare.py")
        try Data(Self.comparison.utf8).write(to: script)
        let lines = try run("/usr/bin/python3", [script.path, ours, theirs, "\(unit)"]).split(separator: "\n")
        #expect(lines.count >= features.count)
        for line in lines {
            let fields = line.split(separator: " ")
            let apart = try #require(Double(fields[2]))
            // What only one of the two has is narrower than a unit.
            #expect(apart <= 1, "zoom \(zoom): \(line)")
        }
    }
}
