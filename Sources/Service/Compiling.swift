import Atlas
import Formats
import Persian
import Planning
import Spatial
package import Store

/// The names of the sections that the service itself fills: the city and its layers, the law's rows, addresses.
enum AtlasSection {
    static let city = "city"
    /// By parcel: one more than the number of the first address that names it; 0 where none does.
    static let parcelAddress = "parcel.address"

    /// The features that were kept out, by their boxes.
    static let keptOut = "tree.keptOut"

    /// A role's sound features by their boxes.
    static func tree(_ role: Role) -> String { "tree.\(role.rawValue)" }

    static func law(_ role: Role) -> String { "law.\(role.rawValue)" }
}

extension CityFile {
    /// Compiles a revision: every row read once. The same revision always gives the same sections in the same order.
    ///
    /// - Parameters:
    ///   - alone: rows are read by this connection alone, which sees what it has written and not committed.
    ///   - take: gets sections as soon as they are ready.
    func compile(
        _ revision: Int, threads: Int, alone: Bool = false, _ take: @escaping @Sendable (Sections) -> Void
    ) throws(StoreError) {
        try snapshot { () throws(StoreError) in
            let layers = try layers(at: revision)
            guard layers.count < Int(UInt16.max) else { throw .constraint(reason: "an atlas holds no more than 65,534 layers") }
            let parts = try parts(of: revision, layers, threads: threads, alone: alone)
            try Compiler(self, revision, layers, parts).compile(threads: threads, take)
        }
    }
}

extension CityFile {
    /// Compiles a revision into a file, whole or not at all.
    package func compile(_ revision: Int, threads: Int, to path: String) throws {
        let writer = try AtlasWriter(to: path)
        try compile(revision, threads: threads, writer.take)
        try writer.finish(revision: revision, root: try recordedRoot(of: revision).bytes)
    }
}

/// A revision on its way into an atlas.
private final class Compiler {
    private let file: CityFile
    private let revision: Int
    private let grid: Grid
    private let layers: [LayerFacts]
    private let parts: [Role: [FeaturePart]]
    /// Shapes that are no feature's: what layers cover, and the city's outlines. Their numbers follow the features'.
    private var grounds = ShapeTableWriter()
    private let featureCount: Int
    private var sections = Sections()
    /// Sound features by role, and all that were kept out.
    private var sound: [Role: [Int]] = [:]
    private var keptOut: [Int] = []
    /// Outlines that are valid ground: shapes of which parcels' shares are worked out too.
    private var outlineShapes: [Int] = []
    private var addressOfParcel: [String: UInt32] = [:]
    private var words = WordIndexWriter()
    /// The least box around all sound features.
    private var extent: Box?
    private var outlines: [String: [Polygon]] = [:]
    private var kinds: [Int: Set<String>] = [:]

    init(_ file: CityFile, _ revision: Int, _ layers: [LayerFacts], _ parts: [Role: [FeaturePart]]) throws(StoreError) {
        self.file = file
        self.revision = revision
        self.layers = layers
        self.parts = parts
        grid = file.city.grid ?? Grid(originX: 0, originY: 0)
        featureCount = parts.values.joined().reduce(0) { $0 + $1.count }
        var number = 0
        for role in Role.allCases {
            for part in parts[role] ?? [] {
                try note(role, part, from: number)
                number += part.count
            }
        }
    }

    /// What of a part is found by other ways than its features' numbers.
    private func note(_ role: Role, _ part: FeaturePart, from first: Int) throws(StoreError) {
        var sound: [Int] = []
        sound.reserveCapacity(part.count)
        for feature in 0..<part.count {
            if part.isSound(feature) { sound.append(feature) } else { keptOut.append(first + feature) }
        }
        self.sound[role, default: []] += sound.map { first + $0 }
        var box = extent ?? .nowhere
        for feature in sound { box = box.united(with: part.shapes.boxes[feature]) }
        if box != .nowhere { extent = box }
        switch role {
        case .overlay:
            // A layer holds a kind also where its only feature of it was kept out.
            for feature in 0..<part.count {
                let slot = part.slot(feature)
                kinds[slot, default: []].insert(try fields(part, feature)["kind"]?.asString ?? layers[slot].layer ?? role.rawValue)
            }
        case .addresses:
            for feature in sound {
                let address = try fields(part, feature)
                let number = UInt32(first + feature)
                if let parcel = address["parcel"]?.asString, addressOfParcel[parcel] == nil { addressOfParcel[parcel] = number }
                for word in Set(AddressKey(address.addressText).words.map(\.text)) { words.add(word, in: number) }
            }
        case .boundary:
            let shapes = part.shapes.table
            for feature in sound {
                guard case .area(let area)? = shapes.geometry(feature) else { continue }
                outlines[part.code(feature) == "harim" ? "harim" : "limit", default: []] += area.polygons
            }
        default: break
        }
    }

    private func fields(_ part: FeaturePart, _ feature: Int) throws(StoreError) -> [String: JSON] {
        guard case .object(let object)? = try? JSON(parsing: part.fields(feature)) else {
            throw .corrupt(reason: "\(part.line(feature)): its fields are no JSON object")
        }
        return object
    }

    func compile(threads: Int, _ take: @escaping @Sendable (Sections) -> Void) throws(StoreError) {
        func hand() {
            take(sections)
            sections = Sections()
        }
        try addCity()
        try addLaw()
        let inOrder = Role.allCases.flatMap { parts[$0] ?? [] }
        let writers = inOrder.map(\.shapes) + [grounds]
        let halves = concurrently(2, threads: threads) { half in
            var sections = Sections()
            if half == 0 { return (shapes: ShapeTable?.some(ShapeTable(joining: writers)), sections, fits: true) }
            let fits = FeaturePart.add(inOrder, to: &sections)
            return (nil, sections, fits)
        }
        guard let shapes = halves[0].shapes, halves[1].fits else {
            throw .constraint(reason: "an atlas holds no more than 4 GiB of texts")
        }
        sections.append(halves[1].1)
        shapes.add(to: &sections)
        hand()
        let drawn = (sound[.zones] ?? []) + (sound[.overlay] ?? [])
        let borders = addIndexes(of: shapes, drawn, threads: threads)
        hand()
        var groups = [UInt8](repeating: 255, count: shapes.count)
        for parcel in sound[.parcels] ?? [] { groups[parcel] = 0 }
        for feature in drawn { groups[feature] = 1 }
        ShareTable(of: sound[.parcels] ?? [], in: shapes, borders, threads: threads).add(to: &sections)
        hand()
        // Last, since the most of it is written while it is made.
        LocationIndex.sections(for: shapes, groups: groups, threads: threads, into: &sections, handing: take)
        hand()
    }

    /// What is found by codes, words and boxes, and the grid of the areas' edges: half of it on another thread.
    private func addIndexes(of shapes: ShapeTable, _ drawn: [Int], threads: Int) -> BorderGrid {
        let parcels = parts[.parcels] ?? []
        let trees =
            Role.allCases.filter(\.isSpatial).map { (name: AtlasSection.tree($0), features: sound[$0] ?? []) }
            + [(name: AtlasSection.keptOut, features: keptOut)]
        let areas = drawn + outlineShapes
        let halves = concurrently(2, threads: threads) { half in
            var sections = Sections()
            if half == 0 {
                for tree in trees { BoxTree.sections(for: shapes, features: tree.features, name: tree.name, into: &sections) }
                return (sections, BorderGrid?.none)
            }
            FeaturePart.addCodes(of: parcels, to: &sections)
            let borders = BorderGrid(shapes, areas: areas)
            borders.add(to: &sections)
            return (sections, borders)
        }
        for half in halves { sections.append(half.0) }
        words.add(to: &sections)
        sections.add(AtlasSection.parcelAddress, addresses(of: parcels))
        return halves.lazy.compactMap(\.1).first ?? BorderGrid(shapes, areas: areas)
    }

    private func addCity() throws(StoreError) {
        let (slots, limit, harim) = (layers.enumerated().map(slot), outline("limit"), outline("harim"))
        let sectors = try file.sectors(at: revision).map(shape)
        let city = try JSON.object([
            "crs": .string(file.city.crs.code), "grid": .array([.string(String(grid.originX)), .string(String(grid.originY))]),
            "height": file.city.height.map { .string(String($0.millionths)) } ?? .null,
            "scale": .array(file.city.scale.map(JSON.number)), "operations": .array(file.operations(at: revision).map(\.stored)),
            "fit": .array(try fit().map(JSON.number)), "slots": .array(slots), "limit": limit, "harim": harim,
            "sectors": .array(sectors),
            "shared": .array(outlineShapes.map { JSON($0) }),
        ])
        sections.add(AtlasSection.city, city.canonical())
    }

    /// The law's rows, the provisions in the law's own order, and what a question must know of those that it does not read.
    private func addLaw() throws(StoreError) {
        let law = try Law(file, at: revision)
        let full = StoreError.constraint(reason: "an atlas holds no more than 4 GiB of texts")
        let tables = [
            (Role.parameters, Parameter.columns), (.plans, Plan.columns), (.provisions, Provision.columns),
            (.events, LegalEvent.columns + [LegalEvent.known]),
        ]
        for (role, columns) in tables {
            var texts = TextsWriter()
            var rows =
                role == .events
                ? try file.eventRows(at: revision) : try file.stored(role, at: revision).filter { $0.quarantine == nil }.map(\.cells)
            if role == .provisions { rows = law.places.map { rows[$0] } }
            for cells in rows {
                for column in columns {
                    guard texts.append((cells[column] ?? "").utf8) else { throw full }
                }
            }
            texts.add(to: &sections, as: AtlasSection.law(role))
        }
        guard law.add(to: &sections) else { throw full }
    }

    /// By parcel: one more than the number of the first address that names it.
    private func addresses(of parcels: [FeaturePart]) -> [UInt32] {
        var addresses = [UInt32](repeating: 0, count: parcels.reduce(0) { $0 + $1.count })
        guard !addressOfParcel.isEmpty else { return addresses }
        var first = 0
        for part in parcels {
            for feature in 0..<part.count where part.isSound(feature) && part.hasCode(feature) {
                if let address = addressOfParcel[part.code(feature)] { addresses[first + feature] = address + 1 }
            }
            first += part.count
        }
        return addresses
    }

    /// The fit between the city's metres and degrees, as it is stored; empty where none is as good as PROJ.
    private func fit() throws(StoreError) -> [Double] {
        guard let extent, let operation = try file.operations(at: revision).toDegrees(from: file.city.crs.code) else { return [] }
        return (try? LocalFit(operation, over: extent, of: grid))?.stored ?? []
    }

    private func slot(_ number: Int, _ layer: LayerFacts) -> JSON {
        let covers: JSON
        switch layer.covers {
        case .unstated: covers = .string("unstated")
        case .city: covers = .string("city")
        case .area(let area): covers = shape(area)
        }
        return .object([
            "role": .string(layer.role.rawValue), "layer": .string(layer.layer ?? layer.role.rawValue), "plan": .init(layer.plan),
            "accuracy": layer.accuracy.map { .string(String($0)) } ?? .null, "dataDay": .init(layer.dataDay),
            "staleAfter": .init(layer.staleAfter), "covers": covers, "kinds": .array((kinds[number] ?? []).sorted().map(JSON.string)),
        ])
    }

    private func outline(_ name: String) -> JSON {
        outlines[name].map { shape(MultiPolygon($0)) } ?? .null
    }

    /// Puts ground that is no feature's behind the features' shapes; the number of its shape.
    private func shape(_ area: MultiPolygon) -> JSON {
        let number = featureCount + grounds.count
        grounds.append(.area(area))
        if area.flaw() == nil { outlineShapes.append(number) }
        return JSON(number)
    }
}

extension Spatial.Operation {
    var stored: JSON {
        .object([
            "source": .string(source), "target": .string(target), "definition": .string(definition), "name": .string(name),
            "accuracy": .init(accuracy),
        ])
    }
}
