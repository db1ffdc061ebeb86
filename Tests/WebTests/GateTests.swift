import Testing

@testable import Web

/// A head as it would come, and what the gate must make of it. The forms are those by which RFC 9112 sections 3, 5, 6 and 11.2 say that
/// two programs come to differ over where a request ends, and to whom it goes.
struct GateCase: CustomTestStringConvertible, Sendable {
    let name: String
    var method = "GET"
    var version = "HTTP/1.1"
    var target = "/alive"
    var fields = [("Host", "localhost")]
    let refusal: Gate.Refusal?
    var testDescription: String { name }

    init(
        _ name: String, method: String = "GET", version: String = "HTTP/1.1", target: String = "/alive",
        fields: [(String, String)] = [("Host", "localhost")], plus: [(String, String)] = [], _ refusal: Gate.Refusal?
    ) {
        self.name = name
        self.method = method
        self.version = version
        self.target = target
        self.fields = fields + plus
        self.refusal = refusal
    }

    /// Nil where it passes.
    func outcome(longestBody: Int = 1000) -> Gate.Refusal? {
        let head = RequestHead(
            method: method, version: version, target: Array(target.utf8),
            fields: fields.map { (name: Array($0.0.utf8), value: Array($0.1.utf8)) })
        do throws(Gate.Refusal) {
            _ = try Gate.passed(head, longestBody: longestBody)
            return nil
        } catch { return error }
    }
}

@Suite("The gate") struct GateTests {
    static let framing: [GateCase] = [
        GateCase("two equal lengths", method: "POST", plus: [("Content-Length", "5"), ("Content-Length", "5")], .length),
        GateCase("two unequal lengths", method: "POST", plus: [("Content-Length", "5"), ("Content-Length", "6")], .length),
        GateCase(
            "two lengths, one name in small letters", method: "POST", plus: [("Content-Length", "5"), ("content-length", "5")], .length),
        GateCase("a list of lengths", method: "POST", plus: [("Content-Length", "5, 5")], .length),
        GateCase("a length with a sign", method: "POST", plus: [("Content-Length", "+5")], .length),
        GateCase("a negative length", method: "POST", plus: [("Content-Length", "-5")], .length),
        GateCase("a length in hexadecimal", method: "POST", plus: [("Content-Length", "0x5")], .length),
        GateCase("a length with a point", method: "POST", plus: [("Content-Length", "5.0")], .length),
        GateCase("an empty length", method: "POST", plus: [("Content-Length", "")], .length),
        GateCase("a length with a blank behind it", method: "POST", plus: [("Content-Length", "5 ")], .length),
        GateCase("a length in Persian digits", method: "POST", plus: [("Content-Length", "۵")], .length),
        GateCase("a length beyond 64 bits", method: "POST", plus: [("Content-Length", "18446744073709551621")], .length),
        GateCase("a length of 2⁶³", method: "POST", plus: [("Content-Length", "9223372036854775808")], .length),
        GateCase("a length over the limit", method: "POST", plus: [("Content-Length", "1001")], .bodyTooLong(most: 1000)),
        GateCase(
            "a length, then chunks", method: "POST", plus: [("Content-Length", "5"), ("Transfer-Encoding", "chunked")], .lengthAndEncoding),
        GateCase(
            "chunks, then a length", method: "POST", plus: [("Transfer-Encoding", "chunked"), ("Content-Length", "5")], .lengthAndEncoding),
        GateCase(
            "a length of nought with chunks", method: "POST", plus: [("Content-Length", "0"), ("Transfer-Encoding", "chunked")],
            .lengthAndEncoding),
        GateCase("a blank before the colon of the length", method: "POST", plus: [("Content-Length ", "5")], .fieldName),
        GateCase("a blank before the colon of the encoding", method: "POST", plus: [("Transfer-Encoding ", "chunked")], .fieldName),
        GateCase("a tab before the colon of the encoding", method: "POST", plus: [("Transfer-Encoding\t", "chunked")], .fieldName),
        GateCase("a blank before the encoding's name", method: "POST", plus: [(" Transfer-Encoding", "chunked")], .fieldName),
        GateCase("gzip", method: "POST", plus: [("Transfer-Encoding", "gzip")], .transferEncoding),
        GateCase("gzip, chunked", method: "POST", plus: [("Transfer-Encoding", "gzip, chunked")], .transferEncoding),
        GateCase("chunked, identity", method: "POST", plus: [("Transfer-Encoding", "chunked, identity")], .transferEncoding),
        GateCase("identity", method: "POST", plus: [("Transfer-Encoding", "identity")], .transferEncoding),
        GateCase("xchunked", method: "POST", plus: [("Transfer-Encoding", "xchunked")], .transferEncoding),
        GateCase("chunked with a parameter", method: "POST", plus: [("Transfer-Encoding", "chunked;q=1")], .transferEncoding),
        GateCase("chunked in quotes", method: "POST", plus: [("Transfer-Encoding", "\"chunked\"")], .transferEncoding),
        GateCase(
            "chunked after a vertical tab", method: "POST", plus: [("Transfer-Encoding", "\u{B}chunked")], .fieldValue("transfer-encoding")),
        GateCase(
            "chunked twice", method: "POST", plus: [("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")], .transferEncoding),
        GateCase("chunked twice in one field", method: "POST", plus: [("Transfer-Encoding", "chunked, chunked")], .transferEncoding),
        GateCase("an empty encoding", method: "POST", plus: [("Transfer-Encoding", "")], .transferEncoding),
        GateCase("chunks in HTTP/1.0", method: "POST", version: "HTTP/1.0", plus: [("Transfer-Encoding", "chunked")], .transferEncoding),
        GateCase("a body on GET", plus: [("Content-Length", "5")], .bodyNotExpected),
        GateCase("chunks on GET", plus: [("Transfer-Encoding", "chunked")], .bodyNotExpected),
        GateCase("a body on HEAD", method: "HEAD", plus: [("Content-Length", "5")], .bodyNotExpected),
        GateCase("a body on OPTIONS", method: "OPTIONS", plus: [("Content-Length", "5")], .bodyNotExpected),
        GateCase(
            "an expectation that nobody knows", method: "POST", plus: [("Expect", "42-answers"), ("Content-Length", "5")], .expectation),
    ]

    static let heads: [GateCase] = [
        GateCase("no host", fields: [], .host),
        GateCase("two hosts", plus: [("Host", "other")], .host),
        GateCase("the same host twice", plus: [("host", "localhost")], .host),
        GateCase("two hosts in HTTP/1.0", version: "HTTP/1.0", plus: [("Host", "localhost")], .host),
        GateCase("a host with a path", fields: [("Host", "localhost/x")], .host),
        GateCase("a host with a user", fields: [("Host", "me@localhost")], .host),
        GateCase("a host with a blank", fields: [("Host", "local host")], .host),
        GateCase("a list of hosts", fields: [("Host", "a,b")], .host),
        GateCase("a host in Persian letters", fields: [("Host", "شهر")], .host),
        GateCase("a blank before the colon of the host", fields: [("Host ", "localhost")], .fieldName),
        GateCase("an empty name", plus: [("", "x")], .fieldName),
        GateCase("a name with a colon", plus: [("X:Y", "x")], .fieldName),
        GateCase("a name with a NUL", plus: [("X\0", "x")], .fieldName),
        GateCase("a name in Persian letters", plus: [("نام", "x")], .fieldName),
        GateCase("a name with a line's end", plus: [("X\r\nContent-Length", "5")], .fieldName),
        GateCase("a NUL in a value", plus: [("X", "a\0b")], .fieldValue("x")),
        GateCase("a line's end in a value", plus: [("X", "a\nContent-Length: 5")], .fieldValue("x")),
        GateCase("a return in a value", plus: [("X", "a\rb")], .fieldValue("x")),
        GateCase("an escape in a value", plus: [("X", "\u{1B}[2J")], .fieldValue("x")),
        GateCase("a DEL in a value", plus: [("X", "\u{7F}")], .fieldValue("x")),
        GateCase("HTTP/0.9", version: "HTTP/0.9", .version),
        GateCase("HTTP/2.0", version: "HTTP/2.0", .version),
        GateCase("HTTP/1.2", version: "HTTP/1.2", .version),
        GateCase("http/1.1", version: "http/1.1", .version),
        GateCase("HTTP/1.1 with more behind it", version: "HTTP/1.1 x", .version),
        GateCase("no version", version: "", .version),
    ]

    static let targets: [GateCase] = [
        GateCase("absolute form", target: "http://localhost/alive", .target),
        GateCase("asterisk form", method: "OPTIONS", target: "*", .target),
        GateCase("authority form", method: "CONNECT", target: "localhost:80", .target),
        GateCase("an empty target", target: "", .target),
        GateCase("a target without a slash", target: "alive", .target),
        GateCase("a fragment", target: "/alive#x", .target),
        GateCase("a blank in a target", target: "/alive x", .target),
        GateCase("a tab in a target", target: "/alive\tx", .target),
        GateCase("a NUL in a target", target: "/alive\0", .target),
        GateCase("a backslash", target: "/x\\..\\alive", .target),
        GateCase("a target that is not ASCII", target: "/پاسخ", .target),
        GateCase("brackets that must be encoded", target: "/answer?parcel=<1>", .target),
        GateCase("two slashes ahead", target: "//alive", .path("//")),
        GateCase("two slashes within", target: "/x//alive", .path("//")),
        GateCase("two slashes at the end", target: "/alive//", .path("//")),
        GateCase("a dot", target: "/./alive", .path(".")),
        GateCase("two dots", target: "/x/../alive", .path("..")),
        GateCase("two dots at the end", target: "/x/..", .path("..")),
        GateCase("encoded dots", target: "/x/%2e%2e/alive", .path("%2e%2e")),
        GateCase("one encoded dot of two", target: "/x/.%2E/alive", .path(".%2E")),
        GateCase("an encoded dot in a name", target: "/alive%2ejson", .path("alive%2ejson")),
        GateCase("an encoded slash", target: "/x%2Falive", .path("x%2Falive")),
        GateCase("an encoded slash in small letters", target: "/x%2falive", .path("x%2falive")),
        GateCase("an encoded backslash", target: "/x%5calive", .path("x%5calive")),
        GateCase("an encoded NUL", target: "/alive%00", .encoding("alive%00")),
        GateCase("an encoded line's end", target: "/answer?parcel=%00", .encoding("%00")),
        GateCase("an encoded escape in a query", target: "/answer?parcel=%1b", .encoding("%1b")),
        GateCase("a percent alone", target: "/alive%", .encoding("%")),
        GateCase("a percent with one digit", target: "/alive%4", .encoding("%4")),
        GateCase("a percent with letters", target: "/alive%zz", .encoding("%zz")),
        GateCase("a percent and a sign", target: "/alive%+1", .encoding("%+1")),
        GateCase("percent-u", target: "/alive%u002f", .encoding("%u0")),
        GateCase("invalid UTF-8", target: "/answer?address=%ff", .encoding("%ff")),
        GateCase("an overlong slash", target: "/x%c0%afalive", .encoding("x%c0%afalive")),
        GateCase("a lone surrogate", target: "/answer?address=%ed%a0%80", .encoding("%ed%a0%80")),
        GateCase("a letter cut in two", target: "/answer?address=%d9", .encoding("%d9")),
        GateCase("invalid UTF-8 in a name", target: "/answer?%ff=1", .encoding("%ff")),
    ]

    @Test("Every form that two programs can read differently is refused", arguments: framing + heads + targets)
    func refused(_ asked: GateCase) {
        #expect(asked.outcome() == asked.refusal)
        #expect(asked.refusal != nil)
    }

    @Test(
        "What is beyond doubt passes",
        arguments: [
            GateCase("a plain GET", nil),
            GateCase("HTTP/1.0 without a host", version: "HTTP/1.0", fields: [], nil),
            GateCase("an empty host", fields: [("Host", "")], nil),
            GateCase("an IPv6 host with a port", fields: [("HOST", "[::1]:8080")], nil),
            GateCase("a length of nought on GET", plus: [("Content-Length", "0")], nil),
            GateCase("a body as long as may be", method: "POST", plus: [("Content-Length", "1000")], nil),
            GateCase("chunks in capitals", method: "POST", plus: [("Transfer-Encoding", "Chunked")], nil),
            GateCase("100-continue", method: "POST", plus: [("Expect", "100-Continue"), ("Content-Length", "5")], nil),
            GateCase("a method nobody knows", method: "BREW", nil),
            GateCase("a value in UTF-8", plus: [("X", "شهر\tx")], nil),
            GateCase("a slash at the end", target: "/alive/", nil),
            GateCase("three dots", target: "/alive/...", nil),
            GateCase("dots and slashes in a query", target: "/answer?address=../%2e%2e%2f//", nil),
            GateCase("a tab and a line's end in a query", target: "/answer?filter=a%09%0d%0ab", nil),
        ])
    func passes(_ asked: GateCase) {
        #expect(asked.outcome() == nil)
    }

    @Test("Each refusal has a status of the client's, and says what was expected in both languages")
    func words() {
        let refusals = Set((Self.framing + Self.heads + Self.targets).compactMap(\.refusal))
        for refusal in refusals {
            let problem = Problem(refusal)
            #expect((400..<500).contains(problem.status) || problem.status == 505)
            #expect(!problem.persian.isEmpty && !problem.english.isEmpty && problem.persian != problem.english)
        }
        #expect(Problem(.bodyTooLong(most: 9)).status == 413 && Problem(.expectation).status == 417 && Problem(.version).status == 505)
    }

    @Test("What the gate lets through is as it was sent: names in small letters, values untouched, the length nil for chunks")
    func passed() throws {
        let fields = [("HOST", "localhost"), ("X-Thing", " A b "), ("Transfer-Encoding", "chunked")]
        let head = RequestHead(
            method: "POST", version: "HTTP/1.1", target: Array("/answers?on=1404-07-01".utf8),
            fields: fields.map { (name: Array($0.0.utf8), value: Array($0.1.utf8)) })
        let passed = try Gate.passed(head, longestBody: 10)
        #expect(passed.length == nil && passed.request.method == .post && passed.request.path == ["answers"])
        #expect(passed.request.fields.map(\.name) == ["host", "x-thing", "transfer-encoding"])
        #expect(passed.request.field("x-thing") == " A b ")
        #expect(passed.request.query == [QueryItem(name: "on", value: "1404-07-01")])
    }
}

@Suite("Request targets") struct TargetTests {
    private func parts(_ text: String) throws(Gate.Refusal) -> (path: [String], query: [QueryItem]) {
        try Target.parts(Array(text.utf8))
    }

    @Test("A path is decoded once, segment by segment") func path() throws {
        #expect(try parts("/").path == [])
        #expect(try parts("/collections/parcels/items/").path == ["collections", "parcels", "items"])
        #expect(try parts("/a%20b/c+d").path == ["a b", "c+d"])
        #expect(try parts("/%252e%252e").path == ["%2e%2e"])
        #expect(try parts("/%D9%BE").path == ["پ"])
    }

    @Test("A query is pairs in their order, repeated ones too; plus is a blank, and what has no sign is empty") func query() throws {
        let query = try parts("/answer?address=%D8%AE+%DB%B1&fact=a%3D1&fact=b=2&&lang&=x").query
        #expect(
            query == [
                QueryItem(name: "address", value: "خ ۱"), QueryItem(name: "fact", value: "a=1"), QueryItem(name: "fact", value: "b=2"),
                QueryItem(name: "lang", value: ""), QueryItem(name: "", value: "x"),
            ])
        #expect(try parts("/answer?").query == [])
        #expect(try parts("/answer?a=b?c=d").query == [QueryItem(name: "a", value: "b?c=d")])
    }
}
