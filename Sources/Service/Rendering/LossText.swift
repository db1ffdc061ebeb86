package import Formats
import Store

extension [Loss] {
    /// Why a change was refused, the first of the losses, and what to do.
    func message(in language: Language, limit: Int = 20) -> String {
        let parcels = Set(map(\.parcel)).count
        var text = language(
            "پذیرفته نشد و چیزی دگرگون نشد: \(language.number(count)) مورد در \(language.number(parcels)) قطعه که نام برده و اجازه داده نشده است:\n",
            "not accepted, nothing changed: \(count) losses in \(parcels) parcels that nobody has allowed by name:\n")
        for loss in prefix(limit) {
            text += "  " + language.code(loss.parcel) + ": " + loss.what.words(language) + " " + language.code(loss.parameter) + "\n"
        }
        if count > limit {
            text += language(
                "  … و \(language.number(count - limit)) مورد دیگر\n", "  … and \(count - limit) more\n")
        }
        return text
            + language(
                "  همه را --losses FILE می‌نویسد؛ پس از نوشتن دلیل هر یک: --allow FILE",
                "  --losses FILE writes all of them; with a reason for each: --allow FILE")
    }

    package var json: JSON { .object(["losses": .array(map(\.json))]) }
}

extension Loss.What {
    func words(_ language: Language) -> String {
        switch self {
        case .lostZone: language("بی‌پهنه می‌شود در لایهٔ", "loses its zone in layer")
        case .gainedConflict: language("دچار تعارض می‌شود در", "gains a conflict on")
        case .lostParameter: language("ضابطه‌اش را از دست می‌دهد:", "loses its rule on")
        }
    }
}

extension [Allowance] {
    /// What was allowed, each with its reason, past a hundred only their number; empty where nothing was.
    package func text(_ language: Language, limit: Int = 100) -> String {
        guard !isEmpty else { return "" }
        var text = language("  با این اجازه‌ها پذیرفته شد:\n", "  accepted allowing:\n")
        for allowance in prefix(limit) {
            let what = Loss.What(rawValue: allowance.what)?.words(language) ?? allowance.what
            text +=
                "  " + language.code(allowance.parcel) + ": " + what + " " + language.code(allowance.parameter) + ": " + allowance.reason
                + "\n"
        }
        if count > limit {
            text += language(
                "  … و \(language.number(count - limit)) اجازهٔ دیگر (همه در --json)\n",
                "  … and \(count - limit) more (all of them by --json)\n")
        }
        return text
    }

    var json: JSON {
        .array(
            map {
                .object([
                    "parcel": .string($0.parcel), "what": .string($0.what), "parameter": .string($0.parameter),
                    "reason": .string($0.reason),
                ])
            })
    }
}

extension AllowanceFault {
    func message(in language: Language) -> String {
        let place = language.code(file) + language("، سطر ", ", line ") + language.number(line) + ": "
        let words =
            switch reason {
            case .table(let fault): fault.message(in: language)
            case .columns(let missing):
                language(
                    "ستون \(missing.joined(separator: ", ")) نیست؛ parcel,what,parameter,reason انتظار می‌رفت",
                    "no column \(missing.joined(separator: ", ")); expected parcel,what,parameter,reason")
            case .blank(let column):
                language("خانهٔ \(column) تهی است", "blank; expected ")
                    + (column == "reason"
                        ? language("؛ دلیل انتظار می‌رفت", "a reason") : language("؛ کد قطعه انتظار می‌رفت", "a parcel's code"))
            case .everyParcel: language("هر قطعه باید نام برده شود، نه *", "every parcel must be named; expected its code, not *")
            case .unknownWhat(let text):
                language("«\(text)» شناخته نیست؛ یکی از این‌ها انتظار می‌رفت: ", "«\(text)» is unknown; expected one of ")
                    + Loss.What.allCases.map(\.rawValue).joined(separator: ", ")
            case .repeated(let first):
                language("همان سطر \(language.number(first)) است", "the same as line \(first)")
            case .doesNotHappen:
                language(
                    "این روی نمی‌دهد؛ سطری انتظار می‌رفت که این دگرگونی به آن نیاز دارد",
                    "the change does no such thing; expected only what it does")
            }
        return place + words
    }
}
