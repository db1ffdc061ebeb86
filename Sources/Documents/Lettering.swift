internal import CPango

/// A line of text of a size, as a map has it.
@safe
final class Lettering {
    private let layout: OpaquePointer
    private let text: [UInt8]
    /// What a point of the line as it was set comes to.
    private let scale: Double
    /// Of the letters as they are drawn, without a halo, in pixels.
    let width: Double
    let height: Double
    private let left: Double
    private let top: Double

    init(_ text: String, size: Double, _ typesetter: Typesetter) {
        self.text = Array(text.utf8)
        scale = size / Typesetter.size
        unsafe layout = pango_layout_new(typesetter.context)
        unsafe pango_layout_set_auto_dir(layout, 0)
        unsafe pango_layout_set_font_description(layout, typesetter.regular)
        unsafe pango_layout_set_single_paragraph_mode(layout, 1)
        unsafe pango_layout_set_text(layout, text, -1)
        var ink = PangoRectangle()
        unsafe pango_layout_get_extents(layout, &ink, nil)
        let unit = Typesetter.unit / scale
        (width, height) = (Double(ink.width) / unit, Double(ink.height) / unit)
        (left, top) = (Double(ink.x) / unit, Double(ink.y) / unit)
    }

    deinit {
        unsafe cpango_free_layout(layout)
    }

    /// Lays the outlines of the letters on the canvas, the middle of their box on its origin.
    func trace(on canvas: borrowing Canvas) {
        set(on: canvas) { unsafe pango_cairo_layout_path(canvas.cairo, layout) }
    }

    /// Writes them there as letters, in the canvas's colour.
    func show(on canvas: borrowing Canvas) {
        set(on: canvas) { unsafe pango_cairo_show_layout(canvas.cairo, layout) }
    }

    private func set(on canvas: borrowing Canvas, _ draw: () -> Void) {
        unsafe cairo_save(canvas.cairo)
        unsafe cairo_scale(canvas.cairo, scale, scale)
        unsafe cairo_move_to(canvas.cairo, (-left - width / 2) / scale, (-top - height / 2) / scale)
        draw()
        unsafe cairo_restore(canvas.cairo)
    }

    /// Stretches of the line of one font each: their letters, its family, and whether it lacks one of them.
    var runs: [(text: String, family: String, hasUnknown: Bool)] {
        var found: [(text: String, family: String, hasUnknown: Bool)] = []
        var node = unsafe pango_layout_get_line_readonly(layout, 0)?.pointee.runs
        while let run = unsafe node {
            unsafe node = run.pointee.next
            guard let set = unsafe run.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self), let item = unsafe set.pointee.item,
                let glyphs = unsafe set.pointee.glyphs
            else { continue }
            let description = unsafe pango_font_describe(item.pointee.analysis.font)
            defer { unsafe pango_font_description_free(description) }
            let begin = Int(unsafe item.pointee.offset)
            let end = begin + Int(unsafe item.pointee.length)
            var hasUnknown = false
            for place in 0..<Int(unsafe glyphs.pointee.num_glyphs) {
                if unsafe glyphs.pointee.glyphs[place].glyph & TextBlock.unknown != 0 { hasUnknown = true }
            }
            found.append(
                (
                    String(decoding: text[begin..<end], as: UTF8.self),
                    unsafe pango_font_description_get_family(description).map { unsafe String(cString: $0) } ?? "", hasUnknown
                ))
        }
        return found
    }
}

/// Lines that a drawing has set, each once: a town has one name for many zones.
final class TypeCase {
    private let typesetter: Typesetter
    private var set: [Key: Lettering] = [:]

    private struct Key: Hashable {
        let text: String
        let size: Double
    }

    init() throws(DocumentError) {
        typesetter = try Typesetter(isRightToLeft: true)
    }

    func line(_ text: String, size: Double) -> Lettering {
        let key = Key(text: text, size: size)
        if let line = set[key] { return line }
        let line = Lettering(text, size: size, typesetter)
        set[key] = line
        return line
    }
}
