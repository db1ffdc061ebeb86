import Formats
import Planning
import Spatial

/// Where on a parcel something may be built: the parcel less the setbacks from its sides and the ground on which building is forbidden.
struct Envelope {
    /// The parcel's code, and its area in square metres.
    let parcel: String
    let area: Decimal
    /// All of the border, ring after ring.
    var sides: [Side]
    /// What forbids building, or the use asked about, on some of the parcel.
    var forbidding: [Finding] = []
    /// Facts without which there is no envelope, sorted.
    var needs: [String] = []
    /// The findings that hang on them, or contradict themselves.
    var open: [Finding] = []
    /// The kinds of overlay that were not checked here: one that forbids may lie on the parcel.
    var unchecked: [String] = []
    /// What is taken from the parcel, where it is known.
    var takings: [Taking] = []
    /// Nil where facts are needed or the law contradicts itself; without polygons where nothing may be built.
    var left: FineGround?

    /// As findings have it: `needs`, `conflict` or `decided`.
    var status: Finding.Status { !needs.isEmpty ? .needs : open.isEmpty ? .decided : .conflict }

    /// One side of the border: a stretch on the ground of the same streets, or one between two corners that is on no street.
    struct Side {
        let stretch: BorderStretch
        /// Those whose ground shares all of it.
        let streets: [StreetBeside]
        /// Where there is none: those that run beside it within both layers' accuracies. Whether it is on them is not known.
        let near: [StreetBeside]
        /// Their width in metres, the widest's where there are several, and where it comes from; nil where it is not known.
        var width: Fact?
        /// What the law says of the distance to be kept from it, part by part of the parcel; none where it keeps silent.
        var setbacks: [Finding] = []

        init(_ stretch: BorderStretch, streets: [StreetBeside], near: [StreetBeside]) {
            (self.stretch, self.streets, self.near) = (stretch, streets, near)
            let widths = (streets + near).map(\.width)
            if !widths.contains(nil), let widest = widths.compactMap(\.self).max() { width = Fact(.number(widest), from: .layer) }
        }
    }

    /// The facts that say which sides a setback other than from a street is counted from: `border.rear=2,3`.
    static func sides(_ place: String) -> String { "border.\(place)" }
}

extension Finding {
    /// What a minimum is a setback from (`front`, `side`, `rear`…): `setback.WHERE.min`; nil for anything else.
    var setbackFrom: String? {
        let words = parameter.split(separator: ".")
        guard words.count == 3, words[0] == "setback", words[2] == "min" else { return nil }
        switch relation {
        case .min?, .exactly?, nil: return String(words[1])
        default: return nil
        }
    }

    /// The distance in millimetres that a decided setback keeps free; 0 where none is decided.
    var setback: Double {
        guard status == .decided, case .number(let metres) = value else { return 0 }
        return max(0, metres.double * 1000)
    }
}
