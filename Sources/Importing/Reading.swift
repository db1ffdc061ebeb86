import Spatial

/// One way to read the coordinates of a file: in a CRS, as they stand or with x and y swapped.
struct Reading: Hashable {
    let crs: String
    var isSwapped = false

    /// The ways worth trying on a file that does not fit its city: the city's own CRS, degrees, the neighbouring UTM zones,
    /// the same in ED50(ED77) where that datum was used, and what the request names. Each is tried with swapped axes too.
    static func suspects(for city: ImportRequest.City) -> [String] {
        SuspectCRS.codes(for: city.crs, and: city.suspects)
    }

    /// How a message says it: what to do so that the file is read this way.
    func advice(over found: String?) -> String {
        guard isSwapped else { return "read as \(crs) it would fit: give --crs \(crs)" }
        let also = crs == found ? "" : " and --crs \(crs)"
        return "with x and y swapped\(also.isEmpty ? "" : ", in \(crs),") it would fit: "
            + "export it again with the easting or longitude first\(also.isEmpty ? "" : ", and give --crs \(crs)")"
    }
}

/// The CRS that a file may be in when it does not lie where it should.
package enum SuspectCRS {
    /// The city's own, degrees, the neighbouring UTM zones, the same in ED50(ED77) where that datum was used, and more that the
    /// city names; each once, the likeliest first.
    package static func codes(for crs: String, and more: [String] = []) -> [String] {
        var codes = [crs, "EPSG:4326"]
        if let (base, zone) = utm(crs) {
            codes += [zone - 1, zone + 1].filter { 1...60 ~= $0 }.map { "EPSG:\(base + $0)" }
            codes += [zone, zone - 1, zone + 1].filter { 38...41 ~= $0 }.map { "EPSG:\(2020 + $0)" }
        }
        var seen: Set<String> = []
        return (codes + more).filter { seen.insert($0).inserted }
    }

    /// The family of codes and the zone of a CRS that is UTM in WGS 84 (north and south) or NAD 83.
    private static func utm(_ crs: String) -> (base: Int, zone: Int)? {
        guard crs.hasPrefix("EPSG:"), let code = Int(crs.dropFirst(5)) else { return nil }
        for base in [32600, 32700, 26900] where 1...60 ~= code - base { return (base, code - base) }
        return 2058...2061 ~= code ? (32600, code - 2020) : nil
    }
}
