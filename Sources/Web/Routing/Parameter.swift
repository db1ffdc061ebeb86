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
        /// A revision's number, or a moment.
        case known
        /// A day or moment, or two of which one may be open.
        case days
        /// The URI of a CRS in which the city is published.
        case crs
        /// A tile's zoom, row or column.
        case tileNumber
    }

    let name: String
    let kind: Kind
    let isInPath: Bool
    /// Whether it may stand several times.
    let repeats: Bool
    /// Whether nothing can be answered without it.
    let isRequired: Bool
    let persian: String
    let english: String

    init(
        _ name: String, _ kind: Kind, inPath: Bool = false, repeats: Bool = false, required: Bool = false, _ persian: String,
        _ english: String
    ) {
        self.name = name
        self.kind = kind
        isInPath = inPath
        self.repeats = repeats
        isRequired = inPath || required
        self.persian = persian
        self.english = english
    }

    private static let day = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    private static let time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"

    /// As OpenAPI 3.0 describes it.
    ///
    /// - Parameter crs: the URIs of those published.
    func json(crs: [String]) -> JSON {
        var schema: [String: JSON]
        switch kind {
        // What the gate takes: no control characters, and in a path no slash of either kind.
        case .text:
            schema = [
                "type": "string", "minLength": 1,
                "pattern": isInPath ? "^[^\\x00-\\x1f\\x7f/\\\\]+$" : "^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]+$",
            ]
        case .oneOf(let values): schema = ["type": "string", "enum": .array(values.map { .string($0) })]
        case .whole(let range, let usual):
            schema = ["type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound)]
            if let usual { schema["default"] = JSON(usual) }
        case .number: schema = ["type": "number"]
        case .box:
            // As the standard's own requirement writes it (7.15.3): four or six is not said more exactly.
            schema = ["type": "array", "minItems": 4, "maxItems": 6, "items": .object(["type": "number"])]
        // A Jalali day is taken too, of the same form.
        case .day: schema = ["type": "string", "format": "date"]
        case .known: schema = ["type": "string", "pattern": .string("^([0-9]{1,9}|\(Self.day)T\(Self.time)Z)$")]
        case .days:
            let end = "\(Self.day)(T\(Self.time)(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?"
            schema = ["type": "string", "pattern": .string("^(\(end)|\(end)/(\\.\\.|\(end))?|(\\.\\.)?/\(end)|\\.\\./\\.\\.)$")]
        case .crs: schema = ["type": "string", "enum": .array(crs.map { .string($0) })]
        case .tileNumber: schema = ["type": "string", "pattern": "^(0|[1-9][0-9]{0,7})$"]
        }
        if repeats { schema = ["type": "array", "items": .object(schema)] }
        var parameter: [String: JSON] = [
            "name": .string(name), "in": .string(isInPath ? "path" : "query"), "required": .bool(isRequired),
            "description": .string(english), "schema": .object(schema),
        ]
        if !isInPath {
            parameter["style"] = "form"
            parameter["explode"] = .bool(repeats)
        }
        return .object(parameter)
    }
}
