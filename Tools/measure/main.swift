import Glibc

guard let order = Order(CommandLine.arguments.dropFirst()), !order.rows.isEmpty else {
    print("usage: measure ROW… [--quick] [--parcels N] [--twin clean|degenerate|dirty] [--socket FOLDER]")
    for row in Row.all { print("  \(padded(row.name, 10)) \(row.promise)") }
    exit(2)
}
let bench = Bench(order)
do {
    for row in Row.all where order.rows.contains(row.name) { try row.run(bench) }
} catch {
    print("measure: \(error)")
    exit(3)
}
