/// What a drawing's own lines say that GDAL does not hand over: version, code page, unit, and how round its polylines are.
package struct DXFScan {
    /// `AC1015` is R2000, `AC1021` R2007.
    package private(set) var version = ""
    /// `ANSI_1256`.
    package private(set) var codePage = ""
    /// The drawing's unit by AutoCAD's number: 0 none, 2 feet, 4 millimetres, 5 centimetres, 6 metres.
    package private(set) var unit = 0
    package private(set) var evidence = EncodingEvidence()
    /// A polyline's handle → the radius of its widest arc, in drawing units.
    package private(set) var arcs: [String: Double] = [:]

    private var variable = ""
    private var polyline = Polyline()

    /// Goes through the drawing's pairs of lines, a code and a value each. Never fails: a broken drawing is GDAL's to refuse.
    package init(_ bytes: [UInt8]) {
        var code: Int?
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            var line = bytes[start..<end]
            while let last = line.last, last == 0x0D || last == 0x20 { line.removeLast() }
            while let first = line.first, first == 0x20 || first == 0x09 { line.removeFirst() }
            if let known = code {
                take(known, line)
                code = nil
            } else {
                code = line.count <= 6 ? Int(String(decoding: line, as: UTF8.self)) : nil
                if code == nil { code = -1 }
            }
            start = end < bytes.endIndex ? end + 1 : end
        }
        end(polyline)
    }

    /// The encoding of the drawing's texts: UTF-8 from R2007 on whatever the code page says, before that the code page's. What
    /// the bytes contradict is not stated: nil.
    package var encoding: TextEncoding? {
        if version >= "AC1021" { return evidence.foreign == 0 || evidence.likely == .utf8 ? .utf8 : nil }
        let stated = codePage.uppercased().hasPrefix("ANSI_") ? TextEncoding(named: codePage) : nil
        if evidence.foreign > 0, let likely = evidence.likely, likely != stated { return nil }
        return stated
    }

    private mutating func take(_ code: Int, _ value: ArraySlice<UInt8>) {
        switch code {
        case 0:
            begin(String(decoding: value, as: UTF8.self))
        case 9:
            variable = String(decoding: value, as: UTF8.self)
        case 1 where variable == "$ACADVER": version = header(value)
        case 3 where variable == "$DWGCODEPAGE": codePage = header(value)
        case 70 where variable == "$INSUNITS": unit = Int(header(value)) ?? 0
        case 5 where polyline.isOpen && polyline.handle.isEmpty: polyline.handle = String(decoding: value, as: UTF8.self)
        case 10, 20, 42, 70:
            if polyline.isOpen, let number = Double(String(decoding: value, as: UTF8.self)) { polyline.take(code, number) }
        default: break
        }
        if 1...9 ~= code || code >= 300 { evidence.add(Array(value)) }
    }

    private mutating func header(_ value: ArraySlice<UInt8>) -> String {
        variable = ""
        return String(decoding: value, as: UTF8.self)
    }

    /// A VERTEX continues an old POLYLINE; anything else ends what came before.
    private mutating func begin(_ entity: String) {
        if entity == "VERTEX", polyline.isOpen, polyline.isOld { return polyline.beginVertex() }
        end(polyline)
        polyline = Polyline(isOpen: entity == "LWPOLYLINE" || entity == "POLYLINE", isOld: entity == "POLYLINE")
    }

    private mutating func end(_ polyline: Polyline) {
        if polyline.isOpen, let radius = polyline.radius { arcs[polyline.handle] = radius }
    }
}

/// The vertices of one polyline while it is read.
private struct Polyline {
    var isOpen = false
    /// A POLYLINE of R12, whose vertices are entities of their own; its own coordinates are not on the map.
    var isOld = false
    var handle = ""
    private var isClosed = false
    private var hasVertex = false
    private var vertices: [(x: Double, y: Double, bulge: Double)] = []

    init(isOpen: Bool = false, isOld: Bool = false) {
        self.isOpen = isOpen
        self.isOld = isOld
    }

    mutating func beginVertex() { hasVertex = true }

    mutating func take(_ code: Int, _ value: Double) {
        if code == 70, !hasVertex { isClosed = value == 1 || value == 129 }
        guard code != 70, !isOld || hasVertex else { return }
        switch code {
        case 10: vertices.append((value, 0, 0))
        case 20: if let last = vertices.indices.last { vertices[last].y = value }
        default: if let last = vertices.indices.last { vertices[last].bulge = value }
        }
    }

    /// Of the widest arc: chord · (1 + b²) / 4b for the bulge b, the tangent of a quarter of the arc's angle (DXF reference).
    var radius: Double? {
        var widest: Double?
        for (index, vertex) in vertices.enumerated() where vertex.bulge != 0 {
            let next = index + 1 < vertices.count ? vertices[index + 1] : isClosed ? vertices[0] : vertex
            let (dx, dy) = (next.x - vertex.x, next.y - vertex.y)
            let bulge = vertex.bulge.magnitude
            let radius = (dx * dx + dy * dy).squareRoot() * (1 + bulge * bulge) / (4 * bulge)
            if radius > 0, radius.isFinite { widest = max(widest ?? 0, radius) }
        }
        return widest
    }
}
