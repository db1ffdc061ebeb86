internal import CPango
import Spatial

/// A picture that Cairo draws into. Belongs to one thread at a time.
@safe
struct Canvas: ~Copyable {
    let cairo: OpaquePointer
    private let surface: OpaquePointer
    let width: Double
    let height: Double
    /// Whether it keeps lines and letters as what they are, as a page does, and not as pixels.
    let isOfLines: Bool

    /// So many pixels at the scale factor 1; it is transparent without a background.
    init(width: Int, height: Int, scale: Int, background: MapColour?) throws(DocumentError) {
        let sides = 1...8192
        guard sides.contains(width), sides.contains(height), (1...8).contains(scale), sides.contains(max(width, height) * scale) else {
            throw .size(width: width, height: height)
        }
        let format = background?.opacity == 255 ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32
        guard let surface = unsafe cairo_image_surface_create(format, Int32(width * scale), Int32(height * scale)),
            let cairo = unsafe cairo_create(surface)
        else { throw .cairo(operation: "surface", reason: "out of memory") }
        unsafe self.surface = surface
        unsafe self.cairo = cairo
        (self.width, self.height) = (Double(width), Double(height))
        isOfLines = false
        unsafe cairo_scale(cairo, Double(scale), Double(scale))
        begin()
        if let background {
            set(background)
            unsafe cairo_paint(cairo)
        }
    }

    /// So many pixels of what somebody else draws on, a page of a document, from its present origin on. No PNG can be had of it.
    init(on other: OpaquePointer, width: Double, height: Double) {
        unsafe cairo = cairo_reference(other)
        unsafe surface = cairo_surface_reference(cairo_get_target(other))
        (self.width, self.height) = (width, height)
        isOfLines = true
        begin()
    }

    private func begin() {
        unsafe cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
        unsafe cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT)
        unsafe cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD)
    }

    deinit {
        unsafe cairo_destroy(cairo)
        unsafe cairo_surface_destroy(surface)
    }

    private func set(_ colour: MapColour) {
        func share(_ value: UInt8) -> Double { Double(value) / 255 }
        unsafe cairo_set_source_rgba(cairo, share(colour.red), share(colour.green), share(colour.blue), share(colour.opacity))
    }

    /// Draws an outline: fill, hatch, stroke. A single place is a dot as wide as six strokes.
    func draw(_ outline: Outline, _ style: MapStyle) {
        if case .dot(let place) = outline {
            unsafe cairo_new_path(cairo)
            unsafe cairo_arc(cairo, place.x, place.y, 3 * style.width, 0, 2 * .pi)
        } else {
            trace(outline)
        }
        if outline.hasInside {
            if let fill = style.fill {
                set(fill)
                unsafe cairo_fill_preserve(cairo)
            }
            if let hatch = style.hatch { draw(hatch, outline) }
        }
        guard let stroke = style.stroke, style.width > 0 else { return }
        set(stroke)
        unsafe cairo_set_line_width(cairo, style.width)
        unsafe cairo_set_dash(cairo, style.dash, Int32(style.dash.count), 0)
        unsafe cairo_stroke(cairo)
    }

    private func trace(_ outline: Outline) {
        unsafe cairo_new_path(cairo)
        for path in outline.paths {
            for (index, place) in path.enumerated() {
                let (x, y) = (Self.held(place.x), Self.held(place.y))
                if index == 0 { unsafe cairo_move_to(cairo, x, y) } else { unsafe cairo_line_to(cairo, x, y) }
            }
            if outline.hasInside { unsafe cairo_close_path(cairo) }
        }
    }

    /// Cairo counts pixels to eight million; a corner twice as far as any city's at the closest zoom is held there.
    private static func held(_ pixels: Double) -> Double { max(-4e6, min(4e6, pixels)) }

    private func draw(_ hatch: MapStyle.Hatch, _ outline: Outline) {
        unsafe cairo_save(cairo)
        unsafe cairo_clip(cairo)
        unsafe cairo_new_path(cairo)
        let step = max(2, hatch.spacing)
        // They begin and end outside the picture, where their ends are not seen.
        let (top, bottom) = (-16.0, height + 16)
        let reach = Int(width + height) + 32
        for place in stride(from: -(reach / step + 1) * step, through: reach + step, by: step) {
            let at = Double(place)
            unsafe cairo_move_to(cairo, hatch.isRising ? at - top : at + top, top)
            unsafe cairo_line_to(cairo, hatch.isRising ? at - bottom : at + bottom, bottom)
        }
        set(hatch.colour)
        unsafe cairo_set_line_width(cairo, hatch.width)
        unsafe cairo_set_dash(cairo, nil, 0, 0)
        unsafe cairo_stroke(cairo)
        unsafe cairo_restore(cairo)
        trace(outline)
    }

    /// Writes letters around a place, turned by an angle in radians, over their halo.
    func write(_ letters: Lettering, _ style: MapStyle.Label, at place: Position, angle: Double) {
        unsafe cairo_save(cairo)
        unsafe cairo_translate(cairo, place.x, place.y)
        unsafe cairo_rotate(cairo, angle)
        trace(letters)
        if style.reach > 0 {
            set(style.halo)
            unsafe cairo_set_line_width(cairo, 2 * style.reach)
            unsafe cairo_set_dash(cairo, nil, 0, 0)
            unsafe cairo_stroke_preserve(cairo)
        }
        set(style.colour)
        if isOfLines {
            unsafe cairo_new_path(cairo)
            letters.show(on: self)
        } else {
            unsafe cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING)
            unsafe cairo_fill(cairo)
        }
        unsafe cairo_restore(cairo)
    }

    /// Lays their outlines down: of straight pieces on a page, where the curves of letters would take more than all else.
    private func trace(_ letters: Lettering) {
        unsafe cairo_new_path(cairo)
        letters.trace(on: self)
        guard isOfLines else { return }
        unsafe cairo_set_tolerance(cairo, Self.roughness)
        let path = unsafe cairo_copy_path_flat(cairo)
        unsafe cairo_new_path(cairo)
        unsafe cairo_append_path(cairo, path)
        unsafe cairo_path_destroy(path)
    }

    /// How far a halo on a page may lie from the letters' own outline, in points of the page.
    private static let roughness = 0.25

    /// The picture as PNG.
    func png() throws(DocumentError) -> [UInt8] {
        unsafe cairo_surface_flush(surface)
        let pile = Pile()
        let status = unsafe cairo_surface_write_to_png_stream(surface, gather, Unmanaged.passUnretained(pile).toOpaque())
        let drawn = unsafe cairo_status(cairo)
        for status in [drawn, status] where status != CAIRO_STATUS_SUCCESS {
            throw .cairo(operation: "map", reason: unsafe cairo_status_to_string(status).map { unsafe String(cString: $0) } ?? "")
        }
        return pile.bytes
    }
}

/// What is drawn, in pixels from the upper left corner.
enum Outline {
    case dot(Position)
    case lines([[Position]])
    /// All rings of some polygons; none repeats its first place.
    case ground([[Position]])

    var paths: [[Position]] {
        switch self {
        case .dot: []
        case .lines(let paths), .ground(let paths): paths
        }
    }

    var hasInside: Bool { if case .lines = self { false } else { true } }
}

final class Pile {
    var bytes: [UInt8] = []
}

/// Takes a piece of the PNG from Cairo.
func gather(_ pile: UnsafeMutableRawPointer?, _ data: UnsafePointer<UInt8>?, _ count: UInt32) -> cairo_status_t {
    guard let pile = unsafe pile, let data = unsafe data else { return CAIRO_STATUS_WRITE_ERROR }
    unsafe Unmanaged<Pile>.fromOpaque(pile).takeUnretainedValue().bytes
        .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
}
