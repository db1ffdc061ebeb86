import Atlas
import Glibc
import Spatial
import Store
import Synchronization

extension CityFile {
    /// The features of a revision by role, in the order in which they came: read on several threads, each by a connection of its own.
    ///
    /// - Parameter alone: by this connection alone, which sees what it has written and not committed.
    func parts(of revision: Int, _ layers: [LayerFacts], threads: Int, alone: Bool = false) throws(StoreError) -> [Role: [FeaturePart]] {
        let chunks = FeatureChunks(try recordNumbers(), layers, city.grid ?? Grid(originX: 0, originY: 0), revision)
        var all: [FeatureChunks.Read] = []
        if alone {
            all = try chunks.read(by: self)
        } else {
            let path = path
            let read = concurrently(min(threads, chunks.count), threads: threads) { _ in
                Result { () throws(StoreError) in
                    let file = try CityFile.open(path, for: .reading)
                    return try file.snapshot { () throws(StoreError) in try chunks.read(by: file) }
                }
            }
            for result in read { all += try result.get() }
        }
        var parts: [Role: [FeaturePart]] = [:]
        for (_, chunk) in all.sorted(by: { $0.chunk < $1.chunk }) {
            for (role, part) in chunk { parts[role, default: []].append(part) }
        }
        return parts
    }
}

/// A revision's rows in stretches that readers take one after the other.
private final class FeatureChunks: Sendable {
    typealias Read = (chunk: Int, parts: [Role: FeaturePart])

    let count: Int
    private let numbers: Range<Int64>
    private let layers: [LayerFacts]
    private let grid: Grid
    private let revision: Int
    private let next = Atomic(0)

    init(_ numbers: Range<Int64>, _ layers: [LayerFacts], _ grid: Grid, _ revision: Int) {
        self.numbers = numbers
        self.layers = layers
        self.grid = grid
        self.revision = revision
        count = (numbers.count + Self.chunk - 1) / Self.chunk
    }

    /// Those that no other reader takes.
    func read(by file: CityFile) throws(StoreError) -> [Read] {
        var read: [Read] = []
        while true {
            let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard chunk < count else { return read }
            let first = numbers.lowerBound + Int64(chunk * Self.chunk)
            // What comes next is mostly of the kind and the size of what came last.
            var reader = FeatureReader(layers, grid, roomFor: read.last?.parts ?? [:])
            try unsafe file.eachRow(first..<first + Int64(Self.chunk), at: revision) { (row) throws(StoreError) in
                unsafe try reader.add(row)
            }
            read.append((chunk, reader.parts))
        }
    }

    /// So many record numbers are read by one thread at a time.
    private static let chunk = 1 << 14
}

/// Turns rows into features, those of other roles passed over.
private struct FeatureReader {
    private let slots: SlotFinder
    private let grid: Grid
    private let layers: [LayerFacts]
    /// By role's place among all.
    private var gathered: [FeaturePart]
    private var last = 0

    init(_ layers: [LayerFacts], _ grid: Grid, roomFor last: [Role: FeaturePart]) {
        gathered = Role.allCases.map { role in last[role].map { FeaturePart(roomFor: $0) } ?? FeaturePart() }
        slots = SlotFinder(layers)
        self.layers = layers
        self.grid = grid
    }

    var parts: [Role: FeaturePart] {
        var parts: [Role: FeaturePart] = [:]
        for (role, part) in zip(Role.allCases, gathered) where part.count > 0 { parts[role] = part }
        return parts
    }

    mutating func add(_ row: RawRow) throws(StoreError) {
        guard let place = unsafe try slots.place(of: row, near: last) else { return }
        last = place
        let (number, role) = slots.slot(place)
        guard
            unsafe gathered[role].append(
                slot: number, record: row.number, line: row.line, code: row.code, fields: row.fields, quarantine: row.quarantine)
        else { throw .constraint(reason: "an atlas holds no more than 4 GiB of texts") }
        do {
            try unsafe gathered[role].shapes.append(blob: row.geometry, grid: grid)
        } catch {
            throw .corrupt(
                reason: "\(Role.allCases[role].rawValue), \(unsafe String(decoding: row.line, as: UTF8.self)): \(error)")
        }
    }
}

/// Finds rows' slots by role, layer and plan. Rows of one slot mostly follow each other.
private struct SlotFinder {
    private struct Slot {
        /// Among the revision's layers.
        let number: UInt16
        /// Among all roles.
        let role: Int
        let names: (role: [UInt8], layer: [UInt8]?, plan: [UInt8]?)
    }

    private var slots: [Slot] = []

    init(_ layers: [LayerFacts]) {
        for (number, layer) in layers.enumerated() {
            guard layer.role.isSpatial, let role = Role.allCases.firstIndex(of: layer.role) else { continue }
            slots.append(
                Slot(
                    number: UInt16(number), role: role,
                    names: (Array(layer.role.rawValue.utf8), layer.layer.map { Array($0.utf8) }, layer.plan.map { Array($0.utf8) })))
        }
    }

    /// A slot's number among the revision's layers, and its role's among all.
    func slot(_ place: Int) -> (number: UInt16, role: Int) { (slots[place].number, slots[place].role) }

    /// The place of a row's slot; nil for a row that is no feature. The slot at a place is tried first.
    func place(of row: RawRow, near last: Int) throws(StoreError) -> Int? {
        for step in slots.indices {
            let place = last + step < slots.count ? last + step : last + step - slots.count
            if unsafe Self.same(row.role, slots[place].names.role), unsafe Self.same(row.layer, slots[place].names.layer),
                unsafe Self.same(row.plan, slots[place].names.plan)
            {
                return place
            }
        }
        guard Role(rawValue: unsafe String(decoding: row.role, as: UTF8.self))?.isSpatial == true else { return nil }
        throw .corrupt(reason: "\(unsafe String(decoding: row.line, as: UTF8.self)): it stands in no layer of the revision")
    }

    private static func same(_ text: UnsafeBufferPointer<UInt8>?, _ other: [UInt8]?) -> Bool {
        guard let text = unsafe text, let other else { return unsafe text == nil && other == nil }
        guard let start = text.baseAddress else { return other.isEmpty }
        return unsafe text.count == other.count && memcmp(start, other, other.count) == 0
    }
}
