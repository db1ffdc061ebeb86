/// Something that provisions regulate, such as `far.max`: data, not code.
package struct Parameter: Hashable, Sendable {
    /// Which of two values binds more.
    package enum Direction: String, Hashable, Sendable, CaseIterable {
        case lower
        case higher
        case none
    }

    package let code: String
    package let labelFa: String
    package let labelEn: String
    /// Nil for what is not counted.
    package let unit: Unit?
    package let stricter: Direction

    package init(code: String, labelFa: String = "", labelEn: String = "", unit: Unit?, stricter: Direction) {
        self.code = code
        self.labelFa = labelFa
        self.labelEn = labelEn
        self.unit = unit
        self.stricter = stricter
    }

    /// The parameter whose provisions name uses; every other is the city's own choice.
    package static let use = "use"

    /// What the code of a row begins with that only names a use: `use:residential`. No provision is on it.
    static let usePrefix = "use:"
}

/// The parameters that a city knows, and what its uses are called.
package struct ParameterCatalogue: Hashable, Sendable {
    /// In the order of their table; of two with one code the later stands.
    package let parameters: [Parameter]
    private let places: [String: Int]
    private let uses: [String: Parameter]

    package init(_ parameters: [Parameter]) {
        var kept: [Parameter] = []
        var places: [String: Int] = [:]
        var uses: [String: Parameter] = [:]
        for parameter in parameters {
            if parameter.code.hasPrefix(Parameter.usePrefix) {
                uses[String(parameter.code.dropFirst(Parameter.usePrefix.count))] = parameter
            } else if let place = places[parameter.code] {
                kept[place] = parameter
            } else {
                places[parameter.code] = kept.count
                kept.append(parameter)
            }
        }
        self.parameters = kept
        self.places = places
        self.uses = uses
    }

    /// What a use is called; nil where the city's table does not say.
    package func use(_ code: String) -> Parameter? { uses[code] }

    package subscript(code: String) -> Parameter? { places[code].map { parameters[$0] } }
}
