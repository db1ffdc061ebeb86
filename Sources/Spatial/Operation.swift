/// One way from a CRS to another, chosen once and pinned: made again from its definition it is the same on every machine.
///
/// x is east or longitude and comes first on both sides, whatever order the authorities state; angles are in degrees.
package struct Operation: Hashable, Sendable {
    /// The CRS as they were asked for: authority and code, or WKT.
    package var source: String
    package var target: String
    /// A PROJ pipeline. It needs no database, though it may need grid files by name.
    package var definition: String
    /// PROJ's name of it, such as `Inverse of UTM zone 40N + ED50(ED77) to WGS 84 (1) + UTM zone 40N`.
    package var name: String
    /// The datum transformation's stated accuracy in metres; 0 where only the projection changes, nil where nobody has said.
    package var accuracy: Double?

    /// An operation as it was pinned.
    package init(source: String, target: String, definition: String, name: String, accuracy: Double?) {
        self.source = source
        self.target = target
        self.definition = definition
        self.name = name
        self.accuracy = accuracy
    }

    /// Whether carrying it out reads grid files or PROJ's own.
    var readsFiles: Bool { ["grids=", "file=", "init="].contains { definition.contains($0) } }
}
