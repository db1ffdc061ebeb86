/// A command's arguments, taken apart as its syntax says.
struct Arguments {
    let operands: [String]
    private let values: [String: [String]]

    /// Why arguments can't be taken: what, and what was expected.
    struct Refusal: Error {
        let message: String
    }

    init(_ words: [String], for syntax: Syntax) throws(Refusal) {
        var operands: [String] = []
        var values: [String: [String]] = [:]
        var rest = words[...]
        var optionsEnded = false
        while let word = rest.popFirst() {
            guard !optionsEnded, word.hasPrefix("--") else {
                operands.append(word)
                continue
            }
            if word == "--" {
                optionsEnded = true
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = syntax.options.first(where: { $0.name == name }) else {
                throw Refusal(
                    message: "\(syntax.name) has no option --\(name)\(Self.suggestion(for: name, among: syntax.options.map(\.name)))")
            }
            if !option.repeats, values[name] != nil { throw Refusal(message: "--\(name) was given twice; once was expected") }
            if let expected = option.value {
                guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                    throw Refusal(message: "--\(name) expects a value: \(expected)")
                }
                values[name, default: []].append(value)
            } else {
                guard parts.count == 1 else { throw Refusal(message: "--\(name) takes no value") }
                values[name] = [""]
            }
        }
        self.operands = operands
        self.values = values
        guard values["help"] != nil || syntax.count.contains(operands.count) else {
            throw Refusal(
                message: operands.count < syntax.count.lowerBound
                    ? "\(syntax.name) expects \(syntax.operands)"
                    : "\(syntax.name) expects \(syntax.operands.isEmpty ? "no arguments" : syntax.operands); «\(operands[syntax.count.upperBound])» is one too many"
            )
        }
    }

    func value(_ name: String) -> String? { values[name]?.first }
    func all(_ name: String) -> [String] { values[name] ?? [] }
    func has(_ name: String) -> Bool { values[name] != nil }

    static func suggestion(for name: String, among names: [String]) -> String {
        let nearest = names.map { ($0, distance(name, $0)) }.min { $0.1 < $1.1 }
        guard let nearest, nearest.1 <= max(2, name.count / 3) else { return "" }
        return "; did you mean \(name.hasPrefix("-") || names.contains("city") ? "--" : "")\(nearest.0)?"
    }

    /// Letters to add, drop or change to make one word the other.
    static func distance(_ one: String, _ other: String) -> Int {
        let (a, b) = (Array(one), Array(other))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
