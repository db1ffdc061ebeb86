/// A place in which two JSON values differ.
package struct JSONDifference: Hashable, Sendable {
    /// Keys and places from the outermost on: `findings[3].value`.
    package let path: String
    /// Nil where there is nothing.
    package let old: JSON?
    package let new: JSON?

    /// All places, in the order of the keys; items of arrays are compared with those of the same number.
    package static func all(_ old: JSON, _ new: JSON) -> [JSONDifference] {
        var found: [JSONDifference] = []
        compare(old, new, at: "", &found)
        return found
    }

    private static func compare(_ old: JSON?, _ new: JSON?, at path: String, _ found: inout [JSONDifference]) {
        switch (old, new) {
        case (.object(let one), .object(let other)):
            for key in Set(one.keys).union(other.keys).sorted(by: JSON.precedes) {
                compare(one[key], other[key], at: path.isEmpty ? key : "\(path).\(key)", &found)
            }
        case (.array(let one), .array(let other)):
            for place in 0..<max(one.count, other.count) {
                compare(
                    place < one.count ? one[place] : nil, place < other.count ? other[place] : nil, at: "\(path)[\(place)]", &found)
            }
        default:
            // By bytes: what Unicode holds equivalent is not the same here.
            if old?.canonical() != new?.canonical() { found.append(JSONDifference(path: path, old: old, new: new)) }
        }
    }
}
