/// One thing that is measured.
struct Row {
    let name: String
    /// What must come out, as the project has promised it.
    let promise: String
    let run: @Sendable (Bench) throws -> Void

    static let all = [
        Row(name: "agree", promise: "no difference to GEOS", run: agree),
        Row(name: "point", promise: "20 × GEOS, 400 × PostGIS, 1.5 times the pointer chase at most", run: point),
        Row(name: "points", promise: "75 × GEOS", run: points),
        Row(name: "border", promise: "under 2 µs", run: border),
        Row(name: "index", promise: "at most 300 bytes a parcel at twice the floor, or 500 at 1.25 times", run: index),
        Row(name: "shares", promise: "20 × GEOS, 150 × PostGIS, sums exact, within 1e-6 m² of GEOS", run: shares),
        Row(name: "box", promise: "20 × PostGIS's ST_AsGeoJSON", run: box),
        Row(name: "load", promise: "an atlas 4 times as fast as PostGIS's load, index and validity, in less than 1 GiB", run: load),
        Row(name: "open", promise: "atlas and first answer under 100 µs warm, under 20 ms evicted", run: open),
        Row(name: "same", promise: "one revision, one atlas, on any number of threads", run: same),
        Row(name: "evaluate", promise: "a town of 15,000 parcels in a second, a parcel of a city at 1.5 times that cost", run: evaluate),
        Row(name: "diff", promise: "15,000 parcels before and after in under 2 s", run: diff),
        Row(name: "degrees", promise: "15 × proj_trans_array, within 1e-8 m of it", run: degrees),
        Row(name: "log", promise: "500,000 entries a second gone through", run: log),
    ]
}
