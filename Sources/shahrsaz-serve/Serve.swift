import Dispatch
import Documents
import Formats
import Glibc
import Service
import Store
import Web

/// The service as a process: what it was asked to be, its sockets, and the signals that end it.
enum Serve {
    static func run() -> Never {
        // A client that went away is an error of its own writing, and no reason to die.
        _ = signal(SIGPIPE, SIG_IGN)
        let order: Order
        do throws(Refusal) { order = try Order(Array(CommandLine.arguments.dropFirst())) } catch { end(error.text, 2) }
        var stopping = sigset_t()
        unsafe sigemptyset(&stopping)
        for number in [SIGTERM, SIGINT] { unsafe sigaddset(&stopping, number) }
        // Before any thread is made, so that all leave these signals to the one that waits for them.
        unsafe pthread_sigmask(SIG_BLOCK, &stopping, nil)
        let site: Site
        do throws(ServiceError) { site = try self.site(order) } catch {
            end(error.message(in: order.language), error.isTheMachines ? 3 : 2)
        }
        do throws(DocumentError) { try MapFont.check() } catch {
            // Maps alone want it; answers do not.
            say("shahrsaz-serve: \(order.language(error.persian, error.english))\n", to: STDERR_FILENO)
        }
        let server = HTTPServer(
            limits: order.limits, respond: { site.reply(to: $0) }, refuse: { site.refused($0, $1) }, overloaded: { site.overloaded($0) },
            completed: { site.completed($0, $1, $2, $3) })
        do throws(SocketFailure) {
            let (socket, place) = try order.listening.open()
            guard server.start(on: socket) else { end("the server could not start on \(place)", 3) }
            say("\(order.language("گوش به", "listening on")) \(place)\n")
        } catch {
            end("\(order.listening): \(error.reason)", 3)
        }
        watch(site)
        var number: Int32 = 0
        unsafe sigwait(&stopping, &number)
        server.stop(within: 10)
        exit(0)
    }

    private static func site(_ order: Order) throws(ServiceError) -> Site {
        let desk = try Desk(city: order.city) { reason in
            // Every page was sound when the atlas was opened: the disk is failing, and whoever started this starts it again.
            end(reason, 3)
        }
        var settings = Site.Settings()
        settings.publicAddress = order.publicAddress
        settings.log = order.log
        settings.showsDeliveries = order.showsDeliveries
        if let path = order.style { settings.style = style(path, order.language) }
        settings.signer = try order.key.map { (path) throws(ServiceError) in try Signer(of: path) }
        return Site(desk: desk, settings: settings) { Int64(time(nil)) }
    }

    /// The map's style sheet with what a file says; ends the program where that can't be read.
    private static func style(_ path: String, _ language: Language) -> MapStyleSheet {
        do throws(DocumentError) { return try MapStyleSheet(file: path) } catch {
            end("\(path): \(language(error.persian, error.english))", 2)
        }
    }

    /// Looks for a new revision four times a second.
    private static func watch(_ site: Site) {
        let queue = DispatchQueue(label: "revisions")
        @Sendable func look() {
            site.refresh()
            queue.asyncAfter(deadline: .now() + .milliseconds(250), execute: look)
        }
        queue.async(execute: look)
    }

    static func say(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    }

    static func end(_ reason: String, _ code: Int32) -> Never {
        say("shahrsaz-serve: \(reason)\n", to: STDERR_FILENO)
        exit(code)
    }
}

extension ServiceError {
    /// Whether the machine failed, and not the request.
    fileprivate var isTheMachines: Bool {
        switch self {
        case .store(.locked), .store(.full), .store(.io), .store(.corrupt), .spatial, .corrupt, .areasDisagree: true
        default: false
        }
    }
}
