import Formats
import Foundation
import Service
import Store
import Testing

@testable import Web

@Suite("Routes") struct RouterTests {
    /// A table beside the real one, whose answers say what came of the request.
    private static let table = [
        Route(
            "/towns/{town}/parcels", "ن", "n",
            [
                Parameter("limit", .whole(1...100, usual: 10), "ن", "n"), Parameter("fact", .text, repeats: true, "ن", "n"),
                Parameter("sign", .oneOf(["0", "1"]), "ن", "n"),
            ], forms: [.json, .html], further: { visit in visit.place("town") == "a" ? ["code"] : [] }
        ) { visit throws(Problem) in
            let limit = try visit.whole("limit") ?? 10
            let said: JSON = [
                "town": .string(visit.place("town")), "limit": JSON(limit), "facts": JSON(visit.values.filter { $0.name == "fact" }.count),
                "code": .string(visit["code"] ?? ""), "form": .string(visit.form.name), "lang": .string(visit.language.rawValue),
            ]
            return .now(Response(type: "application/json", said.canonical()))
        },
        Route("/towns", "ن", "n", method: .post) { _ in .now(Response(201)) },
    ]

    private func asked(_ target: String, method: Request.Method? = .get, _ fields: [(String, String)] = []) throws -> (
        Response, [String: Any]
    ) {
        let (path, query) = try Target.parts(Array(target.utf8))
        let request = Request(
            method: method, path: path, query: query, fields: fields.map { HeaderField(name: $0.0, value: $0.1) })
        guard case .now(let response) = Router(Self.table).reply(to: request, at: try TestSite.shared()),
            case .bytes(let bytes) = response.body
        else { throw CocoaError(.coderInvalidValue) }
        return (response, (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:])
    }

    @Test("What a route declares reaches it") func reached() throws {
        let (response, said) = try asked("/towns/a/parcels?limit=%DB%B7&fact=x=1&fact=y=2&code=9&lang=en", [("accept", "text/html")])
        #expect(response.status == 200)
        #expect(said["town"] as? String == "a" && said["limit"] as? Int == 7 && said["facts"] as? Int == 2)
        #expect(said["code"] as? String == "9" && said["form"] as? String == "html" && said["lang"] as? String == "en")
        let (_, plain) = try asked("/towns/b/parcels")
        #expect(plain["limit"] as? Int == 10 && plain["form"] as? String == "json" && plain["lang"] as? String == "fa")
    }

    @Test(
        "A query that a route does not take is refused, with what was meant",
        arguments: [
            ("/towns/a/parcels?limi=5", 400, "unknown-parameter", "limit"), ("/towns/a/parcels?cod=5", 400, "unknown-parameter", "code"),
            ("/towns/b/parcels?code=5", 400, "unknown-parameter", nil), ("/towns/a/parcels?town=5", 400, "unknown-parameter", nil),
            ("/towns/a/parcels?=5", 400, "unknown-parameter", nil), ("/towns/a/parcels?zzzzzzzz=5", 400, "unknown-parameter", nil),
            ("/towns/a/parcels?limit=1&limit=1", 400, "repeated", nil), ("/towns/a/parcels?f=json&f=json", 400, "repeated", nil),
            ("/towns/a/parcels?lang=en&lang=fa", 400, "repeated", nil), ("/towns/a/parcels?code=1&code=1", 400, "repeated", nil),
            ("/towns/a/parcels?limit=0", 400, "bad-value", nil), ("/towns/a/parcels?limit=101", 400, "bad-value", nil),
            ("/towns/a/parcels?limit=1e1", 400, "bad-value", nil), ("/towns/a/parcels?limit=", 400, "bad-value", nil),
            ("/towns/a/parcels?limit=99999999999999999999", 400, "bad-value", nil), ("/towns/a/parcels?sign=yes", 400, "bad-value", nil),
            ("/towns/a/parcels?f=pdf", 400, "bad-value", nil), ("/towns/a/parcels?lang=de", 400, "bad-value", nil),
            ("/twons", 404, "no-such-resource", nil), ("/", 404, "no-such-resource", nil), ("/towns/a", 404, "no-such-resource", nil),
            ("/towns/a/parcels/1", 404, "no-such-resource", nil),
        ] as [(String, Int, String, String?)])
    func refused(_ target: String, _ status: Int, _ code: String, _ nearest: String?) throws {
        let (response, said) = try asked(target, [("accept-language", "en")])
        #expect(response.status == status && said["status"] as? Int == status && said["code"] as? String == code, "\(said)")
        #expect(said["nearest"] as? String == nearest || nearest == nil, "\(said)")
        #expect((said["type"] as? String)?.hasSuffix(code) == true && !(said["detail"] as? String ?? "").isEmpty)
        #expect(response.fields.contains { $0.name == "Content-Type" && $0.value == "application/problem+json" })
    }

    @Test("A method that a path does not have gets 405 and those that it has") func methods() throws {
        func allow(_ target: String, _ method: Request.Method?) throws -> (Int, String?) {
            let (response, _) = try asked(target, method: method)
            return (response.status, response.fields.first { $0.name == "Allow" }?.value)
        }
        #expect(try allow("/towns/a/parcels", .post) == (405, "GET, HEAD, OPTIONS"))
        #expect(try allow("/towns/a/parcels", nil) == (405, "GET, HEAD, OPTIONS"))
        #expect(try allow("/towns", .get) == (405, "POST, OPTIONS"))
        #expect(try allow("/towns", .head) == (405, "POST, OPTIONS"))
        #expect(try allow("/towns", .options) == (204, "POST, OPTIONS"))
        #expect(try allow("/nowhere", .options) == (404, nil))
        #expect(try allow("/towns", .post) == (201, nil))
        #expect(try asked("/towns/a/parcels", method: .head).0.status == 200)
    }

    @Test("A form that there is not gets 406 and those that there are") func forms() throws {
        let (response, said) = try asked("/towns/a/parcels", [("accept", "image/png"), ("accept-language", "en")])
        #expect(response.status == 406 && (said["detail"] as? String)?.contains("application/json, text/html") == true)
        #expect(try asked("/towns/a/parcels?f=json", [("accept", "image/png")]).0.status == 200)
    }

    @Test("A problem speaks the language asked for: the query's before the header's, else Persian") func languages() throws {
        func language(_ target: String, _ fields: [(String, String)]) throws -> String? {
            try asked(target, fields).0.fields.first { $0.name == "Content-Language" }?.value
        }
        #expect(try language("/x", []) == "fa")
        #expect(try language("/x", [("accept-language", "en-US,fa;q=0.1")]) == "en")
        #expect(try language("/x?lang=fa", [("accept-language", "en")]) == "fa")
        #expect(try language("/x?lang=de", [("accept-language", "en")]) == "en")
    }

    @Test("A tag that the client has spares the answer, which then has no type and no body") func unchanged() throws {
        let site = try TestSite.shared()
        func reply(_ tag: String?) throws -> Response {
            let fields = tag.map { [HeaderField(name: "if-none-match", value: $0)] } ?? []
            let (path, query) = try Target.parts(Array("/answer?x=713000&y=4021500&on=1404-07-01&known=1".utf8))
            guard case .now(let response) = site.reply(to: Request(method: .get, path: path, query: query, fields: fields)) else {
                throw CocoaError(.coderInvalidValue)
            }
            return response
        }
        let first = try reply(nil)
        let tag = try #require(first.fields.first { $0.name == "ETag" }?.value)
        #expect(first.status == 200 && first.fields.contains { $0.name == "Cache-Control" && $0.value.contains("immutable") })
        let second = try reply("\"other\", \(tag)")
        #expect(second.status == 304 && !second.fields.contains { $0.name == "Content-Type" })
        if case .bytes(let bytes) = second.body { #expect(bytes.isEmpty) }
        #expect(try reply("\"other\"").status == 200)
    }
}

/// A site over a small city: the sample town's limit.
enum TestSite {
    private static let made = Result { try make() }

    static func shared() throws -> Site { try made.get() }

    private static func make() throws -> Site {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shahrsaz-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let city = folder.appending(path: "city.gpkg").path
        try CityOrder(name: "نمونه", crs: "EPSG:32640", height: nil).found(at: city, now: .epoch)
        let file = try CityFile.open(city, for: .writing)
        let importer = Importer(executable: root.appending(path: ".build/debug/shahrsaz-import").path)
        let limit = root.appending(path: "GeoData/sample-town/boundary.geojson").path
        let intake = try file.take(ImportOrder(file: limit, role: .boundary), with: importer, now: .epoch) { _ in }
        _ = try file.accept(intake.number, Decision(by: "test", osUser: "test", reason: nil, at: .epoch))
        try file.close()
        let desk = try Desk(city: city) { fatalError($0) }
        return Site(desk: desk, settings: Site.Settings()) { 1_764_000_000 }
    }
}
