import Formats
import Store

extension CertificateFault {
    /// In which way it does not hold.
    package func message(in language: Language) -> String {
        switch self {
        case .notCanonical:
            language(
                "بایت‌ها آن نیستند که چاپ شد: JSON متعارف (RFC 8785) و یک سطر نو انتظار می‌رفت",
                "not the bytes that were printed: canonical JSON (RFC 8785) and one newline were expected")
        case .notSigned: language("امضا ندارد؛ پاسخ با --sign امضا می‌شود", "it is not signed; an answer is signed with --sign")
        case .changed: language("محتوا عوض شده است: با چکیده‌اش نمی‌خواند", "its content was changed: it does not fit its digest")
        case .unknownKey(let id, let known):
            language(
                "با کلید \(language.code(id)) امضا شده که میان این‌ها نیست: ", "signed with the key \(id), which is not among these: ")
                + (known.isEmpty
                    ? language("هیچ کلیدی", "no key at all")
                    : language(known.map(language.code).joined(separator: "، "), known.joined(separator: ", ")))
        case .wrongSignature:
            language(
                "امضا نادرست است: این گواهی را آن کلید امضا نکرده", "wrong signature: the key did not sign this certificate as it stands")
        case .notInTheLog(let number):
            language(
                "شمارهٔ \(language.number(number)) در دفتر شهر از این پاسخ نیست",
                "the city's log does not give the number \(number) to this answer")
        case .otherAnswer:
            language(
                "شهر به این پرسش پاسخ دیگری می‌دهد: یا این برگه از شهر نیست، یا برنامه از آن پس عوض شده؛ پیوست answer.json داوری می‌کند",
                "the city answers this question otherwise: the paper is not the city's, or the program changed since; its attachment, answer.json, decides"
            )
        }
    }
}

extension Replay.Cause {
    package func message(in language: Language) -> String {
        switch self {
        case .notCanonical: CertificateFault.notCanonical.message(in: language)
        case .engine(let stored, let now):
            language("موتور دیگری پاسخ داده بود: «\(stored)»؛ اکنون «\(now)»", "another engine answered: «\(stored)»; now «\(now)»")
        case .libraries(let stored, let now):
            language("کتابخانه‌های دیگری به کار رفته بود: \(stored)؛ اکنون \(now)", "other libraries were used: \(stored); now \(now)")
        case .root(let revision):
            language(
                "ریشهٔ نسخهٔ \(language.number(revision)) دیگر آن نیست: پاسخ از شهر دیگری است یا داده عوض شده",
                "the root of revision \(revision) is another: the answer is of another city, or the data were changed")
        case .changedSince: CertificateFault.changed.message(in: language)
        }
    }
}

extension Replay {
    /// What differs and why, where it can be told.
    package func text(_ language: Language) -> String {
        if holds { return language("برقرار است: پاسخ بایت به بایت همان است\n", "it holds: the answer is the same to the byte\n") }
        var text = causes.map { "  " + $0.message(in: language) + "\n" }.joined()
        for difference in differences.prefix(50) {
            text += "  \(difference.path): \(Self.short(difference.old)) → \(Self.short(difference.new))\n"
        }
        if differences.count > 50 {
            text += language("  … و \(language.number(differences.count - 50)) تفاوت دیگر\n", "  … and \(differences.count - 50) more\n")
        }
        return language("برقرار نیست:\n", "it does not hold:\n") + text
    }

    private static func short(_ value: JSON?) -> String {
        let text = value?.text ?? "∅"
        return text.count > 80 ? text.prefix(79) + "…" : text
    }
}

extension [CityKey] {
    package func text(_ language: Language) -> String {
        var table = Table(
            language("شناسه", "id"), language("کلید عمومی", "public key"), language("از", "since"), language("تا", "until"))
        for key in self {
            table.add(
                language.code(key.publicKey.id), language.code(Hex.text(key.publicKey.bytes)), language.code(key.since.text),
                key.until.map { language.code($0.text) } ?? language("اکنون", "now"))
        }
        return table.text()
    }
}
