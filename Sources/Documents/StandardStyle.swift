extension MapStyleSheet {
    /// What every city has without a style of its own.
    package static let standard = MapStyleSheet([
        Rule(
            // No dashes: neighbours draw their common border each from a corner of its own, and fill each other's gaps.
            role: "zones", title: nil,
            style: MapStyle(
                fill: MapColour(255, 255, 255, opacity: 190), stroke: MapColour(110, 100, 90), width: 0.8,
                label: MapStyle.Label(size: 12, colour: MapColour(70, 55, 40), rank: 30, coarsest: 4), order: 10),
            isColouredByCode: true),
        Rule(
            role: "streets", title: Title("معبر", "Street"),
            style: MapStyle(
                fill: MapColour(255, 255, 255), stroke: MapColour(165, 165, 165), width: 0.6,
                label: MapStyle.Label(size: 11, colour: MapColour(60, 60, 60), runsAlong: true, rank: 20, coarsest: 1.3), order: 20,
                coarsest: 6)),
        Rule(
            role: "parcels", title: Title("قطعه", "Parcel"),
            style: MapStyle(
                stroke: MapColour(120, 120, 120), width: 0.6,
                label: MapStyle.Label(text: .code, colour: MapColour(40, 40, 40), rank: 50, coarsest: 0.4), order: 30,
                coarsest: 2.5)),
        Rule(
            role: "overlay", title: nil,
            style: MapStyle(
                stroke: MapColour(120, 60, 140), width: 1.2, hatch: MapStyle.Hatch(colour: MapColour(120, 60, 140, opacity: 120)),
                label: MapStyle.Label(size: 11, colour: MapColour(90, 30, 110), rank: 10, coarsest: 4), order: 40)),
        Rule(
            role: "boundary", title: Title("مرز", "Boundary"),
            style: MapStyle(stroke: MapColour(150, 0, 100), width: 2, dash: [12, 4, 3, 4], order: 50)),
        Rule(
            role: "boundary", code: "limit", title: Title("محدودهٔ شهر", "City limit"),
            style: MapStyle(stroke: MapColour(150, 0, 100), width: 2.4, dash: [12, 4, 3, 4], order: 51)),
        Rule(
            role: "boundary", code: "harim", title: Title("حریم شهر", "Outer control zone"),
            style: MapStyle(stroke: MapColour(90, 90, 90), width: 1.6, dash: [3, 3], order: 50)),
        Rule(
            role: "addresses", title: Title("نشانی", "Address"),
            style: MapStyle(fill: MapColour(200, 40, 40), stroke: MapColour(255, 255, 255), width: 0.8, order: 60, coarsest: 0.7)),
        overlay("river", Title("حد بستر و حریم رودخانه", "River's bed and bank"), MapColour(30, 110, 200), rising: true),
        overlay("fault", Title("پهنهٔ گسل", "Fault zone"), MapColour(205, 30, 30), rising: false),
        overlay("powerLine", Title("حریم خط برق", "Power line's strip"), MapColour(225, 125, 0), rising: true),
        overlay("heritage", Title("حریم میراث فرهنگی", "Heritage protection"), MapColour(130, 80, 30), rising: false),
        overlay("qanat", Title("حریم قنات", "Qanat protection"), MapColour(0, 130, 130), rising: true),
    ])

    private static func overlay(_ layer: String, _ title: Title, _ colour: MapColour, rising: Bool) -> Rule {
        let faint = MapColour(colour.red, colour.green, colour.blue, opacity: 140)
        let dark = MapColour(colour.red / 3 * 2, colour.green / 3 * 2, colour.blue / 3 * 2)
        return Rule(
            role: "overlay", layer: layer, title: title,
            style: MapStyle(
                stroke: colour, width: 1.2, hatch: MapStyle.Hatch(colour: faint, isRising: rising),
                label: MapStyle.Label(size: 11, colour: dark, rank: 10, coarsest: 4), order: 40))
    }
}
