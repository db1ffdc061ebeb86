import Formats
import Spatial
import Store

/// A street at a parcel's border.
struct StreetBeside {
    let street: Feature
    /// Metres; nil where its row states none.
    let width: Decimal?
    /// Millimetres of the parcel's border that run exactly on the border of the street's ground; 0 for one that only comes near.
    let shared: Double
}

extension Answerer {
    /// The streets whose ground shares a line with the parcel, or comes within both layers' accuracies of it, in the order in which they came.
    func streets(beside parcel: Feature, _ shape: MultiPolygon) -> [StreetBeside] {
        guard let box = shape.box else { return [] }
        let accuracy = ground.slot(of: parcel).accuracy ?? 0
        var found: [StreetBeside] = []
        for street in ground.candidates(.streets, in: box.grown(by: accuracy + ground.greatestAccuracy)) {
            guard let area = street.area else { continue }
            let shared = sharedBorder(shape, area)
            guard shared > 0 || area.edgeRuns(within: tolerance(parcel, street), ofBorderOf: shape) else { continue }
            found.append(StreetBeside(street: street, width: street.text("width").flatMap { Decimal(parsing: $0) }, shared: shared))
        }
        return found
    }

    /// Both layers' stated accuracies in millimetres; one that is not stated counts nothing.
    func tolerance(_ parcel: Feature, _ street: Feature) -> Int64 {
        (ground.slot(of: parcel).accuracy ?? 0) + (ground.slot(of: street).accuracy ?? 0)
    }
}

extension [StreetBeside] {
    /// The widest that shares a line with the parcel; where none does, of those near it.
    var widest: Decimal? {
        let fronting = filter { $0.shared > 0 }
        return (fronting.isEmpty ? self : fronting).compactMap(\.width).max()
    }

    /// Metres of border on streets' ground; nil where there is none.
    var frontage: Decimal? {
        let length = reduce(0) { $0 + $1.shared }
        return length > 0 ? Measure.metres(length) : nil
    }
}
