extension Parameter {
    /// A row of the table of parameters: `code,label_fa,label_en,unit,stricter`; with the code `use:CODE` it says what a use is called.
    package init(row: [String: String]) throws(RowFault) {
        try self.init(Cells(row))
    }

    package static let columns = ["code", "label_fa", "label_en", "unit", "stricter"]

    package init(_ cells: Cells) throws(RowFault) {
        let code = try cells.required("code", expected: "the parameter's code, such as far.max")
        let labelFa = try cells.required("label_fa", expected: "its Persian name")
        let labelEn = try cells.required("label_en", expected: "its English name")
        let unit = try cells.word("unit", of: Unit.self)
        guard (code == Parameter.use) == (unit == .use) else {
            throw RowFault(column: "unit", message: "the unit 'use' belongs to the parameter 'use', and only to it")
        }
        if code == Parameter.usePrefix { throw RowFault(column: "code", message: "a use's code is missing; use:residential was expected") }
        if code.hasPrefix(Parameter.usePrefix), unit != nil {
            throw RowFault(column: "unit", message: "a use's name has no unit; nothing was expected")
        }
        self.init(
            code: code, labelFa: labelFa, labelEn: labelEn, unit: unit, stricter: try cells.word("stricter", of: Direction.self) ?? .none)
    }
}
