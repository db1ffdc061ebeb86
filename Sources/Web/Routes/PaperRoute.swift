import Documents
import Formats
import Service
import Store

extension Form {
    static let pdf = Form(name: "pdf", type: "application/pdf")
    /// The same with everything in it.
    static let report = Form(name: "report", type: "application/pdf")

    /// Whether it is made of a signed answer, with work that keeps others waiting.
    var isPaper: Bool { self == .pdf || self == .report }
}

extension Visit {
    /// A signed answer on paper.
    func paper(of answer: Answer, in open: OpenTown) throws(Problem) -> Response {
        let city = try Problem.serving { () throws(ServiceError) in try site.desk.file().city.name }
        let buildable = try Problem.serving { () throws(ServiceError) in
            try form == .report
                ? open.asked(on: answer.question.on, given: answer.question.given) { (answerer) throws(ServiceError) in
                    try answerer.buildable(of: answer)
                } : nil
        }
        do {
            let paper = CertificatePaper(
                answer: answer, signed: try StoredAnswer(answer.bytes), town: open.town, city: city,
                language: language, publicAddress: site.settings.publicAddress, isFull: form == .report, buildable: buildable,
                style: site.settings.style)
            let bytes = try paper.bytes()
            var response = Response(type: form.type, bytes)
            let name = (form == .report ? "report-" : "certificate-") + (paper.signed.statedDigest ?? "").prefix(12)
            response.fields += [
                ("Content-Disposition", "inline; filename=\"\(name).pdf\""),
                // The public address and the map's style are in it too, so that nothing but the bytes says whether it is another.
                ("ETag", "\"\(Digest(of: bytes).hex.prefix(32))\""),
            ]
            return response
        } catch let error as DocumentError {
            throw Problem(500, "machine", error.persian, error.english)
        } catch {
            throw Problem(500, "machine", "پاسخ امضاشده خوانده نشد", "the signed answer could not be read")
        }
    }
}
