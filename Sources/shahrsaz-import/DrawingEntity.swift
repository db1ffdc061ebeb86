import CGDAL
import Importing
import Spatial

/// One entity of a drawing, as far as it is not its geometry.
struct DrawingEntity {
    let layer: String
    let handle: String
    /// False in the paper's own space, where frames and titles are.
    let isOnMap: Bool
    /// What it writes on the map: a text, or the attributes of a block that is placed there.
    let label: Labels.Label?
    let isPoint: Bool

    init(_ feature: OGRFeatureH) {
        func field(_ name: String) -> String? {
            let index = unsafe OGR_F_GetFieldIndex(feature, name)
            guard index >= 0, unsafe OGR_F_IsFieldSetAndNotNull(feature, index) != 0 else { return nil }
            return unsafe text(OGR_F_GetFieldAsString(feature, index))
        }
        let layer = DXFText.unescaped(field("Layer") ?? "0")
        self.layer = layer
        handle = field("EntityHandle") ?? "\(unsafe OGR_F_GetFID(feature))"
        isOnMap = field("PaperSpace") != "1"
        guard let geometry = unsafe OGR_F_GetGeometryRef(feature),
            unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbPoint
        else {
            label = nil
            isPoint = false
            return
        }
        isPoint = true
        let place = unsafe Position(x: OGR_G_GetX(geometry, 0), y: OGR_G_GetY(geometry, 0))
        // What a dimension line says is a length.
        let isMeasure = field("SubClasses")?.contains("AcDbDimension") ?? false
        let written = isMeasure ? "" : DXFText.unescaped(field("Text") ?? field("BlockAttributes") ?? "")
        let words = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        label = words.isEmpty && !isMeasure ? nil : Labels.Label(text: words, layer: layer, place: place)
    }
}
