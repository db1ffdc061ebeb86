import Formats
import Persian
package import Planning

/// Whatever puts rules into words of a language, parameters by their names in a catalogue.
package protocol Wording {
    var language: Language { get }
    var catalogue: ParameterCatalogue { get }
}

extension Wording {
    package func label(_ parameter: String) -> String {
        guard let known = catalogue[parameter] else { return language.code(parameter) }
        return language(known.labelFa, known.labelEn)
    }

    /// A use by its name in the catalogue and its code; by its code alone where the catalogue does not name it.
    package func use(_ code: String) -> String {
        guard let known = catalogue.use(code) else { return language.code(code) }
        return language(known.labelFa, known.labelEn) + " (" + language.code(code) + ")"
    }

    /// Square metres of ground that is known in whole mm².
    package func squareMetres(_ area: Int64) -> String { language.number(Measure.squareMetres(area)) }

    /// Provisions by plan and clause, each once.
    package func cited(_ citations: [Citation]) -> String {
        var names: [String] = []
        for one in citations where !names.contains("\(one.plan) \(one.clause)") { names.append("\(one.plan) \(one.clause)") }
        return names.map(language.code).joined(separator: ", ")
    }

    /// The clause, its plan, and since when it binds.
    package func cite(_ citation: Citation) -> String {
        language("بند ", "clause ") + language.code(citation.clause) + language(" طرح ", " of plan ") + language.code(citation.plan)
            + (citation.from.map { language("، از ", ", since ") + language.day($0) } ?? "")
    }

    /// A finding's outcome in words: the value, or what is missing.
    package func value(_ finding: Finding) -> String { value(Stated(finding)) }

    func value(_ stated: Stated) -> String {
        switch stated.status {
        case .needs: language("بسته به: ", "depends on: ") + stated.needs.map(fact).joined(separator: language("، ", ", "))
        case .conflict: language("تعارض: ", "conflict: ") + amount(stated.value, stated.unit)
        case .decided, .none: words(stated.relation) + amount(stated.value, stated.unit) + basis(stated)
        }
    }

    /// What one side of a change says.
    func said(_ stated: Stated?) -> String {
        guard let stated else { return "—" }
        return stated.status == .none
            ? language("ضابطه‌ای یافت نشد", "no rule found") + (stated.value == .none ? "" : " (" + amount(stated.value, stated.unit) + ")")
            : stated.value == .none && stated.status == .decided ? language("تبصره", "note") : value(stated)
    }

    /// The clauses that say it.
    func clause(_ stated: Stated?) -> String {
        cited(stated?.citations ?? [])
    }

    /// What a parcel loses, or gains that it should not.
    func words(_ loss: Loss) -> String {
        loss.what.words(language) + " " + (loss.what == .lostZone ? language.code(loss.parameter) : label(loss.parameter))
    }

    package func amount(_ value: Value, _ unit: Unit?) -> String {
        switch value {
        case .number(let number): language.number(number) + (unit.map(words) ?? "")
        case .use(let code): language.code(code)
        case .text(let text): text
        case .none: ""
        }
    }

    private func basis(_ stated: Stated) -> String {
        stated.basis.map { language(" از ", " of ") + words($0) } ?? ""
    }

    /// The area that a rule counts on.
    func words(_ basis: Provision.Basis) -> String {
        switch basis {
        case .deed: language("مساحت سند", "deed area")
        case .grid: language("مساحت شبکه", "grid area")
        case .ground: language("مساحت زمین", "ground area")
        case .effective: language("مساحت ملاک عمل", "effective area")
        case .afterLine: language("مساحت پس از اصلاح", "area after the line")
        case .part: language("مساحت بخش", "the part's area")
        }
    }

    package func words(_ relation: Relation?) -> String {
        switch relation {
        case .max?: language("حداکثر ", "at most ")
        case .min?: language("حداقل ", "at least ")
        case .forbid?: language("ممنوع ", "forbidden ")
        case .permit?: language("مجاز ", "permitted ")
        case .condition?: language("مشروط: ", "on condition: ")
        case .note?, .exactly?, nil: ""
        }
    }

    private func words(_ unit: Unit) -> String {
        switch unit {
        case .percent: language("٪", " %")
        case .m: language(" متر", " m")
        case .m2: language(" متر مربع", " m²")
        case .ratio, .count, .use: ""
        }
    }

    /// What a missing fact is called.
    package func fact(_ name: String) -> String {
        switch name {
        case "area.deed": language("مساحت سند", "deed area")
        case "area.grid": language("مساحت شبکه", "grid area")
        case "unit.area": language("مساحت واحد", "a unit's area")
        case "area.effective": language("مساحت ملاک عمل", "effective area")
        case "area.afterLine": language("مساحت پس از اصلاح", "area after the line")
        case "frontage": language("طول بر", "frontage")
        case "street.width": language("عرض معبر", "street width")
        case "border.front": language("ضلع‌های رو به گذر", "which sides are on a street")
        case "border.side": language("ضلع‌های کناری", "which sides are lateral")
        case "border.rear": language("ضلع‌های پشتی", "which sides are at the rear")
        case "use": language("کاربری", "use")
        case "units": language("تعداد واحد", "number of units")
        case "floors": language("تعداد طبقات", "floors")
        case "slope": language("شیب", "slope")
        default: language.code(name)
        }
    }

    package func words(_ verdict: Verdict) -> String {
        switch verdict {
        case .firm: language("قطعی", "firm")
        case .sensitive: language("حساس", "sensitive")
        case .marginal: language("ناچیز", "marginal")
        case .unstated: language("نامعلوم", "unstated")
        }
    }

    package func words(_ relation: Answer.Relation) -> String {
        switch relation {
        case .inside: language("درون", "inside")
        case .boundary: language("روی مرز", "on the boundary")
        case .near: language("نزدیک", "near")
        }
    }

    package func words(_ limits: Answer.Limits) -> String {
        switch limits {
        case .inside: language("درون محدوده", "inside the limit")
        case .harim: language("در حریم شهر", "in the harim")
        case .outside: language("بیرون", "outside")
        case .across: language("روی مرز محدوده", "across the limit")
        case .unstated: language("نامعلوم", "unstated")
        }
    }

    package func words(_ status: Answer.Coverage.Status) -> String {
        switch status {
        case .hit: language("دارد", "hit")
        case .clear: language("ندارد", "clear")
        case .outside: language("بیرون از پوشش", "outside its coverage")
        case .unstated: language("پوشش نامعلوم", "coverage unstated")
        case .absent: language("لایه موجود نیست", "absent")
        }
    }

    package func words(_ reason: Reason) -> String {
        switch reason {
        case .notInForce: language("در آن روز نافذ نبود", "not in force on the day")
        case .rank: language("سند فرودست‌تر", "a lower-ranking instrument")
        case .target: language("هدف عام‌تر", "a less specific target")
        case .date: language("سند پیشین", "an earlier instrument")
        case .strictness: language("سخت‌گیرتر برگزیده شد", "a stricter one stands beside it")
        case .forbidden: language("حریم ممنوع کرده است", "an overlay forbids")
        case .policy: language("سیاست طرح برای قطعهٔ چندپهنه", "the plan's policy for several zones")
        }
    }

    package func words(_ status: UseFinding.Status) -> String {
        switch status {
        case .permitted: language("مجاز", "permitted")
        case .conditional: language("مشروط", "conditional")
        case .prohibited: language("ممنوع", "prohibited")
        case .unlisted: language("نام برده نشده", "unlisted")
        }
    }

    package func words(_ event: LegalEvent.Kind) -> String {
        switch event {
        case .adopt: language("تصویب", "adopted")
        case .publish: language("ابلاغ", "published")
        case .takeEffect: language("لازم‌الاجرا شدن", "takes effect")
        case .effectBeforehand: language("اثر پیش از موعد", "effect beforehand")
        case .amend: language("اصلاح", "amended")
        case .repeal: language("لغو", "repealed")
        case .annul: language("ابطال", "annulled")
        case .annulFromAdoption: language("ابطال از زمان تصویب", "annulled from adoption")
        case .revive: language("احیا", "revived")
        }
    }

    package func words(_ status: PlanStatus) -> String {
        switch status {
        case .inForce: language("نافذ", "in force")
        case .notYet: language("هنوز نافذ نشده", "not yet in force")
        case .unpublished: language("ابلاغ‌نشده", "not published")
        case .notApproved: language("تصویب‌نشده", "not approved")
        case .ended: language("پایان‌یافته", "ended")
        case .replaced: language("جایگزین‌شده", "replaced")
        case .effectBeforehand: language("در راه، با اثر پیش از موعد", "not in force yet, with effect beforehand")
        case .repealed: language("لغوشده", "repealed")
        case .annulled: language("ابطال‌شده", "annulled")
        }
    }
}
