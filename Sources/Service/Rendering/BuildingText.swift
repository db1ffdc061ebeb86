import Formats
import Planning

extension AnswerSheet {
    /// What may be built on a parcel, floor by floor, in words.
    package struct Building: Sendable {
        /// What comes to the same for some uses.
        package struct Case: Sendable {
            /// The uses, in words.
            package let title: String
            /// What all floors on all of its grounds come to at most; empty where that is not known.
            package let total: String
            package let grounds: [Ground]
            /// All grounds together; empty where there is only one.
            package let together: [Row]
        }

        /// Ground on which the law says the same.
        package struct Ground: Sendable {
            /// Which it is; nil where it is all of the parcel.
            package let name: String?
            /// Nothing, where the use is not allowed there: then `refusal` says so.
            package let rows: [Row]
            package let refusal: String?
        }

        package struct Row: Sendable {
            package let name: String
            /// What it comes to at most; empty where that is not known.
            package let value: String
            /// What limits it, each with its arithmetic, the smallest first.
            package let arithmetic: [String]
            /// What must be known first.
            package let missing: [String]
        }

        package let cases: [Case]
        package let notes: [String]
    }
}

extension AnswerWriter {
    func building(_ buildable: Buildable) -> AnswerSheet.Building {
        var notes = [
            language(
                "مساحت‌ها حداکثرند؛ با مقدار دقیق حساب و در پایان تا ۰٫۰۱ متر مربع گرد شده‌اند. زیرزمین و پیلوت در آن نیست.",
                "Areas are maxima, worked out exactly and rounded to 0.01 m² at the end. Basements and pilotis are not in them.")
        ]
        if buildable.cases.isEmpty {
            notes = [language("هیچ کاربری‌ای در این قطعه مجاز نیست", "No use is allowed on this parcel")]
        } else if !buildable.unchecked.isEmpty {
            notes.append(
                language("بررسی نشد و می‌تواند آن را کمتر کند: ", "Not checked, and may make it less: ")
                    + buildable.unchecked.map(language.code).joined(separator: comma))
        }
        return AnswerSheet.Building(cases: buildable.cases.map { buildingCase($0, of: buildable.area) }, notes: notes)
    }

    private func buildingCase(_ one: Buildable.Case, of area: Int64) -> AnswerSheet.Building.Case {
        let uses = one.uses.map { use($0.code) + ($0.isOnConditions ? language("، مشروط", ", on conditions") : "") }
        let title =
            uses.isEmpty
            ? language("برای هر کاربری", "Whatever the use") : language("برای ", "For ") + uses.joined(separator: language("؛ ", "; "))
        let isOne = one.yields.count == 1
        let (floor, all) = together(one.yields)
        return AnswerSheet.Building.Case(
            title: title, total: all.value,
            grounds: one.yields.map { buildingGround($0, name: isOne ? nil : groundName($0.ground, of: area)) },
            together: isOne ? [] : [floor, all])
    }

    private func groundName(_ ground: BuildableGround, of whole: Int64) -> String {
        language("در ", "In ") + (ground.zones + ground.overlays).map(language.code).joined(separator: comma)
            + " (\(language.percent(Measure.share(ground.area, of: whole)))" + language("، ", ", ") + squareMetres(ground.area) + metres
            + ")"
    }

    private func buildingGround(_ yield: Yield, name: String?) -> AnswerSheet.Building.Ground {
        let refusal: String? =
            switch yield.ground.use {
            case .allowed: nil
            case .forbidden(let citation):
                language("این کاربری این‌جا ممنوع است", "This use is forbidden here") + (citation.map { " (" + cite($0) + ")" } ?? "")
            case .open(let finding):
                language("هنوز معلوم نیست این کاربری این‌جا مجاز است: ", "Whether this use is allowed here is not known yet: ")
                    + undecided(finding)
            case .unlisted: language("این کاربری برای این‌جا نام برده نشده است", "This use is not named for here")
            }
        return AnswerSheet.Building.Ground(name: name, rows: refusal == nil ? rows(yield) : [], refusal: refusal)
    }

    private var metres: String { language(" متر مربع", " m²") }

    private func metres(_ area: Fraction) -> String? { area.rounded(places: 2).map { language.number($0) + metres } }

    private func rows(_ yield: Yield) -> [AnswerSheet.Building.Row] {
        // That density, which all floors share, limits the ground floor too is said where it does so first.
        var rows = [row(language("همکف", "Ground floor"), yield.groundFloor, without: Parameter.density)]
        if let upper = yield.upperFloors, let floor = yield.groundFloor.smallest?.comesTo, let total = yield.total.smallest?.comesTo,
            let (all, low, rest) = metres(total).flatMap({ all in metres(floor).flatMap { low in metres(upper).map { (all, low, $0) } } })
        {
            rows.append(
                .init(
                    name: upperFloors(yield.count), value: rest,
                    arithmetic: upper == .zero ? [] : ["\(all) − \(low) = \(rest)"], missing: []))
        }
        rows.append(row(language("همهٔ طبقات", "All floors"), yield.total))
        let floors = row(language("تعداد طبقات", "Number of floors"), [yield.ground.floors])
        let height = row(language("ارتفاع", "Height"), yield.ground.heights)
        rows += [floors, height].filter { !$0.value.isEmpty || !$0.missing.isEmpty }
        return rows
    }

    /// The floors above the ground floor, and how many they may be.
    private func upperFloors(_ count: Fraction?) -> String {
        let name = language("طبقات بالا", "Upper floors")
        guard let count, let above = count.minus(Fraction(Decimal(millionths: 1_000_000))), above > .zero,
            let number = above.rounded(places: 2)
        else { return name }
        return name + language(" (حداکثر \(language.number(number)) طبقه)", " (at most \(language.number(number)))")
    }

    /// What rules say of something that no area limits; several where they say so of parts of the ground.
    private func row(_ name: String, _ said: [BuildableGround.Said]) -> AnswerSheet.Building.Row {
        var (values, clauses, missing): ([String], [String], [String]) = ([], [], [])
        for one in said {
            switch one {
            case .silent: break
            case .open(let finding): missing.append(undecided(finding))
            case .decided(let finding):
                let share = finding.share.flatMap { said.count > 1 ? " (" + language.percent($0) + ")" : nil } ?? ""
                values.append(amount(finding.value, finding.unit) + share)
                clauses += finding.provision.map { [cite($0)] } ?? []
            }
        }
        return .init(name: name, value: values.joined(separator: comma), arithmetic: clauses.unique, missing: missing.unique)
    }

    private func row(_ name: String, _ figure: Yield.Figure, without parameter: String? = nil) -> AnswerSheet.Building.Row {
        let smallest = figure.smallest
        let counted = figure.limits.filter { limit in
            if case .share(let share) = limit, share.finding.parameter == parameter { limit == smallest } else { true }
        }
        var limits = counted.sorted { $0.comesTo < $1.comesTo }.compactMap { limit in words(limit) }
        if smallest != nil, limits.count > 1 { limits[0] += language(" ← کمترین", " ← the least") }
        return .init(
            name: name, value: smallest.flatMap { metres($0.comesTo) } ?? "", arithmetic: limits,
            missing: figure.missing.map(words).unique)
    }

    /// The ground floors and all floors of several grounds.
    private func together(_ yields: [Yield]) -> (floor: AnswerSheet.Building.Row, all: AnswerSheet.Building.Row) {
        let counted = yields.filter { $0.isAllowed || $0.isOpen }
        func row(_ name: String, _ figure: (Yield) -> Yield.Figure) -> AnswerSheet.Building.Row {
            let terms = counted.map { yield in yield.isOpen ? nil : figure(yield).smallest?.comesTo }
            let sum = terms.reduce(Fraction?.some(.zero)) { sum, term in sum.flatMap { sum in term.flatMap(sum.plus) } }
            guard let sum, let value = metres(sum) else {
                return .init(
                    name: name, value: "", arithmetic: [],
                    missing: [language("همهٔ بخش‌ها هنوز معلوم نیستند", "not all parts are known yet")])
            }
            let shown = terms.compactMap { $0.flatMap(metres) }
            return .init(
                name: name, value: value, arithmetic: shown.count > 1 ? [shown.joined(separator: " + ") + " = " + value] : [], missing: [])
        }
        return (row(language("همکف", "Ground floor"), \.groundFloor), row(language("همهٔ طبقات", "All floors"), \.total))
    }

    /// A limit with its arithmetic and its clause; nil where it is beyond what a number can say.
    private func words(_ limit: Yield.Limit) -> String? {
        guard let comesTo = metres(limit.comesTo) else { return nil }
        switch limit {
        case .share(let share):
            var text = label(share.finding.parameter) + ": " + amount(share.finding.value, share.finding.unit) + " × "
            text += language.number(share.area.rounded(places: 2)) + metres + " (" + words(share.basis) + ")"
            if let part = share.part.rounded(places: 6), part != Decimal(millionths: 1_000_000) {
                text += " × " + language.percent(part) + language(" (سهم این بخش)", " (this part's share)")
            }
            return text + " = " + comesTo + cited(share.finding)
        case .envelope:
            return language("زمین ساخت‌پذیر، پس از عقب‌نشینی‌ها و ممنوعیت‌ها: ", "Buildable ground, less setbacks and prohibitions: ") + comesTo
        case .floors(let finding, let ground, let count, _):
            guard let floor = metres(ground), let number = count.rounded(places: 2) else { return nil }
            return language("همکف × تعداد طبقات: ", "Ground floor × number of floors: ") + floor + " × " + language.number(number) + " = "
                + comesTo + cited(finding)
        case .prohibition(let finding): return language("ساختن ممنوع است", "Building is forbidden") + cited(finding)
        }
    }

    private func cited(_ finding: Finding) -> String { finding.provision.map { " (" + cite($0) + ")" } ?? "" }

    private func words(_ missing: Yield.Missing) -> String {
        switch missing {
        case .decision(let finding): label(finding.parameter) + ": " + undecided(finding)
        case .rule(let parameter): language("ضابطه‌ای یافت نشد برای ", "No rule was found for ") + label(parameter)
        case .basis(let finding):
            label(finding.parameter) + ": " + language("بند نمی‌گوید از کدام مساحت", "the clause does not say of which area")
                + cited(finding)
        case .area(let basis): words(basis) + language(" معلوم نیست", " is not known")
        case .number(let finding):
            label(finding.parameter) + ": " + language("با این مقدار نمی‌توان حساب کرد", "its value can't be reckoned with") + cited(finding)
        case .envelope(let needs):
            needs.isEmpty
                ? language("زمین ساخت‌پذیر: ضوابط با هم تعارض دارند", "The buildable ground: the rules contradict each other")
                : language("زمین ساخت‌پذیر بسته است به: ", "The buildable ground depends on: ") + needs.map(fact).joined(separator: comma)
        case .tooLarge: language("عددها بزرگ‌تر از آن‌اند که حساب شوند", "The numbers are too large to be worked out")
        }
    }

    /// Why a finding is open.
    private func undecided(_ finding: Finding) -> String {
        finding.status == .conflict
            ? language("ضوابط با هم تعارض دارند", "the rules contradict each other")
            : language("بسته به ", "depends on ") + finding.needs.map(fact).joined(separator: comma)
    }
}

extension Yield {
    /// Whether nobody knows yet if the use is allowed there.
    fileprivate var isOpen: Bool { if case .open = ground.use { true } else { false } }
}
