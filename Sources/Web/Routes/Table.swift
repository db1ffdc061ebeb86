extension Site {
    /// Everything that is served.
    static var routes: [Route] {
        [
            landing, api, apiInWords, conformance, answer, answers, collections, collection, schema, queryables, items, item, parcel,
            envelope, addresses, plans, provisions, diff, compare, deliveries, whereabouts, batchForm, batch, find, measure, verify,
            verifyAnswer,
            asset, health, metrics, alive,
        ] + tileRoutes + styleRoutes
    }
}
