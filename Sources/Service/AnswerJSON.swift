package import Formats
import Persian
import Planning

extension Answer {
    /// The answer's canonical bytes (RFC 8785) and one newline: the same from every interface.
    package var bytes: [UInt8] { json.canonical() + [UInt8(ascii: "\n")] }

    package var json: JSON {
        var all = content
        all["certificate"] = certificate.json
        return .object(all)
    }

    /// All but the certificate: what its digest is taken over.
    var content: [String: JSON] {
        [
            "question": question.json(known: known),
            "location": .object([
                "lon": .init(location.lon), "lat": .init(location.lat), "x": .init(location.x), "y": .init(location.y),
                "crs": .string(location.crs),
            ]),
            "parcels": .array(parcels.map(\.json)),
            "zones": .array(zones.map(\.json)),
            "overlays": .array(overlays.map(\.json)),
            "pending": .array(pending.map(\.json)),
            "reconciliation": .array(reconciliation.map(\.json)),
            "findings": .array(findings.map(\.json)),
            "uses": .array(uses.map(\.json)),
            "coverage": .array(coverage.map(\.json)),
            "sources": .array(sources.map(\.json)),
        ]
    }
}

extension JSON {
    init(_ number: Double?) { self = number.map(JSON.number) ?? .null }
    init(_ day: Day?) { self = day.map { .string($0.iso) } ?? .null }
    /// A text that planners may leave blank.
    init(stated text: String) { self = text.isEmpty ? .null : .string(text) }
    init(_ claim: Bool?) { self = claim.map(JSON.bool) ?? .null }
}

extension Question {
    func json(known: Int) -> JSON {
        var object: [String: JSON] = [
            "on": .string(on.iso), "known": .number(Double(known)),
            "facts": .object(given.mapValues(\.json)),
        ]
        switch place {
        case .point(let x, let y, let crs):
            object["point"] = .array([.number(x), .number(y)])
            object["crs"] = .string(crs)
        case .parcel(let code): object["parcel"] = .string(code)
        case .address(let text): object["address"] = .string(text)
        }
        return .object(object)
    }
}

extension Answer.ParcelRow {
    var json: JSON {
        .object([
            "code": .string(code),
            "area": .object(["grid": .init(grid), "ground": .init(ground), "deed": .init(deed), "effective": .init(effective)]),
            "address": .init(address), "limits": .string(limits.rawValue), "relation": .init(relation?.rawValue),
            "verdict": .string(verdict.rawValue), "distance": .init(distance),
        ])
    }
}

extension Answer.GroundRow {
    var json: JSON {
        var object: [String: JSON] = [
            "parcel": .init(parcel), "layer": .string(layer), "code": .init(code), "name": .init(name), "plan": .init(plan),
            "area": .init(area), "share": .init(share), "depth": .init(depth), "relation": .init(relation?.rawValue),
            "verdict": .string(verdict.rawValue), "distance": .init(distance),
        ]
        if let kind { object["kind"] = .string(kind) }
        if let length { object["length"] = .init(length) }
        return .object(object)
    }
}

extension Reconciliation {
    var json: JSON {
        .object([
            "parcel": .init(parcel), "layer": .string(layer), "parcelArea": .init(Measure.squareMetres(parcelArea)),
            "covered": .init(Measure.squareMetres(covered)), "gap": .init(Measure.squareMetres(gap)),
            "overlap": .init(Measure.squareMetres(overlap)),
        ])
    }
}

extension Answer.Coverage {
    var json: JSON {
        .object([
            "layer": .string(layer), "status": .string(status.rawValue), "stale": .init(stale), "dataDay": .init(dataDay),
            "accuracy": .init(accuracy),
            "quarantined": .array(
                quarantined.map { feature in
                    .object([
                        "id": .string(feature.id), "reason": .string(feature.reason), "distance": .init(feature.distance),
                    ])
                }),
        ])
    }
}

extension Answer.Source {
    var json: JSON {
        var source: [String: JSON] = [
            "plan": .string(plan.id), "title": .string(plan.title), "kind": .string(plan.kind.rawValue),
            "authority": .init(stated: plan.authority), "number": .init(stated: plan.number), "approved": .init(plan.approved),
            "published": .init(plan.published), "from": .init(plan.from), "until": .init(plan.until),
            "status": .string(status.code),
        ]
        if !events.isEmpty { source["events"] = .array(events.map(\.json)) }
        return .object(source)
    }
}

extension LegalEvent {
    /// `sector` says whether it concerns only a part of the ground.
    var json: JSON {
        .object([
            "event": .string(kind.rawValue), "clause": .init(clause), "decided": .init(decided),
            "from": kind == .annulFromAdoption ? .null : .init(from), "document": .init(stated: document),
            "number": .init(stated: number), "sector": .bool(sector != nil), "known": known.map { .number(Double($0)) } ?? .null,
        ])
    }
}
