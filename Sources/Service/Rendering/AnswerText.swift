import Formats
import Persian
package import Planning
import Store

extension Answer {
    /// The answer as a clerk reads it in a terminal: what was asked, the ground, each rule with its clause and plan, what lost
    /// and why, what was not checked, and the sources.
    package func text(_ language: Language, catalogue: ParameterCatalogue) -> String {
        let writer = AnswerWriter(answer: self, language: language, catalogue: catalogue)
        return [
            writer.head(), writer.parcels(), writer.ground(zones, language("پهنه‌ها", "Zones")),
            writer.ground(overlays, language("حریم‌ها و محدودیت‌ها", "Overlays")),
            writer.ground(pending, language("کشیده‌شده، ولی نافذ نیست", "Drawn here, not in force")), writer.findings(), writer.overruled(),
            writer.uses(),
            writer.coverage(), writer.sources(), writer.foot(),
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

/// Puts an answer into words.
struct AnswerWriter: Wording {
    let answer: Answer
    let language: Language
    let catalogue: ParameterCatalogue

    func head() -> String {
        let place =
            switch answer.question.place {
            case .point(let x, let y, let crs): language.code("\(x) \(y) \(crs)")
            case .parcel(let code): language("قطعهٔ ", "parcel ") + language.code(code)
            case .address(let text): "«" + text + "»"
            }
        let on = language.day(answer.question.on)
        var text = language("ضوابط حاکم بر ", "Regulations at ") + place + language("، روز ", ", on ") + on
        text += language("، نسخهٔ ", ", revision ") + language.number(answer.known) + "\n"
        if let lon = answer.location.lon, let lat = answer.location.lat {
            text += "  " + language.code("\(lon), \(lat)")
            if let x = answer.location.x, let y = answer.location.y { text += " · " + language.code("\(x) \(y) (\(answer.location.crs))") }
            text += "\n"
        }
        return text
    }

    func parcels() -> String {
        var table = Table(
            language("قطعه", "Parcel"), language("مساحت سند (m²)", "deed m²"), language("شبکه", "grid m²"), language("زمین", "ground m²"),
            language("محدوده", "limits"), language("فاصله تا مرز (m)", "to border m"), language("اطمینان", "certainty"),
            language("نشانی", "address"))
        for row in answer.parcels {
            table.add(
                language.code(row.code), row.deed.map(language.number) ?? "—", language.number(row.grid),
                row.ground.map(language.number) ?? "", words(row.limits), row.distance.map(language.number) ?? "", words(row.verdict),
                row.address ?? "")
        }
        return titled(language("قطعه‌ها", "Parcels"), table)
    }

    func ground(_ rows: [Answer.GroundRow], _ title: String) -> String {
        var table = Table(
            language("لایه", "Layer"), language("گونه", "kind"), language("کد", "code"), language("نام", "name"), language("طرح", "plan"),
            language("مساحت (m²)", "area m²"), language("سهم", "share"), language("عمق (m)", "depth m"),
            language("نسبت به نقطه", "to the point"),
            language("فاصله (m)", "distance m"), language("اطمینان", "certainty"))
        for row in rows {
            table.add(
                row.layer, row.kind ?? "", row.code.map(language.code) ?? "", row.name ?? "", row.plan.map(language.code) ?? "",
                row.area.map(language.number) ?? row.length.map { language.number($0) + " m" } ?? "",
                row.share.map(language.percent) ?? "", row.depth.map(language.number) ?? "", row.relation.map(words) ?? "",
                row.distance.map(language.number) ?? "", words(row.verdict))
        }
        return titled(title, table)
    }

    func findings() -> String {
        var table = Table(
            language("ضابطه", "Rule"), language("مقدار", "value"), language("در", "in"), language("سهم", "share"),
            language("بند", "clause"),
            language("طرح", "plan"), language("از", "since"), language("شرح", "text"))
        for finding in answer.findings where finding.status != .none && finding.parameter != Parameter.use && finding.relation != .note {
            table.add(
                label(finding.parameter), value(finding), finding.zones.map(language.code).joined(separator: language("، ", ", ")),
                finding.share.map(language.percent) ?? "", finding.provision.map { language.code($0.clause) } ?? "",
                finding.provision.map { language.code($0.plan) } ?? "",
                finding.provision?.from.map(language.day) ?? "", finding.provision?.text ?? "")
        }
        var text = titled(language("ضوابط", "Rules"), table)
        for note in notes() { text += language("  یادداشت: ", "  Note: ") + note + "\n" }
        let silent = Set(answer.findings.filter { $0.status == .none }.map { label($0.parameter) }).sorted()
        if !silent.isEmpty {
            text += language("  ضابطه‌ای یافت نشد برای: ", "  No rule found for: ") + silent.joined(separator: language("، ", ", ")) + "\n"
        }
        return text
    }

    func overruled() -> String {
        var table = Table(
            language("ضابطه", "Rule"), language("مقدار", "value"), language("بند", "clause"), language("طرح", "plan"),
            language("چرا نافذ نشد", "why it lost"))
        for finding in answer.findings {
            for loser in finding.overruled {
                table.add(
                    label(finding.parameter), amount(loser.value, loser.unit), language.code(loser.provision.clause),
                    language.code(loser.provision.plan), words(loser.reason))
            }
        }
        return titled(language("آنچه کنار رفت", "Overruled"), table)
    }

    func uses() -> String {
        var table = Table(
            language("کاربری", "Use"), language("وضع", "status"), language("در", "in"), language("بند", "clause"), language("طرح", "plan"),
            language("شرح", "text"))
        for use in answer.uses where use.status != .unlisted {
            table.add(
                self.use(use.use), words(use.status), use.zones.map(language.code).joined(separator: language("، ", ", ")),
                use.provision.map { language.code($0.clause) } ?? "", use.provision.map { language.code($0.plan) } ?? "",
                use.provision?.text ?? "")
        }
        let unlisted = Set(answer.uses.filter { $0.status == .unlisted }.map(\.use)).sorted()
        var text = titled(language("کاربری‌ها", "Uses"), table)
        if !unlisted.isEmpty {
            text +=
                language("  این‌جا نام برده نشده: ", "  Not named here: ")
                + unlisted.map(use).joined(separator: language("، ", ", ")) + "\n"
        }
        return text
    }

    func coverage() -> String {
        var table = Table(
            language("لایه", "Layer"), language("بررسی", "checked"), language("روز داده", "data of"), language("دقت (m)", "accuracy m"),
            language("کهنه", "stale"), language("عارضهٔ کنارگذاشته در نزدیکی", "features kept out near here"))
        for row in answer.coverage {
            table.add(
                row.layer, words(row.status), row.dataDay.map(language.day) ?? "", row.accuracy.map(language.number) ?? "",
                row.stale == true ? language("بله", "yes") : "",
                row.quarantined.map { "\($0.id): \($0.reason) (\(language.number($0.distance)) m)" }.joined(separator: "; "))
        }
        return titled(language("لایه‌های بررسی‌شده", "Layers consulted"), table)
    }

    func sources() -> String {
        var table = Table(
            language("طرح", "Plan"), language("عنوان", "title"), language("مرجع", "authority"), language("شماره", "number"),
            language("تصویب", "approved"), language("ابلاغ", "published"), language("اجرا از", "in force from"), language("تا", "until"),
            language("وضع", "status"))
        for source in answer.sources {
            let plan = source.plan
            table.add(
                language.code(plan.id), plan.title, plan.authority, plan.number.isEmpty ? "" : language.code(plan.number),
                plan.approved.map(language.day) ?? "", plan.published.map(language.day) ?? "", plan.from.map(language.day) ?? "",
                plan.until.map(language.day) ?? "", words(source.status))
        }
        var events = Table(
            language("طرح", "Plan"), language("بند", "clause"), language("رویداد", "event"), language("تصمیم", "decided"),
            language("اثر از", "effect from"), language("سند", "document"), language("شماره", "number"), language("کجا", "where"))
        for source in answer.sources {
            for event in source.events {
                events.add(
                    language.code(source.plan.id), event.clause.map(language.code) ?? "", words(event.kind), language.day(event.decided),
                    event.kind == .annulFromAdoption ? "" : language.day(event.from), event.document,
                    event.number.isEmpty ? "" : language.code(event.number),
                    event.sector == nil ? language("همه‌جا", "everywhere") : language("در یک محدوده", "in a sector"))
            }
        }
        return titled(language("سندها", "Sources"), table) + titled(language("رویدادهای حقوقی", "Legal events"), events)
    }

    func foot() -> String {
        "  " + language("نسخهٔ داده ", "data revision ") + language.number(answer.certificate.revision) + " · "
            + language.code(String(answer.certificate.root.prefix(16))) + "…\n" + seal()
    }

    private func seal() -> String {
        guard let seal = answer.certificate.seal else { return "" }
        let issue = seal.issue.map {
            language("گواهی شمارهٔ ", "certificate ") + language.number($0.number) + " · " + language.code($0.at.text) + " · "
        }
        return "  " + (issue ?? "") + language("امضا با کلید ", "signed with the key ") + language.code(seal.keyID)
            + language("، چکیدهٔ ", ", digest ") + language.code(seal.digest.hex) + "\n"
    }

    private func titled(_ title: String, _ table: Table) -> String {
        table.isEmpty ? "" : title + "\n" + table.text()
    }
}
