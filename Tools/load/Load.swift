import CEpoll
import Glibc

/// Asks and measures, on one thread: what it costs must leave the server the machine.
struct Load {
    private let order: Order
    private let requests: Requests
    private let lines: [Line]
    private let poll = cepoll_make()
    private var idle: [Int] = []
    private var next = 0
    private var begun = 0
    private(set) var outcome = Outcome()

    init(_ order: Order) throws(Order.Refusal) {
        self.order = order
        requests = try Requests(order)
        lines = (0..<order.connections).map { place in
            Line(to: order.place, from: order.sources.isEmpty ? nil : order.sources[place % order.sources.count])
        }
        idle = Array(lines.indices.reversed())
    }

    private var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    mutating func run() {
        begun = now
        let end = begun + Int(order.seconds * 1e9)
        let lost = Int(order.timeout * 1e9)
        var events = [cepoll_event](repeating: cepoll_event(), count: 256)
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        var swept = begun
        while true {
            let time = now
            if time < end { send(at: time, lost: lost) }
            // What is under way at the end has the time that every request has.
            if time >= end, idle.count == lines.count || time >= end + lost { break }
            if time - swept > 100_000_000 {
                sweep(time - lost)
                swept = time
            }
            let count = unsafe cepoll_wait(poll, &events, Int32(events.count), pause(until: end, at: time))
            for event in events.prefix(max(0, Int(count))) { hear(event, &buffer) }
        }
        outcome.seconds = Double(min(now, end) - begun) / 1e9
    }

    /// Nanoseconds to wait at most: until the next request is due, where there is a connection for it.
    private func pause(until end: Int, at time: Int) -> Int {
        guard let rate = order.rate, time < end, !idle.isEmpty else { return 20_000_000 }
        // Those of 50 µs are sent together.
        return min(20_000_000, max(50_000, begun + Int(Double(next) / rate * 1e9) - time))
    }

    /// Sends what is due.
    private mutating func send(at time: Int, lost: Int) {
        while let place = idle.last {
            var due = time
            if let rate = order.rate {
                due = begun + Int(Double(next) / rate * 1e9)
                guard due <= time else { return }
                if time - due > lost {
                    // It waited for a connection as long as a request may take.
                    next += 1
                    outcome.fail("not sent in time")
                    continue
                }
            }
            idle.removeLast()
            start(place, due: due)
        }
    }

    private mutating func start(_ place: Int, due: Int) {
        let line = lines[place]
        line.due = due
        line.unsent = requests.all[next % requests.all.count][...]
        next += 1
        outcome.sent += 1
        if line.descriptor < 0 {
            let bytes = line.unsent
            if let reason = line.open() { return fail(place, "connect: \(reason)") }
            line.unsent = bytes
            _ = cepoll_add(poll, line.descriptor, UInt64(place))
        }
        if !line.push() { fail(place, "closed while it was asked") }
    }

    private mutating func fail(_ place: Int, _ kind: String) {
        outcome.fail(kind)
        lines[place].due = nil
        lines[place].shut()
        idle.append(place)
    }

    private mutating func hear(_ event: cepoll_event, _ buffer: inout [UInt8]) {
        let place = Int(event.number)
        let line = lines[place]
        guard line.descriptor >= 0 else { return }
        if event.writes != 0, !line.unsent.isEmpty, !line.push() { return fail(place, "closed while it was asked") }
        guard event.reads != 0 else { return }
        while true {
            let count = unsafe recv(line.descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN { return }
            guard count > 0 else {
                let kind = count == 0 ? "closed without an answer" : unsafe String(cString: strerror(errno))
                guard line.due != nil else {
                    // An idle connection that the server has had enough of.
                    line.shut()
                    return
                }
                return fail(place, kind)
            }
            outcome.bytes += count
            switch unsafe buffer.withUnsafeBytes({ unsafe line.incoming.take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }) {
            case .going: if count < buffer.count { return }
            case .garbled: return fail(place, "garbled answer")
            case .ended(let status, let closes):
                guard let due = line.due else { return fail(place, "an answer to nothing") }
                let time = now
                outcome.take(status, time - due)
                line.due = nil
                if closes || !order.keepsAlive { line.shut() }
                if order.rate == nil, time < begun + Int(order.seconds * 1e9) { start(place, due: time) } else { idle.append(place) }
                return
            }
        }
    }

    /// Gives up what has been under way for too long.
    private mutating func sweep(_ oldest: Int) {
        for (place, line) in lines.enumerated() where line.due ?? .max < oldest { fail(place, "no answer in time") }
    }
}
