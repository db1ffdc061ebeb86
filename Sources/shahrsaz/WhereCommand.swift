import Formats
import Persian
import Planning
import Service
import Spatial

extension Command {
    static let whereabouts = Command(
        syntax: Syntax(
            "where", operands: "PLAN CLAUSE", count: 2...2, "یک بند در کدام قطعه‌ها حاکم است، کنار می‌رود یا باز است",
            "the parcels in which a clause decides, loses or is open", [.on, .known, .format, .json, .all])
    ) { (arguments, language) throws(Failure) in
        let format = try listForm(arguments)
        let on = try day(arguments, "on") ?? OperatingSystem.today
        let side = Side(try known(arguments, try knownRevision(arguments)), on: on)
        let (plan, clause) = (Folding.code(arguments.operands[0]), Folding.code(arguments.operands[1]))
        guard side.town.law.planNames.contains(plan) else {
            return missing(
                language("طرحی به نام «\(plan)» نیست", "there is no plan «\(plan)»"), plan, side.town.law.planNames, language)
        }
        guard !side.town.law.provisions(of: plan, clause: clause).isEmpty else {
            return missing(
                language("طرح \(plan) بند «\(clause)» ندارد", "plan \(plan) has no clause «\(clause)»"), clause,
                side.town.law.clauses(of: plan), language)
        }
        defer { Terminal.endProgress() }
        let found = try serving { () throws(ServiceError) in
            try Whereabouts(of: clause, in: plan, side, threads: OperatingSystem.cores) { done, count in
                Terminal.progress(language("\(done) از \(count) قطعه", "\(done) of \(count) parcels"))
            }
        }
        Terminal.endProgress()
        switch format {
        case "json": Terminal.print(found.bytes)
        case "geojson": Terminal.print(try serving { () throws(ServiceError) in try found.geoJSON(side) })
        default:
            Terminal.print(
                found.text(language, catalogue: side.town.law.catalogue, limit: arguments.has("all") ? nil : lineLimit))
        }
        return .done
    }

    /// Says that a name is none, and which come nearest.
    private static func missing(_ text: String, _ name: String, _ names: [String], _ language: Language) -> ExitCode {
        let near = names.map { ($0, Nearest.distance(name, $0)) }.sorted { $0.1 < $1.1 }.prefix(3).map(\.0)
        Terminal.complain(
            text
                + (near.isEmpty
                    ? "" : language("؛ نزدیک‌ترین: ", "; nearest are ") + near.map(language.code).joined(separator: language("، ", ", "))))
        return .wanting
    }
}
