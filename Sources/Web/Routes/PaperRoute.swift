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
        do {
            let paper = CertificatePaper(
                answer: answer, signed: try StoredAnswer(answer.bytes), town: open.town, city: city,
                language: language, publicAddress: site.settings.publicAddress, isFull: form == .report, style: site.settings.style)
            var response = Response(type: form.type, try paper.bytes())
            let digest = paper.signed.statedDigest ?? ""
            response.fields.append(
                ("Content-Disposition", "inline; filename=\"\(form == .report ? "report" : "certificate")-\(digest.prefix(12)).pdf\""))
            return response
        } catch let error as DocumentError {
            throw Problem(500, "machine", error.persian, error.english)
        } catch {
            throw Problem(500, "machine", "پاسخ امضاشده خوانده نشد", "the signed answer could not be read")
        }
    }
}
