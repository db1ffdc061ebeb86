import Foundation
import Testing

/// The sample town's envelopes beside those that GDAL makes of the same files with the same rules, written down here a second time.
@Suite("Envelopes beside OGR") struct EnvelopeOracleTests {
    /// Prints a parcel a line: its code, `ask` or `area`, the area in m², and what is special in it.
    private static let oracle = """
        import sys
        from collections import defaultdict
        from osgeo import ogr
        ogr.UseExceptions()
        def read(name):
            source = ogr.Open(sys.argv[1] + '/' + name)
            return [(f, f.GetGeometryRef().Clone()) for f in source.GetLayer(0)]
        def rings(geometry):
            for part in range(geometry.GetGeometryCount()):
                child = geometry.GetGeometryRef(part)
                if child.GetGeometryCount(): yield from rings(child)
                else: yield [(round(p[0] * 1000), round(p[1] * 1000)) for p in child.GetPoints()]
        def edges(geometry):
            for ring in rings(geometry):
                for a, b in zip(ring, ring[1:]):
                    if a != b: yield a, b
        def shared(e, f):
            (ax, ay), (bx, by) = e
            along = lambda p: (p[0] - ax) * (bx - ax) + (p[1] - ay) * (by - ay)
            if any((bx - ax) * (p[1] - ay) != (by - ay) * (p[0] - ax) for p in f): return None
            start, end = sorted(f, key=along)
            start, end = max(start, e[0], key=along), min(end, e[1], key=along)
            return (start, end) if along(start) < along(end) else None
        def cells(e):
            (ax, ay), (bx, by) = e
            for x in range(min(ax, bx) // 20000, max(ax, bx) // 20000 + 1):
                for y in range(min(ay, by) // 20000, max(ay, by) // 20000 + 1): yield x, y
        index = defaultdict(set)
        for feature, geometry in read('streets.shp'):
            for edge in edges(geometry):
                for cell in cells(edge): index[cell].add((edge, feature.GetField('ARZ')))
        amended = read('amendment.geojson')[0][1]
        zones = [(f.GetField('code'), g.Difference(amended)) for f, g in read('land-use.geojson')] + [('M2', amended)]
        overlays = [read(name)[0][1] for name in ('river.geojson', 'power-line.geojson')]
        def strip(pieces, distance):
            whole = None
            for (ax, ay), (bx, by) in pieces:
                line = ogr.Geometry(ogr.wkbLineString)
                line.AddPoint_2D(ax / 1000, ay / 1000)
                line.AddPoint_2D(bx / 1000, by / 1000)
                around = line.Buffer(distance, 256)
                whole = around if whole is None else whole.Union(around)
            return whole
        for feature, parcel in read('parcels.geojson'):
            pieces = set()
            for edge in edges(parcel):
                for other, width in set().union(*(index[cell] for cell in cells(edge))):
                    piece = shared(edge, other)
                    if piece: pieces.add((piece, width))
            left, asks, marks = parcel.Clone(), False, set()
            if len({width for _, width in pieces}) > 1: marks.add('streets')
            if len({width >= 12 for _, width in pieces}) > 1: marks.add('both')
            if parcel.GetGeometryName() != 'POLYGON' or parcel.GetGeometryCount() > 1: marks.add('odd')
            for overlay in overlays:
                if overlay.Intersects(parcel) and overlay.Intersection(parcel).GetArea() > 0:
                    left = left.Difference(overlay)
                    marks.add('overlay')
            held = 0
            for code, zone in zones:
                if not zone.Intersects(parcel) or zone.Intersection(parcel).GetArea() <= 0: continue
                held += 1
                if code[0] in 'PSN':
                    left = left.Difference(zone)
                    marks.add('forbidden')
                if code[0] not in 'RG': continue
                far, least = (5, 0) if code[0] == 'G' else (2, 12)
                if not pieces: asks = True
                front = [piece for piece, width in pieces if width >= least]
                if not front: continue
                marks.add('front' + code[0])
                left = left.Difference(strip(front, far).Intersection(zone))
            if held > 1: marks.add('zones')
            code = feature.GetField('code')
            print(code, 'ask' if asks else 'area', left.GetArea(), ' '.join(sorted(marks)))
        """

    @Test("Every parcel's envelope for a dwelling is OGR's to 0.01 m², and what OGR's reading cannot know is asked") func everyParcel()
        async throws
    {
        let city = try await SampleTown.city()
        let server = try LiveServer(city)
        let ended = try Program.run(URL(filePath: "/usr/bin/python3"), ["-c", Self.oracle, SampleTown.folder.path])
        try #require(ended.code == 0, "\(ended.err.suffix(500))")
        var (worst, compared, asked, special) = (0.0, 0, 0, [String: Int]())
        for line in ended.text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let expected = try #require(Double(words[2]))
            let answer = try server.get("/parcels/\(words[0])/envelope?on=\(SampleTown.day)&fact=use=residential")
            let properties = answer.json["properties"] as? [String: Any] ?? [:]
            let status = properties["status"] as? String
            if words[1] == "ask" {
                #expect(status == "needs" && properties["area"] is NSNull, "\(line): \(answer.text.prefix(300))")
                asked += 1
            } else if let area = properties["area"] as? Double {
                #expect(abs(area - expected) <= 0.01 && status == "decided", "\(line): \(area)")
                // Ours is rounded to 0.01.
                (worst, compared) = (max(worst, abs(area - expected)), compared + 1)
                for mark in words.dropFirst(3) { special[mark, default: 0] += 1 }
            } else {
                Issue.record("\(line): \(answer.text.prefix(600))")
            }
        }
        #expect(compared >= 30 && asked > 0)
        for mark in ["streets", "both", "overlay", "forbidden", "frontR", "frontG", "zones"] {
            #expect(special[mark, default: 0] > 0, "\(mark)")
        }
        print("envelopes: \(compared) parcels, at most \(worst) m² apart; \(asked) asked; \(special.sorted { $0.key < $1.key })")
    }
}
