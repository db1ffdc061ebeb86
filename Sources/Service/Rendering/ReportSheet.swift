import Formats
import Persian
package import Planning

/// What a full report says beside `AnswerSheet`, row by row: the ground, what lost, the layers consulted, the legal events.
package struct ReportSheet: Sendable {
    /// What a parcel has of a zone or an overlay.
    package struct Ground: Sendable {
        package let parcel: String?
        package let kind: String
        package let name: String
        package let plan: String
        package let size: String
        package let share: String
        package let depth: String
        package let certainty: String
    }

    /// A layer that was consulted.
    package struct Check: Sendable {
        package let layer: String
        package let status: String
        package let day: String
        package let accuracy: String
        /// Features kept out that lie near, each with the reason and how far it is.
        package let keptOut: [String]
    }

    /// What became of a plan or of one of its clauses.
    package struct Event: Sendable {
        package let subject: String
        package let kind: String
        package let decided: String
        /// From when on; empty where it never was in force.
        package let from: String
        package let document: String
        package let place: String
    }

    package let zones: [Ground]
    package let overlays: [Ground]
    package let pending: [Ground]
    package let overruled: [(rule: String, losers: [String])]
    package let checks: [Check]
    package let events: [Event]

    package init(_ answer: Answer, _ language: Language, catalogue: ParameterCatalogue) {
        let writer = AnswerWriter(answer: answer, language: language, catalogue: catalogue)
        zones = answer.zones.map(writer.row)
        overlays = answer.overlays.map(writer.row)
        pending = answer.pending.map(writer.row)
        overruled = answer.findings.filter { !$0.overruled.isEmpty }.map { (writer.label($0.parameter), writer.overruled($0)) }
        checks = answer.coverage.map(writer.check)
        events = answer.sources.flatMap { source in source.events.map { writer.event($0, of: source.plan) } }
    }
}

extension AnswerWriter {
    /// What lost against a finding, and why.
    func overruled(_ finding: Finding) -> [String] {
        finding.overruled.map { loser in
            words(loser.relation) + amount(loser.value, loser.unit) + " (" + cite(loser.provision) + "): " + words(loser.reason)
        }
    }

    /// Where in the parcel something is so; of which parcel, where several stand beside each other.
    func ground(_ parcel: String?, _ zones: [String], _ share: Decimal?) -> String {
        var ground = zones.map(language.code).joined(separator: comma)
        if let share, share.millionths < 1_000_000 { ground += " (" + language.percent(share) + ")" }
        guard isOfSeveral, let parcel else { return ground }
        return language("قطعهٔ ", "parcel ") + language.code(parcel) + (ground.isEmpty ? "" : comma + ground)
    }

    /// A zone's code, and its name where it has another.
    func name(_ row: Answer.GroundRow) -> String {
        let (code, name) = (row.code.map { language.code($0) }, row.name == row.code ? nil : row.name.map { language.name($0) })
        return [code, name].compactMap(\.self).joined(separator: " · ")
    }

    /// How large a piece of ground is, or how long what has no ground.
    func extent(_ row: Answer.GroundRow) -> String? {
        row.area.map { language.number($0) + language(" متر مربع", " m²") }
            ?? row.length.map { language.number($0) + language(" متر", " m") }
    }

    fileprivate func row(_ row: Answer.GroundRow) -> ReportSheet.Ground {
        ReportSheet.Ground(
            parcel: row.parcel, kind: language.name(row.kind ?? row.layer),
            name: name(row),
            plan: row.plan.map(language.code) ?? "", size: extent(row) ?? "", share: row.share.map(language.percent) ?? "",
            depth: row.depth.map(language.number) ?? "",
            certainty: words(row.verdict) + (row.relation == .near ? comma + words(.near) : ""))
    }

    fileprivate func check(_ row: Answer.Coverage) -> ReportSheet.Check {
        ReportSheet.Check(
            layer: language.name(row.layer), status: words(row.status) + (row.stale == true ? comma + language("کهنه", "stale") : ""),
            day: row.dataDay.map(language.day) ?? "", accuracy: row.accuracy.map(language.number) ?? language("نامعلوم", "unstated"),
            keptOut: row.quarantined.map { kept in
                language.name(kept.id) + ": " + language.name(kept.reason) + " (" + language.number(kept.distance)
                    + language(" متر)", " m)")
            })
    }

    fileprivate func event(_ event: LegalEvent, of plan: Plan) -> ReportSheet.Event {
        ReportSheet.Event(
            subject: language.code(plan.id) + (event.clause.map { " " + language.code($0) } ?? ""), kind: words(event.kind),
            decided: language.day(event.decided), from: event.kind == .annulFromAdoption ? "" : language.day(event.from),
            document: [
                event.document.isEmpty ? nil : language.name(event.document), event.number.isEmpty ? nil : language.code(event.number),
            ]
            .compactMap(\.self).joined(separator: " "),
            place: event.sector == nil ? language("همه‌جا", "everywhere") : language("در یک محدوده", "in a sector"))
    }
}
