import Atlas
import Persian
import Planning
import Spatial

/// The provisions' places by what their targets name: each heading with its code once, sorted as strings are, so that another normal
/// form of a code finds it too.
struct LawHeadings: Sendable {
    private let keys: Texts
    private let starts: Column<UInt32>
    private let found: Column<UInt32>

    init(_ atlas: AtlasFile) throws(ServiceError) {
        guard let keys = Texts(atlas.sections, AtlasSection.heading),
            let starts = atlas.sections.column(AtlasSection.headingStarts, of: UInt32.self),
            let found = atlas.sections.column(AtlasSection.headingPlaces, of: UInt32.self), starts.count == keys.count + 1
        else { throw .corrupt("the atlas of revision \(atlas.revision) lacks its law's headings") }
        self.keys = keys
        self.starts = starts
        self.found = found
    }

    func places(_ heading: Heading, _ code: String) -> [Int] {
        let key = AtlasSection.key(heading, code)
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys.string(middle) < key { low = middle + 1 } else { high = middle }
        }
        guard low < keys.count, keys.string(low) == key else { return [] }
        return (Int(starts[low])..<Int(starts[low + 1])).map { Int(found[$0]) }
    }
}

extension AtlasSection {
    static let heading = "law.heading"
    static let headingStarts = "law.heading.first"
    static let headingPlaces = "law.heading.places"
    static let mention = "law.mention"

    static func key(_ heading: Heading, _ code: String) -> String { "\(heading.rawValue):\(code)" }
}

extension Law {
    /// What of the law a question reads besides the rows: the headings and what is mentioned. False when 4 GiB are full.
    func add(to sections: inout Sections) -> Bool {
        var (keys, cells) = (TextsWriter(), TextsWriter())
        var starts: [UInt32] = [0]
        var places: [UInt32] = []
        let all = headings.flatMap { heading, codes in codes.map { (key: AtlasSection.key(heading, $0.key), places: $0.value) } }
        for (key, found) in all.sorted(by: { $0.key < $1.key }) {
            guard keys.append(key.utf8) else { return false }
            places += found.map { UInt32($0) }
            starts.append(UInt32(places.count))
        }
        for mention in mentions {
            let days = [mention.period.from, mention.period.until].map { $0.map { String($0.number) } ?? "" }
            for cell in [mention.kind.rawValue, mention.name, mention.plan] + days {
                guard cells.append(cell.utf8) else { return false }
            }
        }
        keys.add(to: &sections, as: AtlasSection.heading)
        sections.add(AtlasSection.headingStarts, starts)
        sections.add(AtlasSection.headingPlaces, places)
        cells.add(to: &sections, as: AtlasSection.mention)
        return true
    }
}
