import Formats
extension MapStyleSheet {
    /// A layer's style for QGIS 3 (QML): symbols by `code`, labels, and the scales from which both are shown.
    ///
    /// Lengths are in millimetres, a pixel being 0.28 mm. The layer's features have `code` and `name`.
    package func qgis(_ content: MapContent) -> [UInt8] {
        let classes = classes(of: content)
        let kind = content.isPoints ? "marker" : "fill"
        let shared = classes.last?.entry.style ?? MapStyle()
        var text = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        let scale = shared.coarsest.map { Int(($0 / 0.000_28).rounded()) }
        text += "<qgis version=\"3.22.16\" styleCategories=\"Symbology|Labeling|Rendering\""
        text += " hasScaleBasedVisibilityFlag=\"\(scale == nil ? 0 : 1)\" minScale=\"\(scale ?? 100_000_000)\" maxScale=\"0\""
        text += " labelsEnabled=\"\(shared.label == nil ? 0 : 1)\">\n"
        text +=
            "<renderer-v2 type=\"categorizedSymbol\" attr=\"code\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n<categories>\n"
        for (number, part) in classes.enumerated() {
            // The category of an empty code takes all that no other takes.
            for code in part.codes.isEmpty ? [""] : part.codes {
                text +=
                    "<category value=\"\(xml(code))\" symbol=\"\(number)\" label=\"\(xml(part.entry.title.persian))\" render=\"true\"/>\n"
            }
        }
        text += "</categories>\n<symbols>\n"
        for (number, part) in classes.enumerated() {
            text += "<symbol type=\"\(kind)\" name=\"\(number)\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n"
            text += (content.isPoints ? marker(part.entry.style) : ground(part.entry.style, "@\(number)")) + "</symbol>\n"
        }
        text += "</symbols>\n</renderer-v2>\n"
        if let label = shared.label { text += labeling(label) }
        text += "</qgis>\n"
        return Array(text.utf8)
    }
}

private func millimetres(_ pixels: Double) -> String { "\((pixels * 0.28 * 1000).rounded() / 1000)" }

private func channels(_ colour: MapColour) -> String { "\(colour.red),\(colour.green),\(colour.blue),\(colour.opacity)" }

/// Text within an attribute; characters that XML has no way to write are left out.
private func xml(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\t", "\n", "\r": safe.append(" ")
        case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
        default: safe.append(scalar)
        }
    }
    return Markup.escaped(String(safe))
}

private func layer(_ name: String, _ options: [(String, String)], inside: String = "") -> String {
    let lines = options.map { "<Option type=\"QString\" name=\"\($0.0)\" value=\"\(xml($0.1))\"/>" }
    return
        "<layer class=\"\(name)\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">\(lines.joined())</Option>\(inside)</layer>\n"
}

private func line(_ style: MapStyle) -> [(String, String)] {
    guard let stroke = style.stroke, style.width > 0 else { return [("outline_style", "no")] }
    return [
        ("outline_color", channels(stroke)), ("outline_style", style.dash.isEmpty ? "solid" : style.dash.count > 2 ? "dash dot" : "dash"),
        ("outline_width", millimetres(style.width)), ("outline_width_unit", "MM"), ("joinstyle", "round"),
    ]
}

private func ground(_ style: MapStyle, _ symbol: String) -> String {
    let fill = style.fill ?? MapColour(0, 0, 0, opacity: 0)
    var text = layer("SimpleFill", [("color", channels(fill)), ("style", style.fill == nil ? "no" : "solid")] + line(style))
    if let hatch = style.hatch {
        let stroke = layer(
            "SimpleLine",
            [
                ("line_color", channels(hatch.colour)), ("line_width", millimetres(hatch.width)), ("line_width_unit", "MM"),
                ("line_style", "solid"),
            ])
        // The distance across the lines is less than along a row by √2.
        text += layer(
            "LinePatternFill",
            [
                ("angle", hatch.isRising ? "45" : "135"), ("distance", millimetres(Double(hatch.spacing) / 2.0.squareRoot())),
                ("distance_unit", "MM"), ("color", channels(hatch.colour)), ("line_width", millimetres(hatch.width)),
                ("line_width_unit", "MM"),
            ],
            inside: "<symbol type=\"line\" name=\"\(symbol)@1\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\(stroke)</symbol>")
    }
    return text
}

private func marker(_ style: MapStyle) -> String {
    let fill = style.fill ?? MapColour(0, 0, 0)
    return layer(
        "SimpleMarker",
        [("name", "circle"), ("color", channels(fill)), ("size", millimetres(6 * style.width)), ("size_unit", "MM")] + line(style))
}

private func labeling(_ label: MapStyle.Label) -> String {
    let scale = label.coarsest.map { Int(($0 / 0.000_28).rounded()) }
    let expression = label.text == .code ? "\"code\"" : "coalesce(\"name\", \"code\")"
    return "<labeling type=\"simple\"><settings calloutType=\"simple\">"
        + "<text-style fieldName=\"\(xml(expression))\" isExpression=\"1\" fontFamily=\"Noto Sans Arabic\" fontSize=\"\(millimetres(label.size))\""
        + " fontSizeUnit=\"MM\" namedStyle=\"Regular\" textColor=\"\(channels(label.colour))\" textOpacity=\"1\">"
        + "<text-buffer bufferDraw=\"1\" bufferSize=\"\(millimetres(label.reach))\" bufferSizeUnits=\"MM\" bufferColor=\"\(channels(label.halo))\""
        + " bufferOpacity=\"1\"/></text-style>"
        + "<rendering drawLabels=\"1\" scaleVisibility=\"\(scale == nil ? 0 : 1)\" scaleMin=\"0\" scaleMax=\"\(scale ?? 0)\" fitInPolygonOnly=\"1\"/>"
        + "</settings></labeling>\n"
}
