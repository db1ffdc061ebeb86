import BigCity
import Spatial

guard let order = Order(CommandLine.arguments.dropFirst()) else {
    stop(Order.usage, code: 2)
}
do {
    let city = BigCity.make(parcels: order.parcels, twin: order.twin, seed: order.seed)
    try Delivery(city: city, folder: order.folder).write()
    print(
        "\(order.folder)/manifest.json: \(city.parcels.count) parcels, \(city.streets.count) streets, \(city.zones.count) zones, \(city.overlays.count) overlays"
    )
} catch {
    stop("make-big-city: \(error)", code: 3)
}
