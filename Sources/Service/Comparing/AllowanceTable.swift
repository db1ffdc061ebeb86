import Formats
import Persian
import Store

/// What planners allow a change to take from parcels: CSV with the columns `parcel,what,parameter,reason`, `what` one of `lostZone`,
/// `gainedConflict`, `lostParameter`. A blank parameter, or `*`, allows it for every parameter (or zone layer) of the parcel.
package struct AllowanceTable: Sendable {
    private struct Row {
        let line: Int
        let parcel: String
        let what: Loss.What
        /// Nil for all.
        let parameter: String?
        let reason: String

        func allows(_ loss: Loss) -> Bool {
            loss.parcel == parcel && loss.what == what && (parameter == nil || parameter == loss.parameter)
        }
    }

    static let columns = ["parcel", "what", "parameter", "reason"]
    private let file: String
    private let rows: [Row]

    /// Nothing is allowed.
    package static let nothing = AllowanceTable()

    private init() {
        file = ""
        rows = []
    }

    package init(file: String, bytes: [UInt8]) throws(ServiceError) {
        self.file = file
        let table: CSV
        do { table = try CSV(parsing: bytes) } catch {
            throw .badInput(.allowances([AllowanceFault(file: file, line: error.line, reason: .table(error))]))
        }
        let missing = Self.columns.filter { !table.header.contains($0) }
        guard missing.isEmpty else {
            throw .badInput(.allowances([AllowanceFault(file: file, line: 1, reason: .columns(missing: missing))]))
        }
        var (rows, faults): ([Row], [AllowanceFault]) = ([], [])
        var lines: [[String]: Int] = [:]
        for row in table.rows {
            func cell(_ column: String) -> String { Folding.stored(row[column] ?? "") }
            func refuse(_ reason: AllowanceFault.Reason) { faults.append(AllowanceFault(file: file, line: row.line, reason: reason)) }
            let (parcel, parameter, reason) = (Folding.code(row["parcel"] ?? ""), cell("parameter"), cell("reason"))
            let what = Loss.What(rawValue: cell("what"))
            if parcel.isEmpty { refuse(.blank(column: "parcel")) }
            if parcel.contains("*") { refuse(.everyParcel) }
            if what == nil { refuse(.unknownWhat(cell("what"))) }
            if reason.isEmpty { refuse(.blank(column: "reason")) }
            guard let what else { continue }
            let own = Row(
                line: row.line, parcel: parcel, what: what, parameter: parameter.isEmpty || parameter == "*" ? nil : parameter,
                reason: reason)
            let key = [parcel, what.rawValue, own.parameter ?? ""]
            if let first = lines[key] { refuse(.repeated(line: first)) } else { lines[key] = row.line }
            rows.append(own)
        }
        guard faults.isEmpty else { throw .badInput(.allowances(faults)) }
        self.rows = rows
    }

    /// The losses with the reasons that allow them; an error where one is not allowed, or where something is allowed that does not
    /// happen, which hides a mistake.
    func reasons(for losses: [Loss]) throws(ServiceError) -> [Allowance] {
        let ofParcel = Dictionary(grouping: rows, by: \.parcel)
        var used: Set<Int> = []
        var (allowed, refused): ([Allowance], [Loss]) = ([], [])
        for loss in losses {
            let fitting = (ofParcel[loss.parcel] ?? []).filter { $0.allows(loss) }
            used.formUnion(fitting.map(\.line))
            // What names the parameter says more than what allows all.
            guard let row = fitting.first(where: { $0.parameter != nil }) ?? fitting.first else {
                refused.append(loss)
                continue
            }
            allowed.append(Allowance(parcel: loss.parcel, what: loss.what.rawValue, parameter: loss.parameter, reason: row.reason))
        }
        let idle = rows.filter { !used.contains($0.line) }
        guard idle.isEmpty else {
            throw .badInput(.allowances(idle.map { AllowanceFault(file: file, line: $0.line, reason: .doesNotHappen) }))
        }
        guard refused.isEmpty else { throw .loses(refused) }
        return allowed
    }
}

extension [Loss] {
    /// The losses as the file that would allow them, its reasons left for a person to write.
    package var csv: [UInt8] {
        [UInt8]((CSV.line(AllowanceTable.columns) + map { CSV.line([$0.parcel, $0.what.rawValue, $0.parameter, ""]) }.joined()).utf8)
    }
}
