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
        streets = [(g.Buffer(0.1, 16), g.GetEnvelope(), f.GetField('ARZ')) for f, g in read('streets.shp')]
        def line(a, b):
            line = ogr.Geometry(ogr.wkbLineString)
            line.AddPoint_2D(a[0] / 1000, a[1] / 1000)
            line.AddPoint_2D(b[0] / 1000, b[1] / 1000)
            return line
        # The widths of streets beside which some of a side that none shares runs within both accuracies, for longer than at a corner.
        def doubted(edge, pieces):
            along = lambda p: (p[0] - edge[0][0]) * (edge[1][0] - edge[0][0]) + (p[1] - edge[0][1]) * (edge[1][1] - edge[0][1])
            at, widths = edge[0], set()
            for start, end in sorted(pieces, key=lambda p: along(p[0])) + [(edge[1], edge[1])]:
                if along(start) > along(at):
                    free = line(at, start)
                    west, east, south, north = free.GetEnvelope()
                    for around, box, width in streets:
                        if box[0] > east + 1 or box[1] < west - 1 or box[2] > north + 1 or box[3] < south - 1: continue
                        near = free.Intersection(around)
                        parts = [near.GetGeometryRef(i) for i in range(near.GetGeometryCount())] or [near]
                        if any(part.Length() > 0.2829 for part in parts): widths.add(width)
                at = max(at, end, key=along)
            return widths
        amendments = [(f.GetField('code'), g) for f, g in read('amendment.geojson')]
        zones = []
        for feature, zone in read('land-use.geojson'):
            for _, over in amendments: zone = zone.Difference(over)
            zones.append((feature.GetField('code'), zone))
        zones += amendments
        overlays = [read(name)[0][1] for name in ('river.geojson', 'power-line.geojson')]
        def strip(pieces, distance):
            whole = None
            for a, b in pieces:
                around = line(a, b).Buffer(distance, 256)
                whole = around if whole is None else whole.Union(around)
            return whole
        for feature, parcel in read('parcels.geojson'):
            pieces, doubt = set(), set()
            for edge in edges(parcel):
                own = set()
                for other, width in set().union(*(index[cell] for cell in cells(edge))):
                    piece = shared(edge, other)
                    if piece: own.add((piece, width))
                doubt |= doubted(edge, {piece for piece, _ in own})
                pieces |= own
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
                if any(width >= least for width in doubt) or not (pieces or doubt): asks = True
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
