import Testing

@testable import Service

@Suite("What was asked for of late") struct RecentTests {
    @Test("At least half of what may stay does, at most all, by weight") func weighed() {
        let recent = Recent<Int, Int>(most: 100)
        for number in 0..<1000 { recent.remember(number, number, weight: 10) }
        #expect(!(0..<990).contains { recent[$0] != nil })
        #expect((995..<1000).allSatisfy { recent[$0] == $0 })
    }

    @Test("What is asked for again and again stays") func kept() {
        let recent = Recent<Int, String>(most: 8)
        recent.remember("first", -1)
        for number in 0..<1000 {
            recent.remember("other", number)
            #expect(recent[-1] == "first")
        }
    }

    @Test("What is remembered again takes the other's place; what is too heavy is not kept") func replaced() {
        let recent = Recent<Int, String>(most: 10)
        for weight in 1...5 { recent.remember("\(weight)", 0, weight: weight) }
        #expect(recent[0] == "5")
        recent.remember("heavy", 1, weight: 6)
        #expect(recent[1] == nil && recent[0] == "5")
    }
}
