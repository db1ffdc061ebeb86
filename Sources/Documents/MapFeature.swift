package import Spatial

/// One thing to draw, on the city's grid and whole: what is cut off at a tile's border would change its dashes and its label.
package struct MapFeature: Hashable, Sendable {
    /// The role and layer that it belongs to.
    package let group: String
    /// Its own within the group. Features of one order are drawn by group and number, and so is it decided between labels of one rank.
    package let number: Int
    package let geometry: Geometry
    package let style: MapStyle
    package let label: String?

    package init(group: String, number: Int, geometry: Geometry, style: MapStyle, label: String?) {
        self.group = group
        self.number = number
        self.geometry = geometry
        self.style = style
        self.label = label
    }
}
