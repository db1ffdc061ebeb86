import Foundation
import Importing
import Spatial
import Testing

@Suite("DXF drawings")
struct DrawingTests {
    /// A drawing of a closed polyline, one with a gap of 36 mm, one with an arc, and texts.
    private func drawing(_ version: String, _ codePage: String, text: [UInt8]) -> Data {
        var data = Data()
        func add(_ pairs: [(Int, String)]) { for (code, value) in pairs { data.append(Data("\(code)\n\(value)\n".utf8)) } }
        func polyline(_ handle: String, closed: Bool, _ points: [(Double, Double, Double)]) {
            add([(0, "LWPOLYLINE"), (5, handle), (100, "AcDbEntity"), (8, "PARCEL"), (100, "AcDbPolyline")])
            add([(90, "\(points.count)"), (70, closed ? "1" : "0")])
            for (x, y, bulge) in points { add([(10, "\(x)"), (20, "\(y)"), (42, "\(bulge)")]) }
        }
        add([(0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, version), (9, "$DWGCODEPAGE"), (3, codePage)])
        add([(0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES")])
        let (x, y) = (713_000.0, 4_021_000.0)
        polyline("A1", closed: true, [(x, y, 0), (x + 20, y, 0), (x + 20, y + 20, 0), (x, y + 20, 0)])
        polyline("A2", closed: false, [(x + 30, y, 0), (x + 50, y, 0), (x + 50, y + 20, 0), (x + 30.036, y, 0)])
        polyline("A3", closed: true, [(x + 60, y, 1), (x + 80, y, 1)])
        add([(0, "TEXT"), (5, "B1"), (100, "AcDbEntity"), (8, "PARCEL"), (100, "AcDbText"), (10, "\(x + 5)"), (20, "\(y + 5)")])
        add([(40, "1.0")])
        data.append(Data("1\n".utf8) + text + Data("\n".utf8))
        add([(0, "TEXT"), (5, "B2"), (100, "AcDbEntity"), (8, "PARCEL"), (100, "AcDbText"), (10, "\(x + 70)"), (20, "\(y)")])
        add([(40, "1.0"), (1, "77"), (0, "ENDSEC"), (0, "EOF")])
        return data
    }

    private func staged(_ data: Data, encoding: String? = nil) throws -> Staged {
        try Workshop.folder { folder in
            let file = folder.appending(path: "plan.dxf")
            try data.write(to: file)
            return try Staged.run(file, .parcels, layer: "PARCEL", crs: "EPSG:32640", encoding: encoding)
        }
    }

    @Test(#"Persian in an R2000 drawing: \U+XXXX escapes, the code page's bytes, and bytes that the code page denies"#)
    func persian() throws {
        let escaped = try staged(drawing("AC1015", "ANSI_1256", text: Array(#"\U+06F1\U+06F2 \U+06CC\U+06A9"#.utf8)))
        #expect(escaped.rows[0].fields["code"] == "۱۲ یک")
        #expect(escaped.rows[0].code == "12 یک")
        let bytes = ShapefileBytes.windows1256("پلاك چهار")
        let paged = try staged(drawing("AC1015", "ANSI_1256", text: bytes))
        #expect(paged.rows[0].fields["code"] == "پلاک چهار")
        #expect(paged.head.encoding == "WINDOWS-1256")
        #expect(paged.head.faults.isEmpty)
        let denied = try staged(drawing("AC1015", "ANSI_1252", text: bytes))
        #expect(denied.rows[0].fields["code"] == "پلاک چهار")
        #expect(denied.head.faults.map(\.code) == [.guessedEncoding])
        let modern = try staged(drawing("AC1021", "ANSI_1252", text: Array("پلاک ۴".utf8)))
        #expect(modern.rows[0].fields["code"] == "پلاک ۴")
        #expect(modern.head.encoding == "UTF-8")
        #expect(modern.head.faults.isEmpty)
    }

    @Test("Closed polylines are ground, open ones are named with their gap, and arcs with how closely they are followed")
    func polylines() throws {
        let drawn = try staged(drawing("AC1015", "ANSI_1256", text: Array("12".utf8)))
        try #require(drawn.rows.count == 3)
        #expect(drawn.rows[0].faults.isEmpty)
        #expect(drawn.rows[0].geometry.map(area) == 400_000_000)
        #expect(drawn.rows[1].faults.map(\.code) == [.ringOpen, .codeMissing])
        #expect(drawn.rows[1].quarantine?.contains("gap 0.036 m") == true)
        #expect(drawn.rows[2].faults.map(\.code) == [.curve])
        #expect(drawn.rows[2].code == "77")
        // A circle of 10 m: the polygon of 720 corners inside it is 40 cm² less.
        let round = try #require(drawn.rows[2].geometry.map(area))
        #expect((round - Int64(Double.pi * 1e8)).magnitude < 20_000)
    }

    private func area(_ geometry: Geometry) -> Int64 {
        guard case .area(let area) = geometry else { return 0 }
        return area.rings.reduce(0) { sum, ring in
            let points = ring.points
            let twice = points.indices.reduce(Int64(0)) { sum, index in
                let (a, b) = (points[index], points[(index + 1) % points.count])
                return sum + Int64(a.x) * Int64(b.y) - Int64(a.y) * Int64(b.x)
            }
            return sum + (twice / 2).magnitudeAsInt64
        }
    }

    @Test("The plots of the permit drawings have the areas that ezdxf finds")
    func permits() throws {
        guard let zip = Workshop.real("dxf/digit_edcr_permit_dxf.zip"),
            let table = Workshop.real("dxf/digit_edcr_expected_plot_area.tsv")
        else { return }
        try Workshop.folder { folder in
            try Workshop.shell("unzip", ["-qo", zip.path, "-d", folder.path])
            var (compared, refused) = (0, 0)
            for line in try String(contentsOf: table, encoding: .utf8).split(separator: "\n").dropFirst() where !line.hasPrefix("file") {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                let file = folder.appending(path: String(cells[0]))
                guard FileManager.default.fileExists(atPath: file.path) else { continue }
                guard cells.count > 4, let expected = Double(cells[4]) else {
                    let text = Staged.refusal(file, .boundary, layer: "PLOT_BOUNDARY", crs: "EPSG:32640", city: Town.withoutBoundary)
                    #expect(text.contains(file.lastPathComponent), "\(text)")
                    refused += 1
                    continue
                }
                var city = Town.withoutBoundary
                city.origin = nil
                let staged = try Staged.run(file, .boundary, layer: "PLOT_BOUNDARY", crs: "EPSG:32640", city: city)
                try #require(staged.rows.count == 1)
                let found = try #require(staged.rows[0].geometry.map(area))
                // Rounding to the millimetre: half a millimetre along the whole border.
                let tolerance = 0.0005 * 6 * expected.squareRoot() + 0.001
                #expect((Double(found) / 1e6 - expected).magnitude < tolerance, "\(cells[0]) \(found) \(expected)")
                compared += 1
            }
            print("permit drawings: \(compared) plots compared, \(refused) drawings without a plot refused")
            #expect(compared == 13)
        }
    }
}

extension Int64 {
    fileprivate var magnitudeAsInt64: Int64 { Swift.abs(self) }
}
