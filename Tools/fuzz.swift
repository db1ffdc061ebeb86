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
    return 0
}
