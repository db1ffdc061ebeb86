import Atlas
import Formats
import Persian
import Spatial
import Store
import Synchronization

/// A revision's features in its atlas: each is made a value of when it is asked for. Those other than parcels, which many
/// questions share, are remembered.
final class AtlasGround: Sendable {
    let city: GroundFacts
    let slots: [Slot]
    let limit: MultiPolygon?
    let harim: MultiPolygon?
    let overlayKinds: [Int: Set<String>]
    private let table: FeatureTable
    private let codes: CodeIndex
    private let words: WordIndex
    private let addressOfParcel: Column<UInt32>
    private let trees: [(role: Role, tree: BoxTree)]
    private let keptOut: BoxTree
    private let location: LocationIndex
    private let borders: BorderGrid
    let shares: ShareTable
    let shapeOfLimit: Int?
    let shapeOfHarim: Int?
    let sectors: [Sector]
    private let remembered = Mutex<[Int: Feature]>([:])

    init(_ atlas: AtlasFile) throws(ServiceError) {
        let sections = atlas.sections
        guard let table = FeatureTable(sections), let codes = CodeIndex(sections, of: table), let words = WordIndex(sections),
            let addresses = sections.column(AtlasSection.parcelAddress, of: UInt32.self),
            let text = sections.column(AtlasSection.city, of: UInt8.self),
            let stored = try? JSON(parsing: unsafe Array(text.elements(0..<text.count))),
            let keptOut = BoxTree(sections, name: AtlasSection.keptOut), let location = LocationIndex(sections),
            let borders = BorderGrid(sections), let shares = ShareTable(sections)
        else { throw .corrupt("the atlas of revision \(atlas.revision) lacks a section") }
        self.table = table
        self.codes = codes
        self.words = words
        addressOfParcel = addresses
        self.keptOut = keptOut
        self.location = location
        self.borders = borders
        self.shares = shares
        func shape(_ json: JSON?) -> MultiPolygon? {
            guard let number = json?.asInt, (0..<table.shapes.count).contains(number) else { return nil }
            if case .area(let area)? = table.shapes.geometry(number) { return area } else { return nil }
        }
        guard let city = GroundFacts(stored), let rows = stored["slots"]?.asArray else {
            throw .corrupt("the atlas of revision \(atlas.revision) does not say what city it is of")
        }
        self.city = city
        limit = shape(stored["limit"])
        harim = shape(stored["harim"])
        let shared = Set(stored["shared"]?.asArray?.compactMap(\.asInt) ?? [])
        func known(_ json: JSON?) -> Int? { json?.asInt.flatMap { shared.contains($0) ? $0 : nil } }
        shapeOfLimit = known(stored["limit"])
        shapeOfHarim = known(stored["harim"])
        var sectors: [Sector] = []
        for number in stored["sectors"]?.asArray ?? [] {
            guard let area = shape(number), let known = known(number) else {
                throw .corrupt("the atlas of revision \(atlas.revision): the ground of sector \(sectors.count) can't be understood")
            }
            sectors.append(Sector(area: area, shape: known))
        }
        self.sectors = sectors
        var slots: [Slot] = []
        var kinds: [Int: Set<String>] = [:]
        for row in rows {
            guard var slot = Slot(row, covers: shape(row["covers"])) else {
                throw .corrupt("the atlas of revision \(atlas.revision): layer \(slots.count) can't be understood")
            }
            let held = row["kinds"]?.asArray?.compactMap(\.asString) ?? []
            if !held.isEmpty { kinds[slots.count] = Set(held) }
            slot.shapeOfCovers = known(row["covers"])
            slots.append(slot)
        }
        self.slots = slots
        overlayKinds = kinds
        trees = Role.allCases.filter(\.isSpatial).compactMap { role in
            BoxTree(sections, name: AtlasSection.tree(role)).map { (role, $0) }
        }
    }

    func candidates(_ role: Role, in box: Box) -> [Feature] {
        candidates(role, in: box) { _, _ in true }
    }

    func candidates(_ role: Role, in box: Box, where holds: (_ number: Int, _ isArea: Bool) -> Bool) -> [Feature] {
        numbers(of: role, in: box).filter { holds($0, table.shapes.kind($0) == .area) }.compactMap(feature)
    }

    func numbers(of role: Role, in box: Box) -> [Int] {
        guard let tree = trees.first(where: { $0.role == role })?.tree else { return [] }
        var found: [Int] = []
        tree.features(meeting: box, into: &found)
        return found
    }

    func numbers(of slots: Set<Int>) -> Range<Int> {
        let own = (0..<table.count).lazy.filter { slots.contains(self.table.slot($0)) }
        guard let first = own.first, let last = (0..<table.count).last(where: { slots.contains(table.slot($0)) }) else { return 0..<0 }
        return first..<last + 1
    }

    func stands(_ number: Int, in slots: Set<Int>) -> Bool { slots.contains(table.slot(number)) && !table.isQuarantined(number) }

    func isParcel(_ number: Int) -> Bool { number < addressOfParcel.count }

    func record(of number: Int) -> Int64 { table.record(number) }

    func quarantined(in box: Box) -> [Feature] {
        var found: [Int] = []
        keptOut.features(meeting: box, into: &found)
        return found.compactMap(feature)
    }

    func holders(of point: Point) -> [Holder] {
        var holders: [Holder] = []
        location.holders(of: point, into: &holders)
        return holders
    }

    /// The sound parcels, zones and overlays whose edges come within their layers' accuracies of a point.
    func close(to point: Point, greatestAccuracy: Int64) -> [Int] {
        let areasAreClear = location.isClearOfEdges(point, by: greatestAccuracy)
        let box = Box(point).grown(by: greatestAccuracy)
        var close: [Int] = []
        for place in trees.indices where trees[place].role.isAnswered && !(areasAreClear && trees[place].role == .parcels) {
            trees[place].tree.forEach(meeting: box) { number in
                if areasAreClear, table.shapes.kind(number) == .area { return }
                guard let accuracy = slots[table.slot(number)].accuracy else { return }
                if table.shapes.comes(number, within: accuracy, of: point) { close.append(number) }
            }
        }
        return close
    }

    func distance(of number: Int, to point: Point) -> Double { table.shapes.distance(number, to: point) }

    var cutter: ParcelCutter { ParcelCutter(table.shapes, borders) }

    /// The features of a code that were kept out: looked for one by one, for they are seldom asked for.
    func quarantined(code: String) -> [Feature] {
        (0..<table.count).filter { table.isQuarantined($0) && table.code($0) == code }.compactMap(feature)
    }

    var parcelNumbers: [Int] {
        (0..<addressOfParcel.count).filter { !table.isQuarantined($0) && table.shapes.kind($0) == .area }
    }

    func parcel(_ code: String) -> Feature? { codes.feature(of: code).flatMap(feature) }

    func address(ofParcel parcel: Int) -> String? {
        guard parcel < addressOfParcel.count, addressOfParcel[parcel] > 0 else { return nil }
        return feature(Int(addressOfParcel[parcel]) - 1)?.addressText
    }

    func addresses(thatMayFit typed: AddressKey) -> [(key: AddressKey, address: Feature)] {
        words.features(withAll: typed.words.map(\.text)).compactMap(feature).map { (key: AddressKey($0.addressText), address: $0) }
    }

    /// Nil for a number that no feature has.
    func feature(_ number: Int) -> Feature? {
        guard (0..<table.count).contains(number), table.slot(number) < slots.count else { return nil }
        if number < addressOfParcel.count { return made(number) }
        if let known = remembered.withLock({ $0[number] }) { return known }
        let feature = made(number)
        remembered.withLock { $0[number] = feature }
        return feature
    }

    private func made(_ number: Int) -> Feature {
        Feature(
            id: Int64(number), slot: table.slot(number), line: table.line(number), code: table.code(number),
            fields: (try? JSON(parsing: table.fields(number)))?.asObject ?? [:], geometry: table.shapes.geometry(number),
            quarantine: table.quarantine(number))
    }
}

extension GroundFacts {
    fileprivate init?(_ stored: JSON) {
        guard let crs = stored["crs"]?.asString, let origin = stored["grid"]?.asArray, origin.count == 2,
            let x = origin[0].asString.flatMap({ Int64($0) }), let y = origin[1].asString.flatMap({ Int64($0) }),
            let scale = stored["scale"]?.asArray?.compactMap(\.asNumber), let operations = stored["operations"]?.asArray
        else { return nil }
        self.init(
            crs: crs, grid: Grid(originX: x, originY: y),
            height: stored["height"]?.asString.flatMap { Int64($0) }.map { Decimal(millionths: $0) }, scaleField: ScaleField(stored: scale),
            operations: operations.compactMap { Spatial.Operation(stored: $0) },
            fit: LocalFit(stored: stored["fit"]?.asArray?.compactMap(\.asNumber) ?? []))
    }
}

extension Slot {
    fileprivate init?(_ stored: JSON, covers ground: MultiPolygon?) {
        guard let role = stored["role"]?.asString.flatMap({ Role(rawValue: $0) }), let layer = stored["layer"]?.asString else { return nil }
        let covers: Covers
        switch (stored["covers"]?.asString, ground) {
        case ("city", _): covers = .city
        case (nil, let ground?): covers = .area(ground)
        default: covers = .unstated
        }
        self.init(
            role: role, layer: layer, plan: stored["plan"]?.asString, accuracy: stored["accuracy"]?.asString.flatMap { Int64($0) },
            dataDay: stored["dataDay"]?.asString.flatMap { Day(iso: $0) },
            staleAfter: stored["staleAfter"]?.asString.flatMap { Day(iso: $0) }, covers: covers)
    }
}

extension Spatial.Operation {
    fileprivate init?(stored: JSON) {
        guard let source = stored["source"]?.asString, let target = stored["target"]?.asString,
            let definition = stored["definition"]?.asString, let name = stored["name"]?.asString
        else { return nil }
        self.init(source: source, target: target, definition: definition, name: name, accuracy: stored["accuracy"]?.asNumber)
    }
}
