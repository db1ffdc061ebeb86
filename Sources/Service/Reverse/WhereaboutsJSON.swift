import Formats
import Persian
import Planning
import Store

extension Whereabouts {
    /// All of it, as canonical bytes (RFC 8785) and one newline.
    package var bytes: [UInt8] { json.canonical() + [UInt8(ascii: "\n")] }

    private var json: JSON {
        .object([
            "plan": .string(plan), "clause": .string(clause), "revision": JSON(revision), "root": .string(root.hex),
            "on": .string(day.iso), "parcels": JSON(parcels), "provisions": .array(provisions.map(\.json)),
            "sums": .array(
                sums.map {
                    .object([
                        "part": .string($0.part.rawValue), "parcels": JSON($0.parcels), "area": .init(Measure.squareMetres($0.area)),
                    ])
                }),
            "grounds": .array(
                grounds.map {
                    .object([
                        "parcel": .string($0.parcel), "part": .string($0.part.rawValue), "area": .init(Measure.squareMetres($0.area)),
                    ])
                }),
            "entries": .array(entries.map(\.json)),
        ])
    }
}

extension Provision {
    fileprivate var json: JSON {
        .object([
            "target": .string(target.description), "parameter": .string(parameter), "relation": .string(relation.rawValue),
            "value": value.json, "unit": .init(unit?.rawValue), "condition": .init(condition?.text), "basis": .init(basis?.rawValue),
            "from": .init(period.from), "until": .init(period.until), "text": .string(text),
        ])
    }
}

extension Whereabouts.Entry {
    var json: JSON {
        .object([
            "parcel": .string(parcel), "part": .string(part.rawValue), "parameter": .string(parameter), "use": .init(use),
            "relation": .init(relation?.rawValue), "value": value.json, "unit": .init(unit?.rawValue),
            "zones": .array(zones.map(JSON.string)), "area": .init(Measure.squareMetres(area)), "status": .string(status.rawValue),
            "reason": .init(reason?.rawValue), "against": .array(against.map(\.json)), "needs": .array(needs.map(JSON.string)),
        ])
    }
}
