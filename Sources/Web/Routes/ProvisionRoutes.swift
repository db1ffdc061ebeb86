import Formats
import Persian
import Planning
import Service
import Store

extension Site {
    static let provisions = Route(
        "/provisions", "ضوابط", "the provisions as their table has them",
        [
            Parameter("plan", .text, "تنها این طرح", "of this plan alone"),
            Parameter("clause", .text, "تنها این بند", "of this clause alone"),
            Parameter(
                "target", .text, "تنها آنچه دربارهٔ این هدف است: کد پهنه، layer/CODE، یا چنان‌که در جدول است",
                "of this target alone: a zone's code, LAYER/CODE, or as the table writes it, such as overlay:river"),
            Parameter("parameter", .text, "تنها این پارامتر", "on this parameter alone"),
            Parameter("page", .whole(1...1_000_000, usual: 1), "صفحهٔ فهرست (در html)", "the page of the list, in html"),
        ] + knownAlone,
        forms: [.json, .html]
    ) { visit throws(Problem) in
        let visit = visit.form == .html ? visit.filled : visit
        for name in ["plan", "clause", "target", "parameter"] where visit[name] == "" { throw .badValue(name, "", "متنی", "a text") }
        try visit.checkPage()
        return try visit.inOpen { (open) throws(Problem) in
            let law = open.town.law
            if let plan = visit["plan"], law.plan(plan) == nil { throw .noSuch(plan: plan, law.allPlans.map(\.id)) }
            if let code = visit["parameter"], law.catalogue[code] == nil, !law.allProvisions.contains(where: { $0.parameter == code }) {
                let nearest = Nearest.name(to: code, among: law.catalogue.parameters.map(\.code))
                throw Problem(
                    404, "no-such-parameter", "پارامتر «\(code.prefix(80))» نیست" + Nearest.suggestion(nearest, .fa),
                    "there is no parameter «\(code.prefix(80))»" + Nearest.suggestion(nearest, .en))
            }
            let provisions = open.town.provisions(
                plan: visit["plan"], clause: visit["clause"], parameter: visit["parameter"], target: visit["target"])
            guard visit.form == .html else {
                return visit.listed(.object(["known": JSON(open.town.revision), "provisions": provisions.json]), open)
            }
            return .now(visit.page(try ProvisionsPage.page(provisions, visit, open)))
        }
    }

    static let whereabouts = Route(
        "/where", "یک بند در کدام قطعه‌ها حاکم است، کنار می‌رود یا باز است", "the parcels in which a clause decides, loses or is open",
        [
            Parameter("plan", .text, required: true, "طرح", "the plan"),
            Parameter("clause", .text, required: true, "بند", "the clause"),
            Parameter("on", .day, "روز حقوقی (پیش‌فرض: امروز)", "the legal day (default: today in Tehran)"),
            Parameter("page", .whole(1...1_000_000, usual: 1), "صفحهٔ فهرست (در html)", "the page of the list, in html"),
        ] + knownAlone,
        forms: [.json, .geoJSON, .html]
    ) { visit throws(Problem) in
        guard let plan = visit["plan"].map({ Folding.code($0) }), let clause = visit["clause"].map({ Folding.code($0) }) else {
            throw Problem(400, "missing", "plan و clause لازم است", "plan and clause are needed")
        }
        try visit.checkPage()
        let (day, known) = (try visit.legalDay(), try visit.known())
        return .later {
            visit.answering { () throws(Problem) in
                let open = try Problem.serving { () throws(ServiceError) in try visit.site.desk.town(known) }
                let law = open.town.law
                guard law.planNames.contains(plan) else { throw .noSuch(plan: plan, law.planNames) }
                guard !law.provisions(of: plan, clause: clause).isEmpty else {
                    let nearest = Nearest.name(to: clause, among: law.clauses(of: plan))
                    throw Problem(
                        404, "no-such-clause", "طرح \(plan) بند «\(clause.prefix(80))» ندارد" + Nearest.suggestion(nearest, .fa),
                        "plan \(plan) has no clause «\(clause.prefix(80))»" + Nearest.suggestion(nearest, .en))
                }
                let side = Side(open.town, on: day)
                let bearing = try visit.site.bearings.value("\(open.stamp) \(day.number) \(plan)\u{0}\(clause)") {
                    () throws(ServiceError) in
                    Bearing(side: side, found: try Whereabouts(of: clause, in: plan, side, threads: 1))
                }
                switch visit.form {
                case .html: return visit.page(try ProvisionsPage.page(bearing, visit, open))
                case .geoJSON:
                    return visit.fresh(try Problem.serving { () throws(ServiceError) in try bearing.found.geoJSON(bearing.side) })
                default: return visit.fresh(bearing.found.bytes)
                }
            }
        }
    }
}

/// Where a clause bears, and of which town and day that is.
struct Bearing: Sendable {
    let side: Side
    let found: Whereabouts
}

extension Problem {
    fileprivate static func noSuch(plan: String, _ names: [String]) -> Problem {
        let nearest = Nearest.name(to: plan, among: names)
        return Problem(
            404, "no-such-plan", "طرح «\(plan.prefix(80))» نیست" + Nearest.suggestion(nearest, .fa),
            "there is no plan «\(plan.prefix(80))»" + Nearest.suggestion(nearest, .en))
    }
}
