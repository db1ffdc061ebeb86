import Formats
import Persian
import Testing

@testable import Planning

private let provisionRow = [
    "plan": "P", "clause": "12-3", "target": "zone:landUse/R1", "parameter": "far.max", "relation": "max", "value": "120",
    "unit": "percent",
    "condition": "area.deed >= 200", "basis": "deed", "from": "1403-01-01", "until": "", "text": "تراکم",
]
private let planRow = [
    "id": "P", "title": "طرح تفصیلی", "kind": "detailed", "authority": "کمیسیون ماده ۵", "number": "12/3", "approved": "1399-12-30",
    "published": "2021-04-01", "from": "1400/02/01", "until": "", "replaces": "A, B;C", "amends": "", "rank": "2", "policy": "dominant",
]

@Suite("Rows of the planner's tables") struct RowTests {
    @Test("A good row becomes a provision; a missing column is a blank one")
    func provision() throws {
        let provision = try Provision(row: provisionRow, catalogue: catalogue)
        #expect(provision.clause == "12-3" && provision.target == Target("zone:landUse/R1") && provision.value == number("120"))
        #expect(provision.unit == .percent && provision.basis == .deed && provision.condition?.names == ["area.deed"])
        #expect(provision.period == Period(from: day("2024-03-20")))
        let bare = try Provision(
            row: ["plan": "P", "clause": "1", "target": "*", "parameter": "use", "relation": "forbid", "value": "factory"],
            catalogue: catalogue)
        #expect(bare.value == .use("factory") && bare.unit == .use && bare.condition == nil && bare.period == Period())
    }

    @Test(
        "What is wrong in a provision is named by its column",
        arguments: [
            ("plan", "", "a plan's id"), ("clause", " ", "the clause"), ("target", "landUse/R1", "zone:LAYER/CODE"),
            ("target", "zone:", "zone:LAYER/CODE"),
            ("target", "zone:/R1", "zone:LAYER/CODE"), ("target", "area:R1", "zone:LAYER/CODE"),
            ("parameter", "far.mx", "did you mean 'far.max'"),
            ("parameter", "density", "table of parameters"), ("relation", "", "max, min"), ("relation", "maximum", "max, min"),
            ("value", "", "is no number"), ("value", "12,5", "is no number"), ("value", "120%", "is no number"),
            ("value", "0.1234567", "is no number"),
            ("value", "1e3", "is no number"), ("value", "1000000001", "too large"), ("unit", "", "percent"), ("unit", "m", "does not fit"),
            ("unit", "pct", "percent, ratio"), ("basis", "net", "deed, grid"), ("from", "1403-13-01", "no month 13"),
            ("from", "1404-12-30", "no day 30"), ("until", "1403-01-01", "is not after"), ("condition", "area.deed >=", "found the end"),
        ])
    func provisionFaults(column: String, cell: String, message: String) throws {
        var row = provisionRow
        row[column] = cell
        let fault = try #require(throws: RowFault.self) { try Provision(row: row, catalogue: catalogue) }
        #expect(fault.column == column && fault.message.contains(message), "\(fault)")
    }

    @Test("A condition that does not parse names its character in the cell, blanks before it included")
    func conditionPlace() throws {
        var row = provisionRow
        row["condition"] = "  area.deed >> 200"
        let fault = try #require(throws: RowFault.self) { try Provision(row: row, catalogue: catalogue) }
        #expect(fault.column == "condition" && fault.character == 14)
        #expect(fault.description.hasPrefix("column condition, character 14: "))
    }

    @Test(
        "Relations that a parameter cannot have, and uses without a code, are refused",
        arguments: [
            ("use", "max", "3", "relation"), ("use", "permit", "", "value"), ("basement", "max", "3", "relation"),
        ])
    func misfits(parameter: String, relation: String, value: String, column: String) throws {
        let row = ["plan": "P", "clause": "1", "target": "*", "parameter": parameter, "relation": relation, "value": value]
        #expect(try #require(throws: RowFault.self) { try Provision(row: row, catalogue: catalogue) }.column == column)
    }

    @Test("A plan's row with Jalali and Gregorian days, and several plans that it replaces")
    func planRows() throws {
        let plan = try Plan(row: planRow)
        #expect(plan.approved == day("2021-03-20") && plan.published == day("2021-04-01") && plan.from == day("2021-04-21"))
        #expect(plan.replaces == ["A", "B", "C"] && plan.amends == nil && plan.rank == 2 && plan.policy == .dominant)
        let bare = try Plan(row: ["id": "Q", "kind": "circular"])
        #expect(bare.rank == nil && bare.policy == nil && bare.status(on: today) == .notApproved)
    }

    @Test(
        "What is wrong in a plan is named by its column",
        arguments: [
            ("id", ""), ("kind", ""), ("kind", "strategic"), ("approved", "1403-00-01"), ("published", "soon"), ("until", "1399-01-01"),
            ("rank", "0"), ("rank", "first"), ("rank", "1001"), ("policy", "average"), ("amends", "P"), ("replaces", "A P"),
        ])
    func planFaults(column: String, cell: String) throws {
        var row = planRow
        row[column] = cell
        #expect(try #require(throws: RowFault.self) { try Plan(row: row) }.column == column)
    }

    @Test(
        "A parameter's row, and its faults",
        arguments: [
            ("code", ""), ("label_fa", ""), ("label_en", ""), ("unit", "kg"), ("unit", "use"), ("stricter", "less"),
        ])
    func parameterRows(column: String, cell: String) throws {
        var row = ["code": "far.max", "label_fa": "تراکم", "label_en": "FAR", "unit": "percent", "stricter": "lower"]
        #expect(try Parameter(row: row).stricter == .lower)
        row[column] = cell
        #expect(try #require(throws: RowFault.self) { try Parameter(row: row) }.column == column)
    }

    @Test("A use's name is a row of its own that no rule is on: it changes nothing that the law says, not even where it is silent")
    func useNames() throws {
        let row = ["code": "use:home", "label_fa": "خانه", "label_en": "Home", "unit": "", "stricter": ""]
        let name = try Parameter(row: row)
        let named = ParameterCatalogue(catalogue.parameters + [name])
        #expect(named.use("home")?.labelEn == "Home" && named.use("shop") == nil && named.parameters == catalogue.parameters)
        let parts = [part("landUse/R1")]
        func said(_ catalogue: ParameterCatalogue) -> [Finding] {
            let law = Law(plans: [plan("P")], provisions: [], catalogue: catalogue, zoneLayers: ["P": ["landUse"]])
            return law.findings(for: parts, facts: facts(), on: today).findings
        }
        #expect(said(named) == said(catalogue) && !said(catalogue).isEmpty)
        for (column, cell) in [("code", "use:"), ("unit", "m2"), ("unit", "use")] {
            let wrong = row.merging([column: cell]) { $1 }
            #expect(try #require(throws: RowFault.self) { try Parameter(row: wrong) }.column == column)
        }
    }

    @Test("The catalogue that ships reads without a fault, with the parameters that the field names")
    func shippedCatalogue() throws {
        let table = try CSV(parsing: try packageFile("GeoData/parameters.csv"))
        #expect(table.header == ["code", "label_fa", "label_en", "unit", "stricter"])
        let parameters = try table.rows.map { row in
            try Parameter(row: Dictionary(uniqueKeysWithValues: zip(table.header, row.cells)))
        }
        let shipped = ParameterCatalogue(parameters)
        let named = parameters.filter { $0.code.hasPrefix("use:") }
        #expect(shipped.parameters.count == parameters.count - named.count && shipped.use("residential")?.labelFa == "مسکونی")
        #expect(named.allSatisfy { shipped[$0.code] == nil && shipped.use(String($0.code.dropFirst(4))) == $0 })
        for code in [
            "use", "far.max", "coverage.max", "floors.max", "height.max", "setback.front.min", "setback.side.min", "setback.rear.min",
            "parcel.area.min", "frontage.min", "parking.perUnit.min", "units.max", "open.min", "projection.max", "basement",
        ] {
            #expect(shipped[code] != nil, "\(code)")
        }
        #expect(parameters.allSatisfy { $0.code.hasSuffix(".max") == ($0.stricter == .lower) })
        #expect(parameters.allSatisfy { $0.code.hasSuffix(".min") == ($0.stricter == .higher) })
    }

    @Test(
        "Targets print as they were read, and wildcards match as they look",
        arguments: [
            ("R*", "R122", true), ("R*", "S122", false), ("*", "", true), ("R*2", "R122", true), ("R*2", "R12", true), ("R*2", "R2", true),
            ("R*2", "R1", false), ("*1*2*", "x1y2z", true), ("*1*2*", "x2y1z", false), ("ab*ba", "aba", false), ("R1", "R1", true),
            ("R1", "R12", false),
            ("*R*R", "RxR", true), ("*R*R", "xR", false), ("پ*", "پهنه", true),
        ])
    func patterns(pattern: String, code: String, matches: Bool) throws {
        #expect(try #require(Pattern(pattern)).matches(code) == matches)
        for text in ["parcel:\(pattern)", "zone:\(pattern)", "zone:L/\(pattern)", "overlay:\(pattern)", "use:\(pattern)", "*"] {
            #expect(Target(text)?.description == text)
        }
    }
}
