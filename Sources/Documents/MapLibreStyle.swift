package import Formats
internal import Glibc

extension MapStyleSheet {
    /// The style for web maps over the vector tiles (MapLibre style specification, version 8).
    ///
    /// A tile's layer is named by the content's layer, else by its role; its features have `code` and `name`. The address is that of
    /// WebMercatorQuad's tiles with `{z}`, `{x}` and `{y}`. Without the address of glyphs (`{fontstack}`, `{range}`) a web map of that kind writes
    /// nothing, and no labels are put in. Hatches, which there want pictures, become a thin fill. The latitude in degrees is the city's.
    package func mapLibre(
        _ contents: [MapContent], name: String, tiles: String, zooms: ClosedRange<Int> = 0...22, glyphs: String? = nil, latitude: Double
    ) -> JSON {
        var layers: [(order: Int, rank: Int, layer: JSON)] = []
        for content in contents {
            let classes = classes(of: content)
            let listed = classes.flatMap(\.codes)
            for (number, part) in classes.enumerated() {
                let filter: JSON? =
                    if !part.codes.isEmpty { Self.filter(part.codes, isHolding: true) } else if listed.isEmpty { nil } else {
                        Self.filter(listed, isHolding: false)
                    }
                let made = LayerMaker(content: content, number: number, filter: filter, latitude: latitude)
                layers += made.drawn(part.entry.style).map { (part.entry.style.order, 0, $0) }
                guard glyphs != nil, let label = part.entry.style.label else { continue }
                layers.append((1_000, -label.rank, made.written(label, part.entry.style)))
            }
        }
        let ordered = layers.enumerated().sorted {
            ($0.element.order, $0.element.rank, $0.offset) < ($1.element.order, $1.element.rank, $1.offset)
        }
        var style: [String: JSON] = [
            "version": JSON(8), "name": JSON(name), "layers": .array(ordered.map(\.element.layer)),
            "sources": .object([
                "city": .object([
                    "type": JSON("vector"), "tiles": .array([JSON(tiles)]), "minzoom": JSON(zooms.lowerBound),
                    "maxzoom": JSON(zooms.upperBound),
                ])
            ]),
        ]
        style["glyphs"] = glyphs.map { JSON($0) }
        return .object(style)
    }

    private static func filter(_ codes: [String], isHolding: Bool) -> JSON {
        .array([
            JSON("match"), .array([JSON("get"), JSON("code")]), .array(codes.sorted().map { JSON($0) }), JSON(isHolding), JSON(!isHolding),
        ])
    }
}

/// Makes the layers of one class.
private struct LayerMaker {
    let content: MapContent
    let number: Int
    let filter: JSON?
    let latitude: Double

    private var source: String { content.layer ?? content.role }

    private func layer(_ kind: String, _ suffix: String, _ coarsest: Double?, paint: [String: JSON], layout: [String: JSON] = [:]) -> JSON {
        var layer: [String: JSON] = [
            "id": JSON("\(content.role)-\(source)-\(number)-\(suffix)"), "type": JSON(kind), "source": JSON("city"),
            "source-layer": JSON(source), "paint": .object(paint),
        ]
        if !layout.isEmpty { layer["layout"] = .object(layout) }
        layer["filter"] = filter
        layer["minzoom"] = coarsest.map { .number(zoom($0)) }
        return .object(layer)
    }

    /// The zoom at which a pixel of tiles of 512 is so many metres wide at the latitude, to two places.
    private func zoom(_ metres: Double) -> Double {
        let whole = 2 * Double.pi * 6_378_137 * cos(latitude * .pi / 180) / 512
        return max(0, min(24, (log2(whole / metres) * 100).rounded() / 100))
    }

    func drawn(_ style: MapStyle) -> [JSON] {
        if content.isPoints {
            let fill = style.fill ?? style.stroke ?? MapColour(0, 0, 0)
            let stroke = style.stroke ?? fill
            return [
                layer(
                    "circle", "dot", style.coarsest,
                    paint: [
                        "circle-radius": .number(3 * style.width), "circle-color": JSON(fill.hex), "circle-opacity": .number(fill.share),
                        "circle-stroke-color": JSON(stroke.hex), "circle-stroke-width": .number(style.width),
                    ])
            ]
        }
        var layers: [JSON] = []
        for (colour, suffix, share) in [(style.fill, "fill", 1), (style.hatch?.colour, "hatch", 0.3)] {
            guard let colour else { continue }
            layers.append(
                layer(
                    "fill", suffix, style.coarsest,
                    paint: ["fill-color": JSON(colour.hex), "fill-opacity": .number((colour.share * share * 1000).rounded() / 1000)]))
        }
        if let stroke = style.stroke, style.width > 0 {
            var paint: [String: JSON] = [
                "line-color": JSON(stroke.hex), "line-opacity": .number(stroke.share), "line-width": .number(style.width),
            ]
            // Dashes count in widths of the line.
            if !style.dash.isEmpty {
                paint["line-dasharray"] = .array(style.dash.map { .number(($0 / style.width * 100).rounded() / 100) })
            }
            layers.append(layer("line", "line", style.coarsest, paint: paint, layout: ["line-join": JSON("round")]))
        }
        return layers
    }

    func written(_ label: MapStyle.Label, _ style: MapStyle) -> JSON {
        let coarsest = [label.coarsest, style.coarsest].compactMap { $0 }.min()
        let text = JSON.array([JSON("get"), JSON(label.text.rawValue)])
        return layer(
            "symbol", "label", coarsest,
            paint: [
                "text-color": JSON(label.colour.hex), "text-halo-color": JSON(label.halo.hex), "text-halo-width": .number(label.reach),
            ],
            layout: [
                "text-field": text, "text-size": .number(label.size), "text-font": .array([JSON("Noto Sans Arabic Regular")]),
            ])
    }
}
