import Formats
import Persian
import Planning
import Service
import Store

/// Puts a certificate into words, section by section in the order of the paper.
struct CertificateWords: Wording {
    let paper: CertificatePaper
    let sheet: AnswerSheet
    /// What a full report has beside; nil for the short certificate.
    let report: ReportSheet?

    init(_ paper: CertificatePaper) {
        self.paper = paper
        let catalogue = paper.town.law.catalogue
        sheet = AnswerSheet(paper.answer, paper.language, catalogue: catalogue, buildable: paper.buildable)
        report = paper.isFull ? ReportSheet(paper.answer, paper.language, catalogue: catalogue) : nil
    }

    var language: Language { paper.language }
    var catalogue: ParameterCatalogue { paper.town.law.catalogue }
    var answer: Answer { paper.answer }

    /// Made-up towns have it in their name, and nothing on their papers may pass for anyone's law.
    var isSample: Bool { paper.city.contains("نمونه") }

    var title: String {
        paper.isFull ? language("گزارش کامل ضوابط شهرسازی", "Full zoning report") : language("گواهی ضوابط شهرسازی", "Zoning certificate")
    }

    /// What was asked about; a point by its coordinates too.
    var place: String {
        switch answer.question.place {
        case .point(let x, let y, let crs): sheet.place + " (" + language.code("\(x) \(y) \(crs)") + ")"
        case .parcel: sheet.place
        case .address: language.name(sheet.place)
        }
    }

    var subject: String {
        language("ضوابط حاکم در روز ", "The regulations that apply on ") + language.day(answer.question.on)
    }

    var attachmentDescription: String {
        language("پاسخ امضاشده، برای سنجش", "The signed answer, to be verified")
    }

    var cutNotice: String {
        language(
            "متن‌هایی که با «…» پایان یافته‌اند کوتاه شده‌اند؛ متن کامل در پیوست این پرونده است.",
            "Texts that end in “…” were cut; they stand whole in the attachment of this file.")
    }

    /// What the figures show, in their order.
    var figures: [String] {
        (paper.verification.map { [language("کد QR به نشانی ", "QR code leading to ") + $0] } ?? [])
            + [language("نقشهٔ ", "Map of ") + Isolates.strip(place) + language(" و پیرامون آن", " and its surroundings")]
    }

    /// The number, or that it has none.
    var number: String {
        paper.signed.number.map { language("شمارهٔ ", "No. ") + language.number($0) } ?? language("بی شماره", "not numbered")
    }

    /// The day of its issue in Tehran; without a number, the legal day.
    var day: Day { paper.signed.issued.map { Day.today(inTehranAt: $0.seconds) } ?? answer.question.on }

    func named(_ name: String, _ value: String) -> String { name + language(": ", ": ") + value }

    func write(to flow: inout PaperFlow) throws(DocumentError) {
        try writeHead(to: &flow)
        writeParcels(to: &flow)
        writeMap(to: &flow)
        writeRules(to: &flow)
        writeUses(to: &flow)
        if let building = sheet.building { write(building, to: &flow) }
        writeGround(to: &flow)
        if let report { writeOverruled(report, to: &flow) }
        writeCoverage(to: &flow)
        if let report { writeSources(report, to: &flow) }
        writeSeal(to: &flow)
    }

    /// What stands on every page: the sample's label and the city above, below the number and which page it is.
    func drawMargins(on pages: borrowing Pages, page: Int, of count: Int, _ typesetter: Typesetter) {
        var style = TextBlock.Style()
        style.size = 7.5
        style.mostLines = 1
        style.colour = MapColour(90, 98, 108)
        let (left, width) = (PaperFlow.left, PaperFlow.width)
        let foot = Pages.height - 36
        pages.fill(x: left, y: foot - 4, width: width, height: 0.5, MapColour(150, 158, 168))
        let end = language.number(page)
        let pageText = language("صفحهٔ \(end) از \(language.number(count))", "Page \(end) of \(language.number(count))")
        TextBlock(
            [language.name(paper.city), title, number, language.bothDays(day)].joined(separator: language("، ", ", ")), style,
            width: width - 90, typesetter
        ).draw(on: pages, x: typesetter.isRightToLeft ? left + 90 : left, y: foot)
        style.isCentred = true
        TextBlock(pageText, style, width: 80, typesetter).draw(on: pages, x: typesetter.isRightToLeft ? left : left + width - 80, y: foot)
        guard isSample else { return }
        style.size = 10
        style.isBold = true
        style.colour = MapColour(180, 20, 30)
        let text = language("نمونه: دادهٔ ساختگی، بی‌اعتبار", "نمونه, SAMPLE: made-up data, not valid")
        let block = TextBlock(text, style, width: width, typesetter)
        pages.frame(x: left + width / 4, y: 18, width: width / 2, height: block.height + 6, MapColour(180, 20, 30), line: 1)
        block.draw(on: pages, x: left, y: 21)
    }

    private func writeHead(to flow: inout PaperFlow) throws(DocumentError) {
        let code: QRCode? = if let address = paper.verification { try QRCode(address) } else { nil }
        let side = code == nil ? 0.0 : 104.0
        let typesetter = flow.typesetter
        let width = PaperFlow.width - (code == nil ? 0 : side + 8)
        var style = TextBlock.Style()
        style.size = 17
        style.isBold = true
        style.colour = MapColour(24, 52, 92)
        let heading = TextBlock(title, style, width: width, typesetter)
        style = TextBlock.Style()
        style.size = 10
        style.mostLines = 3
        var lines = [
            named(language("شهر", "City"), language.name(paper.city)),
            number + language("، به تاریخ ", ", dated ") + language.bothDays(day),
            named(language("موضوع", "Subject"), place),
            named(language("ضوابط حاکم در روز", "Regulations that apply on"), sheet.day),
        ]
        if !answer.question.given.isEmpty {
            let facts = answer.question.given.sorted { $0.key < $1.key }.map { fact($0.key) + " = " + said($0.value) }
            lines.append(named(language("به گفتهٔ پرسنده", "As stated by the asker"), facts.joined(separator: language("، ", ", "))))
        }
        let blocks = lines.map { TextBlock($0, style, width: width, typesetter) }
        let height = max(side + (code == nil ? 0 : 12), heading.height + 4 + blocks.reduce(0) { $0 + $1.height + 1 })
        style.size = 7
        style.isCentred = true
        let caption = TextBlock(
            language("برای سنجش این گواهی", "To verify this certificate"), style, width: side, typesetter)
        flow.figure(height: height) { (pages, x, y) throws(DocumentError) in
            let text = typesetter.isRightToLeft && code != nil ? x + side + 8 : x
            var down = y
            try pages.tagged("H1") { heading.draw(on: pages, x: text, y: down) }
            down += heading.height + 4
            for block in blocks {
                try pages.tagged("P") { block.draw(on: pages, x: text, y: down) }
                down += block.height + 1
            }
            guard let code else { return }
            let left = typesetter.isRightToLeft ? x : x + width + 8
            try pages.tagged("Figure") { pages.draw(code, x: left, y: y, side: side) }
            try pages.tagged("P") { caption.draw(on: pages, x: left, y: y + side) }
        }
        if paper.verification == nil {
            flow.paragraph(
                language(
                    "این گواهی را با پیوستش می‌توان سنجید: shahrsaz verify \(CertificatePaper.attachment)",
                    "This certificate is verified with its attachment: shahrsaz verify \(CertificatePaper.attachment)"))
        }
    }

    private func said(_ value: Fact.Value) -> String {
        switch value {
        case .number(let number): language.number(number)
        case .text(let text): language.name(text)
        case .bool(let holds): holds ? language("بله", "yes") : language("نه", "no")
        }
    }

    private func writeMap(to flow: inout PaperFlow) {
        guard let sketch = paper.sketch() else { return }
        let metresPerPoint = sketch.frame.metresPerPixel / SketchMap.pixel
        let furniture = MapFurniture(flow.typesetter, language, metresPerPoint: metresPerPoint)
        flow.gap(6)
        flow.figure(height: SketchMap.height) { (pages, x, y) throws(DocumentError) in
            try pages.tagged("Figure") { () throws(DocumentError) in try sketch.draw(on: pages, x: x, y: y, furniture) }
        }
        flow.gap(4)
    }
}
