package import Formats
import Spatial

extension TileMatrixSet {
    /// The definition as OGC 17-083r4, Annex A writes it in JSON and OGC API – Tiles serves it.
    ///
    /// A scale's denominator takes a pixel for 0.28 mm. Numbers are the doubles nearest to the exact ones, which the standard prints cut to
    /// fifteen digits.
    package var json: JSON {
        var object: [String: JSON] = [
            "id": JSON(id), "title": JSON(title), "crs": JSON(crs), "orderedAxes": .array(orderedAxes.map { JSON($0) }),
            "tileMatrices": .array(zooms.map(matrix)),
        ]
        object["uri"] = uri.map { JSON($0) }
        object["wellKnownScaleSet"] = wellKnownScaleSet.map { JSON($0) }
        return .object(object)
    }

    private func matrix(_ zoom: Int) -> JSON {
        let cell = cellSize(at: zoom)
        return .object([
            "id": JSON(String(zoom)), "scaleDenominator": .number(cell / 0.000_28), "cellSize": .number(cell),
            "cornerOfOrigin": JSON("topLeft"), "pointOfOrigin": .array([.number(corner.x), .number(corner.y)]),
            "tileWidth": JSON(Self.pixels), "tileHeight": JSON(Self.pixels),
            "matrixWidth": JSON(count(at: zoom)), "matrixHeight": JSON(count(at: zoom)),
        ])
    }
}

extension [TileLimits] {
    /// `tileMatrixSetLimits` of a tile set's metadata.
    package var json: JSON {
        .array(
            map { limits in
                .object([
                    "tileMatrix": JSON(String(limits.zoom)),
                    "minTileRow": JSON(limits.rows.lowerBound), "maxTileRow": JSON(limits.rows.upperBound),
                    "minTileCol": JSON(limits.cols.lowerBound), "maxTileCol": JSON(limits.cols.upperBound),
                ])
            })
    }
}
