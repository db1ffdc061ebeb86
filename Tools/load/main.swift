import Formats
import Glibc

do throws(Order.Refusal) {
    let order = try Order(CommandLine.arguments.dropFirst())
    _ = signal(SIGPIPE, SIG_IGN)
    var load = try Load(order)
    load.run()
    print(
        order.isJSON
            ? String(decoding: load.outcome.json(asked: order.rate).canonical(), as: UTF8.self) : load.outcome.text(asked: order.rate),
        terminator: order.isJSON ? "\n" : "")
    exit(load.outcome.errors == 0 ? 0 : 1)
} catch {
    print("load: \(error.text)")
    exit(2)
}
