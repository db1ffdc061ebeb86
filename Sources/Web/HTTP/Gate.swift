/// The head of a request as the library parsed it: nothing decoded, nothing merged.
package struct RequestHead: Sendable {
    package let method: String
    package let version: String
    /// The request target's bytes as they were sent.
    package let target: [UInt8]
    /// Names and values as they were sent, in their order.
    package let fields: [(name: [UInt8], value: [UInt8])]
    /// Whether these parts, with one blank or a colon between them and a CR LF behind each line, are all that was sent.
    package let isPlain: Bool

    package init(
        method: String, version: String, target: [UInt8], fields: [(name: [UInt8], value: [UInt8])], isPlain: Bool = true
    ) {
        self.isPlain = isPlain
        self.method = method
        self.version = version
        self.target = target
        self.fields = fields
    }
}

/// What stands before every route: refuses each form of request that two programs could read as two different ones (RFC 9112
/// sections 3, 5 and 6, and what libmicrohttpd lets through), and takes apart what is left.
package enum Gate {
    /// Why a request goes no further. The connection is closed behind it, so that nothing after it is read as another.
    package enum Refusal: Error, Hashable, Sendable {
        case lines, version, target, encoding(String), path(String)
        case fieldName, fieldValue(String), host, length, transferEncoding, lengthAndEncoding, bodyNotExpected
        case bodyTooLong(most: Int)
        case expectation, form
    }

    package struct Passed: Sendable {
        package let request: Request
        /// The stated length of the body; nil where it comes in chunks.
        package let length: Int?
    }

    /// - Parameter longestBody: in bytes.
    package static func passed(_ head: RequestHead, longestBody: Int) throws(Refusal) -> Passed {
        guard head.isPlain else { throw .lines }
        guard head.version == "HTTP/1.1" || head.version == "HTTP/1.0" else { throw .version }
        let framing = try framing(head)
        let method = Request.Method(rawValue: head.method)
        if let method, method != .post, framing.isChunked || (framing.length ?? 0) > 0 { throw .bodyNotExpected }
        if let length = framing.length, length > longestBody { throw .bodyTooLong(most: longestBody) }
        let (path, query) = try Target.parts(head.target)
        return Passed(
            request: Request(method: method, path: path, query: query, fields: framing.fields),
            length: framing.isChunked ? nil : framing.length ?? 0)
    }

    private struct Framing {
        var fields: [HeaderField] = []
        var length: Int?
        var isChunked = false
    }

    /// Where the body ends must be beyond doubt, and so must the host.
    private static func framing(_ head: RequestHead) throws(Refusal) -> Framing {
        var framing = Framing()
        var hosts = 0
        framing.fields.reserveCapacity(head.fields.count)
        for (name, value) in head.fields {
            guard !name.isEmpty, name.allSatisfy(isToken) else { throw .fieldName }
            let name = String(decoding: name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
            guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { throw .fieldValue(name) }
            let text = String(decoding: value, as: UTF8.self)
            switch name {
            case "host":
                hosts += 1
                guard value.allSatisfy(isHost) else { throw .host }
            case "content-length":
                guard framing.length == nil, (1...15).contains(value.count), value.allSatisfy({ (0x30...0x39).contains($0) }),
                    let length = Int(text)
                else { throw .length }
                framing.length = length
            case "transfer-encoding":
                guard !framing.isChunked, text.lowercased() == "chunked", head.version == "HTTP/1.1" else { throw .transferEncoding }
                framing.isChunked = true
            case "expect":
                guard text.lowercased() == "100-continue" else { throw .expectation }
            default: break
            }
            framing.fields.append(HeaderField(name: name, value: text))
        }
        guard framing.length == nil || !framing.isChunked else { throw .lengthAndEncoding }
        guard hosts == 1 || (hosts == 0 && head.version == "HTTP/1.0") else { throw .host }
        return framing
    }

    /// RFC 9110's token.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// What a host and port are written with (RFC 3986, without userinfo).
    private static func isHost(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x2D, 0x2E, 0x5F, 0x7E, 0x3A, 0x5B, 0x5D: true
        default: false
        }
    }
}
