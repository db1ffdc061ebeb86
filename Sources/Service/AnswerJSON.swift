package import Formats
import Persian
import Planning

extension Answer {
    /// The answer's canonical bytes (RFC 8785) and one newline: the same from every interface.
    package var bytes: [UInt8] {
        var pen = CanonicalPen(capacity: 24 << 10)
        write(to: &pen)
        pen.raw("\n")
        return pen.bytes
    }

    /// All but the certificate, in canonical bytes: what its digest is taken over.
    var content: [UInt8] {
        var pen = CanonicalPen(capacity: 24 << 10)
        pen.raw("{")
        writeContent(to: &pen)
        pen.raw("}")
        return pen.bytes
    }
}

extension Answer: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"certificate\":")
        certificate.write(to: &pen)
        pen.raw(",")
        writeContent(to: &pen)
        pen.raw("}")
    }

    private func writeContent(to pen: inout CanonicalPen) {
        pen.raw("\"coverage\":")
        pen.write(coverage)
        pen.raw(",\"findings\":")
        write(\.findings, findings, to: &pen)
        pen.raw(",\"location\":")
        location.write(to: &pen)
        pen.raw(",\"overlays\":")
        pen.write(overlays)
        pen.raw(",\"parcels\":")
        pen.write(parcels)
        pen.raw(",\"pending\":")
        pen.write(pending)
        pen.raw(",\"question\":")
        question.write(known: known, to: &pen)
        pen.raw(",\"reconciliation\":")
        write(\.reconciliation, reconciliation, to: &pen)
        pen.raw(",\"sources\":")
        pen.write(sources)
        pen.raw(",\"uses\":")
        write(\.uses, uses, to: &pen)
        pen.raw(",\"zones\":")
        pen.write(zones)
    }

    /// A list that begins with what is written already.
    private func write<Item: CanonicalJSON>(_ list: KeyPath<Written, Written.List>, _ items: [Item], to pen: inout CanonicalPen) {
        pen.raw("[")
        var isFirst = true
        var count = 0
        func part(_ pen: inout CanonicalPen) {
            if !isFirst { pen.raw(",") }
            isFirst = false
        }
        for ground in written where ground[keyPath: list].count > 0 {
            part(&pen)
            pen.raw(ground[keyPath: list].bytes)
            count += ground[keyPath: list].count
        }
        for item in items.dropFirst(count) {
            part(&pen)
            item.write(to: &pen)
        }
        pen.raw("]")
    }
}

extension Answer {
    /// Adds what is said of some ground, and how it is written.
    mutating func add(_ said: (findings: [Finding], uses: [UseFinding], written: Written)) {
        findings += said.findings
        uses += said.uses
        written.append(said.written)
    }
}

/// What answers say of a parcel or other ground whatever the point, written once.
package struct Written: Sendable {
    struct List: Sendable {
        let count: Int
        /// The items with commas between them.
        let bytes: [UInt8]

        init(_ items: [some CanonicalJSON]) {
            count = items.count
            var pen = CanonicalPen()
            for (place, item) in items.enumerated() {
                if place > 0 { pen.raw(",") }
                item.write(to: &pen)
            }
            bytes = pen.bytes
        }
    }

    let findings: List
    let uses: List
    let reconciliation: List
    /// The plans of the provisions that findings and uses name.
    let plans: Set<String>

    init(findings: [Finding], uses: [UseFinding], reconciliation: [Reconciliation]) {
        plans = Self.plans(of: findings[...], uses[...])
        self.findings = List(findings)
        self.uses = List(uses)
        self.reconciliation = List(reconciliation)
    }

    static func plans(of findings: ArraySlice<Finding>, _ uses: ArraySlice<UseFinding>) -> Set<String> {
        var plans = Set(uses.compactMap { $0.provision?.plan })
        for finding in findings {
            if let provision = finding.provision { plans.insert(provision.plan) }
            for other in finding.overruled { plans.insert(other.provision.plan) }
            for other in finding.open { plans.insert(other.provision.plan) }
        }
        return plans
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
    func write(known: Int, to pen: inout CanonicalPen) {
        pen.raw("{")
        switch place {
        case .address(let text):
            pen.raw("\"address\":")
            pen.write(text)
            pen.raw(",")
        case .point(_, _, let crs):
            pen.raw("\"crs\":")
            pen.write(crs)
            pen.raw(",")
        case .parcel: break
        }
        pen.raw("\"facts\":")
        if given.isEmpty { pen.raw("{}") } else { pen.write(JSON.object(given.mapValues(\.json))) }
        pen.raw(",\"known\":")
        pen.write(known)
        pen.raw(",\"on\":")
        pen.write(on.iso)
        switch place {
        case .point(let x, let y, _):
            pen.raw(",\"point\":[")
            pen.gap { $0.write(x) }
            pen.raw(",")
            pen.gap { $0.write(y) }
            pen.raw("]")
        case .parcel(let code):
            pen.raw(",\"parcel\":")
            pen.write(code)
        case .address: break
        }
        pen.raw("}")
    }

    /// As an answer has it, in words for the log.
    func text(known: Int) -> String {
        var pen = CanonicalPen()
        write(known: known, to: &pen)
        return String(decoding: pen.bytes, as: UTF8.self)
    }
}

extension Answer.Location {
    func write(to pen: inout CanonicalPen) {
        pen.raw("{\"crs\":")
        pen.write(crs)
        pen.raw(",\"lat\":")
        pen.gap { $0.write(lat) }
        pen.raw(",\"lon\":")
        pen.gap { $0.write(lon) }
        pen.raw(",\"x\":")
        pen.gap { $0.write(x) }
        pen.raw(",\"y\":")
        pen.gap { $0.write(y) }
        pen.raw("}")
    }
}

extension Answer.ParcelRow: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"address\":")
        pen.write(address)
        pen.raw(",\"area\":{\"deed\":")
        pen.write(deed)
        pen.raw(",\"effective\":")
        pen.write(effective)
        pen.raw(",\"grid\":")
        pen.write(grid)
        pen.raw(",\"ground\":")
        pen.write(ground)
        pen.raw("},\"code\":")
        pen.write(code)
        pen.raw(",\"distance\":")
        pen.gap { $0.write(distance) }
        pen.raw(",\"limits\":")
        pen.write(limits.rawValue)
        pen.raw(",\"relation\":")
        pen.write(relation?.rawValue)
        pen.raw(",\"verdict\":")
        pen.write(verdict.rawValue)
        pen.raw("}")
    }
}

extension Answer.GroundRow: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"area\":")
        pen.write(area)
        pen.raw(",\"code\":")
        pen.write(code)
        pen.raw(",\"depth\":")
        pen.write(depth)
        pen.raw(",\"distance\":")
        pen.gap { $0.write(distance) }
        if let kind {
            pen.raw(",\"kind\":")
            pen.write(kind)
        }
        pen.raw(",\"layer\":")
        pen.write(layer)
        if let length {
            pen.raw(",\"length\":")
            pen.write(length)
        }
        pen.raw(",\"name\":")
        pen.write(name)
        pen.raw(",\"parcel\":")
        pen.write(parcel)
        pen.raw(",\"plan\":")
        pen.write(plan)
        pen.raw(",\"relation\":")
        pen.write(relation?.rawValue)
        pen.raw(",\"share\":")
        pen.write(share)
        pen.raw(",\"verdict\":")
        pen.write(verdict.rawValue)
        pen.raw("}")
    }
}

extension Reconciliation: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"covered\":")
        pen.write(Measure.squareMetres(covered))
        pen.raw(",\"gap\":")
        pen.write(Measure.squareMetres(gap))
        pen.raw(",\"layer\":")
        pen.write(layer)
        pen.raw(",\"overlap\":")
        pen.write(Measure.squareMetres(overlap))
        pen.raw(",\"parcel\":")
        pen.write(parcel)
        pen.raw(",\"parcelArea\":")
        pen.write(Measure.squareMetres(parcelArea))
        pen.raw("}")
    }
}

extension Answer.Coverage: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"accuracy\":")
        pen.write(accuracy)
        pen.raw(",\"dataDay\":")
        pen.write(dataDay)
        pen.raw(",\"layer\":")
        pen.write(layer)
        pen.raw(",\"quarantined\":")
        pen.write(quarantined)
        pen.raw(",\"stale\":")
        pen.write(stale)
        pen.raw(",\"status\":")
        pen.write(status.rawValue)
        pen.raw("}")
    }
}

extension Answer.Quarantined: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"distance\":")
        pen.write(distance)
        pen.raw(",\"id\":")
        pen.write(id)
        pen.raw(",\"reason\":")
        pen.write(reason)
        pen.raw("}")
    }
}

extension Answer.Source: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) { pen.raw(written) }

    static func written(_ plan: Plan, _ status: PlanStatus, _ events: [LegalEvent]) -> [UInt8] {
        var pen = CanonicalPen()
        pen.raw("{\"approved\":")
        pen.write(plan.approved)
        pen.raw(",\"authority\":")
        pen.write(stated: plan.authority)
        if !events.isEmpty {
            pen.raw(",\"events\":")
            pen.write(JSON.array(events.map(\.json)))
        }
        pen.raw(",\"from\":")
        pen.write(plan.from)
        pen.raw(",\"kind\":")
        pen.write(plan.kind.rawValue)
        pen.raw(",\"number\":")
        pen.write(stated: plan.number)
        pen.raw(",\"plan\":")
        pen.write(plan.id)
        pen.raw(",\"published\":")
        pen.write(plan.published)
        pen.raw(",\"status\":")
        pen.write(status.code)
        pen.raw(",\"title\":")
        pen.write(plan.title)
        pen.raw(",\"until\":")
        pen.write(plan.until)
        pen.raw("}")
        return pen.bytes
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
