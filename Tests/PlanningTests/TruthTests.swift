import CQL2
import Formats
import Testing

@testable import Planning

@Suite("Conditions hold, do not hold, or need facts") struct TruthTests {
    private static let yes = Truth.yes
    private static let no = Truth.no
    private static let a = Truth.unknown(needs: ["a"])
    private static let b = Truth.unknown(needs: ["b"])
    private static let both = Truth.unknown(needs: ["a", "b"])

    @Test(
        "Kleene's conjunction needs the fewest facts",
        arguments: [
            (yes, yes, yes), (yes, no, no), (no, no, no), (yes, a, a), (no, a, no), (a, b, both), (a, a, a),
        ])
    func conjunction(one: Truth, two: Truth, result: Truth) {
        #expect(one.and(two) == result)
        #expect(two.and(one) == result)
        #expect(one.negated.or(two.negated) == result.negated)
    }

    @Test(
        "A missing fact makes unknown, never no",
        arguments: [
            // condition, facts, needs (nil: yes; empty: no)
            ("frontage >= 8", [:], ["frontage"]),
            ("frontage >= 8", ["frontage": "8"], nil),
            ("frontage >= 8", ["frontage": "7.999999"], []),
            ("frontage >= 8 AND corner = TRUE", ["frontage": "5"], []),
            ("frontage >= 8 AND corner = TRUE", ["frontage": "9"], ["corner"]),
            ("frontage >= 8 OR corner = TRUE", ["corner": "TRUE"], nil),
            ("frontage >= 8 OR corner = TRUE", ["corner": "FALSE"], ["frontage"]),
            ("frontage >= 8 AND corner = TRUE", [:], ["corner", "frontage"]),
            ("NOT frontage >= 8", [:], ["frontage"]),
            ("frontage BETWEEN 6 AND depth", ["frontage": "5"], []),
            ("frontage BETWEEN 6 AND depth", ["frontage": "7"], ["depth"]),
            ("use IN ('residential', other)", ["use": "residential"], nil),
            ("use IN ('residential', other)", ["use": "school"], ["other"]),
            ("frontage IS NULL", [:], ["frontage"]),
            ("frontage IS NULL", ["frontage": "0"], []),
            ("frontage IS NOT NULL", ["frontage": "0"], nil),
            ("street.width = 0", ["street.width": "0"], nil),
            // A fact that is not what it is compared with does not serve.
            ("frontage >= 8", ["frontage": "wide"], ["frontage"]),
            ("corner = TRUE", ["corner": "maybe"], ["corner"]),
            // A division by a fact that is nought has no value.
            ("area / units >= 35", ["area": "100", "units": "0"], ["area", "units"]),
        ] as [(String, [String: String], [String]?)])
    func missing(text: String, known: [String: String], needs: [String]?) throws {
        let truth = try Condition(parsing: text).truth(facts: facts(known), part: Part())
        #expect(truth == (needs.map { $0.isEmpty ? .no : .unknown(needs: Set($0)) } ?? .yes))
    }

    @Test(
        "Values are compared exactly",
        arguments: [
            ("x = 0.1 + 0.2", ["x": "0.3"], true),
            ("x / 3 * 3 = x", ["x": "1"], true),
            ("x / 3 < 0.333334", ["x": "1"], true),
            ("x / 3 > 0.333333", ["x": "1"], true),
            ("-x < 0", ["x": "0.000001"], true),
            ("x - 1 - 1 = 1", ["x": "3"], true),
            ("2 * (x - 1) = 4", ["x": "3"], true),
            ("x = 1e3", ["x": "1000"], true),
            ("x = 1.5E-3", ["x": "0.0015"], true),
            ("x = .5", ["x": "0.5"], true),
            ("x = -1", ["x": "-1"], true),
            ("code = '007'", ["code": "007"], true),
            ("code = '7'", ["code": "7"], true),
            ("code = '7'", ["code": "007"], false),
            ("code = 7", ["code": "007"], true),
            ("one = two", ["one": "7", "two": "7"], true),
            ("code LIKE 'R%'", ["code": "R122"], true),
            ("code LIKE 'R_2%'", ["code": "R122"], true),
            ("code LIKE 'R_2'", ["code": "R122"], false),
            ("code LIKE '%2%2'", ["code": "R122"], true),
            (#"code LIKE '100\%'"#, ["code": "100%"], true),
            (#"code LIKE '100\%'"#, ["code": "1000"], false),
            ("CASEI(code) = CASEI('STRASSE')", ["code": "Straße"], true),
            ("CASEI(code) LIKE CASEI('%CALCUTTA%')", ["code": "New Calcutta"], true),
            ("ACCENTI(code) = ACCENTI('débárquér')", ["code": "debarquer"], true),
            ("ACCENTI(code) = 'مدرسه'", ["code": "مَدرَسه"], true),
            ("built >= DATE('2016-03-20')", ["built": "1395-01-01"], true),
            ("built < DATE('2016-03-20')", ["built": "2016-03-20"], false),
            ("name = 'it''s'", ["name": "it's"], true),
            ("'a' < 'b'", [:], true),
            ("TRUE", [:], true),
            ("FALSE OR NOT FALSE", [:], true),
        ] as [(String, [String: String], Bool)])
    func values(text: String, known: [String: String], holds: Bool) throws {
        #expect(try Condition(parsing: text).truth(facts: facts(known), part: Part()) == Truth(holds))
    }

    @Test("Whether a part lies in an overlay is no, once the layer covers it; before that it is needed")
    func overlays() throws {
        let condition = try Condition(parsing: "insideOverlay('river')")
        #expect(condition.truth(facts: Facts(), part: part(overlays: ["river"])) == .yes)
        #expect(condition.truth(facts: Facts(), part: part()) == .no)
        #expect(condition.truth(facts: Facts(), part: part(unchecked: ["river"])) == .unknown(needs: ["overlay:river"]))
        #expect(condition.truth(facts: facts(["overlay:river": "TRUE"]), part: part(unchecked: ["river"])) == .yes)
        #expect(condition.truth(facts: facts(["overlay:river": "TRUE"]), part: part()) == .no)
    }

    @Test("An enormous product is unknown, never a crash")
    func overflow() throws {
        let known = facts(["x": "999999999999.999999"])
        let product = Array(repeating: "x", count: 30).joined(separator: " * ")
        #expect(try Condition(parsing: "\(product) > 1").truth(facts: known, part: Part()) == .unknown(needs: ["x"]))
    }
}
