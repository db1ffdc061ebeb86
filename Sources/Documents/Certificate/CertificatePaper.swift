import Formats
import Persian
import Planning
package import Service
import Spatial
import Store

/// The zoning certificate of a signed answer on paper: A4 as PDF, with the answer's own bytes attached.
///
/// The same answer, number and day give the same bytes.
package struct CertificatePaper {
    package let answer: Answer
    /// The same answer as it was signed.
    package let signed: StoredAnswer
    package let town: Town
    package let city: String
    package let language: Language
    /// What the address of the page that checks certificates begins with, such as `https://plan.example.ir`; nil where there is none.
    package let publicAddress: String?
    /// Whether it is the full report, with the ground, what lost, the layers consulted, the sources and their events.
    package let isFull: Bool
    /// What may be built on the parcel that is asked about, for the full report.
    package let buildable: Buildable?
    package let style: MapStyleSheet

    package init(
        answer: Answer, signed: StoredAnswer, town: Town, city: String, language: Language, publicAddress: String?, isFull: Bool = false,
        buildable: Buildable? = nil, style: MapStyleSheet = .standard
    ) {
        self.answer = answer
        self.signed = signed
        self.town = town
        self.city = city
        self.language = language
        self.publicAddress = publicAddress
        self.isFull = isFull
        self.buildable = buildable
        self.style = style
    }

    /// The name under which the answer is attached.
    package static let attachment = "answer.json"

    /// Where the QR code leads: `…/verify?digest=…` with the certificate's number or, where it has none, with what was asked.
    package var verification: String? {
        guard let publicAddress, let digest = signed.statedDigest else { return nil }
        let asked = signed.number.map { [("number", "\($0)")] } ?? answer.question.query(known: answer.known)
        return publicAddress + "/verify?" + Percent.query([("digest", digest)] + asked)
    }

    /// The answer that is attached to a certificate's PDF, as it was signed; nil where none is, or where another program wrote the file anew.
    package static func attached(to pdf: [UInt8]) -> [UInt8]? { PDFFile.stream(of: "/EmbeddedFile", in: pdf) }

    /// When it was made: when it was issued; for one without a number, the legal day.
    private var made: String { signed.issued?.text ?? answer.question.on.iso + "T00:00:00Z" }

    /// The PDF.
    ///
    /// - Throws: `.unsigned`; what Cairo and the map say.
    package func bytes() throws(DocumentError) -> [UInt8] {
        guard let digest = signed.statedDigest, let raw = Hex.bytes(digest), signed.signature != nil else { throw .unsigned }
        let typesetter = try Typesetter(isRightToLeft: language == .fa)
        let words = CertificateWords(self)
        var flow = PaperFlow(typesetter)
        try words.write(to: &flow)
        if flow.isCut { flow.paragraph(words.cutNotice) }
        let title = Isolates.strip(words.title + language("، ", ", ") + words.place)
        let pages = try Pages(title: title, author: city, subject: Isolates.strip(words.subject), made: made)
        try flow.draw(on: pages) { (pages, page, count) throws(DocumentError) in
            words.drawMargins(on: pages, page: page, of: count, typesetter)
        }
        let properties = PaperProperties(
            title: title, subject: Isolates.strip(words.subject), language: language == .fa ? "fa-IR" : "en",
            isRightToLeft: language == .fa, made: made, figures: words.figures,
            attachment: .init(name: Self.attachment, description: Isolates.strip(words.attachmentDescription), bytes: signed.bytes),
            identifier: Array(raw.prefix(16)))
        return try properties.added(to: try pages.finished())
    }

    /// The ground around the place as a map; nil where the place is not on the city's grid.
    func sketch() -> SketchMap? {
        guard let x = answer.location.x, let y = answer.location.y, let point = town.grid.point(x: x, y: y) else { return nil }
        let codes = Set(answer.holders)
        let (subject, box) = town.subject(at: point, parcels: codes, on: answer.question.on)
        let frame = SketchMap.frame(around: box)
        let features = town.mapped([.parcels, .zones, .overlay, .streets, .boundary], in: frame.ground(), on: answer.question.on, style)
        return SketchMap(features: features, subject: subject, frame: frame, denominator: SketchMap.denominator(for: box))
    }
}
