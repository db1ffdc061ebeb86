package import Formats
package import Store

/// Public keys, from the city or from a file that the city hands out.
package struct KeyRing: Sendable {
    private let keys: [String: PublicKey]
    /// The keys' names, oldest first.
    package let ids: [String]

    package init(_ keys: [CityKey]) {
        self.keys = Dictionary(keys.map { ($0.publicKey.id, $0.publicKey) }) { first, _ in first }
        ids = keys.map(\.publicKey.id)
    }

    package subscript(id: String) -> PublicKey? { keys[id] }

    /// Reads what `publicJSON` wrote; nil where it is something else, or a key does not fit its name.
    package init?(parsing bytes: [UInt8]) {
        guard let list = (try? JSON(parsing: bytes))?["keys"]?.asArray, !list.isEmpty else { return nil }
        var keys: [String: PublicKey] = [:]
        var ids: [String] = []
        for entry in list {
            guard let id = entry["id"]?.asString, let text = entry["public"]?.asString, let bytes = Hex.bytes(text),
                let key = PublicKey(bytes: bytes), key.id == id, keys.updateValue(key, forKey: id) == nil
            else { return nil }
            ids.append(id)
        }
        self.keys = keys
        self.ids = ids
    }
}

extension CityKey {
    package var json: JSON {
        .object([
            "id": .string(publicKey.id), "public": .string(Hex.text(publicKey.bytes)), "since": .string(since.text),
            "until": .init(until?.text),
        ])
    }
}

extension [CityKey] {
    /// The public keys to hand out, as JSON: whoever has them verifies without the city.
    package func publicJSON(of city: String) -> JSON {
        .object(["city": .string(city), "algorithm": .string("Ed25519"), "keys": .array(map(\.json))])
    }
}
