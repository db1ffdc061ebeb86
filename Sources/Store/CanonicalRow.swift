import Formats

/// A record's content as the bytes that its hash is taken over: what an answer may rest on, without where it came from or when.
///
/// `shahrsaz row 1`, then role, layer, plan, code, fields, geometry and quarantine, each as one byte 0 where there is none,
/// else 1, the number of its bytes as eight bytes big-endian, and the bytes: texts in UTF-8, fields as canonical JSON, the
/// geometry as the GeoPackage blob. Where there is no geometry the original one follows, which is then all there is.
struct CanonicalRow {
    var role: Role
    var layer: String?
    var plan: String?
    var code: String?
    var fields: [UInt8]
    var geometry: [UInt8]?
    var original: [UInt8]?
    var quarantine: String?

    var hash: Digest {
        var bytes = Array("shahrsaz row 1".utf8)
        bytes.reserveCapacity(128 + fields.count + (geometry ?? original ?? []).count)
        bytes.append(field: role.rawValue.utf8)
        bytes.append(field: layer?.utf8)
        bytes.append(field: plan?.utf8)
        bytes.append(field: code?.utf8)
        bytes.append(field: fields)
        bytes.append(field: geometry)
        bytes.append(field: quarantine?.utf8)
        if geometry == nil { bytes.append(field: original) }
        return Digest(of: bytes)
    }
}

extension [UInt8] {
    mutating func append(field: (some Collection<UInt8>)?) {
        guard let field else { return append(0) }
        append(1)
        append(number: field.count)
        append(contentsOf: field)
    }

    /// Eight bytes, the highest first.
    mutating func append(number: Int) {
        unsafe Swift.withUnsafeBytes(of: number.bigEndian) { unsafe append(contentsOf: $0) }
    }
}
