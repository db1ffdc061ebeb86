package import Persian
package import Formats
import Importing
import Planning
import Spatial
import Store

// In English the errors of the modules below speak for themselves; their Persian is here.

extension StoreError {
    func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        return switch self {
        case .notACity(let path, let why): "\(path) پروندهٔ شهر نیست: \(why.persian)"
        case .newer(let path, let version, let known):
            "\(path) از طرح‌وارهٔ \(language.number(version)) است؛ این برنامه تا \(language.number(known)) را می‌شناسد: برنامهٔ تازه‌تری به کار برید"
        case .older(let path, let version, let known):
            "\(path) از طرح‌وارهٔ \(language.number(version)) است و این برنامه از \(language.number(known)): هر فرمانی که شهر را تغییر دهد آن را به‌روز می‌کند، مانند shahrsaz key"
        case .locked(let path, .some(let process)): "فرایند \(process) در حال نوشتن \(path) است"
        case .locked(let path, .none): "فرایند دیگری در حال نوشتن \(path) است"
        case .exists(let path): "\(path) از پیش هست و دست نخورد"
        case .full(let reason): "جا برای نوشتن نیست: \(reason)"
        case .io(let reason): "خواندن یا نوشتن نشد: \(reason)"
        case .constraint(let reason): "با قاعده‌های پروندهٔ شهر نمی‌خواند: \(reason)"
        case .notAFile(let path): "\(path): پوشه، لوله یا دستگاه است؛ پرونده انتظار می‌رفت"
        case .unreadable(let path, let reason): "\(path): خوانده نشد (\(reason))"
        case .missing(let subject): "چنین چیزی نیست: \(Self.persian(subject))"
        case .decided(let delivery, let status):
            "تحویل \(language.number(delivery)) «\(status.words(language))» است و در انتظار نیست"
        case .corrupt(let reason): "پروندهٔ شهر آسیب دیده است: \(reason)"
        case .headContradicts(let path, let how):
            "\(LogHead.path(of: path)): \(how.message(in: language)). چیزی نوشته نشد. پروندهٔ درست را بازگردانید، یا با "
                + "restore FILE --by WHO --reason R پشتیبانی را جای شهر بنشانید که در دفتر ثبت می‌شود"
        case .exposed(let path, let mode):
            "\(path) را جز صاحبش هم می‌توانند بخوانند (\(String(mode, radix: 8)))؛ ۶۰۰ انتظار می‌رفت: chmod 600 کنید یا کلید تازه‌ای بسازید"
        case .logFails(let path, let faults):
            "\(path): دفترش درست نیست: " + faults.prefix(5).map { $0.message(in: language) }.joined(separator: "؛ ")
        }
    }

    /// What a subject such as "delivery 7" is called.
    private static func persian(_ subject: String) -> String {
        for (english, persian) in [("delivery ", "تحویل "), ("revision ", "نسخهٔ "), ("record ", "ردیف "), ("file ", "پروندهٔ ")]
        where subject.hasPrefix(english) {
            let rest = subject.dropFirst(english.count)
            return persian + (Int(rest) == nil ? String(rest) : Digits.persian(String(rest)))
        }
        return subject
    }
}

extension Foreign {
    fileprivate var persian: String {
        switch self {
        case .notAFile: "پرونده نیست"
        case .empty: "خالی است"
        case .notSQLite: "SQLite نیست"
        case .notAGeoPackage: "SQLite است و GeoPackage نیست"
        case .notOurs: "GeoPackage است، ولی نه از این برنامه"
        case .schemaless: "طرح‌وارهٔ خود را با عدد نمی‌گوید"
        }
    }
}

extension SpatialError {
    func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        return switch self {
        case .geos(let operation, let reason): "GEOS از عهدهٔ \(operation) بر نیامد: \(reason)"
        case .disagreement: "دو سنجش مساحت یکی نیستند؛ کسی باید ببیند: \(self)"
        case .noInteriorPoint: "هیچ نقطهٔ شبکهٔ میلی‌متری درون هندسه نیست؛ زمینی پهن‌تر از ۲ میلی‌متر انتظار می‌رفت"
        case .outOfGrid(let operation): "حاصل \(operation) بیش از ۱۰۰۰ کیلومتر از مبدأ شهر دور است"
        case .proj(let operation, let reason): "PROJ از عهدهٔ \(operation) بر نیامد: \(reason)"
        case .unknownCRS(let name, let reason): "دستگاه مختصات \(name) نیست: \(reason)"
        case .noOperation(let source, let target): "راهی از \(source) به \(target) در پیرامون شهر شناخته نیست؛ کد دستگاه را ببینید"
        case .ballpark(let source, let target, let advice):
            "از \(source) به \(target) تنها راهی تقریبی هست که تفاوت دو مبنا را نادیده می‌گیرد؛ \(advice)"
        case .missingGrids(let source, let target, let grids):
            "از \(source) به \(target) پرونده‌های شبکه‌ای لازم است که نصب نیستند: \(grids.joined(separator: "، "))"
        case .unfaithful(let definition, let apart): "تبدیل بازخوانده \(apart) با خودش فرق دارد: \(definition)"
        case .untransformable(let x, let y, let reason): "جای \(x) \(y) به دستگاه دیگر بردنی نیست: \(reason)"
        }
    }
}

extension ImporterProcessError {
    func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        return switch self {
        case .notStarted(let executable, let reason): "\(executable) آغاز نشد: \(reason)"
        case .refused(let reason), .failed(let reason): reason
        case .crashed(let signal):
            "خواندن پرونده نشد: برنامهٔ خواننده از کار افتاد (سیگنال \(language.number(Int(signal))))؛ پرونده آسیب دیده یا برای آسیب ساخته شده است"
        case .timedOut(let seconds, let ofProcessor):
            "پرونده در \(language.number(seconds)) ثانیه\(ofProcessor ? " زمان پردازنده" : "") خوانده نشد؛ بسیار بزرگ یا آسیب‌دیده است"
        case .outOfMemory(let limit):
            "پرونده در \(language.number(limit >> 20)) مبی‌بایت حافظه خوانده نشد؛ بسیار بزرگ یا آسیب‌دیده است"
        case .endedEarly(let rows): "برنامهٔ خواننده پس از \(language.number(rows)) ردیف پایان یافت و نگفت چرا"
        case .garbled(let fault): "برنامهٔ خواننده چیزی نوشت که نباید: \(fault)"
        case .stopped: "خواندن پرونده بازایستاد"
        }
    }
}

extension DayFault {
    package func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        return switch self {
        case .notADay(let text): "«\(text)» روز نیست؛ مانند ۱۴۰۵-۰۹-۰۲ یا 2026-11-23 انتظار می‌رفت"
        case .yearNotFirst(let text): "سال «\(text)» در پایان آن است؛ نخست سال انتظار می‌رفت، مانند ۱۴۰۵-۰۹-۰۲"
        case .ambiguous(let text):
            "«\(text)» شاید جلالی و شاید میلادی باشد؛ میان سال و ماه و روز خط انتظار می‌رفت، مانند 2026-11-23"
        case .yearOutOfRange(let text, let year):
            "«\(text)»: سال \(language.number(year)) بیرون از اندازه است؛ جلالی ۱۲۰۶ تا ۱۴۹۸ یا میلادی ۱۷۰۰ تا ۹۹۹۹ انتظار می‌رفت"
        case .noSuchMonth(let text, let month): "«\(text)»: ماه \(language.number(month)) نیست؛ ۱ تا ۱۲ انتظار می‌رفت"
        case .noSuchDay(let text, let day, let lastDay):
            "«\(text)»: آن ماه از آن سال روز \(language.number(day)) ندارد؛ ۱ تا \(language.number(lastDay)) انتظار می‌رفت"
        }
    }
}

extension RowFault {
    /// Column and character in the reader's words; what is wrong there as Planning says it.
    func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        return "ستون \(column)\(character.map { "، نویسهٔ \(language.number($0))" } ?? ""): \(message)"
    }
}

extension JSON.Fault {
    package func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        let words =
            switch reason {
            case .expected(let what, let found): "\(what) انتظار می‌رفت، \(found) آمد"
            case .duplicateKey(let key): "کلید «\(key)» در یک شیء دو بار آمده است"
            case .tooDeep(let limit): "بیش از \(language.number(limit)) لایه تودرتو"
            case .notUTF8: "بایتی که UTF-8 نیست"
            case .loneSurrogate: "نیمهٔ یک جفت جانشین"
            case .notFinite(let text): "عدد \(text) بیرون از گسترهٔ اعداد است"
            }
        return "سطر \(language.number(line))، نویسهٔ \(language.number(column)): \(words)"
    }
}

extension CSV.Fault {
    func message(in language: Language) -> String {
        guard language == .fa else { return "\(self)" }
        let words =
            switch reason {
            case .empty: "پرونده خالی است؛ سطر نام ستون‌ها انتظار می‌رفت"
            case .notUTF8: "بایتی که UTF-8 نیست؛ جدولی که با CSV و UTF-8 ذخیره شده انتظار می‌رفت"
            case .nul: "بایت صفر؛ متن انتظار می‌رفت"
            case .unclosedQuote: "خانهٔ درون گیومه پایان ندارد"
            case .strayQuote: "گیومه‌ای در خانه‌ای بی‌گیومه"
            case .textAfterQuote: "متنی پس از خانهٔ درون گیومه"
            case .namelessColumn: "ستونی بی‌نام؛ بالای هر ستون نامی انتظار می‌رفت"
            case .duplicateHeader(let name): "ستون «\(name)» دو بار آمده است"
            case .tooManyCells(let expected, let found):
                "\(language.number(found)) خانه؛ حداکثر \(language.number(expected)) انتظار می‌رفت"
            }
        return "سطر \(language.number(line))، نویسهٔ \(language.number(column)): \(words)"
    }
}
