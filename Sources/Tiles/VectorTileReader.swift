extension VectorTile {
    /// Reads a tile and refuses one that breaks a MUST of MVT 2.1 or of protobuf, naming what and where.
    ///
    /// Layers of version 1 pass without what 2 added (stretches with a length, the order of rings). Fields are skipped only where the
    /// schema leaves numbers to extensions. Floats become doubles; an unsigned integer over 2⁶³ − 1 is refused as a bad value.
    package init(reading bytes: [UInt8]) throws(TileFault) {
        var reader = ProtobufReader(bytes)
        var layers: [TileLayer] = []
        var names: Set<[UInt8]> = []
        while let (field, wire) = try reader.field() {
            switch field {
            case 3:
                let message = try reader.message(wire)
                let layer = try TileLayer(message.at("layer \(layers.count)"), number: layers.count)
                guard names.insert(Array(layer.name.utf8)).inserted else {
                    throw message.at("layer \(layers.count) (\(layer.name))").fault(.repeatedName)
                }
                layers.append(layer)
            case 16...8191: try reader.skip(wire)
            default: throw reader.fault(.unknownField)
            }
        }
        self.init(layers)
    }
}

extension TileLayer {
    fileprivate init(_ message: ProtobufReader, number: Int) throws(TileFault) {
        var reader = message
        var name: String?
        var version: UInt64?
        var extent: UInt64?
        var keys: [String] = []
        var values: [TileValue] = []
        var features: [ProtobufReader] = []
        while let (field, wire) = try reader.field() {
            switch field {
            case 15: try once(&version, reader, try reader.number(wire))
            case 1: try once(&name, reader, try reader.text(wire))
            case 2: features.append(try reader.message(wire))
            case 3: keys.append(try reader.text(wire))
            case 4: values.append(try TileValue(try reader.message(wire)))
            case 5: try once(&extent, reader, try reader.number(wire))
            case 16...8191: try reader.skip(wire)
            default: throw reader.fault(.unknownField)
            }
        }
        guard let name, !name.isEmpty else { throw message.fault(.noName) }
        guard let version else { throw message.fault(.noVersion) }
        guard version == 1 || version == 2 else { throw message.fault(.badVersion) }
        let units = extent ?? 4096
        guard units > 0, units <= 0x7FFF_FFFF else { throw message.fault(.badExtent) }
        self.init(name: name, extent: Int(units), features: [])
        for (place, feature) in features.enumerated() {
            let reader = feature.at("layer \(number) (\(name)), feature \(place)")
            self.features.append(try TileFeature(reader, keys, values, isStrict: version == 2))
        }
    }
}

/// Sets what may stand only once.
private func once<Value>(_ stored: inout Value?, _ reader: ProtobufReader, _ value: Value) throws(TileFault) {
    guard stored == nil else { throw reader.fault(.repeatedField) }
    stored = value
}

extension TileValue {
    fileprivate init(_ message: ProtobufReader) throws(TileFault) {
        var reader = message
        guard let (field, wire) = try reader.field() else { throw message.fault(.badValue) }
        switch field {
        case 1: self = .text(try reader.text(wire))
        case 2: self = .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try reader.fixed(4, wire)))))
        case 3: self = .double(Double(bitPattern: try reader.fixed(8, wire)))
        case 4: self = .integer(Int64(bitPattern: try reader.number(wire)))
        case 5:
            guard let whole = Int64(exactly: try reader.number(wire)) else { throw message.fault(.badValue) }
            self = .integer(whole)
        case 6:
            let zigzag = try reader.number(wire)
            self = .integer(Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1))
        case 7: self = .bool(try reader.number(wire) != 0)
        default: throw message.fault(.badValue)
        }
        guard reader.isAtEnd else { throw reader.fault(.badValue) }
    }
}

extension TileFeature {
    fileprivate init(
        _ message: ProtobufReader, _ keys: [String], _ values: [TileValue], isStrict: Bool
    ) throws(TileFault) {
        var reader = message
        var id: UInt64?
        var kind: UInt64?
        var tags: ProtobufReader?
        var geometry: ProtobufReader?
        while let (field, wire) = try reader.field() {
            switch field {
            case 1: try once(&id, reader, try reader.number(wire))
            case 2: try once(&tags, reader, try reader.message(wire))
            case 3: try once(&kind, reader, try reader.number(wire))
            case 4: try once(&geometry, reader, try reader.message(wire))
            default: throw reader.fault(.unknownField)
            }
        }
        var properties: [Property] = []
        while var rest = tags, !rest.isAtEnd {
            guard let key = Int(exactly: try rest.varint()), key < keys.count else { throw rest.fault(.noSuchKey) }
            guard !rest.isAtEnd else { throw rest.fault(.oddTags) }
            guard let value = Int(exactly: try rest.varint()), value < values.count else { throw rest.fault(.noSuchValue) }
            properties.append(Property(keys[key], values[value]))
            tags = rest
        }
        guard let kind else { throw message.fault(.noType) }
        guard let geometry else { throw message.fault(.noGeometry) }
        let shape = try TileShape(geometry, kind, isStrict: isStrict)
        self.init(id: id, shape: shape, properties: properties)
    }
}
