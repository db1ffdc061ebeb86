internal import CGEOS

/// One owner of one GEOS context. It belongs to one thread at a time and is not `Sendable`; make one for every thread.
///
/// Everything goes in and comes out in the grid's millimetres. Coordinates are handed over as whole doubles relative to a
/// corner of the geometry itself, so that nothing is rounded on the way in and little inside.
/// What `Validity` has not passed may be given to `invalidity(of:)` alone.
@safe
package final class GEOS {
    let context: GEOSContextHandle_t
    fileprivate var message = ""

    /// Fails only when memory does.
    package init() throws(SpatialError) {
        guard let context = unsafe GEOS_init_r() else {
            throw .geos(operation: "context", reason: "out of memory")
        }
        unsafe self.context = context
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe GEOSContext_setErrorMessageHandler_r(context, keepMessage, me)
    }

    deinit {
        unsafe GEOS_finish_r(context)
    }

    /// The library's version in its own words: `3.11.1-CAPI-1.17.1`.
    package static func version() throws(SpatialError) -> String {
        _ = try GEOS()
        return unsafe GEOSversion().map { unsafe String(cString: $0) } ?? ""
    }

    /// The error for an operation that has just failed, with the library's own message.
    func failure(of operation: String) -> SpatialError {
        defer { message = "" }
        return .geos(operation: operation, reason: message.isEmpty ? "no reason given" : message)
    }

    /// Takes over a geometry that the library has just made; nil means that it failed.
    func owned(_ pointer: OpaquePointer?, _ operation: String) throws(SpatialError) -> GEOSHandle {
        guard let pointer = unsafe pointer else { throw failure(of: operation) }
        return unsafe GEOSHandle(pointer, context)
    }
}

/// A geometry that we own: freed at the end of its scope, or given away by `released`.
@safe
struct GEOSHandle: ~Copyable {
    let pointer: OpaquePointer
    private let context: GEOSContextHandle_t

    fileprivate init(_ pointer: OpaquePointer, _ context: GEOSContextHandle_t) {
        unsafe self.pointer = pointer
        unsafe self.context = context
    }

    deinit {
        unsafe GEOSGeom_destroy_r(context, pointer)
    }

    /// Hands the geometry to a call that takes it over. GEOS does so even when that call then fails.
    consuming func released() -> OpaquePointer {
        let pointer = unsafe self.pointer
        discard self
        return unsafe pointer
    }
}

/// Geometries on their way into a collection: freed together unless the collection is made.
@safe
struct GEOSParts: ~Copyable {
    private var pointers: [OpaquePointer?] = unsafe []
    private let context: GEOSContextHandle_t

    init(of geos: GEOS) {
        unsafe context = geos.context
    }

    deinit {
        for index in unsafe pointers.indices { unsafe GEOSGeom_destroy_r(context, pointers[index]) }
    }

    mutating func append(_ part: consuming GEOSHandle) {
        unsafe pointers.append(part.released())
    }

    /// Hands the parts to a call that takes them over, also when it then fails.
    mutating func release(
        to make: (_ parts: UnsafeMutablePointer<OpaquePointer?>?, _ count: UInt32) -> OpaquePointer?
    ) -> OpaquePointer? {
        defer { unsafe pointers = [] }
        return unsafe pointers.withUnsafeMutableBufferPointer { unsafe make($0.baseAddress, UInt32($0.count)) }
    }
}

/// Keeps the message of the failure that GEOS reports for the owner that asked.
private func keepMessage(_ message: UnsafePointer<CChar>?, _ owner: UnsafeMutableRawPointer?) {
    guard let message = unsafe message, let owner = unsafe owner else { return }
    unsafe Unmanaged<GEOS>.fromOpaque(owner).takeUnretainedValue().message = String(cString: message)
}
