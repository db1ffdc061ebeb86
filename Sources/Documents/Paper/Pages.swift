internal import CPango

/// Pages of A4 that Cairo writes as PDF; lengths are points of 1/72 inch from the upper left corner. Belongs to one thread.
@safe
struct Pages: ~Copyable {
    let cairo: OpaquePointer
    private let surface: OpaquePointer
    private let pile = Pile()

    static let width = 595.276
    static let height = 841.89

    /// - Parameter made: when it was made, as `2026-11-23T08:30:00Z`. Cairo would take the clock.
    init(title: String, author: String, subject: String, made: String) throws(DocumentError) {
        guard
            let surface = unsafe cairo_pdf_surface_create_for_stream(
                gather, Unmanaged.passUnretained(pile).toOpaque(), Self.width, Self.height),
            let cairo = unsafe cairo_create(surface)
        else { throw .cairo(operation: "PDF", reason: "out of memory") }
        unsafe self.surface = surface
        unsafe self.cairo = cairo
        setFonts()
        for (name, text) in [
            (CAIRO_PDF_METADATA_TITLE, title), (CAIRO_PDF_METADATA_AUTHOR, author), (CAIRO_PDF_METADATA_SUBJECT, subject),
            (CAIRO_PDF_METADATA_CREATOR, "Shahrsaz"), (CAIRO_PDF_METADATA_CREATE_DATE, made), (CAIRO_PDF_METADATA_MOD_DATE, made),
        ] {
            unsafe cairo_pdf_surface_set_metadata(surface, name, text)
        }
    }

    /// What somebody else draws on, a picture, from its present origin on. No PDF can be had of it.
    init(on other: OpaquePointer) {
        unsafe cairo = cairo_reference(other)
        unsafe surface = cairo_surface_reference(cairo_get_target(other))
        setFonts()
    }

    private func setFonts() {
        let options = unsafe Typesetter.options()
        unsafe cairo_set_font_options(cairo, options)
        unsafe cairo_font_options_destroy(options)
    }

    deinit {
        unsafe cairo_destroy(cairo)
        unsafe cairo_surface_destroy(surface)
    }

    func set(_ colour: MapColour) {
        unsafe cairo_set_source_rgb(cairo, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255)
    }

    func fill(x: Double, y: Double, width: Double, height: Double, _ colour: MapColour) {
        set(colour)
        unsafe cairo_rectangle(cairo, x, y, width, height)
        unsafe cairo_fill(cairo)
    }

    func frame(x: Double, y: Double, width: Double, height: Double, _ colour: MapColour, line: Double = 0.5) {
        frame([(x, width)], y: y, height: height, colour, line: line)
    }

    /// Frames beside each other, as one stroke.
    func frame(_ stretches: [(x: Double, width: Double)], y: Double, height: Double, _ colour: MapColour, line: Double) {
        set(colour)
        unsafe cairo_set_line_width(cairo, line)
        unsafe cairo_set_dash(cairo, nil, 0, 0)
        for stretch in stretches { unsafe cairo_rectangle(cairo, stretch.x, y, stretch.width, height) }
        unsafe cairo_stroke(cairo)
    }

    /// Says what is drawn meanwhile (ISO 32000-1, 14.8.4): `H1`, `P`, `Table`, `TR`, `TH`, `TD`, `Figure`. Never open across two pages.
    func tagged(_ tag: String, _ draw: () throws(DocumentError) -> Void) throws(DocumentError) {
        unsafe cairo_tag_begin(cairo, tag, nil)
        try draw()
        unsafe cairo_tag_end(cairo, tag)
    }

    /// With the origin moved, and nothing drawn outside a rectangle there; the state is what it was afterwards.
    func within(
        x: Double, y: Double, width: Double, height: Double, scale: Double = 1, _ draw: () throws(DocumentError) -> Void
    ) throws(DocumentError) {
        unsafe cairo_save(cairo)
        unsafe cairo_rectangle(cairo, x, y, width, height)
        unsafe cairo_clip(cairo)
        unsafe cairo_translate(cairo, x, y)
        unsafe cairo_scale(cairo, scale, scale)
        try draw()
        unsafe cairo_restore(cairo)
    }

    /// Draws a QR code with its quiet zone, so many points a side with it.
    func draw(_ code: QRCode, x: Double, y: Double, side: Double) {
        fill(x: x, y: y, width: side, height: side, .white)
        let square = side / Double(code.side + 2 * QRCode.quietZone)
        let (left, top) = (x + Double(QRCode.quietZone) * square, y + Double(QRCode.quietZone) * square)
        for stretch in code.stretches {
            unsafe cairo_rectangle(
                cairo, left + Double(stretch.x) * square, top + Double(stretch.y) * square, Double(stretch.length) * square, square)
        }
        set(MapColour(0, 0, 0))
        unsafe cairo_fill(cairo)
    }

    func endPage() { unsafe cairo_show_page(cairo) }

    /// The whole file. Nothing can be drawn after.
    func finished() throws(DocumentError) -> [UInt8] {
        unsafe cairo_surface_finish(surface)
        for status in [unsafe cairo_status(cairo), unsafe cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw .cairo(operation: "PDF", reason: unsafe cairo_status_to_string(status).map { unsafe String(cString: $0) } ?? "")
        }
        return pile.bytes
    }
}
