import Formats
import Persian

extension Provision {
    /// A row of the table of provisions: `plan,clause,target,parameter,relation,value,unit,condition,basis,from,until,text`.
    /// Whether its plan exists and its target is drawn anywhere, only the city can say.
    package init(row: [String: String], catalogue: ParameterCatalogue) throws(RowFault) {
        var read = Read()
        try self.init(Cells(row), catalogue: catalogue, after: &read)
    }

    /// What was read in rows before: many have the same target or condition.
    package struct Read {
        fileprivate var targets: [String: Target] = [:]
        fileprivate var conditions: [String: Condition?] = [:]

        package init() {}
    }

    package static let columns = [
        "plan", "clause", "target", "parameter", "relation", "value", "unit", "condition", "basis", "from", "until", "text",
    ]

    package init(_ cells: Cells, catalogue: ParameterCatalogue, after read: inout Read) throws(RowFault) {
        let plan = try cells.required("plan", expected: "a plan's id")
        let clause = try cells.required("clause", expected: "the clause, so that an answer can name it")
        let place = try cells.required("target", expected: Self.targets)
        guard let target = read.targets[place] ?? Target(place) else {
            throw RowFault(column: "target", message: "'\(place)' is no target; expected \(Self.targets)")
        }
        read.targets[place] = target
        let code = try cells.required("parameter", expected: "a parameter's code")
        guard let parameter = catalogue[code] else {
            let hint = meant(code, among: catalogue.parameters.map(\.code))
            throw RowFault(column: "parameter", message: "'\(code)' is unknown; expected a code of the table of parameters" + hint)
        }
        guard let relation = try cells.word("relation", of: Relation.self) else {
            throw RowFault(column: "relation", message: "blank; expected \(Relation.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let value = try Self.value(cells["value"], relation: relation, parameter: parameter)
        self.init(
            plan: plan, clause: clause, target: target, parameter: code, relation: relation, value: value,
            unit: try Self.unit(cells, value: value, parameter: parameter),
            condition: try Self.condition(cells.whole("condition"), &read.conditions),
            basis: try cells.word("basis", of: Basis.self), period: try cells.period(), text: cells["text"])
    }

    private static let targets = "parcel:CODE, zone:CODE, zone:LAYER/CODE, overlay:KIND, use:CODE or *"

    private static func value(_ cell: String, relation: Relation, parameter: Parameter) throws(RowFault) -> Value {
        let isUse = parameter.code == Parameter.use
        switch relation {
        case .max, .min, .exactly:
            guard !isUse, parameter.unit != nil else {
                throw RowFault(
                    column: "relation",
                    message: "'\(relation.rawValue)' does not fit '\(parameter.code)', which has no numbers; "
                        + "expected permit, condition, forbid or note")
            }
            guard let number = Decimal(parsing: cell) else {
                throw RowFault(column: "value", message: "'\(cell)' is no number; expected digits with at most six places after a point")
            }
            guard number.millionths.magnitude <= valueLimit else {
                throw RowFault(column: "value", message: "'\(cell)' is too large; expected at most 1000000000")
            }
            return .number(number)
        case .permit, .condition, .forbid:
            guard isUse, cell.isEmpty else { return isUse ? .use(cell) : loose(cell, parameter: parameter) }
            throw RowFault(column: "value", message: "blank; expected the use's code")
        case .note:
            return isUse && !cell.isEmpty ? .use(cell) : loose(cell, parameter: parameter)
        }
    }

    /// A milliard units: what is multiplied by an area still fits 128 bits.
    private static let valueLimit: UInt64 = 1_000_000_000_000_000

    private static func loose(_ cell: String, parameter: Parameter) -> Value {
        if cell.isEmpty { return .none }
        if parameter.unit != nil, let number = Decimal(parsing: cell), number.millionths.magnitude <= valueLimit { return .number(number) }
        return .text(cell)
    }

    /// A number needs its unit written beside it: 1.2 and 120 are the same density or a hundredfold apart.
    private static func unit(_ cells: Cells, value: Value, parameter: Parameter) throws(RowFault) -> Unit? {
        let unit = try cells.word("unit", of: Unit.self)
        let expected = parameter.unit.map { $0.rawValue } ?? "a blank"
        guard let unit else {
            if case .number = value { throw RowFault(column: "unit", message: "blank; expected \(expected) for '\(parameter.code)'") }
            if case .use = value { return .use }
            return nil
        }
        guard let own = parameter.unit, unit.fits(own) else {
            throw RowFault(column: "unit", message: "'\(unit.rawValue)' does not fit '\(parameter.code)'; expected \(expected)")
        }
        return unit
    }

    private static func condition(_ cell: String, _ known: inout [String: Condition?]) throws(RowFault) -> Condition? {
        if let condition = known[cell] { return condition }
        let condition = try condition(cell)
        known[cell] = .some(condition)
        return condition
    }

    private static func condition(_ cell: String) throws(RowFault) -> Condition? {
        if cell.isEmpty { return nil }
        // Not trimmed: the fault's place counts from the cell's first character.
        guard !cell.allSatisfy(\.isWhitespace) else { return nil }
        do {
            return try Condition(parsing: cell)
        } catch {
            throw RowFault(column: "condition", character: error.character, message: error.message)
        }
    }
}
