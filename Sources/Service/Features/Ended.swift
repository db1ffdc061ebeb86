import Spatial
import Store

/// A parcel's code that is no more.
package struct EndedParcel: Sendable {
    package let code: String
    /// The revision that first did without it.
    package let until: Int
    /// The parcels that stand on its ground now, sorted.
    package let successors: [String]
}

extension Desk {
    /// What became of a code that an earlier revision had; nil where none had it. Reads the city's file.
    package func ended(_ code: String, now town: Town) throws(ServiceError) -> EndedParcel? {
        let file = try file()
        guard let ended = try storing({ () throws(StoreError) in try file.endedParcel(code, by: town.revision) }) else { return nil }
        var successors: Set<String> = []
        if case .area(let area)? = try storing({ () throws(StoreError) in try ended.parcel.geometry() }), let box = area.box {
            for other in town.ground.candidates(.parcels, in: box) {
                guard let ground = other.area, let code = other.code, sharedArea(area, ground).area > 0 else { continue }
                successors.insert(code)
            }
        }
        return EndedParcel(code: code, until: ended.until, successors: successors.sorted())
    }
}
