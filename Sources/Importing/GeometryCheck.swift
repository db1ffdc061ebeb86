import Spatial

/// Brings one geometry on to the grid and says what is wrong with it. Nothing is repaired.
struct GeometryCheck {
    let role: ImportRequest.Role
    let placement: Placement
    let grid: Grid
    /// GEOS's words for what is wrong with well-known binary in its own coordinates; nil where nothing is.
    let invalidity: ([UInt8]) -> String?

    struct Finding {
        let code: ImportFault.Code
        let text: String
        var place: Position?
    }

    /// The geometry, as far as it can be drawn, and every reason why it is not one to answer from.
    func check(_ ground: SourceFeature.Ground) -> (geometry: Geometry?, findings: [Finding]) {
        switch ground {
        case .missing: return (nil, [.area, .areaOrLine, .any].contains(role.ground) ? [missing] : [])
        case .empty: return (nil, [Finding(code: .geometryEmpty, text: "geometry without a point, expected \(expected)")])
        case .unreadable(let reason): return (nil, [unreadable(reason)])
        case .wkb(let bytes):
            do throws(WKBFault) {
                let result = check(try WKB.decode(bytes))
                // A spike that is exact in degrees is a sliver in metres: what was invalid is not mended by moving it.
                guard result.findings.isEmpty, placement.operation != nil, case .area = result.geometry,
                    let words = invalidity(bytes)
                else { return result }
                return (result.geometry, [delivered(words)])
            } catch {
                // Which byte it was tells nobody anything: the file was no well-known binary.
                if case .notFinite = error { return (nil, [finding(Snapped.Fault.notFinite)]) }
                return (nil, [unreadable("\(error)")])
            }
        }
    }

    private func check(_ source: WKB.Shape) -> (geometry: Geometry?, findings: [Finding]) {
        let shape: WKB.Shape
        do { shape = try placement.placed(source) } catch {
            return (nil, [Finding(code: .outOfRange, text: "\(error)")])
        }
        let snapped = grid.snapped(shape)
        var findings = snapped.faults.map(finding)
        guard let geometry = snapped.geometry else { return (nil, findings) }
        if !isExpected(geometry) {
            findings.append(Finding(code: .geometryKind, text: "\(geometry.kind) found, expected \(expected)"))
        }
        if findings.isEmpty, case .area(let area) = geometry, let flaw = area.flaw() {
            findings.append(area.spike(explaining: flaw).map(spike) ?? finding(flaw))
        }
        return (geometry, findings)
    }

    private func spike(at point: Point) -> Finding {
        let (x, y) = grid.metres(point)
        let place = Position(x: x, y: y)
        return Finding(code: .selfCrossing, text: "ring runs out and back along one line, a spike, at \(Text.place(place))", place: place)
    }

    private func finding(_ flaw: Flaw) -> Finding {
        let (x, y) = grid.metres(flaw.at)
        let place = Position(x: x, y: y)
        let (code, text): (ImportFault.Code, String) =
            switch flaw.kind {
            case .tooFewPoints: (.tooFewPoints, "ring of too few points")
            case .zeroArea: (.zeroArea, "ring encloses no ground on the millimetre grid")
            case .selfCrossing: (.selfCrossing, "ring crosses itself or runs back over itself")
            case .selfTouching: (.selfCrossing, "ring touches itself")
            case .holeOutside: (.holeOutside, "hole lies outside its ring")
            case .nestedHoles: (.invalidArea, "one hole lies inside another")
            case .holesCross: (.invalidArea, "two rings of one polygon cross or share a stretch")
            case .disconnectedInterior: (.invalidArea, "holes cut the ground into pieces")
            case .nestedShells: (.invalidArea, "one part lies inside another")
            case .overlappingParts: (.invalidArea, "two parts overlap or share a stretch")
            }
        return Finding(code: code, text: "\(text) at \(Text.place(place))", place: place)
    }

    /// A finding in the file's own coordinates: `Self-intersection at or near point -87.66 41.97`.
    private func delivered(_ words: String) -> Finding {
        let parts = words.split(separator: " at or near point ", maxSplits: 1)
        let (code, text) = Self.words(for: parts.first.map(String.init) ?? words)
        let numbers = parts.dropFirst().first?.split(separator: " ").compactMap { Double($0) } ?? []
        guard numbers.count >= 2 else { return Finding(code: code, text: "as delivered, \(text)") }
        let (x, y) = (numbers[0], numbers[1])
        let place = try? placement.placed(Position(x: x, y: y))
        let metres = place.map { " (\(Text.place($0)))" } ?? ""
        return Finding(code: code, text: "as delivered, \(text) at \(x) \(y)\(metres)", place: place)
    }

    /// GEOS's reasons in the words of our messages.
    private static func words(for reason: String) -> (ImportFault.Code, String) {
        switch reason {
        case "Self-intersection", "Ring Self-intersection": (.selfCrossing, "ring crosses or touches itself")
        case "Hole lies outside shell": (.holeOutside, "hole lies outside its ring")
        case "Too few points in geometry component", "Too few points in a ring": (.tooFewPoints, "ring of too few points")
        case "Nested shells": (.invalidArea, "one part lies inside another")
        case "Holes are nested": (.invalidArea, "one hole lies inside another")
        case "Interior is disconnected": (.invalidArea, "holes cut the ground into pieces")
        case "Duplicate Rings": (.invalidArea, "the same ring stands twice")
        default: (.invalidArea, reason.lowercased())
        }
    }

    private func finding(_ fault: Snapped.Fault) -> Finding {
        switch fault {
        case .empty: Finding(code: .geometryEmpty, text: "geometry without a point, expected \(expected)")
        case .mixed(let points, let lines, let polygons):
            Finding(
                code: .geometryKind, text: "\(points) points, \(lines) lines and \(polygons) polygons in one, expected \(expected)")
        case .notFinite: Finding(code: .notFinite, text: "a coordinate that is infinite or not a number, expected metres or degrees")
        case .outOfRange(let place):
            Finding(code: .outOfRange, text: "\(Text.place(place)) lies more than 1,000 km from the city's origin", place: place)
        case .notClosed(let gap, let at):
            Finding(
                code: .ringOpen, text: "ring not closed (gap \(Text.fixed(gap, 3)) m at \(Text.place(at)))", place: at)
        case .tooFewPoints(let count, let at):
            Finding(
                code: .tooFewPoints, text: "\(count) different points, too few for \(expected), at \(Text.place(at))", place: at)
        case .collapsed(let at):
            Finding(
                code: .zeroArea, text: "ring encloses no ground on the millimetre grid, at \(Text.place(at))", place: at)
        }
    }

    private func isExpected(_ geometry: Geometry) -> Bool {
        switch (role.ground, geometry) {
        case (.area, .area), (.areaOrLine, .area), (.areaOrLine, .line), (.any, _), (.pointOrNone, .point): true
        default: false
        }
    }

    private var missing: Finding { Finding(code: .geometryMissing, text: "no geometry, expected \(expected)") }

    private func unreadable(_ reason: String) -> Finding {
        Finding(code: .geometryUnreadable, text: "geometry cannot be read: \(reason)")
    }

    private var expected: String {
        switch role.ground {
        case .area: "a polygon"
        case .areaOrLine: "a line or a polygon"
        case .any: "a polygon, a line or a point"
        case .pointOrNone: "a point"
        case .none: "none"
        }
    }
}

extension Geometry {
    fileprivate var kind: String {
        switch self {
        case .point: "a point"
        case .line: "a line"
        case .area: "a polygon"
        }
    }
}
