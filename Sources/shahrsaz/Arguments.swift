import Formats
import Service

/// A command's arguments, taken apart as its syntax says.
struct Arguments {
    let operands: [String]
    private let values: [String: [String]]

    /// Why arguments can't be taken: what, and what was expected.
    struct Refusal: Error {
        let persian: String
        let english: String

        init(_ persian: String, _ english: String) {
            self.persian = persian
            self.english = english
        }
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
                let nearest = Nearest.name(to: name, among: syntax.options.map(\.name)).map { "--" + $0 }
                throw Refusal(
                    "\(syntax.name) گزینهٔ --\(name) ندارد" + Nearest.suggestion(nearest, .fa),
                    "\(syntax.name) has no option --\(name)" + Nearest.suggestion(nearest, .en))
            }
            if !option.repeats, values[name] != nil {
                throw Refusal("--\(name) دو بار داده شد؛ یک بار انتظار می‌رفت", "--\(name) was given twice; once was expected")
            }
            if let expected = option.value {
                guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                    throw Refusal("--\(name) مقداری می‌خواهد: \(expected)", "--\(name) expects a value: \(expected)")
                }
                values[name, default: []].append(value)
            } else {
                guard parts.count == 1 else { throw Refusal("--\(name) مقدار نمی‌گیرد", "--\(name) takes no value") }
                values[name] = [""]
            }
        }
        self.operands = operands
        self.values = values
        guard values["help"] != nil || syntax.count.contains(operands.count) else {
            throw Self.miscounted(operands, syntax)
        }
    }

    private static func miscounted(_ operands: [String], _ syntax: Syntax) -> Refusal {
        guard operands.count >= syntax.count.lowerBound else {
            return Refusal("\(syntax.name) می‌خواهد: \(syntax.operands)", "\(syntax.name) expects \(syntax.operands)")
        }
        let extra = operands[syntax.count.upperBound]
        return syntax.operands.isEmpty
            ? Refusal(
                "\(syntax.name) چیزی نمی‌خواهد؛ «\(extra)» زیاد است", "\(syntax.name) expects no arguments; «\(extra)» is one too many")
            : Refusal(
                "\(syntax.name) می‌خواهد: \(syntax.operands)؛ «\(extra)» زیاد است",
                "\(syntax.name) expects \(syntax.operands); «\(extra)» is one too many")
    }

    func value(_ name: String) -> String? { values[name]?.first }
    func all(_ name: String) -> [String] { values[name] ?? [] }
    func has(_ name: String) -> Bool { values[name] != nil }
}
