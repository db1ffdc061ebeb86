import Service

/// What a client says it takes: `Accept` and `Accept-Language` (RFC 9110 section 12).
enum Accepting {
    private struct Range {
        let name: Substring
        let weight: Double
    }

    /// The form that suits best of those there are, in their order where they suit alike; nil where none does. No field, or one
    /// that takes anything, is the first.
    static func form(_ field: String?, of forms: [Form]) -> Form? {
        guard let field, !field.isEmpty, field != "*/*" else { return forms.first }
        let ranges = ranges(field)
        var best: (form: Form, weight: Double)?
        for form in forms {
            let names = [form.bareType] + form.also
            let weight = names.map { Self.weight(of: $0, in: ranges) }.max() ?? 0
            if weight > best?.weight ?? 0 { best = (form, weight) }
        }
        return best?.form
    }

    /// The media type of a form that suits best: its own where the client takes it as well as another of its names.
    static func type(_ field: String?, of form: Form) -> String {
        guard let field, !field.isEmpty else { return form.type }
        let ranges = ranges(field)
        let own = weight(of: form.bareType, in: ranges)
        return form.also.first { weight(of: $0, in: ranges) > own } ?? form.type
    }

    /// Persian or English, as the client prefers; nil where it says nothing of either.
    static func language(_ field: String?) -> Language? {
        guard let field else { return nil }
        var best: (language: Language, weight: Double)?
        for range in ranges(field) {
            guard let language = Language(rawValue: String(range.name.prefix { $0 != "-" })), range.weight > best?.weight ?? 0 else {
                continue
            }
            best = (language, range.weight)
        }
        return best?.language
    }

    static func takesGzip(_ field: String?) -> Bool {
        guard let field else { return false }
        return ranges(field).contains { $0.name == "gzip" && $0.weight > 0 }
    }

    /// The weight of the most specific range that a type falls under.
    private static func weight(of type: String, in ranges: [Range]) -> Double {
        let group = type.prefix { $0 != "/" } + "/*"
        for name in [Substring(type), group, "*/*"] {
            if let range = ranges.first(where: { $0.name == name }) { return range.weight }
        }
        return 0
    }

    private static func ranges(_ field: String) -> [Range] {
        field.split(separator: ",").prefix(64).map { item in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            return Range(name: Substring(parts.first ?? ""), weight: weight.isFinite ? min(max(weight, 0), 1) : 0)
        }
    }
}
