import Spatial

/// Decides how a file's coordinates are read. What would fit better is named, and never done.
struct Placing {
    let placement: Placement
    var faults: [ImportFault] = []

    init(_ head: SourceHead, _ survey: Survey, _ request: ImportRequest) throws(ImportError) {
        let file = head.file
        let frame: CityFrame
        do { frame = try CityFrame(request.city) } catch { throw .operation(file: file, reason: "\(error)") }
        guard let code = request.crs ?? head.crs else { throw Self.missing(head, survey, frame) }
        do {
            placement = try Placement(Reading(crs: code), in: request.city, around: frame.degrees)
        } catch {
            if case .unknownCRS = error { throw .unknownCRS(file: file, reason: "\(error)") }
            throw .operation(file: file, reason: "\(error)")
        }
        if let given = request.crs, let stated = head.crs, given != stated {
            faults.append(ImportFault(.statedCRS, .warning, "\(file): states \(stated), read as \(given), as asked"))
        }
        guard !survey.places.isEmpty else { return }
        try judge(head, survey, frame, mayBeElsewhere: request.role == .boundary || !frame.hasBoundary && request.crs != nil)
    }

    /// - Parameter mayBeElsewhere: what fits no better in any other way is taken as it is: a new boundary need not lie in the one
    ///   that stands, and where there is none somebody's word for a CRS is as good as its area of use.
    private mutating func judge(
        _ head: SourceHead, _ survey: Survey, _ frame: CityFrame, mayBeElsewhere: Bool
    ) throws(ImportError) {
        let fit = Fit(survey.places, placement, in: frame)
        let isAssumed = head.driver == "GeoJSON" && head.crs == "EPSG:4326" && placement.reading.crs == head.crs
        let read = "read as \(placement.reading.crs)\(isAssumed ? ", which GeoJSON is in where it names no CRS," : "") it lies"
        let found = head.crs
        guard fit.isGood else {
            let isLocal = survey.looksLocal && !frame.hasBoundary
            let better = isLocal ? nil : Fit.good(survey.places, in: frame, except: placement.reading).first
            let away = fit.distance.map { "\(read) \(Text.kilometres($0)) from the city" } ?? "\(read) outside the city's CRS"
            if let better, better.inside > 2 * fit.inside {
                throw .misplaced(file: head.file, reason: "\(away); \(better.placement.reading.advice(over: found))")
            }
            if fit.inside > 0 { return }
            if mayBeElsewhere, fit.isPlaced {
                faults.append(ImportFault(.perhapsOtherCRS, .warning, "\(head.file): \(away)"))
                return
            }
            let extent = survey.extent.map { "its coordinates run from \($0)" } ?? "no place in it could be read"
            throw .misplaced(file: head.file, reason: "\(away), and no other CRS that was tried fits; \(extent)")
        }
        guard fit.outside >= 3, fit.outside * 100 >= fit.places,
            let better = Fit.good(survey.places, in: frame, except: placement.reading).first,
            better.outside * 10 <= fit.outside
        else { return }
        let count = "\(fit.outside) of \(fit.places) places lie outside the city"
        faults.append(
            ImportFault(
                .perhapsOtherCRS, .warning,
                "\(head.file): \(count) when read as \(placement.reading.crs), and \(better.outside) otherwise: "
                    + better.placement.reading.advice(over: found)))
    }

    /// The error for a file that states no CRS, with what its coordinates look like.
    private static func missing(_ head: SourceHead, _ survey: Survey, _ frame: CityFrame) -> ImportError {
        if let name = head.strangeCRS {
            return .noCRS(file: head.file, suggestion: "it names \(name), which is none of EPSG's: give --crs EPSG:n")
        }
        guard let extent = survey.extent else { return .noCRS(file: head.file, suggestion: "give --crs EPSG:n") }
        let good = Fit.good(survey.places, in: frame, except: nil)
        guard let best = good.first else {
            return .noCRS(
                file: head.file,
                suggestion: "its coordinates run from \(extent), which fits the city in no CRS that was tried"
                    + (survey.looksLocal ? "; they look like a drawing's own local coordinates" : "") + ": give --crs EPSG:n")
        }
        let equals = good.dropFirst().filter { $0.inside * 100 >= best.inside * 99 && !$0.placement.reading.isSwapped }
        let also =
            equals.isEmpty || best.placement.reading.isSwapped
            ? "" : " (\(equals.map(\.placement.reading.crs).joined(separator: ", ")) would fit as well: ask who made it)"
        return .noCRS(file: head.file, suggestion: best.placement.reading.advice(over: nil) + also)
    }
}

extension Survey {
    /// Metres that begin near zero, as a drawing without a survey has them.
    var looksLocal: Bool {
        [least.x, least.y, greatest.x, greatest.y].allSatisfy { $0.magnitude < 100_000 } && !looksLikeDegrees
    }

    private var looksLikeDegrees: Bool {
        least.x >= -180 && greatest.x <= 180 && least.y >= -90 && greatest.y <= 90
    }
}
