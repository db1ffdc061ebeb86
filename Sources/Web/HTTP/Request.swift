/// A request that came through the gate: its target taken apart and decoded, its header fields as they came.
package struct Request: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case options = "OPTIONS"
        case post = "POST"
    }

    /// Nil for one that no route serves.
    package let method: Method?
    /// Decoded; none for the root. A slash at the end makes no segment.
    package let path: [String]
    /// In the order in which they stand, repeated ones too.
    package let query: [QueryItem]
    package let fields: [HeaderField]
    package var body: [UInt8] = []
    /// The fields of the form that the body was; nil for any other body.
    package var form: [FormField]?

    package init(method: Method?, path: [String], query: [QueryItem], fields: [HeaderField] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
    }

    /// The value of the first field of a name, which is given in small letters.
    package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

package struct QueryItem: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

package struct HeaderField: Hashable, Sendable {
    /// In small letters.
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What goes back: a status, header fields, a body. What each response has (length, date, HEAD's silence) the server adds.
package struct Response: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Pieces until there are none: made while they are sent, no faster than they are taken.
        case pieces(@Sendable () -> [UInt8]?)
    }

    package var status: Int
    package var fields: [(name: String, value: String)]
    package var body: Body

    package init(_ status: Int, fields: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package init(_ status: Int = 200, type: String, _ bytes: [UInt8]) {
        self.init(status, fields: [("Content-Type", type)], body: .bytes(bytes))
    }
}

/// How a request is answered: at once, or by work that would keep other connections waiting and is done beside them.
package enum Reply: Sendable {
    case now(Response)
    case later(@Sendable () -> Response)
}
