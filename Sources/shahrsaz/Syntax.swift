import Service

/// What a command takes, and what its help says of it.
struct Syntax: Sendable {
    struct Option: Sendable {
        let name: String
        /// What stands for the value in the help; nil for a flag.
        let value: String?
        let repeats: Bool
        let persian: String
        let english: String

        init(_ name: String, _ value: String, repeats: Bool = false, _ persian: String, _ english: String) {
            self.name = name
            self.value = value
            self.repeats = repeats
            self.persian = persian
            self.english = english
        }

        init(flag name: String, _ persian: String, _ english: String) {
            self.name = name
            value = nil
            repeats = false
            self.persian = persian
            self.english = english
        }
    }

    let name: String
    /// Positional arguments as the help writes them: "X Y", "FILE|MANIFEST.json".
    let operands: String
    /// How many positional arguments there may be.
    let count: ClosedRange<Int>
    let persian: String
    let english: String
    let options: [Option]

    init(
        _ name: String, operands: String = "", count: ClosedRange<Int> = 0...0, _ persian: String, _ english: String,
        _ options: [Option] = []
    ) {
        self.name = name
        self.operands = operands
        self.count = count
        self.persian = persian
        self.english = english
        self.options = options + Self.common
    }

    /// Options that every command takes.
    static let common = [
        Option(
            "city", "FILE", "پروندهٔ شهر (پیش‌فرض: SHAHRSAZ_CITY، سپس city.gpkg)", "the city file (default: SHAHRSAZ_CITY, then city.gpkg)"),
        Option("lang", "fa|en", "زبان خروجی (پیش‌فرض از LANG)", "the language of what is printed (default: from LANG)"),
        Option(flag: "help", "همین راهنما", "this help"),
    ]

    func help(_ language: Language) -> String {
        var text = "shahrsaz [--city FILE] \(name)\(operands.isEmpty ? "" : " " + operands) [\(language("گزینه‌ها", "options"))]\n\n"
        text += language(persian, english) + "\n\n"
        let shown = options.map { option in
            (
                "--\(option.name)" + (option.value.map { " " + $0 } ?? "") + (option.repeats ? " …" : ""),
                language(option.persian, option.english)
            )
        }
        let width = shown.map(\.0.count).max() ?? 0
        for (form, meaning) in shown {
            text += "  " + form + String(repeating: " ", count: width - form.count + 2) + meaning + "\n"
        }
        return text
    }
}
