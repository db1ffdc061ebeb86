package import Formats
import Persian
package import Planning

/// An answer as people read it, put into words: what a page or a sheet of paper lays out.
///
/// Everything in it is text of the answer's own values; nothing is worked out anew but the ground area that a share of coverage comes to.
package struct AnswerSheet: Sendable {
    /// A rule in the table of rules.
    package struct Rule: Sendable {
        package let name: String
        package let value: String
        /// The clause's own text; empty where nothing decides.
        package let text: String
        /// Where in the parcel it holds, and how much of the parcel that is.
        package let ground: String
        /// The clause, its plan and since when it binds; nil where nothing decides.
        package let citation: String?
        /// What lost against it, and why.
        package let overruled: [String]
        package let isOpen: Bool
    }

    package struct Group: Sendable {
        package let title: String
        package let rules: [Rule]
    }

    package struct Parcel: Sendable {
        package let code: String
        package let address: String?
        /// What each area is called, and what it comes to.
        package let areas: [(name: String, value: String)]
        /// Where it lies to the city's limit and to the point.
        package let place: [String]
    }

    package struct Share: Sendable {
        package let name: String
        /// Of the parcel, 0 to 1.
        package let part: Double
        package let value: String
    }

    /// The shares of a parcel in one layer of zones; the last may be ground without a zone.
    package struct Division: Sendable {
        package let layer: String
        package let shares: [Share]
    }

    package struct Uses: Sendable {
        package let title: String
        /// The ground is where in the parcel it is so.
        package let uses: [(name: String, text: String, citation: String?, ground: String)]
    }

    package struct Source: Sendable {
        package let name: String
        package let title: String
        package let details: [String]
    }

    /// What was asked about.
    package let place: String
    package let day: String
    /// The place's coordinates, each with the name of its system.
    package let coordinates: [(name: String, value: String)]
    package let parcels: [Parcel]
    package let divisions: [Division]
    /// What lies near the edge of something, in words.
    package let doubts: [String]
    package let groups: [Group]
    package let uses: [Uses]
    package let notes: [String]
    package let overlays: [String]
    package let pending: [String]
    /// Facts that rules hang on and nobody has given.
    package let asked: [(name: String, label: String)]
    /// The ground of the parcel on which may be built, or what must be known first; empty where no parcel was asked about.
    package let envelope: [String]
    /// What may be built floor by floor, with its arithmetic; nil where no parcel was asked about.
    package let building: Building?
    /// What no rule was found for.
    package let silent: [String]
    /// What was not checked here, in words.
    package let unchecked: [String]
    /// What was, with the day of the data.
    package let checked: [String]
    package let sources: [Source]
    package let revision: String
    package let root: String

    /// - Parameters:
    ///   - envelope: the properties of the buildable envelope's GeoJSON, where one parcel is asked about.
    ///   - buildable: what may be built on it.
    package init(
        _ answer: Answer, _ language: Language, catalogue: ParameterCatalogue, envelope: JSON? = nil, buildable: Buildable? = nil
    ) {
        self.init(AnswerWriter(answer: answer, language: language, catalogue: catalogue), envelope, buildable)
    }

    private init(_ writer: AnswerWriter, _ envelope: JSON?, _ buildable: Buildable?) {
        let (answer, language) = (writer.answer, writer.language)
        place = writer.placeAsked()
        day = language.bothDays(answer.question.on)
        coordinates = writer.coordinates()
        parcels = answer.parcels.map(writer.parcel)
        divisions = writer.divisions()
        doubts = writer.doubts()
        groups = writer.groups()
        uses = writer.usesByStatus()
        notes = writer.notes()
        overlays = answer.overlays.map(writer.overlay).unique
        pending = answer.pending.map(writer.overlay).unique
        asked = writer.asked(envelope, buildable)
        self.envelope = envelope.map(writer.envelope) ?? []
        building = buildable.map(writer.building)
        silent = answer.findings.filter { $0.status == .none }.map { writer.label($0.parameter) }.unique
        unchecked = writer.unchecked()
        checked = writer.checked()
        sources = answer.sources.map(writer.source)
        revision = language.number(answer.certificate.revision)
        root = String(answer.certificate.root.prefix(16))
    }
}

extension [String] {
    /// Each once, in the order in which they first came.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension AnswerWriter {
    fileprivate func envelope(_ properties: JSON) -> [String] {
        if let area = properties["area"]?.asNumber, let decimal = Decimal(parsing: "\(area)") {
            return [
                area > 0
                    ? language("زمین ساخت‌پذیر: ", "Buildable ground: ") + language.number(decimal) + language(" متر مربع", " m²")
                    : language(
                        "پس از عقب‌نشینی‌ها و ممنوعیت‌ها زمینی برای ساختن نمی‌ماند",
                        "After setbacks and prohibitions no ground is left to build on")
            ]
        }
        let needs = properties["needs"]?.asArray?.compactMap(\.asString) ?? []
        guard !needs.isEmpty else { return [language("ضوابط با هم تعارض دارند", "The rules contradict each other")] }
        return [
            language("برای کشیدن زمین ساخت‌پذیر باید دانست: ", "To draw the buildable ground this must be known: ")
                + needs.map(fact).joined(separator: comma)
        ]
    }

    fileprivate func placeAsked() -> String {
        switch answer.question.place {
        case .point:
            answer.parcels.first { $0.relation != .near }.map { language("قطعهٔ ", "Parcel ") + language.code($0.code) }
                ?? (answer.coverage.allSatisfy { $0.status == .outside || $0.status == .absent }
                    ? language("جایی بیرون از شهر", "A place outside the city")
                    : language("جایی بیرون از قطعه‌ها", "A place in no parcel"))
        case .parcel(let code): language("قطعهٔ ", "Parcel ") + language.code(code)
        case .address(let text): text
        }
    }

    fileprivate func coordinates() -> [(name: String, value: String)] {
        var rows: [(name: String, value: String)] = []
        if let lon = answer.location.lon, let lat = answer.location.lat {
            rows.append((language("طول و عرض جغرافیایی", "Longitude, latitude"), language.code("\(lon), \(lat)")))
        }
        if let x = answer.location.x, let y = answer.location.y {
            rows.append((answer.location.crs, language.code("\(x), \(y)")))
        }
        return rows
    }

    fileprivate func parcel(_ row: Answer.ParcelRow) -> AnswerSheet.Parcel {
        func metres(_ area: Decimal?) -> String { area.map { language.number($0) + language(" متر مربع", " m²") } ?? "—" }
        var place = [words(row.limits)]
        if let relation = row.relation, let distance = row.distance {
            let millimetres = Decimal(millionths: abs(distance.millionths))
            place.append(
                words(relation) + language("، تا مرز ", ", to the border ") + language.number(millimetres) + language(" متر", " m"))
        }
        return AnswerSheet.Parcel(
            code: row.code, address: row.address,
            areas: [
                (language("مساحت سند", "By the deed"), metres(row.deed)), (language("مساحت روی شبکه", "On the grid"), metres(row.grid)),
                (language("مساحت روی زمین", "On the ground"), metres(row.ground)),
            ] + (row.effective.map { [(language("مساحت ملاک عمل", "That counts"), metres($0))] } ?? []),
            place: place)
    }

    fileprivate func divisions() -> [AnswerSheet.Division] {
        guard answer.parcels.count(where: { $0.relation != .near }) == 1 else { return [] }
        var layers: [String] = []
        for row in answer.zones where !layers.contains(row.layer) && row.parcel != nil { layers.append(row.layer) }
        return layers.map { layer in
            let rows = answer.zones.filter { $0.layer == layer && $0.parcel != nil }
            var shares = rows.compactMap { row -> AnswerSheet.Share? in
                guard let share = row.share else { return nil }
                let name = name(row)
                return AnswerSheet.Share(name: name, part: share.double, value: language.percent(share))
            }
            // What lies in no zone of the layer is said too, so that the shares are a whole.
            let rest = 1_000_000 - rows.reduce(0) { $0 + ($1.share?.millionths ?? 0) }
            if rest > Int64(rows.count) {
                let gap = Decimal(millionths: rest)
                shares.append(.init(name: language("بی‌پهنه", "in no zone"), part: gap.double, value: language.percent(gap)))
            }
            return AnswerSheet.Division(layer: layer, shares: shares)
        }
    }

    fileprivate func doubts() -> [String] {
        var doubts: [String] = []
        for row in answer.parcels where row.verdict == .sensitive {
            doubts.append(
                language("این نقطه نزدیک مرز قطعهٔ ", "The point lies near the border of parcel ") + language.code(row.code)
                    + language(" است؛ با دقت نقشه روشن نیست کدام سو است", "; at the map's accuracy it may be on either side"))
        }
        for row in answer.zones + answer.overlays where row.verdict == .sensitive || row.verdict == .marginal {
            let name = name(row)
            doubts.append(
                language("مرز «", "The edge of “") + name
                    + language(
                        "» نزدیک است؛ با دقت نقشه روشن نیست این‌جا درون آن است",
                        "” is near; at the map's accuracy this may or may not be in it"))
        }
        return doubts.unique
    }

    /// The rules that have an outcome, by what they are about, in the order of the catalogue.
    fileprivate func groups() -> [AnswerSheet.Group] {
        let rules = answer.findings.filter { $0.status != .none && $0.parameter != Parameter.use && $0.relation != .note }
        return RuleGroup.allCases.compactMap { group in
            let own = rules.filter { RuleGroup(parameter: $0.parameter) == group }
            return own.isEmpty ? nil : AnswerSheet.Group(title: words(group), rules: own.map(rule))
        }
    }

    /// Whether rules of several parcels stand beside each other: on a border.
    var isOfSeveral: Bool { Set(answer.findings.map(\.parcel)).count > 1 }

    private func rule(_ finding: Finding) -> AnswerSheet.Rule {
        let open = finding.open.map { words($0.relation) + amount($0.value, $0.unit) + " (" + cite($0.provision) + ")" }
        return AnswerSheet.Rule(
            name: label(finding.parameter), value: value(finding),
            text: finding.provision?.text ?? finding.open.map(\.provision.text).unique.joined(separator: " "),
            ground: ground(finding.parcel, finding.zones, finding.share),
            citation: finding.provision.map(cite) ?? (open.isEmpty ? nil : open.joined(separator: comma)),
            overruled: overruled(finding), isOpen: finding.status != .decided)
    }

    fileprivate func usesByStatus() -> [AnswerSheet.Uses] {
        [UseFinding.Status.permitted, .conditional, .prohibited, .unlisted].compactMap { status in
            let own = answer.uses.filter { $0.status == status }
            guard !own.isEmpty else { return nil }
            return AnswerSheet.Uses(
                title: words(status),
                uses: own.map {
                    (self.use($0.use), $0.provision?.text ?? "", $0.provision.map(cite), ground($0.parcel, $0.zones, $0.share))
                })
        }
    }

    fileprivate func overlay(_ row: Answer.GroundRow) -> String {
        let name = [language.code(row.kind ?? row.layer), name(row)].filter { !$0.isEmpty }.joined(separator: " · ")
        return [name, extent(row), row.share.map(language.percent)].compactMap(\.self).joined(separator: comma)
    }

    /// The plans' notes; one that hangs on a fact says on which.
    func notes() -> [String] {
        answer.findings.filter { $0.relation == .note }.flatMap { note in
            (note.provision.map { [language.name($0.text) + " (" + cite($0) + ")"] } ?? [])
                + note.open.map { open in
                    let needs =
                        open.needs.isEmpty ? "" : language("؛ بسته به ", "; depends on ") + open.needs.map(fact).joined(separator: comma)
                    return language.name(open.provision.text) + " (" + cite(open.provision) + needs + ")"
                }
        }.unique
    }

    var comma: String { language("، ", ", ") }

    /// What the asker may say of a parcel, for its rules or for its buildable ground: not what is measured, nor what an overlay's layer would have to say. A note may hang on a fact
    /// too: it is asked for only where a rule does.
    fileprivate func asked(_ envelope: JSON?, _ buildable: Buildable?) -> [(name: String, label: String)] {
        guard answer.parcels.contains(where: { $0.relation != .near }) else { return [] }
        let open = answer.findings.filter { $0.status == .needs && $0.relation != .note }
        let forEnvelope = envelope?["needs"]?.asArray?.compactMap(\.asString) ?? []
        return (open.flatMap(\.needs) + forEnvelope + (buildable?.needs ?? [])).unique.filter {
            $0 != "area.grid" && !$0.hasPrefix("overlay:")
        }.map { ($0, fact($0)) }
    }

    fileprivate func unchecked() -> [String] {
        var rows: [String] = []
        for row in answer.coverage {
            switch row.status {
            case .hit, .clear: break
            case .absent:
                rows.append(
                    language("ضوابط از «", "The rules speak of “") + language.code(row.layer)
                        + language("» سخن می‌گویند، ولی شهرداری نقشهٔ آن را نداده است", "”, but the municipality has given no map of it"))
            case .outside:
                rows.append(
                    language("نقشهٔ «", "The map of “") + language.code(row.layer)
                        + language("» به این‌جا نمی‌رسد", "” does not reach this place"))
            case .unstated:
                rows.append(
                    language("کسی نگفته است نقشهٔ «", "Nobody has said what the map of “") + language.code(row.layer)
                        + language("» کجا را می‌پوشاند", "” covers"))
            }
            for kept in row.quarantined {
                rows.append(
                    language("عارضه‌ای از «", "A feature of “") + language.code(row.layer) + language("» در ", "”, ")
                        + language.number(kept.distance)
                        + language(" متری کنار گذاشته شده است: ", " m away, was kept out: ") + language.name(kept.id)
                        + " — " + language.name(kept.reason))
            }
            if row.stale == true {
                rows.append(language("دادهٔ «", "The data of “") + language.code(row.layer) + language("» کهنه است", "” are stale"))
            }
        }
        return rows
    }

    fileprivate func checked() -> [String] {
        answer.coverage.filter { $0.status == .hit || $0.status == .clear }.map { row in
            var text = language.code(row.layer) + ": " + words(row.status)
            if let day = row.dataDay { text += language("، دادهٔ ", ", data of ") + language.day(day) }
            if let accuracy = row.accuracy {
                text += language("، دقت ", ", accuracy ") + language.number(accuracy) + language(" متر", " m")
            }
            return text
        }
    }

    fileprivate func source(_ source: Answer.Source) -> AnswerSheet.Source {
        let plan = source.plan
        var details: [String] = []
        if !plan.authority.isEmpty { details.append(language.name(plan.authority)) }
        if !plan.number.isEmpty { details.append(language("شمارهٔ ", "number ") + language.code(plan.number)) }
        for (day, name) in [
            (plan.approved, language("تصویب ", "approved ")), (plan.published, language("ابلاغ ", "published ")),
            (plan.from, language("اجرا از ", "in force from ")), (plan.until, language("تا ", "until ")),
        ] { if let day { details.append(name + language.day(day)) } }
        details.append(words(source.status))
        details += source.events.map { event in
            words(event.kind) + (event.clause.map { language(" بند ", " clause ") + language.code($0) } ?? "")
                + language("، تصمیم ", ", decided ")
                + language.day(event.decided) + (event.document.isEmpty ? "" : comma + language.name(event.document))
        }
        return AnswerSheet.Source(name: plan.id, title: plan.title, details: details)
    }
}
