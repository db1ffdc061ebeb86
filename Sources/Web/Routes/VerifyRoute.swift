import Documents
import Formats
import Persian
import Service
import Store

extension Site {
    static let verify = Route(
        "/verify", "سنجش گواهی از روی برگه‌اش",
        "checks a certificate by what stands on its paper: its digest with its number or, where it has none, with its question",
        [
            Parameter("digest", .text, "چکیدهٔ پاسخ، ۶۴ رقم شانزده‌شانزدهی", "the answer's digest, 64 hexadecimal digits"),
            Parameter("number", .whole(1...999_999_999, usual: nil), "شمارهٔ گواهی", "the certificate's number"),
        ] + placed + asked,
        forms: [.json, .html]
    ) { visit throws(Problem) in
        guard let digest = visit["digest"] else {
            guard visit.form == .html else {
                throw Problem(
                    400, "missing", "digest لازم است؛ یا پاسخ امضاشده با POST", "digest is needed, or the signed answer itself by POST")
            }
            return .now(visit.page(Page.verifying(visit)))
        }
        let hex = Digits.latin(digest).filter { !$0.isWhitespace }.lowercased()
        guard Digest(hex: hex) != nil else { throw .badValue("digest", digest, "۶۴ رقم شانزده‌شانزدهی", "64 hexadecimal digits") }
        let number = try visit.whole("number")
        // A number says it all: what was asked stands in the log.
        let asked = try number == nil ? visit.askedOnPaper() : nil
        return visit.verified { (desk, today) throws(ServiceError) in
            if let (place, revision) = asked {
                return try desk.verification(
                    of: place.question(in: try desk.town(place.known)), revision: revision, digest: hex, today: today)
            }
            return try desk.verification(number: number ?? 0, digest: hex, today: today)
        }
    }

    static let verifyAnswer = Route(
        "/verify", "سنجش یک پاسخ امضاشده", "checks a signed answer, or the PDF that it is attached to", method: .post,
        takes: [
            "application/json", "application/pdf", "multipart/form-data", "application/x-www-form-urlencoded",
        ], forms: [.json, .html]
    ) { visit throws(Problem) in
        let stored = try visit.storedAnswer()
        return visit.verified { (desk, today) throws(ServiceError) in try desk.verification(of: stored, today: today) }
    }
}

extension Visit {
    /// The reply of a verification, made beside the pool: it reads the city's file, and may open a revision that is not open yet.
    fileprivate func verified(_ verify: @escaping @Sendable (Desk, _ today: Day) throws(ServiceError) -> Verification) -> Reply {
        .later { [self] in
            answering { () throws(Problem) in
                let verification = try Problem.serving { () throws(ServiceError) in try verify(site.desk, site.today) }
                var response =
                    form == .html
                    ? page(try Page.verdict(verification, self)) : Response(type: form.type, verification.json.canonical() + [10])
                // What is verified today may be withdrawn tomorrow.
                response.fields.removeAll { $0.name == "Cache-Control" }
                response.fields.append(("Cache-Control", "no-store"))
                return response
            }
        }
    }

    /// What was asked, as a paper without a number has it.
    fileprivate func askedOnPaper() throws(Problem) -> (PlaceAsked, revision: Int) {
        let hasPlace = PlaceAsked.ways.joined().contains { self[$0] != nil }
        guard hasPlace, self["on"] != nil, case .revision(let revision) = try known() else {
            throw Problem(
                400, "missing", "شمارهٔ گواهی (number) لازم است؛ اگر شماره ندارد، جای پرسیده، on و known (شمارهٔ نسخه) از روی برگه",
                "the certificate's number is needed or, where it has none, the place, on and known (a revision's number), as they stand on the paper"
            )
        }
        return (try PlaceAsked(self), revision)
    }

    /// The signed answer that was sent: as the body, as a form's file, or as a form's text, to which the newline that pasting loses is given back.
    fileprivate func storedAnswer() throws(Problem) -> StoredAnswer {
        var bytes = request.body
        if let form = request.form {
            if let file = form.first(where: { $0.name == "file" && !$0.bytes.isEmpty }) {
                bytes = file.bytes
            } else {
                let text = form.first { $0.name == "answer" }?.bytes ?? []
                let end = text.lastIndex { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
                bytes = text[...(end ?? -1)] + [10]
            }
        } else {
            try takesBody()
        }
        guard bytes.contains(where: { $0 > 0x20 }) else {
            throw Problem(400, "missing", "پاسخ امضاشده‌ای انتظار می‌رفت", "a signed answer was expected: its text, or its file")
        }
        if bytes.starts(with: Array("%PDF-".utf8)) {
            guard let attached = CertificatePaper.attached(to: bytes) else {
                throw Problem(
                    400, "no-answer", "این PDF پیوست \(CertificatePaper.attachment) ندارد، یا برنامهٔ دیگری بازنویسی‌اش کرده است",
                    "this PDF has no attachment \(CertificatePaper.attachment), or another program wrote it anew: take the attachment out and send it itself"
                )
            }
            bytes = attached
        }
        do throws(StoredAnswer.Unfit) {
            return try StoredAnswer(bytes)
        } catch {
            switch error {
            case .notJSON(let fault): throw Problem(400, "no-answer", fault.message(in: .fa), "\(fault)")
            case .notAnAnswer:
                throw Problem(
                    400, "no-answer", "پاسخ شهرساز نیست: question و certificate ندارد", "no answer: it lacks question or certificate")
            }
        }
    }
}
