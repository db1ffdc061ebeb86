package import Formats
package import Store

extension LogEntry {
    package var json: JSON {
        .object([
            "number": JSON(number), "at": JSON(at), "kind": JSON(kind.rawValue), "subject": subject.map { JSON($0) } ?? .null,
            "revision": revision.map { JSON($0) } ?? .null, "digest": .init(digest?.hex), "about": .init(about), "by": JSON(by),
            "osUser": JSON(osUser), "reason": .init(reason), "previous": JSON(previous.hex), "hash": JSON(hash.hex),
        ])
    }

    fileprivate func words(_ language: Language) -> String {
        let subject = language.number(subject ?? 0)
        let revision = language.number(revision ?? 0)
        return switch kind {
        case .accept: language("تحویل \(subject) پذیرفته شد: نسخهٔ \(revision)", "delivery \(subject) accepted: revision \(revision)")
        case .reject: language("تحویل \(subject) رد شد", "delivery \(subject) rejected")
        case .key: language("کلید \(subject): \(language.code(about ?? ""))", "key \(subject): \(about ?? "")")
        case .issue:
            language("گواهی شمارهٔ \(subject) از نسخهٔ \(revision)", "certificate \(subject) issued of revision \(revision)")
        case .restore: language("پشتیبان \(about ?? "") جای شهر نشست", "restored from \(about ?? "")")
        default: kind.rawValue
        }
    }
}

extension [LogEntry] {
    package var json: JSON { .array(map(\.json)) }

    package func text(_ language: Language) -> String {
        guard !isEmpty else { return language("دفتر هنوز خالی است\n", "the log is empty yet\n") }
        var table = Table(
            language("شماره", "No."), language("زمان", "at"), language("چه", "what"), language("به نام", "by"), language("چرا", "why"),
            language("چکیده", "hash"))
        for entry in self {
            table.add(
                language.number(entry.number), language.code(entry.at), entry.words(language), entry.by, entry.reason ?? "",
                language.code(String(entry.hash.hex.prefix(16))))
        }
        return table.text()
    }
}

extension HeadStanding {
    /// What a person should know of it; nil where all is well, or a moment will mend it.
    package func warning(city: String, _ language: Language) -> String? {
        switch self {
        case .agrees, .behind, .beforeRestore: nil
        case .absent:
            language(
                "کنار شهر \(LogHead.path(of: city)) نیست: این یک رونوشت است، یا کسی آن را برداشته؛ کوتاه شدن دفتر دیده نمی‌شود",
                "no \(LogHead.path(of: city)) beside the city: this is a copy, or somebody removed it; a log that was cut would not be noticed"
            )
        case .contradicts(let how): "\(LogHead.path(of: city)): \(how.message(in: language))"
        }
    }
}

extension HeadContradiction {
    func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        return switch self {
        case .ahead(let head, let entries):
            "\(language.number(head)) ثبت می‌شمارد و دفتر شهر \(language.number(entries)) دارد: رونوشتی کهنه جای شهر نشسته، یا دفتر بریده شده"
        case .elsewhere(let head):
            "ثبت \(language.number(head)) دفتر آن نیست که این می‌گوید: پروندهٔ دیگری جای شهر نشسته، یا دفتر عوض شده"
        case .unreadable: "سر دفتر نیست، یا آسیب دیده است"
        }
    }
}

extension LogFault {
    package func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        return switch self {
        case .number(let number, let expected):
            "ثبت \(language.number(number)) به جای \(language.number(expected)): ثبتی کم یا زیاد شده است"
        case .edited(let number): "ثبت \(language.number(number)) عوض شده: چکیده‌اش از آن محتوایش نیست"
        case .unchained(let number): "ثبت \(language.number(number)) دنبالهٔ ثبت پیش از خود نیست"
        case .backwards(let number): "زمان ثبت \(language.number(number)) پیش از ثبت قبلی است، یا زمان نیست"
        case .differs(let number, let subject): "ثبت \(language.number(number)) با \(subject.words(language)) نمی‌خواند"
        case .twice(let subject): "دو ثبت از \(subject.words(language)) می‌گویند"
        case .unlogged(let subject): "\(subject.words(language)) در شهر هست و در هیچ ثبتی نیست"
        case .certificate(let number, let given, let expected):
            "ثبت \(language.number(number)) شمارهٔ گواهی \(language.number(given)) داده؛ نوبت \(language.number(expected)) بود"
        case .head(let how): "سر دفتر کنار شهر: \(how.message(in: language))"
        }
    }
}

extension LogFault.Subject {
    fileprivate func words(_ language: Language) -> String {
        switch self {
        case .delivery(let number): "تحویل \(language.number(number))"
        case .revision(let number): "نسخهٔ \(language.number(number))"
        case .key(let number): "کلید \(language.number(number))"
        }
    }
}

extension LogReport {
    package var json: JSON {
        .object([
            "entries": JSON(end?.count ?? 0), "hash": .init(end?.hash.hex), "holds": JSON(faults.isEmpty),
            "head": JSON(standing.word), "faults": .array(faults.map { JSON("\($0)") }),
        ])
    }

    package func text(_ language: Language, city: String) -> String {
        guard faults.isEmpty else {
            return language("دفتر درست نیست:\n", "the log does not hold:\n")
                + faults.prefix(100).map { "  " + $0.message(in: language) + "\n" }.joined()
                + (faults.count > 100 ? "  … \(language.number(faults.count - 100))\n" : "")
        }
        let count = language.number(end?.count ?? 0)
        let hash = end.map { " · " + language.code($0.hash.hex) } ?? ""
        return language("دفتر درست است: \(count) ثبت\(hash)\n", "the log holds: \(count) entries\(hash)\n")
            + (standing.warning(city: city, language).map { $0 + "\n" } ?? "")
    }
}

extension HeadStanding {
    fileprivate var word: String {
        switch self {
        case .agrees: "agrees"
        case .behind: "behind"
        case .beforeRestore: "beforeRestore"
        case .absent: "absent"
        case .contradicts: "contradicts"
        }
    }
}
