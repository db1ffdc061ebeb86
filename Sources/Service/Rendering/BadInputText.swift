import Formats
import Planning
import Store

extension BadInput {
    /// What was wrong, where, and what was expected.
    func message(in language: Language) -> String {
        switch self {
        case .crs(let crs, let error): "--crs \(crs): \(error.message(in: language))"
        case .crsNotInMetres(let crs, let name):
            language(
                "--crs \(crs) (\(name)) تصویرشده به متر نیست؛ زونی از UTM مانند EPSG:32640 انتظار می‌رفت",
                "--crs \(crs) (\(name)) is not projected in metres; a UTM zone such as EPSG:32640 was expected")
        case .crsNotACode(let crs):
            language("--crs \(crs): کدی مانند EPSG:32640 انتظار می‌رفت", "--crs \(crs): a code such as EPSG:32640 was expected")
        case .ground(let file, let crs, let error): "\(file): \(crs): \(error.message(in: language))"
        case .notFinite(let x, let y):
            language("\(x) \(y): مختصات باید عدد متناهی باشد", "\(x) \(y): finite coordinates were expected")
        case .place(let x, let y, let crs, let error):
            language("\(x) \(y) در \(crs): ", "\(x) \(y) in \(crs): ") + error.message(in: language)
        case .noGroundYet:
            language(
                "شهر هنوز هیچ هندسه‌ای ندارد و دربارهٔ هیچ جایش نمی‌توان پاسخ داد؛ نخست محدوده یا قطعه‌ها را وارد کنید",
                "the city holds no geometry yet, so that no place in it can be answered; import its boundary or parcels first")
        case .nothingKnown(let time):
            language(
                "--known \(time.text): تا آن زمان نسخه‌ای پذیرفته نشده بود", "--known \(time.text): no revision had been accepted by then")
        case .batch(let file, let fault): batch(file, language) + ": " + fault.message(in: language)
        case .batchColumns(let file, let missing, let expected):
            batch(file, language)
                + language(
                    "، سطر ۱: ستون \(missing.joined(separator: "، ")) نیست؛ \(language.code(expected.joined(separator: ","))) انتظار می‌رفت",
                    ", line 1: no column \(missing.joined(separator: ", ")); expected \(expected.joined(separator: ","))")
        case .batchKind(let file, let header):
            batch(file, language)
                + language(
                    "، سطر ۱: ستون‌ها \(language.code(header.joined(separator: ",").prefix(120).description)) است؛ "
                        + "\(language.code("id,x,y"))، \(language.code("id,parcel")) یا \(language.code("id,address")) انتظار می‌رفت",
                    ", line 1: the columns are \(header.joined(separator: ",").prefix(120)); expected id,x,y or id,parcel or id,address")
        case .spreadsheet(let file):
            batch(file, language)
                + language(
                    " پروندهٔ خود صفحه‌گسترده است؛ همان جدول، ذخیره‌شده به‌صورت CSV با UTF-8، انتظار می‌رفت",
                    " is a spreadsheet's own file; expected its table saved as CSV in UTF-8")
        case .coversNothing(let file):
            language("--covers \(file): هیچ چندضلعی درستی در آن نیست", "--covers \(file): no sound polygon in it")
        case .notImportable(let role): language("\(role) وارد کردنی نیست", "\(role) can't be imported")
        case .refused(let sentence): language("پرونده پذیرفته نشد: ", "") + sentence
        case .reader(let file, let error): "\(file): \(error.message(in: language))"
        case .rows(let file, let refused, let count): rows(file, refused, count, language)
        case .allowances(let faults):
            faults.prefix(20).map { $0.message(in: language) }.joined(separator: "\n  ")
                + (faults.count > 20
                    ? language("\n  … و \(language.number(faults.count - 20)) سطر دیگر", "\n  … and \(faults.count - 20) more rows") : "")
        case .sides(let fact, let text, let count):
            language(
                "\(fact)=«\(text.prefix(80))»: شمارهٔ ضلع‌ها از ۱ تا \(language.number(count))، با ویرگول میانشان، انتظار می‌رفت",
                "\(fact)=«\(text.prefix(80))»: numbers of sides from 1 to \(count), with commas between them, were expected")
        case .manifest(let file, let fault): "\(file): \(fault.message(in: language))"
        case .entry(let place, let fault): "\(place)\(fault.message(in: language))"
        }
    }

    private func rows(_ file: String, _ refused: [(line: String, RowFault)], _ count: Int, _ language: Language) -> String {
        let shown = refused.prefix(20).map {
            "\(file)\(language("، ", ", "))\(language.line($0.line))\(language("، ", ", "))\($0.1.message(in: language))"
        }
        .joined(separator: "\n  ")
        let rest = refused.count - 20
        return language(
            "\(file): \(language.number(refused.count)) ردیف از \(language.number(count)) فهمیده نشد و هیچ‌چیز وارد نشد:\n  \(shown)",
            "\(file): \(refused.count) of \(count) rows can't be understood, and nothing was taken in:\n  \(shown)")
            + (rest > 0 ? language("\n  … و \(language.number(rest)) ردیف دیگر", "\n  … and \(rest) more") : "")
    }

    private func batch(_ file: String?, _ language: Language) -> String {
        file.map(language.code) ?? language("ورودی استاندارد", "standard input")
    }
}

extension ManifestFault {
    fileprivate func message(in language: Language) -> String {
        switch self {
        case .notAnObject: language(": یک شیء JSON انتظار می‌رفت", ": an object was expected")
        case .unknownKey(let key, let known):
            language(
                ": کلید «\(key)» شناخته نیست؛ کلیدها: \(known.joined(separator: "، "))",
                ": unknown key «\(key)»; known are \(known.joined(separator: ", "))")
        case .missingKey(let key): language(": کلید «\(key)» نیست", ": the key «\(key)» is missing")
        case .notAList(let key): language(": \(key) باید فهرست باشد", ": \(key) must be a list")
        case .notText(let key): language(": \(key) باید متن باشد", ": \(key) must be a text")
        case .notNumber(let key):
            language(": \(key) باید عددی با حداکثر شش رقم اعشار باشد", ": \(key) must be a number of at most six decimals")
        case .unknownRole(let role): language(": نقش «\(role)» نیست", ": «\(role)» is no role")
        case .accuracyOutOfRange: language(": accuracy باید ۰ تا ۱۰۰۰ متر باشد", ": accuracy must be 0 to 1000 metres")
        case .day(let key, let fault): language("، \(key): ", ", \(key): ") + fault.message(in: language)
        }
    }
}
