package import Spatial

/// One thing to draw, on the city's grid and whole: what is cut off at a tile's border would change its dashes and its label.
package struct MapFeature: Hashable, Sendable {
    /// Its own among the features of its class: of two labels of one rank that meet, the lower number's is drawn.
    package let number: Int
    package let geometry: Geometry
    package let style: MapStyle
    package let label: String?

    package init(number: Int, geometry: Geometry, style: MapStyle, label: String?) {
        self.number = number
        self.geometry = geometry
        self.style = style
        self.label = label
    }
}
