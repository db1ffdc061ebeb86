package import Atlas
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
    /// Compiles a revision: one reading of the file, every row once. The same revision always gives the same atlas.
    package func compile(_ revision: Int, threads: Int) throws(StoreError) -> AtlasImage {
        try snapshot { () throws(StoreError) in
            let compiler = try Compiler(self, revision)
            for role in Role.allCases where role.isSpatial { try compiler.add(role) }
            return try compiler.image(threads: threads)
        }
    }
}

/// A revision on its way into an atlas.
private final class Compiler {
    private let file: CityFile
    private let revision: Int
    private let grid: Grid
    private let layers: [LayerFacts]
    private var table = FeatureTableWriter()
    private var sections = Sections()
    private var parcelCount = 0
    private var soundParcels: [UInt32] = []
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

    init(_ file: CityFile, _ revision: Int) throws(StoreError) {
        self.file = file
        self.revision = revision
        grid = file.city.grid ?? Grid(originX: 0, originY: 0)
        layers = try file.layers(at: revision)
        guard layers.count < Int(UInt16.max) else { throw .constraint(reason: "an atlas holds no more than 65,534 layers") }
    }

    /// Adds the features of a role, the ones in quarantine among them.
    func add(_ role: Role) throws(StoreError) {
        var slots = SlotFinder(role, layers)
        try unsafe file.eachRow(role, at: revision) { (row) throws(StoreError) in
            let number = UInt32(table.count)
            let slot = try unsafe slots.slot(of: row)
            guard unsafe table.append(slot: slot, line: row.line, code: row.code, fields: row.fields, quarantine: row.quarantine) else {
                throw .constraint(reason: "an atlas holds no more than 4 GiB of texts")
            }
            do {
                try unsafe table.shapes.append(blob: row.geometry, grid: grid)
            } catch {
                throw .corrupt(reason: "\(role.rawValue), \(unsafe String(decoding: row.line, as: UTF8.self)): \(error)")
            }
            try unsafe note(role, Int(slot), number, row)
        }
        if role == .parcels { parcelCount = table.count }
    }

    /// What of a row is found by other ways than its number.
    private func note(_ role: Role, _ slot: Int, _ number: UInt32, _ row: RawRow) throws(StoreError) {
        // A layer holds a kind also where its only feature of it was kept out.
        if role == .overlay {
            kinds[slot, default: []].insert(unsafe try fields(row)["kind"]?.asString ?? layers[slot].layer ?? role.rawValue)
        }
        guard unsafe row.quarantine == nil else {
            keptOut.append(Int(number))
            return
        }
        sound[role, default: []].append(Int(number))
        let box = table.shapes.boxes[Int(number)]
        if box != .nowhere { extent = extent?.united(with: box) ?? box }
        switch role {
        case .parcels:
            if unsafe row.code != nil { soundParcels.append(number) }
        case .addresses:
            let address = try unsafe fields(row)
            if let parcel = address["parcel"]?.asString, addressOfParcel[parcel] == nil { addressOfParcel[parcel] = number }
            for word in Set(AddressKey(address.addressText).words.map(\.text)) { words.add(word, in: number) }
        case .boundary:
            let isHarim = unsafe row.code?.elementsEqual("harim".utf8) ?? false
            if let blob = unsafe row.geometry, case .area(let area)? = try? unsafe GeoPackageBlob.decode(Array(blob), grid: grid) {
                outlines[isHarim ? "harim" : "limit", default: []] += area.polygons
            }
        default: break
        }
    }

    private func fields(_ row: RawRow) throws(StoreError) -> [String: JSON] {
        guard case .object(let object)? = try? unsafe JSON(parsing: Array(row.fields)) else {
            throw .corrupt(reason: "\(unsafe String(decoding: row.line, as: UTF8.self)): its fields are no JSON object")
        }
        return object
    }

    func image(threads: Int) throws(StoreError) -> AtlasImage {
        let (slots, limit, harim) = (layers.enumerated().map(slot), outline("limit"), outline("harim"))
        let city = try JSON.object([
            "crs": .string(file.city.crs.code), "grid": .array([.string(String(grid.originX)), .string(String(grid.originY))]),
            "height": file.city.height.map { .string(String($0.millionths)) } ?? .null,
            "scale": .array(file.city.scale.map(JSON.number)), "operations": .array(file.operations(at: revision).map(\.stored)),
            "fit": .array(try fit().map(JSON.number)), "slots": .array(slots), "limit": limit, "harim": harim,
            "shared": .array(outlineShapes.map { JSON($0) }),
        ])
        sections.add(AtlasSection.city, city.canonical())
        for (role, columns) in [(Role.parameters, Parameter.columns), (.plans, Plan.columns), (.provisions, Provision.columns)] {
            var texts = TextsWriter()
            for row in try file.stored(role, at: revision) where row.quarantine == nil {
                let cells = row.cells
                for column in columns {
                    guard texts.append((cells[column] ?? "").utf8) else {
                        throw .constraint(reason: "an atlas holds no more than 4 GiB of texts")
                    }
                }
            }
            texts.add(to: &sections, as: AtlasSection.law(role))
        }
        table.addCodes(of: soundParcels, to: &sections)
        words.add(to: &sections)
        var addresses = [UInt32](repeating: 0, count: parcelCount)
        for parcel in soundParcels {
            if let address = addressOfParcel[table.code(of: Int(parcel))] { addresses[Int(parcel)] = address + 1 }
        }
        sections.add(AtlasSection.parcelAddress, addresses)
        table.add(to: &sections)
        index(threads: threads)
        return AtlasImage(revision: revision, root: try file.recordedRoot(of: revision).bytes, sections: sections)
    }

    /// The fit between the city's metres and degrees, as it is stored; empty where none is as good as PROJ.
    private func fit() throws(StoreError) -> [Double] {
        guard let extent, let operation = try file.operations(at: revision).toDegrees(from: file.city.crs.code) else { return [] }
        return (try? LocalFit(operation, over: extent, of: grid))?.stored ?? []
    }

    /// What finds features by their place, and what parcels share with the rest.
    private func index(threads: Int) {
        let shapes = table.shapes.table
        for role in Role.allCases where role.isSpatial {
            BoxTree.sections(for: shapes, features: sound[role] ?? [], name: AtlasSection.tree(role), into: &sections)
        }
        BoxTree.sections(for: shapes, features: keptOut, name: AtlasSection.keptOut, into: &sections)
        let (parcels, drawn) = (sound[.parcels] ?? [], (sound[.zones] ?? []) + (sound[.overlay] ?? []))
        var groups = [UInt8](repeating: 255, count: shapes.count)
        for parcel in parcels { groups[parcel] = 0 }
        for feature in drawn { groups[feature] = 1 }
        LocationIndex.sections(for: shapes, groups: groups, threads: threads, into: &sections)
        let borders = BorderGrid(shapes, areas: drawn + outlineShapes)
        borders.add(to: &sections)
        ShareTable(of: parcels, in: shapes, borders, threads: threads).add(to: &sections)
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
        table.shapes.append(.area(area))
        if area.flaw() == nil { outlineShapes.append(table.shapes.count - 1) }
        return JSON(table.shapes.count - 1)
    }
}

/// Finds rows' slots by layer and plan. Rows of one slot mostly follow each other.
private struct SlotFinder {
    private let candidates: [(number: UInt16, layer: [UInt8]?, plan: [UInt8]?)]
    private var last = 0

    init(_ role: Role, _ layers: [LayerFacts]) {
        candidates = layers.enumerated().filter { $0.element.role == role }.map {
            (UInt16($0.offset), $0.element.layer.map { Array($0.utf8) }, $0.element.plan.map { Array($0.utf8) })
        }
    }

    mutating func slot(of row: RawRow) throws(StoreError) -> UInt16 {
        for step in candidates.indices {
            let place = (last + step) % candidates.count
            guard unsafe Self.same(row.layer, candidates[place].layer), unsafe Self.same(row.plan, candidates[place].plan) else { continue }
            last = place
            return candidates[place].number
        }
        throw .corrupt(reason: "\(unsafe String(decoding: row.line, as: UTF8.self)): it stands in no layer of the revision")
    }

    private static func same(_ text: UnsafeBufferPointer<UInt8>?, _ other: [UInt8]?) -> Bool {
        switch unsafe (text, other) {
        case (nil, nil): true
        case (let text?, let other?): unsafe text.elementsEqual(other)
        default: false
        }
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
