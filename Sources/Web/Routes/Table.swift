extension Site {
    /// Everything that is served.
    static var routes: [Route] { [answer, answers, health, metrics, alive] }
}
