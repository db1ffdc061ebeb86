/// What rules are about, by the first word of a parameter's code.
enum RuleGroup: CaseIterable {
    case density, height, setbacks, open, parking, subdivision, other

    init(parameter: String) {
        self =
            switch parameter.prefix(while: { $0 != "." }) {
            case "far", "coverage": .density
            case "height", "floors", "parapet", "basement", "pilotis": .height
            case "setback", "placement", "projection", "chamfer": .setbacks
            case "open", "green", "courtyard", "trees": .open
            case "parking": .parking
            case "parcel", "frontage", "street", "units", "subdivision": .subdivision
            default: .other
            }
    }
}

extension Wording {
    func words(_ group: RuleGroup) -> String {
        switch group {
        case .density: language("تراکم و سطح اشغال", "Density and coverage")
        case .height: language("ارتفاع و طبقات", "Height and floors")
        case .setbacks: language("عقب‌نشینی و جای ساختمان", "Setbacks and placement")
        case .open: language("فضای باز", "Open space")
        case .parking: language("پارکینگ", "Parking")
        case .subdivision: language("تفکیک و گذر", "Subdivision and access")
        case .other: language("دیگر ضوابط", "Other rules")
        }
    }
}
