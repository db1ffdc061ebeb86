internal import CPango

/// A line of text set by Pango, in the direction of Persian, for one canvas and its thread.
///
/// Pango keeps one font map for each thread, which is why threads do not meet here.
@safe
struct Lettering: ~Copyable {
    private let layout: OpaquePointer
    /// Of the letters as they are drawn, without a halo, in pixels.
    let width: Double
    let height: Double
    private let left: Double
    private let top: Double

    /// Tried in this order, letter by letter: the platform's Persian font without serifs, then what has Latin letters beside it.
    static let families = "Noto Sans Arabic, Noto Sans, DejaVu Sans"

    init(_ text: String, size: Double, families: String = Self.families, on canvas: borrowing Canvas) {
        unsafe layout = pango_cairo_create_layout(canvas.cairo)
        let context = unsafe pango_layout_get_context(layout)
        let options = unsafe cairo_font_options_create()
        // Letters of the same shape wherever they stand: neither hinted nor moved to whole pixels.
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        unsafe pango_cairo_context_set_font_options(context, options)
        unsafe cairo_font_options_destroy(options)
        unsafe pango_context_set_language(context, pango_language_from_string("fa"))
        unsafe pango_context_set_base_dir(context, PANGO_DIRECTION_RTL)
        unsafe pango_layout_set_auto_dir(layout, 0)
        let font = unsafe pango_font_description_from_string(families)
        unsafe pango_font_description_set_absolute_size(font, size * Double(PANGO_SCALE))
        unsafe pango_layout_set_font_description(layout, font)
        unsafe pango_font_description_free(font)
        unsafe pango_layout_set_single_paragraph_mode(layout, 1)
        unsafe pango_layout_set_text(layout, text, -1)
        var ink = PangoRectangle()
        unsafe pango_layout_get_extents(layout, &ink, nil)
        let unit = Double(PANGO_SCALE)
        (width, height) = (Double(ink.width) / unit, Double(ink.height) / unit)
        (left, top) = (Double(ink.x) / unit, Double(ink.y) / unit)
    }

    deinit {
        unsafe cpango_free_layout(layout)
    }

    /// Lays the outlines of the letters on the canvas, the middle of their box on its origin.
    func trace(on canvas: borrowing Canvas) {
        unsafe cairo_move_to(canvas.cairo, -left - width / 2, -top - height / 2)
        unsafe pango_cairo_layout_path(canvas.cairo, layout)
    }

    /// How many letters no font has.
    var unknown: Int { Int(unsafe pango_layout_get_unknown_glyphs_count(layout)) }

    /// The family that the first letter was set in.
    var family: String {
        guard let line = unsafe pango_layout_get_line_readonly(layout, 0), let run = unsafe line.pointee.runs?.pointee.data,
            let font = unsafe run.assumingMemoryBound(to: PangoGlyphItem.self).pointee.item?.pointee.analysis.font
        else { return "" }
        let description = unsafe pango_font_describe(font)
        defer { unsafe pango_font_description_free(description) }
        return unsafe pango_font_description_get_family(description).map { unsafe String(cString: $0) } ?? ""
    }
}

package enum MapFont {
    /// Looks, once at a start, whether the first family is there and has all that Persian labels need.
    package static func check() throws(DocumentError) {
        let family = String(Lettering.families.prefix { $0 != "," })
        let canvas = try Canvas(width: 8, height: 8, scale: 1, background: nil)
        var missing = ""
        for letter in "یک۰۱۲۳۴۵۶۷۸۹آپچژگۀئ" {
            let set = Lettering(String(letter), size: 11, families: family, on: canvas)
            if set.unknown > 0 || set.family != family { missing.append(letter) }
        }
        let found = Lettering("ی", size: 11, families: family, on: canvas).family
        if found != family || !missing.isEmpty { throw .font(family: family, found: found, missing: missing) }
    }
}
