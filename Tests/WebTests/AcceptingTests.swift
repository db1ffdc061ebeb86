import Service
import Testing

@testable import Web

@Suite("What a client takes") struct AcceptingTests {
    private static let forms: [Form] = [.json, .geoJSON, .text, .html]

    @Test(
        "The form is the one preferred, of equals the first; nothing said is the usual one",
        arguments: [
            (nil, "json"), ("", "json"), ("*/*", "json"), ("text/html", "html"), ("TEXT/HTML", "html"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
            ("application/geo+json", "geojson"), ("application/json", "json"), ("text/*", "text"),
            ("application/json;q=0.1, text/plain", "text"), ("*/*;q=0.1, text/html;q=0.2", "html"),
            ("application/json;q=0, */*", "geojson"), ("application/json;q=0", nil), ("image/png", nil), ("text/html;q=0", nil),
            ("text/html;q=nan", nil), ("text/html;q=high", nil), ("text/html;q=7", "html"), ("text/html; level=1; q=0.5", "html"),
            (",,,", nil), ("json", nil),
        ] as [(String?, String?)])
    func form(_ field: String?, _ name: String?) {
        #expect(Accepting.form(field, of: Self.forms)?.name == name)
    }

    @Test(
        "The language is the one preferred of the two there are",
        arguments: [
            (nil, nil), ("fa", .fa), ("en-GB,en;q=0.9,fa;q=0.8", .en), ("fa-IR;q=0.9,en;q=0.1", .fa), ("de", nil), ("de,fa;q=0.2", .fa),
            ("en;q=0", nil), ("*", nil), ("", nil),
        ] as [(String?, Language?)])
    func language(_ field: String?, _ language: Language?) {
        #expect(Accepting.language(field) == language)
    }

    @Test("gzip is taken where it is named and not refused") func gzip() {
        #expect(Accepting.takesGzip("gzip, deflate, br") && Accepting.takesGzip("br;q=1, GZIP;q=0.1"))
        #expect(!Accepting.takesGzip(nil) && !Accepting.takesGzip("identity") && !Accepting.takesGzip("gzip;q=0"))
    }

    @Test("A tag is held by a list that has it, strong or weak, and by a star") func tags() {
        let tag = "\"7-ab\""
        for list in ["*", "\"7-ab\"", "W/\"7-ab\"", "\"1\", \"7-ab\"", "\"1\",W/\"7-ab\"  "] {
            #expect(Validators.hold(list, tag), "\(list)")
        }
        for list in ["", "7-ab", "\"7-a\"", "\"1\", \"2\"", "w/\"7-ab\""] { #expect(!Validators.hold(list, tag), "\(list)") }
    }
}
