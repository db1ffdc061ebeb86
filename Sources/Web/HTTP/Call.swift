import CMicrohttpd
import Glibc
import Synchronization

/// One callback of the library's for a connection.
@safe
struct Call: @unchecked Sendable {
    let server: HTTPServer
    let connection: OpaquePointer

    init(server: HTTPServer, connection: OpaquePointer) {
        self.server = server
        unsafe self.connection = connection
    }

    var link: Link? {
        guard let context = unsafe cmhd_context(connection) else { return nil }
        return unsafe Unmanaged<Link>.fromOpaque(context).takeUnretainedValue()
    }

    /// The head is whole: it goes through the gate. What the gate lets through is answered at the end of its body, also where there is
    /// none: the library closes a connection that is answered before.
    func receive(_ exchange: Exchange, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>) -> MHD_Result {
        let fields = fields()
        var seams = unsafe Seams(method)
        seams.next(exchange.targetPlace, exchange.target.count, behind: 1)
        unsafe seams.next(UInt(bitPattern: version), strlen(version), behind: 1)
        for field in fields {
            seams.next(field.namePlace, field.name.count, behind: 2)
            seams.skip(to: field.valuePlace, field.value.count)
        }
        let passed: Gate.Passed
        do {
            passed = try Gate.passed(
                unsafe RequestHead(
                    method: String(cString: method), version: String(cString: version), target: exchange.target,
                    fields: fields.map { ($0.name, $0.value) }, isPlain: seams.end(after: cmhd_head_size(connection))),
                longestBody: server.limits.bodyBytes)
        } catch {
            return refuse(error, exchange)
        }
        exchange.request = passed.request
        exchange.isChunked = passed.length == nil
        if passed.request.method != .get { link?.allow(seconds: server.limits.bodySeconds) }
        exchange.stage = .body(passed.request)
        return .YES
    }

    func take(_ piece: UnsafeRawBufferPointer, _ exchange: Exchange) -> MHD_Result {
        exchange.passed += piece.count
        // Who sends on and on hears nothing more.
        guard exchange.passed <= 4 * server.limits.bodyBytes else { return .NO }
        guard case .body(var request) = exchange.stage else { return .YES }
        exchange.stage = .answered
        exchange.held += piece.count
        let all = server.bodyBytes.add(piece.count, ordering: .relaxed).newValue
        guard exchange.held <= server.limits.bodyBytes, all <= server.limits.allBodyBytes else {
            // It gives back at once what it held: the others may come to their end.
            server.bodyBytes.subtract(exchange.held, ordering: .relaxed)
            request.body = []
            exchange.stage = .excess(request, isTooLong: exchange.held > server.limits.bodyBytes)
            exchange.held = 0
            return .YES
        }
        unsafe request.body.append(contentsOf: piece)
        exchange.stage = .body(request)
        return .YES
    }

    func bodyEnded(_ exchange: Exchange) -> MHD_Result {
        switch exchange.stage {
        case .body(var request):
            if FormBody.isForm(request.field("content-type")) {
                guard let form = unsafe FormBody.fields(of: request.body, on: connection) else { return refuse(.form, exchange) }
                request.form = form
                request.body = []
            }
            return answer(request, exchange)
        case .excess(let request, let isTooLong):
            return isTooLong
                ? refuse(.bodyTooLong(most: server.limits.bodyBytes), exchange) : send(server.overloaded(request), to: request, exchange)
        default: return .YES
        }
    }

    private func answer(_ request: Request, _ exchange: Exchange) -> MHD_Result {
        link?.wait()
        switch server.respond(request) {
        case .now(let response): return send(response, to: request, exchange)
        case .later(let work):
            exchange.stage = .working(request)
            let isTaken = server.workshop.take {
                exchange.stage = .ready(request, work())
                unsafe MHD_resume_connection(connection)
            } accepted: {
                unsafe MHD_suspend_connection(connection)
            }
            return isTaken ? .YES : send(server.overloaded(request), to: request, exchange)
        }
    }

    private func refuse(_ refusal: Gate.Refusal, _ exchange: Exchange) -> MHD_Result {
        let fields = fields().map {
            HeaderField(name: String(decoding: $0.name, as: UTF8.self).lowercased(), value: String(decoding: $0.value, as: UTF8.self))
        }
        var response = server.refuse(refusal, fields)
        // What follows a request that can be read in two ways is not read as another.
        response.fields.append(("Connection", "close"))
        return send(response, to: nil, exchange)
    }

    func send(_ response: Response, to request: Request?, _ exchange: Exchange) -> MHD_Result {
        exchange.stage = .answered
        exchange.response = response
        let made: OpaquePointer?
        switch response.body {
        case .bytes(let bytes):
            link?.allow(seconds: 30 + bytes.count >> 14)
            unsafe made = sent(bytes)
        case .pieces(let next):
            link?.allow(seconds: 30)
            let source = unsafe Unmanaged.passRetained(Pieces(next, link)).toOpaque()
            unsafe made = MHD_create_response_from_callback(.max, 1 << 16, readPieces, source, freePieces)
            if unsafe made == nil { unsafe freePieces(source) }
        }
        guard let made = unsafe made else { return .NO }
        defer { unsafe MHD_destroy_response(made) }
        // Programs differ over where chunks end (a lone LF, an extension): what follows them is not read as another request.
        if exchange.isChunked { unsafe MHD_add_response_header(made, "Connection", "close") }
        for (name, value) in response.fields { unsafe MHD_add_response_header(made, name, value) }
        return unsafe MHD_queue_response(connection, UInt32(response.status), made)
    }

    /// A body that is read where it lies: it is held until the library has done with it, and nothing else changes it meanwhile.
    private func sent(_ bytes: [UInt8]) -> OpaquePointer? {
        let held = unsafe Unmanaged.passRetained(Held(bytes)).toOpaque()
        // The storage of an array that is held stays where it is.
        let place = unsafe bytes.withUnsafeBytes { unsafe UnsafeMutableRawPointer(mutating: $0.baseAddress) }
        let made = unsafe MHD_create_response_from_buffer_with_free_callback_cls(bytes.count, place, freeHeld, held)
        if unsafe made == nil { unsafe freeHeld(held) }
        return unsafe made
    }

    private func fields() -> [Field] {
        var fields = Fields()
        unsafe withUnsafeMutablePointer(to: &fields) {
            _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, noteField, $0)
        }
        return fields.all
    }
}

private struct Field {
    let name: [UInt8]
    let value: [UInt8]
    let namePlace: UInt
    let valuePlace: UInt
}

private struct Fields {
    var all: [Field] = []
}

private func noteField(
    _ fields: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
    _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
    let field = unsafe Field(
        name: Array(UnsafeRawBufferPointer(start: name, count: nameSize)),
        value: Array(UnsafeRawBufferPointer(start: value, count: valueSize)), namePlace: UInt(bitPattern: name),
        valuePlace: UInt(bitPattern: value))
    unsafe fields?.assumingMemoryBound(to: Fields.self).pointee.all.append(field)
    return .YES
}

/// A body that is being sent.
private final class Held {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

private func freeHeld(_ held: UnsafeMutableRawPointer?) {
    guard let held = unsafe held else { return }
    unsafe Unmanaged<Held>.fromOpaque(held).release()
}

/// A body that is made while it is sent.
private final class Pieces {
    private let next: @Sendable () -> [UInt8]?
    private let link: Link?
    private var piece: [UInt8] = []
    private var sent = 0

    init(_ next: @escaping @Sendable () -> [UInt8]?, _ link: Link?) {
        self.next = next
        self.link = link
    }

    /// Fills some of a buffer; nil at the end.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        while sent == piece.count {
            guard let more = next() else { return nil }
            (piece, sent) = (more, 0)
        }
        link?.allow(seconds: 30)
        let count = min(buffer.count, piece.count - sent)
        unsafe buffer.copyBytes(from: piece[sent..<sent + count])
        sent += count
        return count
    }
}

private func readPieces(_ source: UnsafeMutableRawPointer?, _ offset: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ most: Int) -> Int {
    guard let source = unsafe source, let buffer = unsafe buffer else { return -1 }
    let pieces = unsafe Unmanaged<Pieces>.fromOpaque(source).takeUnretainedValue()
    return unsafe pieces.fill(UnsafeMutableRawBufferPointer(start: buffer, count: most)) ?? -1
}

private func freePieces(_ source: UnsafeMutableRawPointer?) {
    guard let source = unsafe source else { return }
    unsafe Unmanaged<Pieces>.fromOpaque(source).release()
}
