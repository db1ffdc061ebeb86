import Testing

@testable import Service

@Suite("Addresses") struct AddressTests {
    static let written = "خیابان امام رضا، کوچه امام رضا ۱۲/۳، پلاک ۵"

    @Test(
        "What people type fits the address, in any order and spelling",
        arguments: [
            "خ امام رضا ک امام رضا 12/3 پ 5", "پلاک ۵ کوچه امام رضا ۱۲/۳", "امام رضا ١٢/٣ پلاک ٥", "خيابان امام رضا", "امام رض",
            "خیابان امام رضا، کوچه امام رضا ۱۲ / ۳، شماره پلاک ۵",
        ])
    func fits(_ typed: String) { #expect(AddressKey(typed).fits(AddressKey(Self.written))) }

    @Test(
        "A number belongs to the word before it, and fits only whole",
        arguments: ["کوچه امام رضا ۵ پلاک ۱۲/۳", "پلاک ۱۲/۳", "کوچه امام رضا ۱۲", "پلاک ۵۱", "امام علی", ""])
    func differs(_ typed: String) { #expect(!AddressKey(typed).fits(AddressKey(Self.written))) }

    @Test("The same words in another order say the same") func equal() {
        #expect(AddressKey("پ ۵، ک امام رضا ۱۲/۳، خ امام رضا").equals(AddressKey(Self.written)))
        #expect(!AddressKey("پ ۵، ک امام رضا ۱۲/۳").equals(AddressKey(Self.written)))
    }

    @Test("The index finds every address that fits, and nothing that fits is left out of it") func index() {
        let streets = ["امام رضا", "امام علی", "رضا", "علی‌آباد", "بهار", "بهاران"]
        let written = (0..<600).map { "خیابان \(streets[$0 % 6])، کوچه \($0 % 17)، پلاک \($0)" }
        let index = AddressIndex(written)
        for typed in ["بهار", "خ بهار پ 4", "پلاک ۱۲ امام", "ک 3", "رضا", "خیابان", "زاگرس", "", "پ ۵۹۹ ک ۴"] {
            let key = AddressKey(typed)
            let fitting = index.candidates(for: key).filter { key.fits(index.keys[$0]) }
            #expect(fitting == written.indices.filter { key.fits(AddressKey(written[$0])) }, "\(typed)")
        }
    }
}
