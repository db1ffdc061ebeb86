import CMicrohttpd
import Glibc
import Synchronization

/// One request on its way through the library's callbacks, each of which comes on the thread of its connection.
@safe
final class Exchange: @unchecked Sendable {
    enum Stage {
        /// The head is still coming.
        case head
        case body(Request)
        /// A body that is too long, or one too many, and is read only to be thrown away, that the client may hear so.
        case excess(Request, isTooLong: Bool)
        case working(Request)
        case ready(Request, Response)
        case answered
    }

    let target: [UInt8]
    /// Where the library keeps it.
    let targetPlace: UInt
    let begun = Monotonic.nanoseconds
    var stage = Stage.head
    /// What it came to, for the account.
    var request: Request?
    var response: Response?
    /// Bytes of the body that count against the server's.
    var held = 0
    var passed = 0
    var isChunked = false

    init(target: [UInt8], at place: UInt) {
        self.target = target
        targetPlace = place
    }
}

/// The request line is there: the target as it was sent, of which the library keeps only a changed copy.
func beginRequest(_ server: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?)
    -> UnsafeMutableRawPointer?
{
    let bytes = unsafe target.map { unsafe Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
    if let connection = unsafe connection, let held = unsafe cmhd_context(connection) {
        unsafe Unmanaged<Link>.fromOpaque(held).takeUnretainedValue().begin()
    }
    return unsafe Unmanaged.passRetained(Exchange(target: bytes, at: UInt(bitPattern: target))).toOpaque()
}

/// Called when the head is whole, for each piece of a body, at the body's end, and when work beside the pool is done.
func respondToCall(
    _ server: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?, _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?, _ size: UnsafeMutablePointer<Int>?,
    _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let server = unsafe server, let connection = unsafe connection, let size = unsafe size, let held = unsafe context?.pointee,
        let method = unsafe method, let version = unsafe version
    else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    let call = unsafe Call(server: Unmanaged<HTTPServer>.fromOpaque(server).takeUnretainedValue(), connection: connection)
    switch exchange.stage {
    case .head:
        return unsafe call.receive(exchange, method: method, version: version)
    case .body, .excess:
        guard unsafe size.pointee > 0, let data = unsafe data else { return call.bodyEnded(exchange) }
        let piece = unsafe UnsafeRawBufferPointer(start: data, count: size.pointee)
        unsafe size.pointee = 0
        return unsafe call.take(piece, exchange)
    case .ready(let request, let response): return call.send(response, to: request, exchange)
    case .working, .answered: return .YES
    }
}

func completeRequest(
    _ server: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ end: MHD_RequestTerminationCode
) {
    guard let server = unsafe server, let connection = unsafe connection, let held = unsafe context?.pointee else { return }
    unsafe context?.pointee = nil
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue()
    let call = unsafe Call(server: Unmanaged<HTTPServer>.fromOpaque(server).takeUnretainedValue(), connection: connection)
    call.server.bodyBytes.subtract(exchange.held, ordering: .relaxed)
    call.link?.rest(seconds: call.server.limits.headSeconds)
    // 0 is MHD_REQUEST_TERMINATED_COMPLETED_OK.
    if let response = exchange.response {
        call.server.completed(exchange.request, response, Monotonic.nanoseconds - exchange.begun, end.rawValue == 0)
    }
}

func noteConnection(
    _ server: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ event: MHD_ConnectionNotificationCode
) {
    guard let server = unsafe server, let connection = unsafe connection, let context = unsafe context else { return }
    let served = unsafe Unmanaged<HTTPServer>.fromOpaque(server).takeUnretainedValue()
    // MHD_CONNECTION_NOTIFY_STARTED
    if event.rawValue == 0 {
        let link = unsafe Link(descriptor: cmhd_descriptor(connection), seconds: served.limits.headSeconds)
        unsafe context.pointee = Unmanaged.passRetained(link).toOpaque()
        served.links.add(link)
    } else if let held = unsafe context.pointee {
        unsafe context.pointee = nil
        unsafe served.links.remove(Unmanaged<Link>.fromOpaque(held).takeRetainedValue())
    }
}
