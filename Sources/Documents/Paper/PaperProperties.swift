import Formats

/// What a PDF says of itself beside its pages, and the file that goes with it.
struct PaperProperties {
    let title: String
    let subject: String
    /// `fa-IR` or `en`.
    let language: String
    let isRightToLeft: Bool
    /// `2026-11-23T08:30:00Z`
    let made: String
    /// What its figures show, in their order.
    let figures: [String]
    let attachment: Attachment
    /// The same for the same document, 16 bytes.
    let identifier: [UInt8]

    struct Attachment {
        let name: String
        let description: String
        let bytes: [UInt8]
    }

    /// Cairo's file with its language and direction, its title in XMP, the alternative texts of its figures, and the attachment, which is
    /// associated with the document as its source (ISO 32000-2, 14.13).
    func added(to bytes: [UInt8]) throws(DocumentError) -> [UInt8] {
        var file = try PDFFile(bytes)
        let embedded = file.add(
            stream: attachment.bytes,
            "/Type /EmbeddedFile /Subtype /application#2Fjson /Params << /Size \(attachment.bytes.count) /ModDate (\(day)) >>")
        let name = "(\(attachment.name))"
        let specification = file.add(
            "<< /Type /Filespec /F \(name) /UF \(name) /Desc \(PDFFile.string(attachment.description)) /AFRelationship /Source "
                + "/EF << /F \(embedded) 0 R /UF \(embedded) 0 R >> >>")
        let metadata = file.add(stream: Array(xmp.utf8), "/Type /Metadata /Subtype /XML")
        let direction = isRightToLeft ? "/R2L" : "/L2R"
        let catalogue = file.object(file.root) ?? ""
        var entries = "/ViewerPreferences << /Direction \(direction) /DisplayDocTitle true >> /Metadata \(metadata) 0 R"
        entries += " /AF [\(specification) 0 R] /Names << /EmbeddedFiles << /Names [\(name) \(specification) 0 R] >> >>"
        if !catalogue.contains("/Lang") { entries += " /Lang (\(language))" }
        if !catalogue.contains("/MarkInfo") { entries += " /MarkInfo << /Marked true >>" }
        try file.extend(file.root, with: entries)
        try structure(&file, catalogue)
        // Cairo 1.16 writes days without what makes them days (ISO 32000-1, 7.9.4).
        if let info = file.info, let text = file.object(info) { file.replace(info, with: text.replacing("Date (2", with: "Date (D:2")) }
        return file.bytes(identifier: identifier)
    }

    /// Puts all that Cairo tagged under one element, the document, and says of each figure what it shows.
    private func structure(_ file: inout PDFFile, _ catalogue: String) throws(DocumentError) {
        guard let root = PDFFile.reference("/StructTreeRoot", in: catalogue), let tree = file.object(root),
            let kids = tree.split(separator: "/K [", maxSplits: 1).last?.prefix(while: { $0 != "]" }), tree.contains("/K [")
        else { throw .pdf(expected: "a catalogue with /StructTreeRoot, and that with /K") }
        let document = file.add("<< /Type /StructElem /S /Document /P \(root) 0 R /K [\(kids)] >>")
        file.replace(root, with: tree.replacing("[\(kids)]", with: "[\(document) 0 R]"))
        for element in file.objects(with: ["/StructElem", "/P \(root) 0 R"]) {
            file.replace(element.number, with: element.text.replacing("/P \(root) 0 R", with: "/P \(document) 0 R"))
        }
        for (element, text) in zip(file.objects(with: ["/StructElem", "/S /Figure"]), figures) {
            try file.extend(element.number, with: "/Alt \(PDFFile.string(text))")
        }
    }

    /// `D:20261123083000Z`
    private var day: String { "D:" + made.filter { $0.isASCII && $0.isNumber } + "Z" }

    private var xmp: String {
        func every(_ text: String) -> String {
            "<rdf:Alt><rdf:li xml:lang=\"x-default\">\(Markup.escaped(text))</rdf:li></rdf:Alt>"
        }
        return """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <dc:format>application/pdf</dc:format>
            <dc:title>\(every(title))</dc:title>
            <dc:description>\(every(subject))</dc:description>
            <dc:language><rdf:Bag><rdf:li>\(language)</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>\(made)</xmp:CreateDate>
            <xmp:ModifyDate>\(made)</xmp:ModifyDate>
            <xmp:CreatorTool>Shahrsaz</xmp:CreatorTool>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """
    }
}
