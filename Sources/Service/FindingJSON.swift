package import Formats
import Persian
package import Planning

extension Finding: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"basis\":")
        pen.write(basis?.rawValue)
        pen.raw(",\"facts\":")
        pen.write(facts)
        pen.raw(",\"needs\":")
        pen.write(needs)
        pen.raw(",\"open\":")
        pen.write(open)
        pen.raw(",\"overruled\":")
        pen.write(overruled)
        pen.raw(",\"parameter\":")
        pen.write(parameter)
        pen.raw(",\"parcel\":")
        pen.write(parcel)
        pen.raw(",\"provision\":")
        pen.write(provision)
        pen.raw(",\"relation\":")
        pen.write(relation?.rawValue)
        pen.raw(",\"share\":")
        pen.write(share)
        pen.raw(",\"status\":")
        pen.write(status.rawValue)
        pen.raw(",\"unit\":")
        pen.write(unit?.rawValue)
        pen.raw(",\"value\":")
        value.write(to: &pen)
        pen.raw(",\"zones\":")
        pen.write(zones)
        pen.raw("}")
    }
}

extension UseFinding: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"parcel\":")
        pen.write(parcel)
        pen.raw(",\"provision\":")
        pen.write(provision)
        pen.raw(",\"share\":")
        pen.write(share)
        pen.raw(",\"status\":")
        pen.write(status.rawValue)
        pen.raw(",\"use\":")
        pen.write(use)
        pen.raw(",\"zones\":")
        pen.write(zones)
        pen.raw("}")
    }
}

extension Overruled: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"provision\":")
        provision.write(to: &pen)
        pen.raw(",\"reason\":")
        pen.write(reason.rawValue)
        pen.raw(",\"relation\":")
        pen.write(relation.rawValue)
        pen.raw(",\"unit\":")
        pen.write(unit?.rawValue)
        pen.raw(",\"value\":")
        value.write(to: &pen)
        pen.raw("}")
    }
}

extension Contender: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"needs\":")
        pen.write(needs)
        pen.raw(",\"provision\":")
        provision.write(to: &pen)
        pen.raw(",\"relation\":")
        pen.write(relation.rawValue)
        pen.raw(",\"unit\":")
        pen.write(unit?.rawValue)
        pen.raw(",\"value\":")
        value.write(to: &pen)
        pen.raw("}")
    }
}

extension Citation: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"clause\":")
        pen.write(clause)
        pen.raw(",\"from\":")
        pen.write(from)
        pen.raw(",\"plan\":")
        pen.write(plan)
        pen.raw(",\"text\":")
        pen.write(text)
        pen.raw(",\"until\":")
        pen.write(until)
        pen.raw("}")
    }
}

extension NamedFact: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"from\":")
        pen.write(from.rawValue)
        pen.raw(",\"name\":")
        pen.write(name)
        pen.raw(",\"value\":")
        value.write(to: &pen)
        pen.raw("}")
    }
}

extension Value: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        switch self {
        case .number(let number): pen.write(number)
        case .use(let code): pen.write(code)
        case .text(let text): pen.write(text)
        case .none: pen.raw("null")
        }
    }
}

extension Fact.Value: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        switch self {
        case .number(let number): pen.write(number)
        case .text(let text): pen.write(text)
        case .bool(let holds): pen.write(holds)
        }
    }
}

extension CanonicalPen {
    mutating func write(_ day: Day?) { write(day?.iso) }

    mutating func write(_ citation: Citation?) {
        if let citation { citation.write(to: &self) } else { raw("null") }
    }
}
