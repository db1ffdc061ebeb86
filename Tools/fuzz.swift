/// libFuzzer's entry: whatever the bytes, the readers refuse them or reach a fixed point, and never trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let value = try? JSON(parsing: bytes) {
        let canonical = value.canonical()
        let again = try? JSON(parsing: canonical)
        precondition(again == value && again?.canonical() == canonical, "JSON: no fixed point")
    }
    if let table = try? CSV(parsing: bytes) {
        let lines = CSV.line(table.header) + table.rows.map { CSV.line($0.cells) }.joined()
        let again = try? CSV(parsing: Array(lines.utf8))
        precondition(again?.header == table.header && again?.rows.map(\.cells) == table.rows.map(\.cells), "CSV: not read back")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if let decimal = Decimal(parsing: text) { precondition(Decimal(parsing: decimal.description) == decimal, "Decimal: not read back") }
    if let bytes = Hex.bytes(text) { precondition(Hex.bytes(Hex.text(bytes)) == bytes, "Hex: not read back") }
    if let filter = try? Filter(parsing: text) { check(filter) }
    if let json = try? JSON(parsing: bytes), let filter = try? Filter(json: json) { check(filter) }
    return 0
}

/// A filter reads back from its text and from its JSON, and can be evaluated where nothing is known.
private func check(_ filter: Filter) {
    precondition((try? Filter(parsing: filter.text)) == filter, "CQL2: not read back from text: \(filter.text)")
    // JSON rounds a number of more than fifteen digits: it reads back what it wrote.
    let json = filter.json
    precondition((try? Filter(json: json))?.json == json, "CQL2: not read back from JSON: \(json.text)")
    _ = filter.expression.truth(in: NothingKnown())
}
