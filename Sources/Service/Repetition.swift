import Spatial
import Store

extension CityFile {
    /// Parcels whose codes stand in another layer of parcels already: a fault each, and kept in quarantine, for a code names one
    /// parcel. What stands stays.
    func setApart(_ records: inout [Record], _ order: ImportOrder, in layer: String?) throws(ServiceError) -> [Fault] {
        guard order.role == .parcels else { return [] }
        let standing = try storing { () throws(StoreError) in try parcelCodes(besides: layer, plan: order.plan) }
        var faults: [Fault] = []
        for (position, record) in records.enumerated() {
            guard let code = record.code, let other = standing[code] else { continue }
            let reason = "the code \(code) stands already in the layer \(other)"
            faults.append(
                Fault(
                    row: position, line: record.line, code: "code.repeated", severity: .error,
                    message: "\(order.file), \(record.line): \(reason)",
                    place: record.geometry?.box.map { Point(x: $0.minX, y: $0.minY) }))
            if record.quarantine == nil { records[position].quarantine = reason }
        }
        if !faults.isEmpty, faults.count == records.count {
            faults.append(
                Fault(
                    row: nil, line: order.file, code: "code.repeated", severity: .error,
                    message: "\(order.file): every parcel in it stands already in another layer; --layer names the one to replace"))
        }
        return faults
    }
}
