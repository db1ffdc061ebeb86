import Service

/// Why the words of the command line make no order.
struct PrintRefusal: Error {
    let text: String
}

/// What `shahrsaz certificate` asks for.
struct PrintOrder {
    var city = "city.gpkg"
    var language = Language.en
    /// A file, or `-` for the standard output.
    var pdf = ""
    var publicAddress: String?
    var isFull = false
    var style: String?

    init(_ words: [String]) throws(PrintRefusal) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--full" {
                isFull = true
                continue
            }
            guard let value = rest.popFirst() else { throw PrintRefusal(text: "\(word) expects a value") }
            switch word {
            case "--city": city = value
            case "--pdf": pdf = value
            case "--public": publicAddress = value
            case "--style": style = value
            case "--lang":
                guard let language = Language(rawValue: value) else { throw PrintRefusal(text: "--lang \(value): fa or en was expected") }
                self.language = language
            default: throw PrintRefusal(text: "no option \(word); this program is run by `shahrsaz certificate`")
            }
        }
        guard !pdf.isEmpty else { throw PrintRefusal(text: "--pdf FILE was expected; this program is run by `shahrsaz certificate`") }
    }
}
