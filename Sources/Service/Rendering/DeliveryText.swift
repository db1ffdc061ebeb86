package import Formats
import Importing
import Persian
package import Spatial
package import Store

extension Delivery {
    package var json: JSON {
        .object([
            "number": JSON(number), "status": JSON(status.rawValue), "file": JSON(file), "role": JSON(role.rawValue),
            "layer": .init(layer), "plan": .init(plan), "features": JSON(features), "faults": JSON(faults),
            "revision": revision.map { JSON($0) } ?? .null,
        ])
    }

    /// The delivery with each of its faults and with what it was allowed.
    package func json(with faults: [Fault], allowed: [Allowance]) -> JSON {
        guard var object = json.asObject else { return json }
        object["list"] = .array(
            faults.map { fault in
                .object([
                    "line": JSON(fault.line), "code": JSON(fault.code), "severity": JSON(fault.severity.rawValue),
                    "message": JSON(fault.message),
                ])
            })
        object["allowed"] = allowed.json
        return .object(object)
    }
}

extension [Delivery] {
    package var json: JSON { .array(map(\.json)) }

    package func text(_ language: Language) -> String {
        guard !isEmpty else { return language("هنوز تحویلی نرسیده است\n", "nothing has been delivered yet\n") }
        var table = Table(
            language("شماره", "No."), language("وضع", "status"), language("پرونده", "file"), language("نقش", "role"),
            language("لایه", "layer"),
            language("طرح", "plan"), language("ردیف", "rows"), language("ایراد", "faults"), language("نسخه", "revision"),
            language("به نام", "by"))
        for delivery in self {
            table.add(
                language.number(delivery.number), delivery.status.words(language), language.code(delivery.file), delivery.role.rawValue,
                delivery.layer ?? "", delivery.plan.map(language.code) ?? "", language.number(delivery.features),
                language.number(delivery.faults), delivery.revision.map(language.number) ?? "", delivery.decision?.by ?? "")
        }
        return table.text()
    }
}

extension DeliveryStatus {
    func words(_ language: Language) -> String {
        switch self {
        case .staged: language("در انتظار", "staged")
        case .accepted: language("پذیرفته", "accepted")
        case .rejected: language("ردشده", "rejected")
        case .undone: language("بازگشته", "undone")
        }
    }
}

extension [Revision] {
    package var json: JSON { .array(map(\.json)) }

    package func text(_ language: Language) -> String {
        guard !isEmpty else { return language("هنوز نسخه‌ای پذیرفته نشده است\n", "no revision has been accepted yet\n") }
        var table = Table(
            language("نسخه", "No."), language("زمان", "at"), language("به نام", "by"), language("تحویل", "delivery"),
            language("چرا", "why"),
            language("اثر", "root"))
        for revision in self {
            table.add(
                language.number(revision.number), language.code(revision.decision.at.text), revision.decision.by,
                language.number(revision.delivery), revision.decision.reason ?? "", language.code(revision.root.hex))
        }
        return table.text()
    }
}

extension Revision {
    package var json: JSON {
        .object([
            "number": JSON(number), "at": JSON(decision.at.text), "by": JSON(decision.by), "osUser": JSON(decision.osUser),
            "reason": .init(decision.reason), "delivery": JSON(delivery), "parent": parent.map { JSON($0) } ?? .null,
            "root": JSON(root.hex),
        ])
    }
}

extension [Fault] {
    /// The faults, worst first; past a hundred only their number.
    package func text(_ language: Language, limit: Int = 100) -> String {
        let sorted = filter { $0.severity == .error } + filter { $0.severity == .warning }
        var text = ""
        for fault in sorted.prefix(limit) {
            text +=
                "  " + (fault.severity == .error ? language("ایراد ", "fault ") : language("هشدار ", "warning "))
                + language.name(ofFault: fault.code) + ": "
                + fault.message + "\n"
        }
        if sorted.count > limit {
            let rest = sorted.count - limit
            text += language(
                "  … و \(language.number(rest)) ایراد دیگر (همه در --faults)\n", "  … and \(rest) more (all of them by --faults)\n")
        }
        return text
    }

    /// The faults as CSV, places in metres of the city's CRS.
    package func csv(grid: Grid?) -> [UInt8] {
        var text = CSV.line(["line", "code", "severity", "message", "x", "y"])
        for fault in self {
            let place = fault.place.flatMap { grid?.metres($0) }
            text += CSV.line([
                fault.line, fault.code, fault.severity.rawValue, fault.message, place.map { "\($0.x)" } ?? "",
                place.map { "\($0.y)" } ?? "",
            ])
        }
        return [UInt8](text.utf8)
    }
}

extension Intake {
    /// What came in, what is wrong with it, and what accepting it would change.
    package func text(_ language: Language, file: String) -> String {
        var text =
            language("تحویل \(language.number(number)): ", "delivery \(number): ") + language.code(file) + " · " + language.number(rows)
            + language(" ردیف", " rows") + " · \(head.driver), \(head.encoding)" + (head.crs.map { ", \($0)" } ?? "") + "\n"
        text += language(
            "  تازه \(language.number(added)) · پایان‌یافته \(language.number(ended)) · بی‌تغییر \(language.number(kept)) · قرنطینه \(language.number(quarantined))\n",
            "  new \(added) · ended \(ended) · unchanged \(kept) · quarantined \(quarantined)\n")
        return text + faults.text(language, limit: 20)
    }

    package var json: JSON {
        .object([
            "number": JSON(number), "rows": JSON(rows), "quarantined": JSON(quarantined), "faults": JSON(faults.count),
            "added": JSON(added), "ended": JSON(ended), "kept": JSON(kept),
            "driver": JSON(head.driver), "encoding": JSON(head.encoding), "crs": .init(head.crs),
        ])
    }
}
