import Persian

extension ServiceError {
    /// The error as a person reads it: what was wrong, and what was expected.
    package func message(in language: Language) -> String {
        switch self {
        case .badInput(let fault): fault.message(in: language)
        case .corrupt(let text): language("داده‌های شهر با هم نمی‌خوانند: ", "") + text
        case .importer(let error): error.message(in: language)
        case .noSuchParcel(let code, let keptOut):
            language("قطعه‌ای با کد \(language.code(code)) نیست", "no parcel has the code \(code)")
                + (keptOut.isEmpty
                    ? ""
                    : language("؛ کنار گذاشته شده: ", "; kept out: ") + keptOut.map(language.code).joined(separator: language("؛ ", "; ")))
        case .addressFits(let text, let candidates):
            candidates.isEmpty
                ? language("هیچ نشانی‌ای با «\(text)» جور نیست", "no address fits «\(text)»")
                : language(
                    "«\(text)» با \(language.number(candidates.count)) نشانی جور است:\n", "«\(text)» fits \(candidates.count) addresses:\n")
                    + candidates.prefix(20).map { "  \($0.address)" + ($0.parcel.map { " (\(language.code($0)))" } ?? "") }
                    .joined(separator: "\n")
                    + (candidates.count > 20 ? "\n  …" : "")
        case .areasDisagree(let text):
            language("دو سنجش مساحت یکی نیستند؛ کسی باید ببیند: ", "two readings of an area disagree; a person must look: ") + text
        case .loses(let losses): losses.message(in: language)
        case .store(let error): error.message(in: language)
        case .spatial(let error): error.message(in: language)
        }
    }
}
