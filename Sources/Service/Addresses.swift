package import Formats
import Persian
import Spatial
import Store

/// An address that fits what was typed, for the person to choose from.
package struct AddressCandidate: Hashable, Sendable {
    package let address: String
    package let parcel: String?
    package let lon: Double?
    package let lat: Double?

    package var json: JSON {
        .object(["address": .string(address), "parcel": .init(parcel), "lon": .init(lon), "lat": .init(lat)])
    }
}

/// The words of an address as they are compared: folded, abbreviations written out, in the order written.
///
/// A number keeps the word before it, so that «کوچه ۱۲ پلاک ۵» is not «کوچه ۵ پلاک ۱۲» although the order of the parts is free.
struct AddressKey: Hashable {
    struct Word: Hashable {
        let text: String
        /// For a number, the word before it.
        let label: String?

        var isNumber: Bool { text.first?.isNumber ?? false }
    }

    let words: [Word]

    init(_ text: String) {
        var words: [Word] = []
        var before: String?
        for part in Folding.key(text).split(separator: " ") {
            let word = Self.abbreviations[String(part)] ?? String(part)
            if Self.silent.contains(word) { continue }
            let isNumber = word.first?.isNumber ?? false
            words.append(Word(text: word, label: isNumber ? before : nil))
            before = word
        }
        self.words = words
    }

    /// Whether every word of what was typed stands in the address: a number whole and behind the same word, any other word by
    /// its beginning, in any order.
    func fits(_ address: AddressKey) -> Bool {
        var left = address.words
        return !words.isEmpty
            && words.allSatisfy { typed in
                let place =
                    left.firstIndex { $0.text == typed.text && typed.agrees(with: $0) }
                    ?? left.firstIndex { !typed.isNumber && !$0.isNumber && $0.text.hasPrefix(typed.text) }
                guard let place else { return false }
                left.remove(at: place)
                return true
            }
    }

    /// Whether both say the same, whatever the order.
    func equals(_ address: AddressKey) -> Bool {
        words.count == address.words.count && fits(address)
    }

    /// What people write for the words of an address.
    private static let abbreviations = [
        "خ": "خیابان", "خیا": "خیابان", "ک": "کوچه", "پ": "پلاک", "بل": "بلوار", "بلوا": "بلوار", "م": "میدان", "ط": "طبقه", "و": "واحد",
    ]

    /// Words that tell nothing apart.
    private static let silent: Set = ["شماره", "شهر", "no"]
}

/// Addresses found by what their words begin with, so that one question does not read them all.
struct AddressIndex: Sendable {
    let keys: [AddressKey]
    /// Every word that stands in some address, sorted by its bytes, with the addresses that it stands in.
    private let words: [(text: String, addresses: [Int])]

    init(_ addresses: [String]) {
        keys = addresses.map { AddressKey($0) }
        var places: [String: [Int]] = [:]
        for (place, key) in keys.enumerated() {
            for word in Set(key.words.map(\.text)) { places[word, default: []].append(place) }
        }
        words = places.map { (text: $0.key, addresses: $0.value) }.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }

    /// The addresses, in their order, in which the rarest word of what was typed stands; all that fit are among them.
    func candidates(for typed: AddressKey) -> [Int] {
        let found = typed.words.map { word in
            let start = words.partitioningIndex { !$0.text.utf8.lexicographicallyPrecedes(word.text.utf8) }
            return words[start...].prefix { $0.text.utf8.starts(with: word.text.utf8) }
        }
        let rarest = found.min { one, other in
            one.reduce(0) { $0 + $1.addresses.count } < other.reduce(0) { $0 + $1.addresses.count }
        }
        return Set((rarest ?? []).flatMap(\.addresses)).sorted()
    }
}

extension AddressKey.Word {
    fileprivate func agrees(with other: Self) -> Bool {
        guard isNumber, let label else { return true }
        return other.label == label || other.label?.hasPrefix(label) ?? false
    }
}

extension Feature {
    var addressText: String { fields.addressText }
}

extension [String: JSON] {
    /// An address row as one line: its text, else street, alley, number and postcode.
    var addressText: String {
        func text(_ field: String) -> String? { self[field]?.asString }
        if let text = text("text"), !text.isEmpty { return text }
        let parts = [
            ("", text("street")), ("کوچه ", text("alley")), ("پلاک ", text("number")), ("کد پستی ", text("postcode")),
        ]
        return parts.compactMap { prefix, part in part.flatMap { $0.isEmpty ? nil : prefix + $0 } }.joined(separator: "، ")
    }
}

extension Answerer {
    /// The address that what was typed means: the only one that fits, or the only one that says the same; several rows of one
    /// parcel count as one. Otherwise the candidates are thrown.
    func resolve(_ text: String) throws(ServiceError) -> Feature {
        let key = AddressKey(text)
        var fitting = ground.addresses(thatMayFit: key).filter { key.fits($0.key) }
        let same = fitting.filter { key.equals($0.key) }
        if !same.isEmpty { fitting = same }
        if let first = fitting.first?.address {
            let parcel = first.text("parcel")
            if fitting.count == 1 || (parcel != nil && fitting.allSatisfy { $0.address.text("parcel") == parcel }) { return first }
        }
        var candidates: [AddressCandidate] = []
        for fit in fitting { candidates.append(try candidate(fit.address)) }
        throw .addressFits(text, candidates)
    }

    /// The addresses that what was typed up to now may mean, for a person to choose from: those that fit, in their order.
    package func suggestions(_ typed: String, most: Int) throws(ServiceError) -> [AddressCandidate] {
        let key = AddressKey(typed)
        var suggestions: [AddressCandidate] = []
        var seen: Set<String> = []
        for (own, address) in ground.addresses(thatMayFit: key) where key.fits(own) {
            guard seen.insert(address.addressText).inserted else { continue }
            suggestions.append(try candidate(address))
            if suggestions.count == most { break }
        }
        return suggestions
    }

    private func candidate(_ address: Feature) throws(ServiceError) -> AddressCandidate {
        var point: Point?
        if case .point(let own)? = address.geometry { point = own }
        if point == nil, let parcel = address.text("parcel").flatMap({ ground.parcelIfAny($0) }), let shape = parcel.area {
            point = try interiorPoint(of: parcel, shape)
        }
        let place = point.flatMap { self.place($0).lonLat }
        return AddressCandidate(address: address.addressText, parcel: address.text("parcel"), lon: place?.lon, lat: place?.lat)
    }

    /// A parcel's address: its own row's, else the first of those that name it.
    func address(of parcel: Feature) -> String? {
        if let own = parcel.text("address"), !own.isEmpty { return own }
        return ground.address(ofParcel: parcel)
    }
}
