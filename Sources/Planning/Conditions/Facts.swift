package import Formats
import Persian

/// What is known of a place, by name: `area.deed` (m²), `frontage` (m), `street.width` (m), `use`, `corner` and whatever else
/// the city keeps. A name that is missing is unknown, never nought.
package struct Facts: Hashable, Sendable {
    private var known: [String: Fact]

    package init(_ known: [String: Fact] = [:]) {
        self.known = known
    }

    package subscript(name: String) -> Fact? {
        get { known[name] }
        set { known[name] = newValue }
    }

    /// The name under which "inside an overlay of this kind" is needed and listed.
    package static func overlay(_ kind: String) -> String { overlayPrefix + kind }

    static func kind(ofOverlay name: String) -> String? {
        name.hasPrefix(overlayPrefix) ? String(name.dropFirst(overlayPrefix.count)) : nil
    }

    private static let overlayPrefix = "overlay:"
}

package struct Fact: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case number(Decimal)
        case text(String)
        case bool(Bool)
    }

    /// Where a fact comes from: whoever asked, a layer's attribute, or our own measuring.
    package enum Source: String, Hashable, Sendable {
        case asked
        case layer
        case computed
    }

    package let value: Value
    package let from: Source

    package init(_ value: Value, from: Source) {
        self.value = value
        self.from = from
    }
}

extension Fact.Value {
    /// A value as somebody typed it, in any digits: TRUE or FALSE, a number, else a text. A condition that wants a text gets the
    /// text back.
    package init(typed: String) {
        let number = Digits.latinNumber(typed)
        let text = Decimal(parsing: number) == nil ? Digits.latin(typed) : number
        switch text.uppercased() {
        case "TRUE": self = .bool(true)
        case "FALSE": self = .bool(false)
        default:
            // "007" is a code, "12.50" is not.
            let isCode = text.utf8.count > 1 && text.hasPrefix("0") && !text.hasPrefix("0.")
            if !isCode, let number = Decimal(parsing: text) { self = .number(number) } else { self = .text(text) }
        }
    }

    package var text: String {
        switch self {
        case .number(let number): number.description
        case .text(let text): text
        case .bool(let holds): holds ? "TRUE" : "FALSE"
        }
    }
}
