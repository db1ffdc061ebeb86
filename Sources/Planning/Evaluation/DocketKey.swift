/// All of a part and its parcel's facts that bears on which rules aim at the part and on how it is named, but for overlays that only
/// facts can settle.
///
/// The bytes of its texts: strings that differ only in their normal form are equal in Swift, but an answer spells each as its city does.
struct DocketKey: Hashable {
    private var bytes: [UInt8] = []

    /// - Parameter parcelRules: the rules that name the part's parcel: all that the law sees of its code.
    init(_ part: Part, parcelRules: [Int], use: String?) {
        bytes.reserveCapacity(256)
        for zone in part.zones {
            add(zone.layer)
            add(zone.code)
            add(zone.plan)
        }
        endList()
        for overlay in part.overlays {
            add(overlay.layer)
            add(overlay.kind)
            add(overlay.code)
            add(overlay.plan)
        }
        endList()
        // Sets as they come: another order makes another docket, not another answer.
        for kind in part.overlaysUnchecked { add(kind) }
        endList()
        if let uses = part.uses {
            for use in uses { add(use) }
        } else {
            add(nil)
        }
        endList()
        for place in parcelRules { add(String(place)) }
        endList()
        for sector in part.sectors.sorted() { add(String(sector)) }
        endList()
        add(use)
    }

    // No byte of UTF-8 is above F4.
    private mutating func add(_ text: String?) {
        if let text { bytes.append(contentsOf: text.utf8) } else { bytes.append(0xFD) }
        bytes.append(0xFF)
    }

    private mutating func endList() { bytes.append(0xFE) }
}
