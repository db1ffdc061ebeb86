import Formats
import Glibc
import Store

/// The files that pages want beside their HTML: our own, and Debian's of Leaflet and of the font, where they are installed. A page reads
/// without any of them.
final class Assets: Sendable {
    struct Asset: Sendable {
        let type: String
        let bytes: [UInt8]
        let tag: String

        init(type: String, _ bytes: [UInt8]) {
            self.type = type
            self.bytes = bytes
            tag = "\"" + String(Digest(of: bytes).hex.prefix(16)) + "\""
        }
    }

    private let files: [String: Asset]

    /// Where libjs-leaflet and fonts-noto-core put their files.
    private static let debian = [
        ("leaflet.js", "text/javascript; charset=utf-8", "/usr/share/javascript/leaflet/leaflet.min.js"),
        ("leaflet.css", "text/css; charset=utf-8", "/usr/share/javascript/leaflet/leaflet.css"),
        ("font.ttf", "font/ttf", "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf"),
    ]

    init() {
        var files = [
            "page.css": Asset(type: "text/css; charset=utf-8", PackageResources.page_css),
            "page.js": Asset(type: "text/javascript; charset=utf-8", PackageResources.page_js),
        ]
        for (name, type, path) in Self.debian {
            if let bytes = Self.read(path) { files[name] = Asset(type: type, bytes) }
        }
        self.files = files
    }

    subscript(name: String) -> Asset? { files[name] }

    var hasMap: Bool { files["leaflet.js"] != nil && files["leaflet.css"] != nil }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = unsafe fopen(path, "rb") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&piece, 1, piece.count, file)
            guard count > 0 else { return unsafe ferror(file) == 0 ? bytes : nil }
            bytes += piece[..<count]
        }
    }
}

extension Site {
    static let asset = Route(
        "/assets/{file}", "پرونده‌های صفحه‌ها", "what pages are drawn with",
        [Parameter("file", .text, inPath: true, "نام پرونده", "the file's name")], forms: [.any]
    ) { visit throws(Problem) in
        guard let asset = visit.site.assets[visit.place("file")] else {
            throw Problem(404, "no-such-resource", "این پرونده این‌جا نیست", "there is no such file here")
        }
        var response = Response(type: asset.type, asset.bytes)
        response.fields += [("ETag", asset.tag), ("Cache-Control", "public, max-age=3600")]
        return .now(response)
    }
}

extension Form {
    /// Whatever the file is.
    static let any = Form(name: "file", type: "application/octet-stream", also: ["text/css", "text/javascript", "font/ttf", "*/*"])
}
