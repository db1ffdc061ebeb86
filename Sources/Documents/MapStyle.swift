/// How features of one class are drawn. Lengths are in pixels at the scale factor 1.
package struct MapStyle: Hashable, Sendable {
    package var fill: MapColour?
    package var stroke: MapColour?
    package var width: Double
    /// Lengths drawn and left out by turns; empty for a line without gaps.
    package var dash: [Double]
    package var hatch: Hatch?
    package var label: Label?
    /// Features of a lower order are drawn first.
    package var order: Int
    /// The widest pixel in metres at which it is drawn; nil for all.
    package var coarsest: Double?

    package init(
        fill: MapColour? = nil, stroke: MapColour? = nil, width: Double = 1, dash: [Double] = [], hatch: Hatch? = nil, label: Label? = nil,
        order: Int = 0, coarsest: Double? = nil
    ) {
        self.fill = fill
        self.stroke = stroke
        self.width = width
        self.dash = dash
        self.hatch = hatch
        self.label = label
        self.order = order
        self.coarsest = coarsest
    }

    /// Slanting lines at half a right angle, which run on from tile to tile.
    package struct Hatch: Hashable, Sendable {
        package var colour: MapColour
        package var width: Double
        /// From line to line along a row of pixels: a divisor of 256, else neighbouring tiles do not fit together.
        package var spacing: Int
        package var isRising: Bool

        package init(colour: MapColour, width: Double = 1, spacing: Int = 8, isRising: Bool = true) {
            self.colour = colour
            self.width = width
            self.spacing = spacing
            self.isRising = isRising
        }
    }

    package struct Label: Hashable, Sendable {
        /// What is written: the feature's name, else its code; or the code alone.
        package enum Text: String, Hashable, Sendable { case name, code }

        package var text: Text
        /// Of the font, in pixels.
        package var size: Double
        package var colour: MapColour
        package var halo: MapColour
        /// How far the halo reaches beyond the letters.
        package var reach: Double
        /// Along the ground's long direction or the line, instead of level.
        package var runsAlong: Bool
        /// Of two labels that meet, the one of the lower rank is drawn.
        package var rank: Int
        /// The widest pixel in metres at which it is written; nil for all.
        package var coarsest: Double?

        package init(
            text: Text = .name, size: Double = 11, colour: MapColour, halo: MapColour = MapColour(255, 255, 255, opacity: 220),
            reach: Double = 1.5, runsAlong: Bool = false, rank: Int, coarsest: Double? = nil
        ) {
            self.text = text
            self.size = size
            self.colour = colour
            self.halo = halo
            self.reach = reach
            self.runsAlong = runsAlong
            self.rank = rank
            self.coarsest = coarsest
        }
    }
}
