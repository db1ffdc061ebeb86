package import Documents
import Formats
import Glibc
import Persian
package import Service
import Synchronization

/// What a server serves: a city, under an address of its own.
package final class Site: Sendable {
    package struct Settings: Sendable {
        /// What links begin with, such as `https://plan.example.ir/city`; nil takes the request's Host.
        package var publicAddress: String?
        package var signer: Signer?
        package var style = MapStyleSheet.standard
        /// Whether waiting deliveries are shown, which nobody but the town's planners should see.
        package var showsDeliveries = false
        /// Requests that are logged.
        package var log = Log.problems

        package enum Log: String, Sendable, CaseIterable {
            case none, problems, all
        }

        package init() {}
    }

    package let desk: Desk
    package let settings: Settings
    let router: Router
    let tally = Tally()
    let differences = Remembered<Difference>()
    let bearings = Remembered<Bearing>()
    /// Tiles drawn of late, by their bytes.
    let assets = Assets()
    let pictures = Recent<String, [UInt8]>(most: 64 << 20)
    /// Seconds since 1970 at the start.
    let begun: Int64
    private let clock: @Sendable () -> Int64
    private let taken: Atomic<Int64>

    /// - Parameter clock: seconds since 1970, for the legal day that a question leaves open and for headers alone.
    package init(desk: Desk, settings: Settings, clock: @escaping @Sendable () -> Int64) {
        self.desk = desk
        self.settings = settings
        self.clock = clock
        begun = clock()
        taken = Atomic(begun)
        router = Router(Site.routes)
    }

    /// When the revision that is served was taken up, in seconds since 1970.
    var revisionSince: Int64 { taken.load(ordering: .relaxed) }

    /// Takes up a new revision where there is one. To be called from one thread, again and again.
    package func refresh() {
        do throws(ServiceError) {
            guard let revision = try desk.refresh() else { return }
            taken.store(now, ordering: .relaxed)
            Journal.write(["time": JSON(Int(now)), "event": "revision", "revision": JSON(revision)])
        } catch {
            // What is served stays what it was; the next look may go better.
            Journal.write(["time": JSON(Int(now)), "event": "revision-failed", "reason": .string(error.message(in: .en))])
        }
    }

    package var now: Int64 { clock() }

    var today: Day { Day.today(inTehranAt: now) }

    package func reply(to request: Request) -> Reply {
        let takesGzip = Accepting.takesGzip(request.field("accept-encoding"))
        switch router.reply(to: request, at: self) {
        case .now(let response): return .now(finished(response, request, takesGzip))
        case .later(let work): return .later { [self] in finished(work(), request, takesGzip) }
        }
    }

    package func refused(_ refusal: Gate.Refusal, _ fields: [HeaderField]) -> Response {
        opened(Problem(refusal).response(Router.language([], fields)))
    }

    package func overloaded(_ request: Request) -> Response {
        opened(Problem.overloaded.response(Router.language(request.query, request.fields)))
    }

    package func completed(_ request: Request?, _ response: Response, _ nanoseconds: Int, _ isSent: Bool) {
        tally.count(response.status, nanoseconds)
        guard settings.log == .all || (settings.log == .problems && response.status >= 500) else { return }
        // Neither path nor query nor address: who asked for what is nobody's business.
        let line: JSON = [
            "time": JSON(Int(now)), "method": JSON(request?.method?.rawValue), "route": JSON(request.flatMap { router.template(of: $0) }),
            "status": JSON(response.status), "microseconds": JSON(nanoseconds / 1000), "sent": JSON(isSent),
        ]
        Journal.write(line)
    }

    /// What links begin with, for a request.
    func base(_ request: Request) -> String {
        if let address = settings.publicAddress { return address }
        return "http://" + (request.field("host") ?? "localhost")
    }

    /// A page loads nothing from elsewhere, runs no script but ours, and stands in no other page.
    private static let policy =
        "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// Readable from other sites' pages; not to be guessed at by browsers.
    private func opened(_ response: Response) -> Response {
        var response = response
        response.fields += [
            ("Access-Control-Allow-Origin", "*"), ("X-Content-Type-Options", "nosniff"),
        ]
        return response
    }

    private func finished(_ response: Response, _ request: Request, _ takesGzip: Bool) -> Response {
        var response = opened(takesGzip ? Gzip.applied(to: response) : response)
        response.fields.append(("Vary", "Accept, Accept-Encoding, Accept-Language"))
        if response.fields.contains(where: { $0.name == "Content-Type" && $0.value == Form.html.type }) {
            response.fields.append(("Content-Security-Policy", Self.policy))
        }
        if let tag = response.fields.first(where: { $0.name == "ETag" })?.value, response.status == 200,
            let known = request.field("if-none-match"), Validators.hold(known, tag)
        {
            response.status = 304
            response.body = .bytes([])
            response.fields.removeAll { $0.name == "Content-Type" || $0.name == "Content-Encoding" }
        }
        return response
    }
}

/// Entity tags (RFC 9110 section 8.8.3).
enum Validators {
    /// Whether a list of tags, or `*`, holds one; compared weakly, as `If-None-Match` wants.
    static func hold(_ list: String, _ tag: String) -> Bool {
        list == "*"
            || list.split(separator: ",").contains { item in
                let item = item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
                return (item.starts(with: "W/") ? String(item.dropFirst(2)) : String(item)) == tag
            }
    }
}

/// Lines of JSON on standard error, which whoever started the program keeps.
enum Journal {
    static func write(_ line: JSON) {
        let bytes = line.canonical() + [10]
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// What requests came to, in numbers.
final class Tally: Sendable {
    struct Counts: Sendable {
        /// By hundreds of the status.
        var statuses = [Int](repeating: 0, count: 6)
        /// By the powers of two of microseconds.
        var durations = [Int](repeating: 0, count: 32)
        var nanoseconds = 0
    }

    private let counts = Mutex(Counts())

    func count(_ status: Int, _ nanoseconds: Int) {
        let microseconds = max(1, nanoseconds / 1000)
        counts.withLock { counts in
            counts.statuses[min(max(status / 100, 0), 5)] += 1
            counts.durations[min(31, Int.bitWidth - microseconds.leadingZeroBitCount - 1)] += 1
            counts.nanoseconds += nanoseconds
        }
    }

    var all: Counts { counts.withLock { $0 } }
}
