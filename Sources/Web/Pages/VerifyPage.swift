import Formats
import Persian
import Planning
import Service
import Store

extension Page {
    /// The page on which a certificate is checked: by the code on its paper, by its number, or whole.
    static func verifying(_ visit: Visit) -> Page {
        let language = visit.language
        return Page(language, title: language("سنجش گواهی", "Verify a certificate"), of: visit) { page in
            page.paragraph(
                language(
                    "کد QR روی برگه به همین صفحه می‌رسد. بی آن، شماره و چکیده را از پایان برگه بنویسید، یا پروندهٔ PDF یا answer.json را بدهید.",
                    "The QR code on the paper leads here. Without it, type the number and the digest from the paper's end, or give the PDF or answer.json."
                ))
            page.element("form", ["class": "stacked", "action": "/verify", "method": "get"]) { page in
                page.heading(language("از روی برگه", "From the paper"))
                page.field("number", language("شمارهٔ گواهی", "Number"), kind: "text", most: 12)
                page.field("digest", language("چکیدهٔ پاسخ (۶۴ رقم)", "Digest (64 digits)"), kind: "text", most: 200)
                page.submit(language("بسنج", "Verify"))
            }
            page.element(
                "form",
                [
                    "class": "stacked", "action": "/verify?f=html&lang=\(language.rawValue)", "method": "post",
                    "enctype": "multipart/form-data",
                ]
            ) { page in
                page.heading(language("از روی پرونده", "From a file"))
                page.field("file", language("PDF یا answer.json", "PDF or answer.json"), kind: "file", most: nil)
                page.element("p") { page in
                    page.element("label", ["for": "answer"], language("یا متن answer.json", "or the text of answer.json"))
                    page.element("textarea", ["id": "answer", "name": "answer", "rows": "4", "dir": "ltr", "spellcheck": "false"], "")
                }
                page.submit(language("بسنج", "Verify"))
            }
        }
    }

    private mutating func field(_ name: String, _ label: String, kind: String, most: Int?) {
        element("p") { page in
            page.element("label", ["for": name], label)
            if let most {
                page.void("input", ["type": kind, "id": name, "name": name, "dir": "ltr", "maxlength": "\(most)", "required": "required"])
            } else {
                page.void("input", ["type": kind, "id": name, "name": name])
            }
        }
    }

    private mutating func submit(_ label: String) {
        let language = language
        element("p") { page in
            page.void("input", ["type": "hidden", "name": "lang", "value": language.rawValue])
            page.element("button", ["type": "submit"], label)
        }
    }

    /// What a verification found: whether it holds, what it said, and where to see what has changed since.
    static func verdict(_ verification: Verification, _ visit: Visit) throws(Problem) -> Page {
        let language = visit.language
        let title =
            verification.holds
            ? language("گواهی برقرار است", "The certificate holds") : language("گواهی برقرار نیست", "The certificate does not hold")
        let open = visit.site.desk.newest
        return Page(language, title: title, of: visit) { page in
            page.element("section", ["class": verification.holds ? "verdict holds" : "verdict fails", "role": "status"]) { page in
                page.paragraph(
                    verification.fault.map { $0.message(in: language) }
                        ?? language(
                            "شهر این پاسخ را داده است. برگه رونوشت است: آنچه زیر این می‌آید پاسخ شهر است؛ برگه باید با آن بخواند.",
                            "The city gave this answer. The paper is a copy: what stands below is the city's answer, and the paper must agree with it."
                        ))
                page.write(verification, open)
            }
            if let answer = verification.answer {
                page.write(answer, since: verification.since, open, visit)
            } else if verification.holds {
                page.paragraph(
                    language(
                        "پاسخ اکنون دوباره به دست نمی‌آید: نسخهٔ داده یا برنامه دیگر آن نیست. پیوست answer.json همان است که امضا شد.",
                        "The answer does not come out the same any more: the revision or the program is another. The attachment, answer.json, is what was signed."
                    ))
            }
            page.element("p") { page in
                page.element("a", ["href": "/verify?f=html&lang=\(language.rawValue)"], language("سنجش گواهی دیگر", "Verify another"))
            }
        }
    }

    /// What the certificate is of.
    private mutating func write(_ verification: Verification, _ open: OpenTown) {
        let language = language
        var rows: [(name: String, value: String)] = []
        if let (question, revision) = verification.asked {
            rows.append((language("برای", "For"), language.place(question.place)))
            rows.append((language("ضوابط حاکم در روز", "Regulations that apply on"), language.bothDays(question.on)))
            rows.append((language("نسخهٔ داده", "Data revision"), language.number(revision)))
        }
        if let number = verification.number { rows.append((language("شماره", "Number"), language.number(number))) }
        if let issued = verification.issued {
            rows.append((language("صدور", "Issued"), language.bothDays(Day.today(inTehranAt: issued.seconds))))
        }
        if let key = verification.keyID { rows.append((language("کلید امضا", "Signing key"), language.code(key))) }
        if let digest = verification.digest { rows.append((language("چکیدهٔ پاسخ", "Digest"), language.code(digest))) }
        element("dl") { page in
            for row in rows {
                page.element("dt", row.name)
                page.element("dd", row.value)
            }
        }
    }

    /// What it said, and the way to what holds now.
    private mutating func write(_ answer: Answer, since: PlaceComparison?, _ open: OpenTown, _ visit: Visit) {
        let language = language
        heading(language("آنچه گفت", "What it said"))
        AnswerPage(AnswerSheet(answer, language, catalogue: open.town.law.catalogue), visit).writeLaw(to: &self)
        let then = answer.question.query(known: answer.known)
        let place = then.filter { $0.name != "on" && $0.name != "known" }
        let shown = [("f", "html"), ("lang", language.rawValue)]
        links([(language("پاسخ کامل، چنان که بود", "The whole answer, as it was"), "/answer?" + Percent.query(then + shown))])
        heading(language("از آن پس", "Since then"))
        guard let since else {
            paragraph(language("این جا دیگر نیست: قطعه یا نشانی برافتاده است.", "The place is no more: its parcel or address has ended."))
            return
        }
        list(
            ComparisonSheet(since, language, catalogue: open.town.law.catalogue).parts.map { $0.title + language(": ", ": ") + $0.verdict })
        let sides = [("from", "\(since.before.revision)"), ("on", since.before.day.iso), ("to", since.after.day.iso)]
        links([
            (language("آن روز و امروز کنار هم", "Then and now, side by side"), "/compare?" + Percent.query(place + sides + shown)),
            (language("پاسخ امروز", "Today's answer"), "/answer?" + Percent.query(place + shown)),
        ])
    }
}
