import Formats
import Spatial
import Store

extension Answerer {
    /// Features as GeoJSON (RFC 7946, in a CRS of one's own choice), one after the other with commas between them; shells run
    /// counter-clockwise where east comes first.
    package func geoJSON(of numbers: some Sequence<UInt32>, in layer: PublishedLayer, _ crs: PublishedCRS) throws(ServiceError) -> [UInt8] {
        var bytes: [UInt8] = []
        for number in numbers {
            guard let feature = ground.feature(Int64(number)) else { continue }
            if !bytes.isEmpty { bytes += Array(",\n".utf8) }
            try append(feature, in: layer, crs, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        return bytes
    }

    /// One feature without its closing brace, so that links may follow.
    package func geoJSON(of number: UInt32, openIn layer: PublishedLayer, _ crs: PublishedCRS) throws(ServiceError) -> [UInt8] {
        var bytes: [UInt8] = []
        guard let feature = ground.feature(Int64(number)) else { return bytes }
        try append(feature, in: layer, crs, to: &bytes)
        return bytes
    }

    private func append(_ feature: Feature, in layer: PublishedLayer, _ crs: PublishedCRS, to bytes: inout [UInt8]) throws(ServiceError) {
        bytes += Array("{\"type\":\"Feature\",\"id\":".utf8)
        layer.id(of: feature, in: ground).append(to: &bytes)
        bytes += Array(",\"geometry\":".utf8)
        try append(PublishedLayer.geometry(of: feature, in: ground), crs, to: &bytes)
        bytes += Array(",\"properties\":{".utf8)
        for (place, property) in layer.properties.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            JSON.string(property.name).append(to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            let start = bytes.count
            layer.value(property, of: feature, in: ground).append(to: &bytes)
            if property.kind == .number { Self.markAsReal(&bytes, from: start) }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Gives a whole number its `.0`: a client that guesses a field's type from the first features would take it for a field of whole
    /// numbers, and drop the decimals of all that follow.
    private static func markAsReal(_ bytes: inout [UInt8], from start: Int) {
        guard let last = bytes.last, (0x30...0x39).contains(last), !bytes[start...].contains(where: { $0 == 0x2E || $0 | 0x20 == 0x65 })
        else { return }
        bytes += [0x2E, 0x30]
    }

    private func append(_ geometry: Geometry?, _ crs: PublishedCRS, to bytes: inout [UInt8]) throws(ServiceError) {
        switch geometry {
        case nil: bytes += Array("null".utf8)
        case .point(let point)?:
            bytes += Array("{\"type\":\"Point\",\"coordinates\":".utf8)
            try append(point, crs, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .line(let parts)?:
            bytes += Array("{\"type\":\"MultiLineString\",\"coordinates\":".utf8)
            try append(list: parts, to: &bytes) { (part, bytes) throws(ServiceError) in
                try append(list: part, to: &bytes) { (point, bytes) throws(ServiceError) in try append(point, crs, to: &bytes) }
            }
            bytes.append(UInt8(ascii: "}"))
        case .area(let area)?:
            bytes += Array("{\"type\":\"MultiPolygon\",\"coordinates\":".utf8)
            try append(list: area.oriented.polygons, to: &bytes) { (polygon, bytes) throws(ServiceError) in
                try append(list: polygon.rings, to: &bytes) { (ring, bytes) throws(ServiceError) in
                    try append(list: ring.points + ring.points.prefix(1), to: &bytes) { (point, bytes) throws(ServiceError) in
                        try append(point, crs, to: &bytes)
                    }
                }
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private func append<Item>(
        list: [Item], to bytes: inout [UInt8], _ append: (Item, inout [UInt8]) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        bytes.append(UInt8(ascii: "["))
        for (place, item) in list.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            try append(item, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private func append(_ point: Point, _ crs: PublishedCRS, to bytes: inout [UInt8]) throws(ServiceError) {
        let position = try position(of: point, in: crs)
        bytes.append(UInt8(ascii: "["))
        JSON.number(position.first).append(to: &bytes)
        bytes.append(UInt8(ascii: ","))
        JSON.number(position.second).append(to: &bytes)
        bytes.append(UInt8(ascii: "]"))
    }
}

extension PublishedLayer {
    /// What a feature is called in addresses: a parcel its code, any other the number of its row in the store, which it keeps while nothing
    /// of it changes.
    func id(of feature: Feature, in ground: Ground) -> JSON {
        if role == .parcels, let code = feature.code { return .string(code) }
        return JSON(Int(ground.record(of: Int(feature.id))))
    }
}

extension Town {
    /// The number of a layer's feature by what addresses call it; nil where there is none.
    func feature(called id: String, in layer: PublishedLayer) -> UInt32? {
        if layer.role == .parcels {
            return ground.parcelIfAny(id).flatMap { layer.slots.contains($0.slot) ? UInt32($0.id) : nil }
        }
        guard let record = Int64(id), String(record) == id else { return nil }
        // Rows of a role stand in the order of their numbers.
        let low = layer.numbers.partitioningIndex { ground.record(of: $0) >= record }
        guard layer.numbers.contains(low), ground.record(of: low) == record, ground.stands(low, in: layer.slots) else { return nil }
        return UInt32(low)
    }
}
