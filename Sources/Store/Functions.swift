import CSQLite
import Persian

/// The functions that the R-tree triggers of GeoPackage call, and `fold`, which makes an address's search key.
///
/// They are innocuous: they read their arguments alone, so that a schema that is not trusted may call them.
@unsafe func addFunctions(to handle: OpaquePointer) -> Int32 {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    let functions: [(String, @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void)] = unsafe [
        ("ST_IsEmpty", isEmpty), ("ST_MinX", minX), ("ST_MaxX", maxX), ("ST_MinY", minY), ("ST_MaxY", maxY), ("fold", fold),
    ]
    for unsafe(name, function) in unsafe functions {
        let code = unsafe sqlite3_create_function_v2(handle, name, 1, flags, nil, function, nil, nil, nil)
        guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
}

private func isEmpty(_ context: OpaquePointer?, _: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
    guard let header = unsafe header(arguments) else { return unsafe sqlite3_result_null(context) }
    unsafe sqlite3_result_int(context, header.isEmpty ? 1 : 0)
}

private func minX(_ context: OpaquePointer?, _: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
    unsafe answer(context, header(arguments)?.envelope?.minX)
}

private func maxX(_ context: OpaquePointer?, _: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
    unsafe answer(context, header(arguments)?.envelope?.maxX)
}

private func minY(_ context: OpaquePointer?, _: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
    unsafe answer(context, header(arguments)?.envelope?.minY)
}

private func maxY(_ context: OpaquePointer?, _: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
    unsafe answer(context, header(arguments)?.envelope?.maxY)
}

private func fold(_ context: OpaquePointer?, _: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
    guard let value = unsafe arguments?.pointee, let text = unsafe sqlite3_value_text(value) else {
        return unsafe sqlite3_result_null(context)
    }
    let key = Folding.key(unsafe String(cString: text))
    unsafe sqlite3_result_text(context, key, -1, csqlite_transient())
}

private func answer(_ context: OpaquePointer?, _ number: Double?) {
    guard let number else { return unsafe sqlite3_result_null(context) }
    unsafe sqlite3_result_double(context, number)
}

private func header(_ arguments: UnsafeMutablePointer<OpaquePointer?>?) -> BlobHeader? {
    guard let value = unsafe arguments?.pointee, let start = unsafe sqlite3_value_blob(value) else { return nil }
    return unsafe BlobHeader(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
}
