/// A piece of ground on which everything is the same: the same zones of every layer, the same overlays.
package struct Part: Hashable, Sendable {
    package struct Zone: Hashable, Sendable {
        package let layer: String
        package let code: String
        /// The plan that drew it; nil where the layer stands without one.
        package let plan: String?

        package init(layer: String, code: String, plan: String?) {
            self.layer = layer
            self.code = code
            self.plan = plan
        }

        /// `layer/code`, as findings list it.
        package var name: String { "\(layer)/\(code)" }
    }

    package struct Overlay: Hashable, Sendable {
        package let layer: String
        package let kind: String
        package let code: String
        package let plan: String?

        package init(layer: String, kind: String, code: String, plan: String?) {
            self.layer = layer
            self.kind = kind
            self.code = code
            self.plan = plan
        }
    }

    package var zones: [Zone]
    package var overlays: [Overlay]
    /// The parcel's code; nil for a place outside every parcel.
    package var parcel: String?
    /// The uses that stand on it; nil where nobody knows.
    package var uses: Set<String>?
    /// Its area and that of the whole parcel, in mm²; nil where there is no parcel.
    package var area: Int64?
    package var parcelArea: Int64?
    /// Overlay kinds whose coverage does not let us say that the part lies outside them.
    package var overlaysUnchecked: Set<String>
    /// The numbers of the events' sectors that it lies in.
    package var sectors: Set<Int>

    package init(
        zones: [Zone] = [], overlays: [Overlay] = [], parcel: String? = nil, uses: Set<String>? = nil, area: Int64? = nil,
        parcelArea: Int64? = nil, overlaysUnchecked: Set<String> = [], sectors: Set<Int> = []
    ) {
        self.zones = zones
        self.overlays = overlays
        self.parcel = parcel
        self.uses = uses
        self.area = area
        self.parcelArea = parcelArea
        self.overlaysUnchecked = overlaysUnchecked
        self.sectors = sectors
    }
}
