import Formats
import Persian
package import Planning

/// A place on two sides, put into words: what a page lays out beside each other.
package struct ComparisonSheet: Sendable {
    package enum Mark: String, Sendable {
        case same, changed, new, fell
    }

    /// A line of the table. What is not there on a side is a dash.
    package struct Row: Sendable {
        package let name: String
        package let before: String
        /// The clause that says so; empty where none does.
        package let beforeClause: String
        package let after: String
        package let afterClause: String
        /// Of how much of the parcel this holds; empty where of all.
        package let ground: String
        package let mark: Mark
    }

    package struct Group: Sendable {
        package let title: String
        package let rows: [Row]
    }

    package struct Part: Sendable {
        package let title: String
        /// Nil for ground without a parcel.
        package let parcel: String?
        /// How much differs, in a sentence.
        package let verdict: String
        package let groups: [Group]
        /// What it loses that nobody should lose unseen.
        package let losses: [String]
    }

    /// The side's day and revision.
    package let before: String
    package let after: String
    package let parts: [Part]

    package init(_ comparison: PlaceComparison, _ language: Language, catalogue: ParameterCatalogue) {
        let writer = ComparisonWriter(language: language, catalogue: catalogue)
        before = writer.seen(comparison.before)
        after = writer.seen(comparison.after)
        parts = comparison.parts.map(writer.part)
    }
}

extension Language {
    /// The sign and the word of a mark: never colour alone.
    package func words(_ mark: ComparisonSheet.Mark) -> String {
        switch mark {
        case .same: self("= همان", "= same")
        case .changed: self("~ دگرگون", "~ changed")
        case .new: self("+ تازه", "+ new")
        case .fell: self("− برافتاده", "− fell")
        }
    }
}

private struct ComparisonWriter: Wording {
    let language: Language
    let catalogue: ParameterCatalogue

    func seen(_ seen: PlaceComparison.Seen) -> String {
        language("روز ", "On ") + language.bothDays(seen.day)
            + language("، نسخهٔ \(language.number(seen.revision))", ", revision \(seen.revision)")
    }

    func part(_ part: PlaceComparison.Part) -> ComparisonSheet.Part {
        let rules = (part.findings.map { ($0, mark($0)) } + part.stays.map { ($0, ComparisonSheet.Mark.same) }).filter { rule in
            // Where no rule was found before nor after there is nothing to set beside each other.
            [rule.0.before, rule.0.after].contains { $0 != nil && $0?.status != Finding.Status.none }
        }
        var groups = [
            ComparisonSheet.Group(title: language("زمین، پهنه‌ها و حریم‌ها", "Ground, zones and overlays"), rows: ground(part))
        ]
        func isNote(_ change: FindingChange) -> Bool { (change.after ?? change.before)?.relation == .note }
        for group in RuleGroup.allCases {
            let own = rules.filter {
                $0.0.parameter != Parameter.use && !isNote($0.0) && RuleGroup(parameter: $0.0.parameter) == group
            }
            groups.append(.init(title: words(group), rows: rows(own)))
        }
        groups.append(.init(title: language("کاربری‌ها", "Uses"), rows: rows(rules.filter { $0.0.parameter == Parameter.use })))
        groups.append(
            .init(title: language("یادداشت‌ها", "Notes"), rows: rows(rules.filter { isNote($0.0) && $0.0.parameter != Parameter.use })))
        groups = groups.filter { !$0.rows.isEmpty }
        return ComparisonSheet.Part(
            title: part.parcel.map { language("قطعهٔ ", "Parcel ") + language.code($0) }
                ?? language("زمین بی‌قطعه", "Ground without a parcel"),
            parcel: part.parcel, verdict: verdict(part, groups.flatMap(\.rows).map(\.mark)), groups: groups,
            losses: part.losses.map(words))
    }

    private func verdict(_ part: PlaceComparison.Part, _ marks: [ComparisonSheet.Mark]) -> String {
        func count(_ mark: ComparisonSheet.Mark) -> Int { marks.count { $0 == mark } }
        switch part.kind {
        case nil: return language("هیچ چیزِ این‌جا دگرگون نیست.", "Nothing here differs.")
        case .appeared?: return language("این قطعه پیش از این نبود.", "This parcel did not stand before.")
        case .vanished?: return language("این قطعه دیگر نیست.", "This parcel is no more.")
        case .changed?:
            let (changed, new, fell) = (count(.changed), count(.new), count(.fell))
            return language(
                "\(language.number(changed)) سطر دگرگون، \(language.number(new)) تازه، \(language.number(fell)) برافتاده؛ "
                    + "\(language.number(count(.same))) همان که بود.",
                "\(changed) lines changed, \(new) new, \(fell) fell; \(count(.same)) as they were.")
        }
    }

    private func mark(_ change: FindingChange) -> ComparisonSheet.Mark {
        let (had, has) = (change.before, change.after)
        let (isSilentBefore, isSilentAfter) = (
            had == nil || had?.status == Finding.Status.none, has == nil || has?.status == Finding.Status.none
        )
        return isSilentBefore && !isSilentAfter ? .new : isSilentAfter && !isSilentBefore ? .fell : .changed
    }

    private func rows(_ rules: [(FindingChange, ComparisonSheet.Mark)]) -> [ComparisonSheet.Row] {
        rules.sorted { one, other in
            (one.0.parameter, one.0.use ?? "") < (other.0.parameter, other.0.use ?? "")
        }.map { change, mark in
            let isUse = change.parameter == Parameter.use
            return ComparisonSheet.Row(
                name: isUse ? use(change.use ?? "") : label(change.parameter), before: outcome(change.before, isUse: isUse),
                beforeClause: citation(change.before), after: outcome(change.after, isUse: isUse), afterClause: citation(change.after),
                ground: change.area == 0 || change.share.millionths >= 1_000_000
                    ? "" : metres(change.area) + " (" + language.percent(change.share) + ")",
                mark: mark)
        }
    }

    /// A use's own name is the row's; a note is its text.
    private func outcome(_ stated: Stated?, isUse: Bool) -> String {
        guard let stated else { return "—" }
        if stated.relation == .note {
            return stated.citations.map { Isolates.firstStrong($0.text) }.joined(separator: " ")
        }
        if isUse, stated.status == .decided { return words(stated.relation).trimmingSuffix }
        return said(stated)
    }

    private func citation(_ stated: Stated?) -> String {
        (stated?.citations ?? []).map(cite).joined(separator: language("؛ ", "; "))
    }

    private func metres(_ area: Int64) -> String { squareMetres(area) + language(" متر مربع", " m²") }

    /// The parcel's areas where they are not the same, then its zones and overlays that are not.
    private func ground(_ part: PlaceComparison.Part) -> [ComparisonSheet.Row] {
        var rows: [ComparisonSheet.Row] = []
        func add(_ name: String, _ before: String?, _ after: String?, clause: String = "", isSame: Bool = false) {
            rows.append(
                .init(
                    name: name, before: before ?? "—", beforeClause: before == nil ? "" : clause, after: after ?? "—",
                    afterClause: after == nil ? "" : clause, ground: "",
                    mark: isSame ? .same : before == nil ? .new : after == nil ? .fell : .changed))
        }
        func decimal(_ area: Decimal?) -> String? { area.map { language.number($0) + language(" متر مربع", " m²") } }
        if let old = part.before ?? part.after, let new = part.after ?? part.before {
            let (was, now) = (part.before == nil ? nil : old, part.after == nil ? nil : new)
            if part.reshaped || was?.grid != now?.grid {
                add(
                    part.reshaped && old.grid == new.grid
                        ? language("شکل قطعه", "The parcel's shape") : language("مساحت قطعه روی شبکه", "The parcel's area on the grid"),
                    decimal(was?.grid), decimal(now?.grid))
            }
            if was?.deed != now?.deed { add(language("مساحت سند", "Area by the deed"), decimal(was?.deed), decimal(now?.deed)) }
            if was?.effective != now?.effective {
                add(language("مساحت ملاک عمل", "Area that counts"), decimal(was?.effective), decimal(now?.effective))
            }
        }
        for change in part.ground {
            let name = change.name
            let what =
                (name.isZone ? language("پهنهٔ ", "Zone ") : language("حریم ", "Overlay "))
                + language.code([name.layer, name.code].compactMap(\.self).joined(separator: "/"))
            // A line or a point has no area, and a place without a parcel none either.
            func extent(_ area: Int64?) -> String? { area.map { $0 == 0 ? language("هست", "there") : metres($0) } }
            add(
                what, extent(change.before), extent(change.after),
                clause: name.plan.map { language("طرح ", "plan ") + language.code($0) } ?? "")
        }
        return rows
    }
}

extension String {
    /// Without the blank or colon that a word before a value ends in.
    fileprivate var trimmingSuffix: String {
        String(reversed().drop { $0 == " " || $0 == ":" }.reversed())
    }
}
