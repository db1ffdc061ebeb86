import Persian
import Service
import Store

/// The certificate's tables, laid out from the sheets.
extension CertificateWords {
    private var comma: String { language("، ", ", ") }
    private var remarks: String { language("توضیحات", "Remarks") }
    private var text: String { language("شرح", "Text") }

    func writeParcels(to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("قطعه", "Parcel"), 20), (language("نشانی", "Address"), 30), (language("مساحت", "Area"), 28),
            (language("جا", "Place"), 22))
        for parcel in sheet.parcels {
            table.add(
                language.code(parcel.code), parcel.address.map(language.name) ?? "",
                parcel.areas.map { named($0.name, $0.value) }.joined(separator: "\n"), parcel.place.joined(separator: "\n"))
        }
        flow.table(language("قطعه", "Parcel"), table)
        if sheet.parcels.isEmpty {
            flow.paragraph(language("در این جا قطعه‌ای ثبت نیست.", "No parcel is recorded at this place."))
        }
        for doubt in sheet.doubts { flow.paragraph(doubt, isBold: true) }
    }

    func writeRules(to flow: inout PaperFlow) {
        var table = PaperTable((language("ضابطه", "Rule"), 20), (language("مقدار", "Value"), 18), (text, 34), (remarks, 28))
        for group in sheet.groups {
            table.add(title: group.title)
            for rule in group.rules {
                table.add(rule.name, rule.value, language.name(rule.text), lines(rule.citation, rule.ground))
            }
        }
        flow.table(language("ضوابط", "Rules"), table)
        if !sheet.silent.isEmpty {
            flow.paragraph(language("ضابطه‌ای یافت نشد برای: ", "No rule was found for: ") + sheet.silent.joined(separator: comma))
        }
        write(language("یادداشت‌های طرح‌ها", "Notes of the plans"), sheet.notes, to: &flow)
    }

    /// By what they are; a use's own clause where the report is full.
    func writeUses(to flow: inout PaperFlow) {
        let title = language("کاربری‌ها", "Uses")
        if report != nil {
            var table = PaperTable((language("کاربری", "Use"), 24), (text, 46), (remarks, 30))
            for group in sheet.uses {
                table.add(title: group.title)
                for use in group.uses { table.add(use.name, language.name(use.text), lines(use.citation, use.ground)) }
            }
            return flow.table(title, table)
        }
        var table = PaperTable((language("وضع", "Status"), 14), (title, 46), (remarks, 40))
        for group in sheet.uses {
            // Those of one clause and one ground together.
            var rows: [(remark: String, names: [String])] = []
            for use in group.uses {
                let remark = lines(use.citation, use.ground)
                if let place = rows.firstIndex(where: { $0.remark == remark }) {
                    rows[place].names.append(use.name)
                } else {
                    rows.append((remark, [use.name]))
                }
            }
            for row in rows { table.add(group.title, row.names.joined(separator: comma), row.remark) }
        }
        flow.table(title, table)
    }

    /// What may be built, floor by floor, each with its arithmetic.
    func write(_ building: AnswerSheet.Building, to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("سطح", "Level"), 24), (language("حداکثر", "At most"), 20), (language("حساب", "Arithmetic"), 56))
        for one in building.cases {
            table.add(title: one.title)
            let grounds = one.grounds.map { ($0.name, $0.rows, $0.refusal) } + [(language("روی هم", "Together"), one.together, nil)]
            for (name, rows, refusal) in grounds {
                if let refusal { table.add(name ?? "", "", refusal) }
                for row in rows {
                    table.add(
                        [one.grounds.count > 1 ? name : nil, row.name].compactMap(\.self).joined(separator: comma),
                        row.value.isEmpty ? language("معلوم نیست", "not known") : row.value,
                        (row.arithmetic + row.missing).joined(separator: "\n"))
                }
            }
        }
        flow.table(language("زیربنای قابل ساخت در طبقات", "What may be built, floor by floor"), table)
        for note in building.notes { flow.paragraph(note) }
    }

    /// What lies on the ground beside the rules' own zones. Where nothing was checked, that nothing was found says nothing.
    func writeGround(to flow: inout PaperFlow) {
        let overlays = language("حریم‌ها و محدودیت‌ها", "Overlays")
        let pending = language("کشیده‌شده، ولی نافذ نیست", "Drawn here, not in force")
        if let report {
            write(report.zones, language("پهنه‌ها و سهم آن‌ها", "Zones and their shares"), to: &flow)
            write(report.overlays, overlays, to: &flow)
            write(report.pending, pending, to: &flow)
        } else {
            write(overlays, sheet.overlays, to: &flow)
            write(pending, sheet.pending, to: &flow)
        }
        if sheet.overlays.isEmpty, !sheet.checked.isEmpty {
            flow.paragraph(
                language("در لایه‌های بررسی‌شده حریم یا محدودیتی در این جا نیست.", "The layers consulted have no overlay at this place."))
        }
    }

    private func write(_ rows: [ReportSheet.Ground], _ title: String, to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("لایه", "Layer"), 14), (language("کد و نام", "Code and name"), 28), (language("طرح", "Plan"), 10),
            (language("مساحت", "Area"), 16), (language("سهم", "Share"), 10), (language("عمق (متر)", "Depth (m)"), 10),
            (language("اطمینان", "Certainty"), 12))
        var parcels: [String?] = []
        for row in rows where !parcels.contains(row.parcel) { parcels.append(row.parcel) }
        for parcel in parcels {
            if parcels.count > 1 {
                table.add(
                    title: parcel.map { language("قطعهٔ ", "Parcel ") + language.code($0) }
                        ?? language("بیرون از قطعه‌ها", "Outside parcels"))
            }
            for row in rows where row.parcel == parcel {
                table.add(row.kind, row.name, row.plan, row.size, row.share, row.depth, row.certainty)
            }
        }
        flow.table(title, table)
    }

    func writeOverruled(_ report: ReportSheet, to flow: inout PaperFlow) {
        var table = PaperTable((language("ضابطه", "Rule"), 26), (language("چه کنار رفت، و چرا", "What lost, and why"), 74))
        for row in report.overruled { table.add(row.rule, row.losers.joined(separator: "\n")) }
        flow.table(language("آنچه کنار رفت", "Overruled"), table)
    }

    /// What was not checked stands out: that it is not on the paper proves nothing.
    func writeCoverage(to flow: inout PaperFlow) {
        if let report {
            var table = PaperTable(
                (language("لایه", "Layer"), 18), (language("بررسی", "Check"), 20), (language("روز داده", "Data of"), 20),
                (language("دقت (متر)", "Accuracy (m)"), 10), (language("عارضه‌های کنارگذاشته در نزدیکی", "Features kept out near here"), 32))
            for row in report.checks { table.add(row.layer, row.status, row.day, row.accuracy, row.keptOut.joined(separator: "\n")) }
            flow.table(language("لایه‌های بررسی‌شده", "Layers consulted"), table)
        }
        write(
            language(
                "آنچه بررسی نشد؛ نبودش در این گواهی دلیل نبودن نیست",
                "Not checked; that it is not in this certificate proves nothing"), sheet.unchecked, to: &flow)
    }

    func writeSources(_ report: ReportSheet, to flow: inout PaperFlow) {
        var table = PaperTable((language("طرح", "Plan"), 9), (language("عنوان", "Title"), 31), (language("سند", "Document"), 60))
        for source in sheet.sources {
            table.add(language.code(source.name), language.name(source.title), source.details.joined(separator: comma))
        }
        flow.table(language("سندها", "Sources"), table)
        var events = PaperTable(
            (language("طرح و بند", "Plan and clause"), 18), (language("رویداد", "Event"), 18), (language("تصمیم", "Decided"), 14),
            (language("اثر از", "Effect from"), 14), (language("سند", "Document"), 22), (language("کجا", "Where"), 14))
        for event in report.events { events.add(event.subject, event.kind, event.decided, event.from, event.document, event.place) }
        flow.table(language("رویدادهای حقوقی", "Legal events"), events)
    }

    private func lines(_ parts: String?...) -> String { parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n") }

    private func write(_ title: String, _ items: [String], to flow: inout PaperFlow) {
        guard !items.isEmpty else { return }
        flow.heading(title, keeping: 30)
        for item in items { flow.paragraph("• " + item) }
    }

    /// A code too long for a line on two, each whole.
    private func halves(_ code: String) -> String {
        let half = code.count / 2
        return language.code(String(code.prefix(half))) + "\n" + language.code(String(code.dropFirst(half)))
    }

    func writeSeal(to flow: inout PaperFlow) {
        var table = PaperTable((language("گواهی", "Certificate"), 22), (language("مقدار", "Value"), 78))
        let certificate = answer.certificate
        table.add(language("نسخهٔ داده", "Data revision"), language.number(certificate.revision))
        table.add(language("ریشهٔ داده", "Data root"), language.code(certificate.root))
        table.add(language("برنامه", "Engine"), language.code(certificate.engine))
        if let number = paper.signed.number { table.add(language("شماره", "Number"), language.number(number)) }
        if let issued = paper.signed.issued { table.add(language("زمان صدور", "Issued"), language.code(issued.text)) }
        table.add(language("چکیدهٔ پاسخ", "Digest"), language.code(paper.signed.statedDigest ?? ""))
        table.add(language("کلید امضا", "Signing key"), language.code(paper.signed.keyID ?? ""))
        table.add(language("امضا", "Signature"), halves(paper.signed.signature ?? ""))
        // Typed by hand, with what stands in the rows above; the code has it whole.
        if let address = paper.publicAddress { table.add(language("نشانی سنجش", "To verify"), language.code(address + "/verify")) }
        flow.table(language("گواهی و امضا", "Certificate and signature"), table)
        flow.paragraph(
            language(
                "خود پاسخ امضاشده با نام \(Isolates.leftToRight(CertificatePaper.attachment)) پیوست این پرونده است؛ سند همان است و این کاغذ رونوشت آن.",
                "The signed answer itself is attached to this file as \(CertificatePaper.attachment): it is the record, and this paper is its copy."
            ))
    }
}
