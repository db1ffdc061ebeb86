import CMicrohttpd

/// A field of a form that was sent.
package struct FormField: Sendable {
    package let name: String
    /// What the sender calls the file that it holds; nil for one that was typed.
    package let fileName: String?
    package var bytes: [UInt8]
}

/// Bodies of forms (`application/x-www-form-urlencoded`, `multipart/form-data`), taken apart by the library.
enum FormBody {
    /// Fields that a form may have.
    private static let most = 64

    private struct Taken {
        var fields: [FormField] = []
    }

    static func isForm(_ type: String?) -> Bool {
        guard let type else { return false }
        let bare = type.prefix { $0 != ";" && $0 != " " }.lowercased()
        return bare == "application/x-www-form-urlencoded" || bare == "multipart/form-data"
    }

    /// The fields of a whole body in their order; nil for what is no form of the kind that the connection's `Content-Type` says, or one of
    /// more fields than are taken.
    static func fields(of body: [UInt8], on connection: OpaquePointer) -> [FormField]? {
        var taken = Taken()
        let isWhole = unsafe withUnsafeMutablePointer(to: &taken) { taken in
            guard let processor = unsafe MHD_create_post_processor(connection, 4096, noteFormField, taken) else { return false }
            let isRead = unsafe body.withUnsafeBytes { bytes in
                unsafe MHD_post_process(processor, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count) == .YES
            }
            // Says whether the body's end is one.
            let isEnded = unsafe MHD_destroy_post_processor(processor) == .YES
            return isRead && isEnded
        }
        return isWhole ? taken.fields : nil
    }

    fileprivate static func note(
        _ name: String, _ fileName: String?, _ piece: UnsafeRawBufferPointer, continues: Bool, in taken: UnsafeMutableRawPointer
    ) -> Bool {
        unsafe withUnsafeMutablePointer(to: &taken.assumingMemoryBound(to: Taken.self).pointee.fields) { fields in
            if continues, let last = unsafe fields.pointee.indices.last {
                unsafe fields.pointee[last].bytes.append(contentsOf: piece)
                return true
            }
            guard unsafe fields.pointee.count < most else { return false }
            unsafe fields.pointee.append(FormField(name: name, fileName: fileName, bytes: Array(piece)))
            return true
        }
    }
}

private func noteFormField(
    _ taken: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ fileName: UnsafePointer<CChar>?,
    _ type: UnsafePointer<CChar>?, _ encoding: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?, _ offset: UInt64, _ size: Int
) -> MHD_Result {
    guard let taken = unsafe taken, let name = unsafe name else { return .NO }
    let piece = unsafe UnsafeRawBufferPointer(start: data, count: size)
    let isTaken = unsafe FormBody.note(
        String(cString: name), fileName.map { unsafe String(cString: $0) }, piece, continues: offset > 0, in: taken)
    return isTaken ? .YES : .NO
}
