import Formats
import Persian
package import Planning

/// An answer in one line of a table: where it is, the main of what may be built, what it still needs.
package struct AnswerLine: Sendable {
    /// The parcels that hold the place.
    package let parcels: [String]
    package let zones: [String]
    /// The codes of those permitted, and what they are called.
    package let uses: [String]
    package let useNames: [String]
    /// The rules of density and of height that are decided, in words.
    package let main: [String]
    /// What must be known, or contradicts itself.
    package let open: [String]
    private let answer: Answer

    package init(_ answer: Answer, _ language: Language, catalogue: ParameterCatalogue) {
        let writer = AnswerWriter(answer: answer, language: language, catalogue: catalogue)
        self.answer = answer
        parcels = answer.holders
        zones = answer.zones.filter { $0.relation != .near }.map { [$0.layer, $0.code].compactMap(\.self).joined(separator: "/") }.unique
        uses = answer.uses.filter { $0.status == .permitted }.map(\.use).unique
        useNames = uses.map(writer.use)
        let rules = answer.findings.filter { $0.status != .none && $0.relation != .note && $0.parameter != Parameter.use }
        main =
            rules.filter { $0.status == .decided && [.density, .height].contains(RuleGroup(parameter: $0.parameter)) }.map {
                writer.label($0.parameter) + ": " + writer.value($0)
            }.unique
        open =
            rules.filter { $0.status == .needs || $0.status == .conflict }.map {
                writer.label($0.parameter) + ": " + writer.value($0)
            }.unique
    }

    /// The columns of its table: places, uses, then each parameter of the catalogue by its code, what is open, what is wrong.
    package static func columns(_ catalogue: ParameterCatalogue) -> [String] {
        ["id", "parcel", "zones", "uses"] + catalogue.parameters.map(\.code).filter { $0 != Parameter.use } + ["open", "problem"]
    }

    /// Its cells; where parts of the parcel differ, all values, parted by a bar.
    package func cells(id: String, _ catalogue: ParameterCatalogue) -> [String] {
        var values: [String: [String]] = [:]
        for finding in answer.findings where finding.status == .decided && finding.relation != .note {
            let value =
                switch finding.value {
                case .number(let number): number.description
                case .text(let text): text
                case .use(let use): use
                case .none: finding.provision?.text ?? ""
                }
            values[finding.parameter, default: []].append(value)
        }
        let ruled = catalogue.parameters.map(\.code).filter { $0 != Parameter.use }.map {
            (values[$0] ?? []).unique.joined(separator: " | ")
        }
        return
            ([id, parcels.joined(separator: " "), zones.joined(separator: " "), uses.joined(separator: " ")] + ruled
            + [open.map(Isolates.strip).joined(separator: " | "), ""]).map(Self.inert)
    }

    /// The cells of a row that has no answer.
    package static func cells(id: String, problem: String, _ catalogue: ParameterCatalogue) -> [String] {
        var cells = [String](repeating: "", count: columns(catalogue).count)
        (cells[0], cells[cells.count - 1]) = (inert(id), inert(Isolates.strip(problem)))
        return cells
    }

    /// A spreadsheet takes what begins with one of these for a formula, and might run it.
    private static func inert(_ cell: String) -> String {
        guard let first = cell.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first), Decimal(parsing: cell) == nil else {
            return cell
        }
        return "'" + cell
    }
}
