import Foundation
import Testing

/// QGIS without a window, and the OWSLib of Python, on the features of the sample town.
@Suite("QGIS and OWSLib read the features over HTTP") struct DesktopClientTests {
    /// Whether QGIS can be imported by Debian's Python.
    private static let hasQGIS: Bool = {
        let ended = try? Program.run(URL(filePath: "/usr/bin/python3"), ["-c", "import qgis.core"])
        if ended?.code == 0 { return true }
        print("skipped: QGIS reads the features (Tools/setup --clients installs python3-qgis)")
        return false
    }()

    /// A Python with OWSLib, from PyPI into a folder beside the build; nil where it can't be had.
    private static let python: URL? = {
        let folder = Program.root.appending(path: ".build/clients-venv")
        let python = folder.appending(path: "bin/python")
        func isThere() -> Bool { (try? Program.run(python, ["-c", "import owslib.ogcapi.features"]))?.code == 0 }
        if !isThere() {
            _ = try? Shell.run("python3 -m venv '\(folder.path)' && '\(folder.path)/bin/pip' install -q 'OWSLib==0.35.0'")
        }
        if isThere() { return python }
        print("skipped: OWSLib reads the features (no Python environment with OWSLib 0.35.0 in .build/clients-venv)")
        return nil
    }()

    private static func json(_ python: URL, _ script: String, _ words: [String], _ environment: [String: String] = [:]) throws -> [String:
        Any]
    {
        let scratch = try Scratch()
        let file = scratch.url.appending(path: "script.py")
        try script.write(to: file, atomically: true, encoding: .utf8)
        let ended = try Program.run(python, [file.path] + words, environment: environment.merging(["HOME": scratch.url.path]) { $1 })
        try #require(ended.code == 0, "\(ended.err.suffix(1500))")
        let line = try #require(ended.text.split(separator: "\n").last { $0.hasPrefix("{") }, "\(ended.text) \(ended.err)")
        return try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }

    @Test("QGIS loads each layer by its OAPIF provider, counts it, filters it on the server, and reads its features", .enabled(if: hasQGIS))
    func qgis() async throws {
        let client = try FeatureClient(try await SampleTown.city())
        let script = """
            import json, os, sys
            from qgis.core import *
            app = QgsApplication([], False)
            app.initQgis()
            def layer(name):
                return QgsVectorLayer(f"url='{sys.argv[1]}/' typename='{name}'", name, 'OAPIF')
            found = {'counts': {n: (layer(n).featureCount() if layer(n).isValid() else -1) for n in sys.argv[2:]}}
            parcels = layer('parcels')
            found['fields'] = {f.name(): f.typeName() for f in parcels.fields()}
            found['codes'] = [f['code'] for f in parcels.getFeatures()]
            found['subset'] = parcels.setSubsetString("\\"code\\" = '1-2-76-9-0-0-0'")
            one = list(parcels.getFeatures())
            found['one'] = [[f['id'], f['deedArea'], f.geometry().area() > 0] for f in one]
            parcels.setSubsetString('')
            request = QgsFeatureRequest().setFilterExpression('"deedArea" > 1000')
            found['large'] = len(list(parcels.getFeatures(request)))
            request = QgsFeatureRequest().setFilterRect(QgsRectangle(59.366, 36.314, 59.37, 36.317))
            found['near'] = len(list(parcels.getFeatures(request)))
            print(json.dumps(found), flush=True)
            # QGIS ends in a segmentation fault where a layer outlives the application.
            os._exit(0)
            """
        let collections = try client.collections.compactMap { $0["id"] as? String }
        let found = try Self.json(
            URL(filePath: "/usr/bin/python3"), script, [client.root] + collections, ["QT_QPA_PLATFORM": "offscreen"])
        for id in collections {
            #expect((found["counts"] as? [String: Int])?[id] == (try client.count(id, [])), "\(id)")
        }
        let codes = try SampleTown.parcels().compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
        #expect((found["codes"] as? [String]).map(Set.init) == Set(codes) && (found["codes"] as? [String])?.count == codes.count)
        let fields = found["fields"] as? [String: String]
        #expect(fields?["deedArea"] == "Real" && fields?["code"] == "String", "\(fields ?? [:])")
        let one = try #require((found["one"] as? [[Any]])?.first)
        #expect((found["one"] as? [[Any]])?.count == 1 && one[0] as? String == "1-2-76-9-0-0-0" && one[2] as? Bool == true)
        #expect(found["subset"] as? Bool == true)
        #expect(found["large"] as? Int == (try client.count("parcels", [("filter", "deedArea > 1000")])))
        #expect(found["near"] as? Int == (try client.count("parcels", [("bbox", "59.366,36.314,59.37,36.317")])))
    }

    @Test("OWSLib lists collections, and reads items by box, limit and filter, queryables and schema", .enabled(if: python != nil))
    func owslib()
        async throws
    {
        let client = try FeatureClient(try await SampleTown.city())
        let script = """
            import json, sys
            from owslib.ogcapi.features import Features
            f = Features(sys.argv[1] + '/')
            found = {'collections': [c['id'] for c in f.collections()['collections']], 'features': list(f.feature_collections())}
            found['conforms'] = len(f.conformance()['conformsTo'])
            found['paths'] = len(f.api()['paths'])
            found['title'] = f.collection('parcels')['id']
            def matched(**words):
                answer = f.collection_items('parcels', **words)
                return [answer['numberMatched'], len(answer['features'])]
            found['box'] = matched(bbox=[59.366, 36.314, 59.37, 36.317], limit=5)
            found['filter'] = matched(filter="deedArea > 1000 AND code LIKE '1-2-%'", limit=3)
            found['day'] = f.collection_items('landUse', datetime_='2017-09-05')['numberMatched']
            found['offset'] = [g['id'] for g in f.collection_items('parcels', limit=2, offset=1)['features']]
            found['first'] = [g['id'] for g in f.collection_items('parcels', limit=3)['features']]
            found['item'] = f.collection_item('parcels', '1-2-76-9-0-0-0')['properties']['code']
            found['queryables'] = sorted(f.collection_queryables('parcels')['properties'])
            found['schema'] = sorted(f.collection_schema('parcels')['properties'])
            print(json.dumps(found))
            """
        let found = try Self.json(try #require(Self.python), script, [client.root])
        let collections = try client.collections.compactMap { $0["id"] as? String }
        #expect(found["collections"] as? [String] == collections && found["features"] as? [String] == collections)
        #expect(found["conforms"] as? Int ?? 0 > 10 && found["paths"] as? Int ?? 0 > collections.count)
        let box = try client.count("parcels", [("bbox", "59.366,36.314,59.37,36.317")])
        #expect(found["box"] as? [Int] == [box, 5])
        let large = try client.count("parcels", [("filter", "deedArea > 1000 AND code LIKE '1-2-%'")])
        #expect(found["filter"] as? [Int] == [large, 3])
        #expect(found["day"] as? Int == 0 && found["item"] as? String == "1-2-76-9-0-0-0")
        #expect((found["first"] as? [String])?.dropFirst().map { $0 } == found["offset"] as? [String])
        let names = ["address", "area", "code", "deedArea", "geometry"]
        for key in ["queryables", "schema"] { #expect(Set(found[key] as? [String] ?? []).isSuperset(of: names), "\(key)") }
    }
}
