import Atlas
import Spatial
import Store

/// The parcels of an atlas whose areas a second reading bore out, kept beside it: a revision does not change, nor does what GEOS
/// says of it, so that an opinion is taken once.
///
/// The file has an atlas's form, with one section: by feature number up to the last parcel's, 1 where all areas were borne out.
struct BorneOut: Sendable {
    static let suffix = ".borne"
    private static let section = "borne"
    private let parcels: Column<UInt8>

    /// Nil where there is no such file, or it is damaged or of another revision.
    ///
    /// - Parameter checked: every page is checked now.
    init?(beside atlas: AtlasFile, at path: String, checked: Bool, damaged: @escaping @Sendable (AtlasError) -> Never) {
        guard let file = try? AtlasFile.open(path, damaged: damaged), !checked || (try? file.check(path: path)) != nil,
            file.revision == atlas.revision, file.root == atlas.root,
            let parcels = file.sections.column(Self.section, of: UInt8.self)
        else { return nil }
        self.parcels = parcels
    }

    func holds(_ parcel: Int) -> Bool { parcel < parcels.count && parcels[parcel] == 1 }

    /// Writes the file whole or not at all.
    ///
    /// - Parameters:
    ///   - parcels: the numbers of those that were borne out.
    ///   - count: one more than the greatest number of a parcel.
    static func write(_ parcels: [Int], of count: Int, beside town: Town, to path: String) throws(AtlasError) {
        var flags = [UInt8](repeating: 0, count: count)
        for parcel in parcels { flags[parcel] = 1 }
        var sections = Sections()
        sections.add(section, flags)
        let image = AtlasImage(revision: town.revision, root: town.root.bytes, sections: sections)
        try image.write(to: path)
    }
}
