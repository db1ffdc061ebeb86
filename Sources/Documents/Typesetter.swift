internal import CPango

/// What lines are set with: the fonts, the language and the direction of a document. Belongs to one thread.
///
/// Pango keeps one font map for each thread, which is why threads do not meet here.
@safe
final class Typesetter {
    let context: OpaquePointer
    let regular: OpaquePointer
    let bold: OpaquePointer?
    let isRightToLeft: Bool

    /// Tried in this order, letter by letter: the platform's Persian font without serifs, then what has Latin letters beside it.
    static let families = "Noto Sans Arabic, Noto Sans, DejaVu Sans"

    /// What ٫ is set in.
    static let signs = "DejaVu Sans"

    /// What every line is set at, in points, whatever size it is drawn at: unhinted letters have one shape at all sizes, and Pango looks
    /// for fonts anew, in threads of its own, for each size that it meets.
    static let size = 16.0
    /// Pango's units in a point.
    static let unit = Double(PANGO_SCALE)

    init(isRightToLeft: Bool) throws(DocumentError) {
        guard let context = unsafe pango_font_map_create_context(pango_cairo_font_map_get_default()),
            let regular = unsafe pango_font_description_from_string(Self.families)
        else { throw .cairo(operation: "text", reason: "out of memory") }
        unsafe pango_font_description_set_absolute_size(regular, Self.size * Self.unit)
        let bold = unsafe pango_font_description_copy(regular)
        unsafe pango_font_description_set_weight(bold, PANGO_WEIGHT_BOLD)
        unsafe self.context = context
        unsafe self.regular = regular
        unsafe self.bold = bold
        self.isRightToLeft = isRightToLeft
        let options = unsafe Self.options()
        unsafe pango_cairo_context_set_font_options(context, options)
        unsafe cairo_font_options_destroy(options)
        unsafe pango_context_set_round_glyph_positions(context, 0)
        unsafe pango_context_set_language(context, pango_language_from_string(isRightToLeft ? "fa" : "en"))
        unsafe pango_context_set_base_dir(context, isRightToLeft ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR)
    }

    deinit {
        unsafe pango_font_description_free(regular)
        unsafe pango_font_description_free(bold)
        unsafe cpango_free_context(context)
    }

    /// Letters of the same shape wherever they stand: neither hinted nor moved to whole pixels. Its receiver frees them.
    @unsafe static func options() -> OpaquePointer? {
        let options = unsafe cairo_font_options_create()
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        return unsafe options
    }
}

package enum MapFont {
    /// Sets Pango off to read, in a thread of its own, which fonts there are, while other work is done. For a process of one document: its
    /// threads share one heap, for those of Pango's are short-lived, and a heap of its own would be mapped and cleared for each.
    package static func begin() {
        cpango_use_one_heap()
        _ = unsafe pango_cairo_font_map_get_default()
    }

    /// Looks, once at a start, whether the first family is there and has all that Persian needs.
    package static func check() throws(DocumentError) {
        let family = String(Typesetter.families.prefix { $0 != "," })
        let runs = Lettering("یک۰۱۲۳۴۵۶۷۸۹آپچژگۀئ", size: Typesetter.size, try Typesetter(isRightToLeft: true)).runs
        let others = runs.filter { $0.family != family || $0.hasUnknown }
        if let other = others.first {
            throw .font(family: family, found: other.family, missing: others.map(\.text).joined())
        }
    }
}
