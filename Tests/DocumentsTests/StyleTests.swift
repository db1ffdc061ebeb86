import Documents
import Formats
import Foundation
import Spatial
import Testing

private let contents = [
    MapContent(role: "boundary", layer: nil, codes: [.init("limit", name: "محدوده شهر (نمونه)"), .init("harim", name: nil)]),
    MapContent(role: "parcels", layer: nil), MapContent(role: "streets", layer: nil), MapContent(role: "addresses", layer: nil),
    MapContent(
        role: "zones", layer: "landUse",
        codes: [.init("R1", name: "مسکونی"), .init("G1", name: "باغات"), .init("Z\"<9>", name: "پهنهٔ «نو» & دیگر")]),
    MapContent(role: "overlay", layer: "river"), MapContent(role: "overlay", layer: "cable", codes: [.init("K-1", name: "کابل")]),
]

@Suite("Style sheets")
struct StyleTests {
    @Test("The closest rule is taken; codes that have none get a colour of their own, always the same")
    func rules() throws {
        let sheet = try sampleSheet()
        #expect(sheet.style(role: "zones", layer: "landUse", code: "R1")?.fill == MapColour(255, 246, 184, opacity: 0xd0))
        let unknown = try #require(sheet.style(role: "zones", layer: "landUse", code: "X7")?.fill)
        #expect(unknown == sheet.style(role: "zones", layer: "other", code: "X7")?.fill && unknown.opacity == 190)
        let colours = Set((1...60).compactMap { sheet.style(role: "zones", layer: nil, code: "Q\($0)")?.fill })
        #expect(colours.count > 8)
        #expect(sheet.style(role: "zones", layer: "height", code: "H1")?.fill == nil)
        #expect(sheet.style(role: "overlay", layer: "river", code: nil)?.hatch != nil)
        #expect(sheet.style(role: "plans", layer: nil, code: nil) == nil)
    }

    @Test("A parcel's label is its code without absent levels, in Persian digits that run from left to right")
    func label() throws {
        let point = Geometry.point(Point(x: 0, y: 0))
        let sheet = MapStyleSheet.standard
        let parcel = sheet.feature(role: "parcels", layer: nil, number: 1, code: "1-10-84-6-0-0-0", name: nil, geometry: point)
        #expect(parcel?.label == "\u{2066}۱/۱۰/۸۴/۶\u{2069}")
        let street = sheet.feature(role: "streets", layer: nil, number: 1, code: nil, name: "جاغرق 11/3", geometry: point)
        #expect(street?.label == "جاغرق ۱۱/۳")
    }

    @Test(
        "A bad file is refused with the place",
        arguments: [
            ("[]", "file"), (##"{"classes":1}"##, "classes"), (##"{"classes":[{}]}"##, "classes[0].role"),
            (##"{"klasses":[]}"##, "klasses"),
            (##"{"classes":[{"role":"zones","fill":"red"}]}"##, "classes[0].fill"),
            (##"{"classes":[{"role":"zones","width":1e300}]}"##, "classes[0].width"),
            (##"{"classes":[{"role":"zones","order":0.5}]}"##, "classes[0].order"),
            (##"{"classes":[{"role":"zones","dash":[0]}]}"##, "classes[0].dash"),
            (##"{"classes":[{"role":"zones","hatch":{"colour":"#000000","spacing":7}}]}"##, "classes[0].hatch.spacing"),
            (##"{"classes":[{"role":"zones","label":{"text":"x"}}]}"##, "classes[0].label.text"),
            (##"{"classes":[{"role":"zones","colour":"#000000"}]}"##, "classes[0].colour"),
        ])
    func refused(text: String, place: String) throws {
        let json = try JSON(parsing: text)
        do throws(DocumentError) {
            _ = try MapStyleSheet.standard.with(file: json)
            Issue.record("\(text) was read")
        } catch {
            guard case .style(let found, _) = error else { throw error }
            #expect(found == place)
            #expect(error.english.contains(place) && error.persian.contains(place))
        }
    }

    @Test("The legend has a line for every class, the uppermost first")
    func legend() throws {
        let legend = try sampleSheet().legend(of: contents)
        #expect(
            legend.map(\.title.persian) == [
                "نشانی", "محدودهٔ شهر", "حریم شهر", "حد بستر و حریم رودخانه", "cable", "قطعه", "معبر", "مسکونی کم‌تراکم", "باغات",
                "پهنهٔ «نو» & دیگر",
            ])
        let river = try #require(legend.first { $0.layer == "river" })
        let symbol = try Picture(png: try river.symbol(scale: 2))
        #expect(symbol.width == 64 && symbol.height == 40 && symbol.values.contains { $0 != 0 })
    }
}

/// Another reader of the exports, where it is installed.
private let hasQGIS: Bool = {
    let found = (try? run("/usr/bin/python3", ["-c", "import qgis.core"], environment: ["QT_QPA_PLATFORM": "offscreen"])) != nil
    if !found { print("skipped: QGIS's reading of the exported styles, without python3-qgis") }
    return found
}()

@Suite("Styles as QGIS reads them", .enabled(if: hasQGIS))
struct QGISTests {
    private func ask(_ script: String, _ bytes: [UInt8]) throws -> JSON {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "style.qml")
        try Data(bytes).write(to: file)
        let whole = """
            import sys, json
            from qgis.core import *
            app = QgsApplication([], False)
            app.initQgis()
            \(script)
            print('ANSWER' + json.dumps(answer))
            """
        let text = try run("/usr/bin/python3", ["-c", whole, file.path], environment: ["QT_QPA_PLATFORM": "offscreen"])
        return try JSON(parsing: String(try #require(text.split(separator: "ANSWER").last).dropLast()))
    }

    private func layer(_ kind: String) -> String {
        """
        layer = QgsVectorLayer('\(kind)?crs=EPSG:32640&field=code:string&field=name:string', 'x', 'memory')
        message, loaded = layer.loadNamedStyle(sys.argv[1])
        assert loaded, message
        renderer = layer.renderer()
        answer = {'type': renderer.type(), 'labels': layer.labelsEnabled(), 'scaled': layer.hasScaleBasedVisibility(),
            'scale': layer.minimumScale(),
            'classes': [[c.value(), c.label(), c.symbol().symbolLayer(0).fillColor().name(), c.symbol().symbolLayerCount(),
                         c.symbol().symbolLayer(c.symbol().symbolLayerCount() - 1).layerType()] for c in renderer.categories()]}
        if layer.labeling():
            labeling = layer.labeling()
            settings = labeling.settings()
            form = settings.format()
            buffer = form.buffer()
            answer['label'] = [settings.fieldName, settings.isExpression, form.font().family(), buffer.enabled()]
        """
    }

    @Test("QML of zones: a symbol for every code, hatches, labels, escaped text")
    func zones() throws {
        let sheet = try sampleSheet()
        let answer = try ask(layer("Polygon"), sheet.qgis(contents[4]))
        #expect(answer["type"]?.asString == "categorizedSymbol" && answer["labels"] == .bool(true) && answer["scaled"] == .bool(false))
        let classes = try #require(answer["classes"]?.asArray)
        #expect(classes.count == 3)
        #expect(classes[0] == .array([JSON("R1"), JSON("مسکونی کم‌تراکم"), JSON("#fff6b8"), JSON(1), JSON("SimpleFill")]))
        #expect(classes[1] == .array([JSON("G1"), JSON("باغات"), JSON("#aecf8a"), JSON(2), JSON("LinePatternFill")]))
        #expect(classes[2].asArray?.prefix(2) == [JSON("Z\"<9>"), JSON("پهنهٔ «نو» & دیگر")])
        #expect(answer["label"]?.asArray?.first?.asString == #"coalesce("name", "code")"#)
        #expect(answer["label"]?.asArray?.last == .bool(true))
    }

    @Test("QML of the other roles", arguments: [0, 1, 2, 3, 5, 6])
    func others(number: Int) throws {
        let content = contents[number]
        let answer = try ask(layer(content.role == "addresses" ? "Point" : "Polygon"), MapStyleSheet.standard.qgis(content))
        #expect(answer["type"]?.asString == "categorizedSymbol")
        let style = try #require(MapStyleSheet.standard.style(role: content.role, layer: content.layer, code: nil))
        #expect(answer["scaled"] == .bool(style.coarsest != nil))
        if let coarsest = style.coarsest {
            #expect(abs(try #require(answer["scale"]?.asNumber) - coarsest / 0.000_28) < 1)
        }
        #expect(answer["classes"]?.asArray?.isEmpty == false)
    }

    @Test("The web map's style, converted by QGIS, has every layer, and no warning")
    func mapLibre() throws {
        let json = try sampleSheet().mapLibre(
            contents, name: "نمونه", tiles: "https://city.example/tiles/{z}/{y}/{x}", zooms: 10...20,
            glyphs: "https://city.example/{fontstack}/{range}.pbf", latitude: 36.3)
        let layers = try #require(json["layers"]?.asArray)
        let ids = layers.compactMap { $0["id"]?.asString }
        #expect(Set(ids).count == layers.count)
        #expect(layers.allSatisfy { $0["source"]?.asString == "city" && $0["source-layer"]?.asString != nil })
        // 2.5 m at 36.3° north, on tiles of 512 pixels.
        let parcels = try #require(layers.first { $0["source-layer"]?.asString == "parcels" })
        #expect(parcels["minzoom"]?.asNumber == 14.62)
        let answer = try ask(
            """
            converter = QgsMapBoxGlStyleConverter()
            result = converter.convert(json.load(open(sys.argv[1])))
            answer = {'done': int(result), 'warnings': converter.warnings(), 'error': converter.errorMessage(),
                'drawn': [s.layerName() for s in converter.renderer().styles()], 'written': [s.layerName() for s in converter.labeling().styles()],
                'filters': [s.filterExpression() for s in converter.renderer().styles() if s.layerName() == 'landUse']}
            """, json.canonical())
        #expect(answer["done"]?.asInt == 0 && answer["warnings"]?.asArray?.isEmpty == true, "\(answer.text)")
        let (drawn, written) = (answer["drawn"]?.asArray ?? [], answer["written"]?.asArray ?? [])
        #expect(drawn.count + written.count == layers.count)
        #expect(drawn.contains(JSON("addresses")) && drawn.contains(JSON("river")) && written.contains(JSON("streets")))
        #expect(answer["filters"]?.text.contains("R1") == true)
    }
}
