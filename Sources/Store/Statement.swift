import CSQLite

/// A prepared statement: its values are bound, never written into its text.
@safe final class Statement {
    let handle: OpaquePointer
    private unowned let database: Database
    private(set) var isStepping = false

    @unsafe init(_ handle: OpaquePointer, of database: Database) {
        unsafe self.handle = handle
        self.database = database
    }

    deinit {
        unsafe sqlite3_finalize(handle)
    }

    func bind(_ values: [Value]) throws(StoreError) {
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            try database.check(bind(value, at: place))
        }
    }

    private func bind(_ value: Value, at place: Int32) -> Int32 {
        switch value {
        case .null:
            return unsafe sqlite3_bind_null(handle, place)
        case .integer(let number):
            return unsafe sqlite3_bind_int64(handle, place, number)
        case .real(let number):
            return unsafe sqlite3_bind_double(handle, place, number)
        case .text(var text):
            return text.withUTF8 { utf8 in
                unsafe utf8.withMemoryRebound(to: CChar.self) { characters in
                    // An empty buffer may have no address, and no address would bind NULL.
                    guard let start = characters.baseAddress else { return unsafe sqlite3_bind_text(handle, place, "", 0, nil) }
                    return unsafe sqlite3_bind_text64(
                        handle, place, start, UInt64(characters.count), csqlite_transient(), UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes):
            return unsafe bytes.withUnsafeBytes { buffer in
                guard let start = buffer.baseAddress else { return unsafe sqlite3_bind_zeroblob(handle, place, 0) }
                return unsafe sqlite3_bind_blob64(handle, place, start, UInt64(buffer.count), csqlite_transient())
            }
        }
    }

    /// Moves to the next row; false when there is none.
    func step() throws(StoreError) -> Bool {
        isStepping = true
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            try database.check(code)
            return false
        }
    }

    func reset() {
        // It repeats the error of the last step, which has been reported.
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
        isStepping = false
    }

    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    func int(_ column: Int32) -> Int { Int(integer(column)) }

    func real(_ column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// A digest; nil where the column does not have 32 bytes.
    func digest(_ column: Int32) -> Digest? {
        guard let start = unsafe sqlite3_column_blob(handle, column), unsafe sqlite3_column_bytes(handle, column) == 32 else { return nil }
        return unsafe Digest(copying: UnsafeRawBufferPointer(start: start, count: 32))
    }

    func text(_ column: Int32) -> String {
        guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
    }

    func integerIfAny(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func intIfAny(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

    func textIfAny(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func bytesIfAny(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }

    /// The column as it is, to be bound elsewhere.
    func value(_ column: Int32) -> Value {
        switch unsafe sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .real(real(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(bytes(column))
        default: .null
        }
    }
}
