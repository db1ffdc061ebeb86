import Spatial

/// Brings one geometry on to the grid and says what is wrong with it. Nothing is repaired.
struct GeometryCheck {
    let role: ImportRequest.Role
    let placement: Placement
    let grid: Grid
    let geos: GEOS

    struct Finding {
        let code: ImportFault.Code
        let text: String
        var place: Position?
    }

    /// The geometry, as far as it can be drawn, and every reason why it is not one to answer from.
    func check(_ ground: SourceFeature.Ground) -> (geometry: Geometry?, findings: [Finding]) {
        switch ground {
        case .missing: return (nil, role.ground == .area || role.ground == .areaOrLine ? [missing] : [])
        case .empty: return (nil, [Finding(code: .geometryEmpty, text: "geometry without a point, expected \(expected)")])
        case .unreadable(let reason): return (nil, [unreadable(reason)])
        case .wkb(let bytes):
            do throws(WKBFault) {
                return check(try WKB.decode(bytes))
            } catch {
                if case .notFinite = error { return (nil, [Finding(code: .notFinite, text: "\(error)")]) }
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
        if findings.isEmpty, case .area(let area) = geometry, let flaw = flaw(of: area) { findings.append(flaw) }
        return (geometry, findings)
    }

    private func flaw(of area: MultiPolygon) -> Finding? {
        do throws(SpatialError) {
            guard let (reason, at) = try geos.invalidity(of: area) else { return nil }
            let (east, north) = (Double(grid.originX) + at.x, Double(grid.originY) + at.y)
            let place = Position(x: east / 1000, y: north / 1000)
            let (code, text) = Self.words(for: reason)
            return Finding(code: code, text: "\(text) at \(Text.place(place))", place: place)
        } catch {
            return Finding(code: .invalidArea, text: "\(error)")
        }
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
        case .notFinite: Finding(code: .notFinite, text: "a coordinate that is infinite or not a number")
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
        case (.area, .area), (.areaOrLine, .area), (.areaOrLine, .line), (.pointOrNone, .point): true
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
