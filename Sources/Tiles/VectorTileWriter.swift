extension VectorTile {
    /// The bytes of MVT 2.1: the same for the same tile. Layers without features are left out, as the standard asks.
    ///
    /// Numbers are written as sint64 and double, keys and values once in a layer, in the order of their first use.
    package var bytes: [UInt8] {
        var tile = ProtobufWriter()
        for layer in layers where !layer.features.isEmpty { tile.bytes(3, layer.bytes) }
        return tile.bytes
    }
}

extension TileLayer {
    fileprivate var bytes: [UInt8] {
        var keys = Table<ExactText>()
        var values = Table<ExactValue>()
        var layer = ProtobufWriter()
        layer.number(15, 2)
        layer.bytes(1, Array(name.utf8))
        for feature in features {
            var message = ProtobufWriter()
            if let id = feature.id { message.number(1, id) }
            var tags = ProtobufWriter()
            for property in feature.properties {
                tags.varint(UInt64(keys.number(of: ExactText(property.name))))
                tags.varint(UInt64(values.number(of: ExactValue(property.value))))
            }
            if !tags.bytes.isEmpty { message.bytes(2, tags.bytes) }
            message.number(3, feature.shape?.kind ?? 0)
            message.bytes(4, feature.shape?.commands ?? [])
            layer.bytes(2, message.bytes)
        }
        for key in keys.entries { layer.bytes(3, Array(key.text.utf8)) }
        for value in values.entries { layer.bytes(4, value.bytes) }
        layer.number(5, UInt64(extent))
        return layer.bytes
    }
}

extension TileShape {
    fileprivate var kind: UInt64 {
        switch self {
        case .points: 1
        case .lines: 2
        case .polygons: 3
        }
    }

    /// The commands of MVT 2.1, 4.3.
    fileprivate var commands: [UInt8] {
        var pen = Pen()
        switch self {
        case .points(let points):
            pen.command(1, points.count)
            for point in points { pen.step(to: point) }
        case .lines(let lines):
            for line in lines { pen.draw(line) }
        case .polygons(let polygons):
            for ring in polygons.joined() {
                pen.draw(ring)
                pen.command(7, 1)
            }
        }
        return pen.writer.bytes
    }

    private struct Pen {
        var writer = ProtobufWriter()
        private var place = TilePoint(x: 0, y: 0)

        mutating func draw(_ points: [TilePoint]) {
            command(1, 1)
            step(to: points[0])
            command(2, points.count - 1)
            for point in points.dropFirst() { step(to: point) }
        }

        mutating func command(_ id: UInt64, _ count: Int) { writer.varint(UInt64(count) << 3 | id) }

        /// Steps must fit in 32 bits, as all within a tile's buffer do.
        mutating func step(to point: TilePoint) {
            for step in [point.x - place.x, point.y - place.y] {
                let step = Int32(step)
                writer.varint(UInt64(UInt32(bitPattern: step << 1 ^ step >> 31)))
            }
            place = point
        }
    }
}

/// Entries numbered in the order in which they were first asked for.
private struct Table<Entry: Hashable> {
    private(set) var entries: [Entry] = []
    private var numbers: [Entry: Int] = [:]

    mutating func number(of entry: Entry) -> Int {
        if let number = numbers[entry] { return number }
        numbers[entry] = entries.count
        entries.append(entry)
        return entries.count - 1
    }
}

/// Text that equals only text of the same bytes: two spellings of «ۀ» that Unicode holds equivalent stay two.
private struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (one: Self, other: Self) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

private enum ExactValue: Hashable {
    case text(ExactText)
    case integer(Int64)
    case double(UInt64)
    case bool(Bool)

    init(_ value: TileValue) {
        switch value {
        case .text(let text): self = .text(ExactText(text))
        case .integer(let number): self = .integer(number)
        case .double(let number): self = .double(number.bitPattern)
        case .bool(let flag): self = .bool(flag)
        }
    }

    var bytes: [UInt8] {
        var value = ProtobufWriter()
        switch self {
        case .text(let text): value.bytes(1, Array(text.text.utf8))
        case .double(let bits): value.fixed(3, bits)
        case .integer(let number): value.number(6, UInt64(bitPattern: number << 1 ^ number >> 63))
        case .bool(let flag): value.number(7, flag ? 1 : 0)
        }
        return value.bytes
    }
}
