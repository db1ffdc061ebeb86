internal import CPango

/// Lines of text of a width, broken between words, or within one that is longer than a line.
@safe
final class TextBlock {
    struct Style: Hashable {
        var size = 8.5
        var isBold = false
        var colour = MapColour(20, 20, 20)
        var isCentred = false
        /// Lines that stay; the last of them ends in an ellipsis where there were more.
        var mostLines = 40
    }

    private let layout: OpaquePointer
    private let bytes: [UInt8]
    private let style: Style
    let height: Double
    /// Whether lines were left out.
    let isCut: Bool

    /// Pango's units in a point, as drawn.
    private let unit: Double

    init(_ text: String, _ style: Style = Style(), width: Double, _ typesetter: Typesetter) {
        let text = Inert.text(text)
        bytes = Array(text.utf8)
        self.style = style
        unit = Typesetter.unit * Typesetter.size / style.size
        unsafe layout = pango_layout_new(typesetter.context)
        unsafe pango_layout_set_font_description(layout, style.isBold ? typesetter.bold : typesetter.regular)
        unsafe pango_layout_set_auto_dir(layout, 0)
        // Without automatic directions these are sides of the paper.
        let start = typesetter.isRightToLeft ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT
        unsafe pango_layout_set_alignment(layout, style.isCentred ? PANGO_ALIGN_CENTER : start)
        unsafe pango_layout_set_width(layout, Int32(width * unit))
        unsafe pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        unsafe pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
        unsafe pango_layout_set_height(layout, -Int32(style.mostLines))
        unsafe pango_layout_set_text(layout, text, Int32(bytes.count))
        // A code that is broken gets no hyphen, which would be read as part of it. Lines are of one height, whatever scripts are in them.
        let attributes = unsafe pango_attr_list_new()
        unsafe pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(0))
        unsafe pango_attr_list_insert(attributes, pango_attr_line_height_new_absolute(Int32(1.65 * Typesetter.size * Typesetter.unit)))
        // Noto draws the decimal sign like a comma; DejaVu has it as people write it.
        for place in bytes.indices.dropLast() where bytes[place] == 0xD9 && bytes[place + 1] == 0xAB {
            let family = unsafe pango_attr_family_new(Typesetter.signs)
            unsafe family?.pointee.start_index = UInt32(place)
            unsafe family?.pointee.end_index = UInt32(place + 2)
            unsafe pango_attr_list_insert(attributes, family)
        }
        unsafe pango_layout_set_attributes(layout, attributes)
        unsafe pango_attr_list_unref(attributes)
        var logical = PangoRectangle()
        unsafe pango_layout_get_extents(layout, nil, &logical)
        height = Double(logical.height) / unit
        isCut = unsafe pango_layout_is_ellipsized(layout) != 0
    }

    deinit {
        unsafe cpango_free_layout(layout)
    }

    /// How far letters stand below the middle of their line, in sizes: between what Noto has for Persian (0.32) and for Latin ones (0.39), so
    /// that cells beside each other stand on one line.
    private static let drop = 0.34

    /// Draws it with the upper left corner of its box at a place.
    ///
    /// Each run's glyphs go out from left to right with their letters in that order, which most readers turn about themselves: of the
    /// orders there are, it is the one that leaves them the most words of Persian.
    func draw(on pages: borrowing Pages, x: Double, y: Double) {
        pages.set(style.colour)
        guard let lines = unsafe pango_layout_get_iter(layout) else { return }
        defer { unsafe pango_layout_iter_free(lines) }
        repeat {
            var logical = PangoRectangle()
            unsafe pango_layout_iter_get_line_extents(lines, nil, &logical)
            var pen = x + Double(logical.x) / unit
            let baseline = y + (Double(logical.y) + Double(logical.height) / 2) / unit + Self.drop * style.size
            var node = unsafe pango_layout_iter_get_line_readonly(lines)?.pointee.runs
            while let run = unsafe node {
                if let item = unsafe run.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self) {
                    pen = unsafe draw(item, pages, pen, baseline)
                }
                unsafe node = run.pointee.next
            }
        } while unsafe pango_layout_iter_next_line(lines) != 0
    }

    /// No glyph at all, as half-spaces and isolates have; and a letter that no font has (`PANGO_GLYPH_EMPTY`, `…_UNKNOWN_FLAG`).
    private static let empty: UInt32 = 0x0FFF_FFFF
    static let unknown: UInt32 = 0x1000_0000

    @unsafe private func draw(
        _ run: UnsafeMutablePointer<PangoGlyphItem>, _ pages: borrowing Pages, _ left: Double, _ baseline: Double
    ) -> Double {
        var pen = left
        guard let item = unsafe run.pointee.item, let string = unsafe run.pointee.glyphs, let infos = unsafe string.pointee.glyphs,
            let offsets = unsafe string.pointee.log_clusters, let font = unsafe item.pointee.analysis.font
        else { return pen }
        let count = Int(unsafe string.pointee.num_glyphs)
        let first = Int(unsafe item.pointee.offset)
        let isReversed = unsafe item.pointee.analysis.level & 1 == 1
        // From left to right: where the cluster before began, from right to left the next one's end.
        var before = Int(unsafe item.pointee.length)
        var (glyphs, clusters, letters): ([cairo_glyph_t], [cairo_text_cluster_t], [UInt8]) = ([], [], [])
        var place = 0
        while place < count {
            let offset = Int(unsafe offsets[place])
            var drawn: Int32 = 0
            while place < count, Int(unsafe offsets[place]) == offset {
                let info = unsafe infos[place]
                let width = Double(info.geometry.width) / unit
                if info.glyph & Self.unknown != 0 {
                    pages.frame(
                        x: pen + 0.5, y: baseline - 0.7 * style.size, width: max(0, width - 1), height: 0.7 * style.size, style.colour)
                } else if info.glyph != Self.empty {
                    glyphs.append(
                        cairo_glyph_t(
                            index: UInt(info.glyph), x: pen + Double(info.geometry.x_offset) / unit,
                            y: baseline + Double(info.geometry.y_offset) / unit))
                    drawn += 1
                }
                pen += width
                place += 1
            }
            let end = isReversed ? before : place < count ? Int(unsafe offsets[place]) : Int(unsafe item.pointee.length)
            before = offset
            guard drawn > 0 else { continue }
            let text = self.letters(from: first + offset, to: first + end, isReversed: isReversed && drawn == 1)
            clusters.append(cairo_text_cluster_t(num_bytes: Int32(text.count), num_glyphs: drawn))
            letters += text
        }
        guard !glyphs.isEmpty else { return pen }
        unsafe cairo_set_font_face(pages.cairo, cairo_scaled_font_get_font_face(cpango_scaled_font(font)))
        unsafe cairo_set_font_size(pages.cairo, style.size)
        unsafe letters.withUnsafeBytes { letters in
            unsafe cairo_show_text_glyphs(
                pages.cairo, letters.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(letters.count), glyphs, Int32(glyphs.count),
                clusters, Int32(clusters.count), cairo_text_cluster_flags_t(rawValue: 0))
        }
        return pen
    }

    /// The letters that stand for a cluster, without what is only for setting them. An ellipsis has all that it stands for in its own.
    ///
    /// - Parameter isReversed: those of a ligature, lam with alef, go out as they are seen too.
    private func letters(from start: Int, to end: Int, isReversed: Bool) -> [UInt8] {
        guard start >= 0, end <= bytes.count, start < end else { return [] }
        // Of one byte is every letter of Latin, of two every one of Persian: nothing to leave out or turn.
        if end - start <= 2, bytes[start] < 0xE0, end - start == 1 || bytes[start] >= 0xC2 { return Array(bytes[start..<end]) }
        let text = String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars
        guard text.count <= 16 else { return Array("…".utf8) }
        let kept = text.filter { !(0x2066...0x2069).contains($0.value) && $0 != "\u{200C}" && $0 != "\u{061C}" }
        let hasMarks = kept.contains { $0.properties.canonicalCombiningClass.rawValue > 0 }
        return Array(String(String.UnicodeScalarView(isReversed && !hasMarks ? kept.reversed() : Array(kept))).utf8)
    }
}
