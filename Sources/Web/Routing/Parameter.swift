import Formats
import Service

/// A parameter of a route: what it is called, what it may be, and what the API's description says of it.
struct Parameter: Sendable {
    enum Kind: Sendable {
        case text
        case oneOf([String])
        case whole(ClosedRange<Int>, usual: Int?)
        case number
        /// Four or six numbers with commas between them.
        case box
        case day
    }

    let name: String
    let kind: Kind
    let isInPath: Bool
    /// Whether it may stand several times.
    let repeats: Bool
    let persian: String
    let english: String

    init(_ name: String, _ kind: Kind, inPath: Bool = false, repeats: Bool = false, _ persian: String, _ english: String) {
        self.name = name
        self.kind = kind
        isInPath = inPath
        self.repeats = repeats
        self.persian = persian
        self.english = english
    }

    /// As OpenAPI 3.0 describes it.
    var json: JSON {
        var schema: [String: JSON]
        switch kind {
        case .text: schema = ["type": "string"]
        case .oneOf(let values): schema = ["type": "string", "enum": .array(values.map { .string($0) })]
        case .whole(let range, let usual):
            schema = ["type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound)]
            if let usual { schema["default"] = JSON(usual) }
        case .number: schema = ["type": "number"]
        case .box:
            // As the standard's own requirement writes it (7.15.3): four or six is not said more exactly.
            schema = ["type": "array", "minItems": 4, "maxItems": 6, "items": .object(["type": "number"])]
        case .day: schema = ["type": "string"]
        }
        if repeats { schema = ["type": "array", "items": .object(schema)] }
        var parameter: [String: JSON] = [
            "name": .string(name), "in": .string(isInPath ? "path" : "query"), "required": .bool(isInPath),
            "description": .string(english), "schema": .object(schema),
        ]
        if !isInPath {
            parameter["style"] = "form"
            parameter["explode"] = .bool(repeats)
        }
        return .object(parameter)
    }
}
