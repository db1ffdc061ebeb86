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

extension Question.Place {
    /// As the service's parameters name it.
    package var query: [(name: String, value: String)] {
        switch self {
        case .point(let x, let y, let crs): [("x", "\(x)"), ("y", "\(y)"), ("crs", crs)]
        case .parcel(let code): [("parcel", code)]
        case .address(let text): [("address", text)]
        }
    }
}

extension Question {
    /// As the service's parameters ask it of a revision.
    package func query(known: Int) -> [(name: String, value: String)] {
        let facts = given.sorted { $0.key < $1.key }.map { (name: "fact", value: $0.key + "=" + $0.value.text) }
        return place.query + [("on", on.iso), ("known", "\(known)")] + facts
    }
}
