import Formats
package import Planning

extension TownChange {
    /// The change for a terminal: how much changes, then what changes in each parcel, at most so many lines.
    ///
    /// - Parameter limit: nil for all lines.
    package func text(_ language: Language, catalogue: ParameterCatalogue, limit: Int?) -> String {
        let writer = TownChangeWriter(language: language, catalogue: catalogue)
        return writer.summary(self) + writer.lines(changes, limit: limit)
    }

    /// How much changes, and no more.
    package func summaryText(_ language: Language, catalogue: ParameterCatalogue) -> String {
        TownChangeWriter(language: language, catalogue: catalogue).summary(self)
    }
}

struct TownChangeWriter: Wording {
    let language: Language
    let catalogue: ParameterCatalogue

    func summary(_ change: TownChange) -> String {
        let summary = change.summary
        var text = language("از ", "from ") + seen(change.before) + language(" به ", " to ") + seen(change.after) + "\n"
        guard !change.changes.isEmpty else {
            return text + language("  پاسخ هیچ قطعه‌ای دگرگون نمی‌شود\n", "  no parcel's answer changes\n")
        }
        func count(_ number: Int) -> String { language.number(number) }
        text += language(
            "  قطعه‌های دگرگون: \(count(summary.changed)) · تازه: \(count(summary.appeared)) · برچیده: \(count(summary.vanished)) · "
                + "با شکل تازه: \(count(summary.reshaped)) · با پهنه یا حریم دیگر: \(count(summary.rezoned)) · زمین: ",
            "  changed \(summary.changed) · new \(summary.appeared) · gone \(summary.vanished) · reshaped \(summary.reshaped) · "
                + "with other zones or overlays \(summary.rezoned) · ground ")
        text += squareMetres(summary.area) + language(" متر مربع\n", " m²\n")
        var table = Table(language("ضابطه", "Rule"), language("قطعه", "parcels"), language("زمین (m²)", "ground m²"))
        for parameter in summary.parameters {
            table.add(label(parameter.parameter), count(parameter.parcels), squareMetres(parameter.area))
        }
        return text + (table.isEmpty ? "" : "\n" + table.text())
    }

    func seen(_ seen: TownChange.Seen) -> String {
        language("نسخهٔ \(language.number(seen.revision)) در ", "revision \(seen.revision) on ") + language.day(seen.day)
    }

    func lines(_ changes: [ParcelChange], limit: Int?) -> String {
        var table = Table(
            language("قطعه", "Parcel"), language("چه", "what"), language("پیش", "before"), language("بند", "clause"),
            language("پس", "after"), language("بند", "clause"), language("زمین (m²)", "ground m²"), language("سهم", "share"))
        var count = 0
        let most = limit ?? .max
        for change in changes {
            for cells in rows(change) {
                if count < most { table.add([language.code(change.code)] + cells) }
                count += 1
            }
        }
        guard count > 0 else { return "" }
        let rest = count - min(most, count)
        return "\n" + table.text()
            + (rest == 0
                ? ""
                : language(
                    "  … و \(language.number(rest)) سطر دیگر (همه با --all یا --json)\n",
                    "  … and \(rest) more lines (all with --all or --json)\n"))
    }

    func rows(_ change: ParcelChange) -> [[String]] {
        var rows: [[String]] = []
        func area(_ areas: ParcelChange.Areas?) -> String { areas.map { language.number($0.grid) } ?? "—" }
        switch change.kind {
        case .appeared: rows.append([language("قطعهٔ تازه (m²)", "new parcel, m²"), "—", "", area(change.after), "", "", ""])
        case .vanished: rows.append([language("قطعهٔ برچیده (m²)", "parcel gone, m²"), area(change.before), "", "—", "", "", ""])
        case .changed: break
        }
        if change.reshaped {
            rows.append([language("شکل (m²)", "shape, m²"), area(change.before), "", area(change.after), "", "", ""])
        }
        if change.kind == .changed, change.before?.deed != change.after?.deed {
            rows.append(
                [
                    language("مساحت سند (m²)", "deed m²"), change.before?.deed.map(language.number) ?? "—", "",
                    change.after?.deed.map(language.number) ?? "—", "", "", "",
                ])
        }
        if change.kind == .changed, change.before?.effective != change.after?.effective {
            rows.append(
                [
                    language("مساحت ملاک عمل (m²)", "effective m²"), change.before?.effective.map(language.number) ?? "—", "",
                    change.after?.effective.map(language.number) ?? "—", "", "", "",
                ])
        }
        for ground in change.ground {
            let name = ground.name
            rows.append(
                [
                    (name.isZone ? language("پهنهٔ ", "zone ") : language("حریم ", "overlay "))
                        + language.code(name.layer + (name.code.map { "/" + $0 } ?? "")),
                    ground.before.map(squareMetres) ?? "—", "", ground.after.map(squareMetres) ?? "—", name.plan.map(language.code) ?? "",
                    "", "",
                ])
        }
        for finding in change.findings {
            rows.append(
                [
                    label(finding.parameter), said(finding.before), clause(finding.before), said(finding.after), clause(finding.after),
                    squareMetres(finding.area), language.percent(finding.share),
                ])
        }
        return rows
    }
}
