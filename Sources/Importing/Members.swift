import Formats

/// The members of an object that two programs exchange: each is read by its name and type, and anything else is a fault.
struct Members {
    private let object: [String: JSON]
    private let owner: String

    init(_ json: JSON?, of owner: String) throws(StagedFault) {
        guard let object = json?.asObject else { throw .shape(where: owner, expected: "an object") }
        self.object = object
        self.owner = owner
    }

    /// The value of a member; nil where it is null or absent.
    subscript(name: String) -> JSON? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    func string(_ name: String) throws(StagedFault) -> String { try needed(name, "a text", self[name]?.asString) }

    func int(_ name: String) throws(StagedFault) -> Int { try needed(name, "a whole number", self[name]?.asInt) }

    func array(_ name: String) throws(StagedFault) -> [JSON] { try needed(name, "an array", self[name]?.asArray) }

    func strings(_ name: String) throws(StagedFault) -> [String] {
        var texts: [String] = []
        for value in try array(name) { texts.append(try needed(name, "texts", value.asString)) }
        return texts
    }

    /// An object whose values are texts; an empty one where the member is absent.
    func texts(_ name: String) throws(StagedFault) -> [String: String] {
        guard let value = self[name] else { return [:] }
        var texts: [String: String] = [:]
        for (key, text) in try needed(name, "an object of texts", value.asObject) {
            texts[key] = try needed(name, "an object of texts", text.asString)
        }
        return texts
    }

    func optionalString(_ name: String) throws(StagedFault) -> String? {
        guard let value = self[name] else { return nil }
        return try needed(name, "a text", value.asString)
    }

    func optionalInt(_ name: String) throws(StagedFault) -> Int? {
        guard let value = self[name] else { return nil }
        return try needed(name, "a whole number", value.asInt)
    }

    func optionalNumber(_ name: String) throws(StagedFault) -> Double? {
        guard let value = self[name] else { return nil }
        return try needed(name, "a number", value.asNumber)
    }

    func needed<Value>(_ name: String, _ expected: String, _ value: Value?) throws(StagedFault) -> Value {
        guard let value else { throw .shape(where: "\(owner).\(name)", expected: expected) }
        return value
    }
}
