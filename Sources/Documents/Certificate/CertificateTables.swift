import Formats
import Persian
import Planning
import Service
import Store

/// The certificate's tables.
extension CertificateWords {
    private var comma: String { language("، ", ", ") }

    private func area(_ area: Decimal?) -> String { area.map(language.number) ?? language("نامعلوم", "unstated") }

    func writeParcels(to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("قطعه", "Parcel"), 20), (language("نشانی", "Address"), 30), (language("مساحت سند (متر مربع)", "Deed area (m²)"), 13),
            (language("روی شبکه (متر مربع)", "On the grid (m²)"), 13), (language("روی زمین (متر مربع)", "On the ground (m²)"), 13),
            (language("محدوده", "Limits"), 13))
        for row in answer.parcels {
            table.add(
                language.code(row.code) + (row.relation == .near ? language(" (نزدیک)", " (near)") : ""), row.address.map(Inert.text) ?? "",
                area(row.deed), area(row.grid), area(row.ground), words(row.limits))
        }
        flow.table(language("قطعه", "Parcel"), table)
        if answer.parcels.isEmpty {
            flow.paragraph(language("در این جا قطعه‌ای ثبت نیست.", "No parcel is recorded at this place."))
        }
    }

    /// Adds rows parcel by parcel, under its code where there are several: a point on a border has them all.
    private func add<Item>(
        _ items: [Item], of parcel: (Item) -> String?, to table: inout PaperTable, _ write: (Item, inout PaperTable) -> Void
    ) {
        var parcels: [String?] = []
        for item in items where !parcels.contains(parcel(item)) { parcels.append(parcel(item)) }
        for one in parcels {
            if parcels.count > 1 {
                table.add(
                    title: one.map { language("قطعهٔ ", "Parcel ") + language.code($0) } ?? language("بیرون از قطعه‌ها", "Outside parcels"))
            }
            for item in items where parcel(item) == one { write(item, &table) }
        }
    }

    /// In the catalogue's order; what it does not know comes last.
    private var order: [String: Int] {
        Dictionary(catalogue.parameters.enumerated().map { ($0.element.code, $0.offset) }) { first, _ in first }
    }

    private func source(_ citation: Citation?) -> String { citation.map(cite) ?? "" }

    /// In Persian with its sign on the left, whatever stands before it (U+061C).
    private func percent(_ share: Decimal) -> String {
        language == .fa ? "\u{2067}\u{061C}" + language.percent(share) + "\u{2069}" : language.percent(share)
    }

    private func ground(_ zones: [String], _ share: Decimal?) -> String {
        zones.map(language.code).joined(separator: comma) + (share.map { " (" + percent($0) + ")" } ?? "")
    }

    func writeRules(to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("ضابطه", "Rule"), 20), (language("مقدار", "Value"), 18), (language("شرح", "Text"), 34),
            (language("توضیحات", "Remarks"), 28))
        let order = order
        let sorted = answer.findings.enumerated().sorted { one, other in
            let places = [one, other].map { order[$0.element.parameter] ?? Int.max }
            return (places[0], one.offset) < (places[1], other.offset)
        }.map(\.element)
        let rules = sorted.filter { $0.status != .none && $0.parameter != Parameter.use && $0.relation != .note }
        add(rules, of: \.parcel, to: &table) { finding, table in
            var remarks = [source(finding.provision), ground(finding.zones, finding.share)].filter { !$0.isEmpty }
            if finding.status == .needs || finding.status == .conflict {
                remarks += finding.open.map { source($0.provision) + ": " + words($0.relation) + amount($0.value, $0.unit) }
            }
            let value = Inert.text(value(finding))
            table.add(label(finding.parameter), value, finding.provision.map { Inert.text($0.text) } ?? "", remarks.joined(separator: "\n"))
        }
        flow.table(language("ضوابط", "Rules"), table)
        let silent = Set(answer.findings.filter { $0.status == .none }.map { label($0.parameter) }).sorted()
        if !silent.isEmpty {
            flow.paragraph(language("ضابطه‌ای یافت نشد برای: ", "No rule was found for: ") + silent.joined(separator: comma))
        }
        var notes = PaperTable((language("یادداشت", "Note"), 72), (language("توضیحات", "Remarks"), 28))
        add(sorted.filter { $0.relation == .note && $0.status != .none }, of: \.parcel, to: &notes) { note, notes in
            let ground = ground(note.zones, note.share)
            if let provision = note.provision { notes.add(Inert.text(provision.text), source(provision) + "\n" + ground) }
            for open in note.open {
                let needs =
                    open.needs.isEmpty ? "" : "\n" + language("بسته به: ", "depends on: ") + open.needs.map(fact).joined(separator: comma)
                notes.add(Inert.text(open.provision.text), source(open.provision) + needs + "\n" + ground)
            }
        }
        flow.table(language("یادداشت‌های طرح", "Notes of the plans"), notes)
    }

    func writeUses(to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("کاربری", "Use"), 20), (language("وضع", "Status"), 14), (language("شرح", "Text"), 38),
            (language("توضیحات", "Remarks"), 28))
        add(answer.uses.filter { $0.status != .unlisted }, of: \.parcel, to: &table) { use, table in
            table.add(
                language.code(use.use), words(use.status), use.provision.map { Inert.text($0.text) } ?? "",
                [source(use.provision), ground(use.zones, use.share)].filter { !$0.isEmpty }.joined(separator: "\n"))
        }
        flow.table(language("کاربری‌ها", "Uses"), table)
        let unlisted = Set(answer.uses.filter { $0.status == .unlisted }.map(\.use)).sorted()
        if !unlisted.isEmpty {
            flow.paragraph(
                language("این‌جا از این کاربری‌ها نام برده نشده: ", "Uses that are not named here: ")
                    + unlisted.map(language.code).joined(separator: comma))
        }
    }

    func writeGround(to flow: inout PaperFlow) {
        if paper.isFull { writeGround(answer.zones, language("پهنه‌ها و سهم آن‌ها", "Zones and their shares"), to: &flow) }
        writeGround(answer.overlays, language("حریم‌ها و محدودیت‌ها", "Overlays"), to: &flow)
        if paper.isFull { writeGround(answer.pending, language("کشیده‌شده، ولی نافذ نیست", "Drawn here, not in force"), to: &flow) }
        // Where nothing was checked, that nothing was found says nothing.
        if answer.overlays.isEmpty, answer.coverage.contains(where: { $0.status == .hit || $0.status == .clear }) {
            flow.paragraph(
                language(
                    "در لایه‌های بررسی‌شده حریم یا محدودیتی در این جا نیست.", "The layers that were checked have no overlay at this place."))
        }
    }

    private func writeGround(_ rows: [Answer.GroundRow], _ title: String, to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("لایه", "Layer"), 14), (language("کد و نام", "Code and name"), 30), (language("طرح", "Plan"), 10),
            (language("مساحت", "Area"), 16), (language("سهم", "Share"), 10), (language("عمق (متر)", "Depth (m)"), 10),
            (language("اطمینان", "Certainty"), 12))
        add(rows, of: \.parcel, to: &table) { row, table in
            let code = row.code.map(language.code)
            let name = [code, row.name == row.code ? nil : row.name.map(Inert.text)].compactMap { $0 }.joined(separator: " ")
            let size =
                row.area.map { language.number($0) + language(" متر مربع", " m²") }
                ?? row.length.map { language.number($0) + language(" متر", " m") } ?? ""
            let isNear = row.relation == .near
            table.add(
                Inert.text(row.kind ?? row.layer), name, row.plan.map(language.code) ?? "", size, row.share.map(percent) ?? "",
                row.depth.map(language.number) ?? "",
                words(row.verdict) + (isNear ? language("، نزدیک", ", near") : ""))
        }
        flow.table(title, table)
    }

    func writeOverruled(to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("ضابطه", "Rule"), 26), (language("مقدار", "Value"), 22), (language("بند و طرح", "Clause and plan"), 28),
            (language("چرا کنار رفت", "Why it lost"), 24))
        add(answer.findings.filter { !$0.overruled.isEmpty }, of: \.parcel, to: &table) { finding, table in
            for loser in finding.overruled {
                table.add(
                    label(finding.parameter), Inert.text(words(loser.relation) + amount(loser.value, loser.unit)), source(loser.provision),
                    words(loser.reason))
            }
        }
        flow.table(language("آنچه کنار رفت", "Overruled"), table)
    }

    func writeCoverage(to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("لایه", "Layer"), 18), (language("بررسی", "Check"), 20), (language("روز داده", "Data of"), 20),
            (language("دقت (متر)", "Accuracy (m)"), 10), (language("عارضه‌های کنارگذاشته در نزدیکی", "Features kept out near here"), 32))
        for row in answer.coverage {
            let kept = row.quarantined.map {
                Inert.text($0.id) + ": " + Inert.text($0.reason) + " (" + language.number($0.distance) + language(" متر)", " m)")
            }
            table.add(
                Inert.text(row.layer), words(row.status) + (row.stale == true ? language("، کهنه", ", stale") : ""),
                row.dataDay.map(language.day) ?? "", row.accuracy.map(language.number) ?? language("نامعلوم", "unstated"),
                kept.joined(separator: "\n"))
        }
        if paper.isFull { flow.table(language("لایه‌های بررسی‌شده", "Layers consulted"), table) }
        let unchecked = answer.coverage.filter { $0.status == .outside || $0.status == .unstated || $0.status == .absent }
        if !unchecked.isEmpty {
            flow.paragraph(
                language(
                    "این‌ها بررسی نشد، و نبودشان در این گواهی دلیل نبودن نیست: ",
                    "Not checked; that they are not in this certificate proves nothing: ")
                    + unchecked.map { Inert.text($0.layer) + " (" + words($0.status) + ")" }.joined(separator: comma), isBold: true)
        }
    }

    func writeSources(to flow: inout PaperFlow) {
        var table = PaperTable(
            (language("طرح", "Plan"), 9), (language("عنوان", "Title"), 27), (language("مرجع و شماره", "Authority and number"), 24),
            (language("تصویب", "Approved"), 13), (language("ابلاغ", "Published"), 13), (language("وضع", "Status"), 14))
        for source in answer.sources {
            let plan = source.plan
            let number = plan.number.isEmpty ? "" : " " + language.code(plan.number)
            table.add(
                language.code(plan.id), Inert.text(plan.title), Inert.text(plan.authority) + number, plan.approved.map(language.day) ?? "",
                plan.published.map(language.day) ?? "", words(source.status))
        }
        flow.table(language("سندها", "Sources"), table)
        var events = PaperTable(
            (language("طرح و بند", "Plan and clause"), 18), (language("رویداد", "Event"), 18), (language("تصمیم", "Decided"), 14),
            (language("اثر از", "Effect from"), 14), (language("سند", "Document"), 22), (language("کجا", "Where"), 14))
        for source in answer.sources {
            for event in source.events {
                let number = event.number.isEmpty ? "" : " " + language.code(event.number)
                events.add(
                    language.code(source.plan.id) + (event.clause.map { " " + language.code($0) } ?? ""), words(event.kind),
                    language.day(event.decided), event.kind == .annulFromAdoption ? "" : language.day(event.from),
                    Inert.text(event.document) + number,
                    event.sector == nil ? language("همه‌جا", "everywhere") : language("در یک محدوده", "in a sector"))
            }
        }
        flow.table(language("رویدادهای حقوقی", "Legal events"), events)
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
        if let address = paper.verification { table.add(language("نشانی سنجش", "To verify"), language.code(address)) }
        flow.table(language("گواهی و امضا", "Certificate and signature"), table)
        flow.paragraph(
            language(
                "خود پاسخ امضاشده با نام \(Isolates.leftToRight(CertificatePaper.attachment)) پیوست این پرونده است؛ سند همان است و این کاغذ رونوشت آن.",
                "The signed answer itself is attached to this file as \(CertificatePaper.attachment): it is the record, and this paper is its copy."
            ))
    }
}
