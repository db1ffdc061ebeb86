import Formats
package import Persian
package import Planning

/// What is asked: a place, the legal day, the revision of the data, and the facts that the asker adds.
package struct Question: Sendable {
    package enum Place: Hashable, Sendable {
        /// Easting or longitude first, whatever the CRS.
        case point(x: Double, y: Double, crs: String)
        case parcel(String)
        case address(String)
    }

    /// Its code and address folded as stored text is, so that one question has one form from every interface.
    package let place: Place
    package let on: Day
    package let given: [String: Fact.Value]

    package init(place: Place, on: Day, given: [String: Fact.Value] = [:]) {
        self.place =
            switch place {
            case .point: place
            case .parcel(let code): .parcel(Folding.code(code))
            case .address(let text): .address(Folding.stored(text))
            }
        self.on = on
        self.given = given
    }
}
