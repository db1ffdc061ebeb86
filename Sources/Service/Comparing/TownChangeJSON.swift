package import Formats
import Persian
import Planning
import Store

extension TownChange {
    /// All of it, as canonical bytes (RFC 8785) and one newline.
    package var bytes: [UInt8] { json.canonical() + [UInt8(ascii: "\n")] }

    private var json: JSON {
        .object([
            "from": before.json, "to": after.json, "summary": summary.json, "parcels": .array(changes.map(\.json)),
        ])
    }
}

extension TownChange.Seen {
    fileprivate var json: JSON {
        .object(["revision": JSON(revision), "root": .string(root.hex), "on": .string(day.iso), "parcels": JSON(parcels)])
    }
}

extension TownChange.Summary {
    fileprivate var json: JSON {
        .object([
            "changed": JSON(changed), "appeared": JSON(appeared), "vanished": JSON(vanished), "reshaped": JSON(reshaped),
            "rezoned": JSON(rezoned), "area": .init(Measure.squareMetres(area)),
            "parameters": .array(
                parameters.map {
                    .object([
                        "parameter": .string($0.parameter), "parcels": JSON($0.parcels), "area": .init(Measure.squareMetres($0.area)),
                    ])
                }),
        ])
    }
}

extension ParcelChange {
    var json: JSON {
        .object([
            "parcel": .string(code), "kind": .string(kind.rawValue), "reshaped": .bool(reshaped),
            "before": before?.json ?? .null, "after": after?.json ?? .null, "ground": .array(ground.map(\.json)),
            "findings": .array(findings.map(\.json)), "losses": .array(losses.map(\.json)),
        ])
    }
}

extension ParcelChange.Areas {
    var json: JSON { .object(["grid": .init(grid), "deed": .init(deed), "effective": .init(effective)]) }
}

extension GroundChange {
    var json: JSON {
        .object([
            "role": .string(name.isZone ? "zone" : "overlay"), "layer": .string(name.layer), "kind": .init(name.kind),
            "code": .init(name.code), "plan": .init(name.plan), "before": .init(before.map(Measure.squareMetres)),
            "after": .init(after.map(Measure.squareMetres)),
        ])
    }
}

extension FindingChange {
    var json: JSON {
        .object([
            "parameter": .string(parameter), "use": .init(use), "before": before?.json ?? .null, "after": after?.json ?? .null,
            "area": .init(Measure.squareMetres(area)), "share": .init(share),
        ])
    }
}

extension Stated {
    fileprivate var json: JSON {
        .object([
            "status": .string(status.rawValue), "relation": .init(relation?.rawValue), "value": value.json,
            "unit": .init(unit?.rawValue), "basis": .init(basis?.rawValue), "provision": provision?.json ?? .null,
            "needs": .array(needs.map(JSON.string)), "open": .array(open.map(\.json)),
        ])
    }
}

extension Loss {
    package var json: JSON {
        .object(["parcel": .string(parcel), "what": .string(what.rawValue), "parameter": .string(parameter)])
    }
}
