import Formats
package import Spatial
import Store

/// A layer of the city as others read it: all that stands in it, whatever plan drew it.
package struct PublishedLayer: Sendable {
    package let id: String
    package let role: Role
    package let layer: String
    /// What its features have beside their geometry, by name.
    package let properties: [Property]
    /// How many sound features it has.
    package let count: Int
    /// Around all of them; nil where none has a geometry.
    package let box: Box?
    /// The numbers of the features that have no geometry of their own, ascending.
    let placeless: [Int]
    /// Among the ground's slots.
    let slots: Set<Int>
    /// The numbers among which its features are, those kept out too.
    let numbers: Range<Int>

    /// A property's name and type. `code`, `plan` and the fields of files are texts as they came, letter for letter; what the program
    /// itself reads as numbers are numbers.
    package struct Property: Hashable, Sendable {
        package enum Kind: Sendable {
            case text, number, day
        }
        package let name: String
        package let kind: Kind
    }
}

extension Town {
    /// The layers that are published, by role and name. A layer's id is its name; where two roles have one of a name, the role stands
    /// before it. Reads every feature's fields once.
    package func publishedLayers(
        of roles: [Role] = [.parcels, .zones, .overlay, .streets, .addresses, .boundary]
    ) -> [PublishedLayer] {
        let layers = Set(ground.slots.map { [$0.role.rawValue, $0.layer] })
        var published: [PublishedLayer] = []
        for role in roles {
            let slots = Dictionary(grouping: ground.slots.indices.filter { ground.slots[$0].role == role }) { ground.slots[$0].layer }
            for (layer, own) in slots.sorted(by: { $0.key < $1.key }) {
                let id = layers.count { $0[1] == layer } > 1 ? "\(role.rawValue).\(layer)" : layer
                published.append(publishedLayer(id, role, layer, Set(own)))
            }
        }
        return published
    }

    private func publishedLayer(_ id: String, _ role: Role, _ layer: String, _ slots: Set<Int>) -> PublishedLayer {
        var (names, count): (Set<String>, Int) = (["code"], 0)
        var box: Box?
        var placeless: [Int] = []
        let numbers = ground.numbers(of: slots)
        for number in numbers where ground.stands(number, in: slots) {
            guard let feature = ground.feature(Int64(number)) else { continue }
            count += 1
            names.formUnion(feature.fields.keys)
            if let own = PublishedLayer.geometry(of: feature, in: ground)?.box { box = box?.united(with: own) ?? own }
            if feature.geometry == nil { placeless.append(number) }
        }
        if slots.contains(where: { ground.slots[$0].plan != nil }) { names.insert("plan") }
        if [.parcels, .zones, .overlay, .boundary].contains(role) { names.insert("area") }
        // Where the program keeps a point within a parcel is nobody's property.
        names.remove("interior")
        return PublishedLayer(
            id: id, role: role, layer: layer, properties: names.sorted().map { .init(name: $0, kind: PublishedLayer.kind(of: $0)) },
            count: count, box: box, placeless: placeless, slots: slots, numbers: numbers)
    }
}

extension PublishedLayer {
    /// Where a feature is published: its own geometry, and for an address that has none a point within the parcel that it names.
    static func geometry(of feature: Feature, in ground: Ground) -> Geometry? {
        if let own = feature.geometry { return own }
        guard ground.slot(of: feature).role == .addresses, let parcel = feature.text("parcel").flatMap({ ground.parcelIfAny($0) }) else {
            return nil
        }
        return ground.storedInterior(of: parcel).map { .point($0) }
    }

    fileprivate static func kind(of name: String) -> Property.Kind {
        switch name {
        case "area", "deedArea", "effectiveArea", "width": .number
        case "from", "until": .day
        default: .text
        }
    }

    /// A feature's value of a property; null where it has none. A number's text that is none is null, and so is no day.
    func value(_ property: Property, of feature: Feature, in ground: Ground) -> JSON {
        let text: String?
        switch property.name {
        case "code": text = feature.code
        case "plan": text = ground.slots[feature.slot].plan
        case "area" where feature.fields["area"] == nil:
            return feature.area.map { JSON(Measure.squareMetres($0.area)) } ?? .null
        default:
            guard let value = feature.fields[property.name] else { return .null }
            guard let own = value.asString else { return value }
            text = own
        }
        guard let text, !text.isEmpty else { return .null }
        return property.kind == .number ? JSON(Decimal(parsing: text)) : .string(text)
    }
}
