internal import CPROJ

/// One owner of one PROJ context. It belongs to one thread at a time and is not `Sendable`.
///
/// It never uses the network, and prints nothing: what PROJ says is kept for the error that follows.
@safe
final class PROJ {
    let context: OpaquePointer
    fileprivate var message = ""

    /// An owner that finds PROJ's database and grid files, or one that is kept from them.
    ///
    /// What is made from a pipeline of formulas needs neither, and opening the database takes eight milliseconds; it would
    /// also let a database in the user's own folder have a say. Fails only when memory does.
    init(findsFiles: Bool = true) throws(SpatialError) {
        guard let context = unsafe proj_context_create() else { throw .proj(operation: "context", reason: "out of memory") }
        unsafe self.context = context
        unsafe proj_log_func(context, Unmanaged.passUnretained(self).toOpaque(), keepMessage)
        _ = unsafe proj_context_set_enable_network(context, 0)
        guard !findsFiles else { return }
        unsafe "/nonexistent".withCString { folder in
            var folders: [UnsafePointer<CChar>?] = unsafe [folder]
            unsafe proj_context_set_search_paths(context, 1, &folders)
        }
    }

    deinit {
        _ = unsafe proj_context_destroy(context)
    }

    /// The error for what has just failed, with the library's own message.
    func failure(of operation: String) -> SpatialError {
        .proj(operation: operation, reason: reason)
    }

    /// What the library said last; it is forgotten.
    var reason: String {
        defer { message = "" }
        guard message.isEmpty else { return message }
        let code = unsafe proj_context_errno(context)
        guard code != 0, let words = unsafe proj_context_errno_string(context, code) else { return "no reason given" }
        return unsafe String(cString: words)
    }

    /// Takes over an object that the library has just made; nil means that it failed.
    func owned(_ pointer: OpaquePointer?, _ operation: String) throws(SpatialError) -> PROJHandle {
        guard let pointer = unsafe pointer else { throw failure(of: operation) }
        message = ""
        return unsafe PROJHandle(pointer)
    }

    /// A CRS by its authority and code, such as `EPSG:32640`, or by its WKT.
    func crs(_ name: String) throws(SpatialError) -> PROJHandle {
        if name.contains("[") {
            guard let made = unsafe proj_create_from_wkt(context, name, nil, nil, nil), unsafe proj_is_crs(made) != 0 else {
                throw .unknownCRS(name, reason: reason)
            }
            return unsafe PROJHandle(made)
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isCodeLetter) }) else {
            throw .unknownCRS(name, reason: "expected an authority and a code, such as EPSG:32640")
        }
        let (authority, code) = (parts[0].uppercased(), String(parts[1]))
        guard let made = unsafe proj_create_from_database(context, authority, code, PJ_CATEGORY_CRS, 0, nil) else {
            throw .unknownCRS(name, reason: reason)
        }
        return unsafe PROJHandle(made)
    }
}

/// A PROJ object that we own: freed at the end of its scope.
@safe
struct PROJHandle: ~Copyable {
    let pointer: OpaquePointer

    fileprivate init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        _ = unsafe proj_destroy(pointer)
    }

    var name: String {
        guard let name = unsafe proj_get_name(pointer) else { return "" }
        return unsafe String(cString: name)
    }
}

extension UInt8 {
    fileprivate var isCodeLetter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

/// Keeps what PROJ says for the owner that asked.
private func keepMessage(_ owner: UnsafeMutableRawPointer?, _ level: Int32, _ message: UnsafePointer<CChar>?) {
    guard level == PJ_LOG_ERROR.rawValue, let message = unsafe message, let owner = unsafe owner else { return }
    unsafe Unmanaged<PROJ>.fromOpaque(owner).takeUnretainedValue().message = String(cString: message)
}
