package import Formats
package import Persian
package import Spatial

/// What a name stands for.
package enum PropertyValue: Hashable, Sendable {
    case number(Decimal)
    case text(String)
    case bool(Bool)
    case day(Day)
    case timestamp(Timestamp)
    case geometry(Geometry)
}

/// What names stand for where an expression is asked: the facts of a parcel, or the attributes of a feature.
package protocol Assignment {
    /// Nil where nothing is known under the name.
    func value(of name: String) -> PropertyValue?

    /// Whether a value that there is not is NULL: what `IS NULL` asks for. Where it is merely not known, `IS NULL` is as unknown as all
    /// else.
    var missingIsNull: Bool { get }

    func holds(_ function: String, _ arguments: [Expression]) -> Truth

    /// How two geometries lie to each other.
    func holds(_ relation: SpatialRelation, _ one: Ground, _ other: Ground) -> Truth
}

/// A geometry that is asked about: a feature's, or a literal of a bound filter by its number.
package enum Ground: Hashable, Sendable {
    case feature(Geometry)
    case site(Int)
}

/// For what reads nothing.
struct NothingKnown: Assignment {
    let missingIsNull = false

    func value(of name: String) -> PropertyValue? { nil }
    func holds(_ function: String, _ arguments: [Expression]) -> Truth { .unknown(needs: []) }
    func holds(_ relation: SpatialRelation, _ one: Ground, _ other: Ground) -> Truth { .unknown(needs: []) }
}
