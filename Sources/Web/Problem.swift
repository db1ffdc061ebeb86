import CQL2
import Formats
import Service
import Store

/// Why a request got no answer, as RFC 9457 writes it: what was wrong, and what was expected, in two languages.
package struct Problem: Error, Sendable {
    package let status: Int
    /// The last word of `type`: what a program goes by.
    package let code: String
    let persian: String
    let english: String
    /// Members beside the standard's.
    var members: [String: JSON] = [:]
    var fields: [(name: String, value: String)] = []

    init(_ status: Int, _ code: String, _ persian: String, _ english: String) {
        self.status = status
        self.code = code
        self.persian = persian
        self.english = english
    }

    func response(_ language: Language) -> Response {
        var body = members
        body["type"] = .string("tag:shahrsaz,2026:\(code)")
        body["title"] = .string(title(language))
        body["status"] = .number(Double(status))
        body["detail"] = .string(language(persian, english))
        body["code"] = .string(code)
        return Response(
            status,
            fields: [
                ("Content-Type", "application/problem+json"), ("Content-Language", language.rawValue), ("Cache-Control", "no-store"),
            ] + fields,
            body: .bytes(JSON.object(body).canonical() + [10]))
    }

    func title(_ language: Language) -> String { language(titles.persian, titles.english) }

    private var titles: (persian: String, english: String) {
        switch status {
        case 400: ("درخواست نادرست", "Bad request")
        case 403: ("این‌جا نشان داده نمی‌شود", "Forbidden")
        case 404: ("نیست", "Not found")
        case 405: ("این روش در این‌جا نیست", "Method not allowed")
        case 406: ("این شکل در این‌جا نیست", "Not acceptable")
        case 409: ("با وضع کنونی نمی‌خواند", "Conflict")
        case 410: ("دیگر نیست", "Gone")
        case 413: ("بدنه بیش از اندازه بلند است", "Content too large")
        case 415: ("این شکلِ بدنه پذیرفته نیست", "Unsupported media type")
        case 417: ("این چشم‌داشت برآورده نمی‌شود", "Expectation failed")
        case 422: ("درخواست معنایی ندارد", "Unprocessable content")
        case 431: ("سرآیندها بیش از اندازه بلندند", "Request header fields too large")
        case 503: ("اکنون نمی‌شود", "Service unavailable")
        case 505: ("این نسخهٔ HTTP پشتیبانی نمی‌شود", "HTTP version not supported")
        default: ("خطای کارساز", "Server error")
        }
    }
}

extension Problem {
    /// The one place where the service's errors become statuses.
    init(_ error: ServiceError) {
        let (status, code) =
            switch error {
            case .badInput: (400, "bad-question")
            case .noSuchParcel: (404, "no-such-parcel")
            case .addressFits: (404, "no-such-address")
            case .store(.missing(let what)): (404, what.hasPrefix("delivery") ? "no-such-delivery" : "no-such-revision")
            case .store(.decided): (409, "decided")
            case .loses, .corrupt, .areasDisagree, .importer, .spatial: (500, "machine")
            case .store(.locked), .store(.full), .store(.io): (503, "city-out-of-reach")
            case .store: (500, "machine")
            }
        self.init(status, code, error.message(in: .fa), error.message(in: .en))
        if status == 503 { fields = [("Retry-After", "2")] }
    }

    /// What is wrong with a filter, and where.
    init(filter fault: ExpressionFault) {
        let place =
            switch fault.place {
            case .character(let character): ("نویسهٔ \(character)", "character \(character)")
            case .path(let path): (path, path)
            case .part(let part): ("«\(part)»", "«\(part)»")
            }
        self.init(400, "filter", "filter، \(place.0): \(fault.message)", "filter, \(place.1): \(fault.message)")
        members["parameter"] = "filter"
    }

    init(_ refusal: Gate.Refusal) {
        switch refusal {
        case .lines:
            self.init(
                400, "lines", "سطرهای درخواست باید با CR LF پایان یابند و تاشده یا دارای NUL نباشند",
                "lines that end in CR LF, without a NUL and not folded, were expected")
        case .version: self.init(505, "http-version", "HTTP/1.1 انتظار می‌رفت", "HTTP/1.1 was expected")
        case .target:
            self.init(
                400, "target", "نشانی درخواست باید با / آغاز شود و تنها نویسه‌های مجاز یا کدشده داشته باشد",
                "the request target must begin with / and hold only characters that are allowed there, others percent-encoded")
        case .encoding(let text):
            self.init(
                400, "encoding", "«\(text)»: کدگذاری درصدیِ UTF-8 درست، بی نویسهٔ مهار، انتظار می‌رفت",
                "«\(text)»: percent-encoded valid UTF-8 without control characters was expected")
        case .path(let text):
            self.init(
                400, "path", "«\(text)»: بخش‌های خالی، نقطه‌ای، یا دارای ممیزِ کدشده در مسیر پذیرفته نیست",
                "«\(text)»: no empty or dotted segment and no encoded slash or dot is taken in a path")
        case .fieldName: self.init(400, "field-name", "نام یک سرآیند نادرست است", "a header field's name is no token")
        case .fieldValue(let name):
            self.init(400, "field-value", "مقدار سرآیند \(name) نویسهٔ مهار دارد", "the value of \(name) holds a control character")
        case .host: self.init(400, "host", "درست یک سرآیند Host انتظار می‌رفت", "exactly one valid Host field was expected")
        case .length:
            self.init(400, "content-length", "یک Content-Length درست انتظار می‌رفت", "one Content-Length, digits alone, was expected")
        case .transferEncoding:
            self.init(400, "transfer-encoding", "تنها chunked، یک بار، پذیرفته است", "only chunked, once and in HTTP/1.1, is taken")
        case .lengthAndEncoding:
            self.init(
                400, "length-and-encoding", "Content-Length و Transfer-Encoding با هم نمی‌آیند",
                "Content-Length and Transfer-Encoding don't go together")
        case .bodyNotExpected: self.init(400, "body-not-expected", "این درخواست بدنه ندارد", "this method takes no body")
        case .bodyTooLong(let most):
            self.init(413, "body-too-long", "بدنه بیش از \(most) بایت است", "the body is over \(most) bytes")
        case .form:
            self.init(
                400, "form", "بدنه فرمی نیست که Content-Type می‌گوید، یا بریده یا بیش از ۶۴ فیلد است",
                "the body is no whole form of the kind that its Content-Type says, or has over 64 fields")
        case .expectation: self.init(417, "expectation", "تنها 100-continue پذیرفته است", "only 100-continue is taken")
        }
    }

    static let overloaded: Problem = {
        var problem = Problem(
            503, "busy", "کارساز بیش از توانش کار دارد؛ اندکی بعد دوباره بپرسید", "the server has more to do than it can; ask again shortly"
        )
        problem.fields = [("Retry-After", "1")]
        return problem
    }()
}
