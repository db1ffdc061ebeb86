import Glibc
import Importing
import Service

extension Syntax.Option {
    static let style = Syntax.Option(
        "style", "FILE.json", "رنگ‌ها و خط‌های نقشه، مانند GeoData/style.json", "the map's colours and lines, such as GeoData/style.json")
}

extension Command {
    static let serve = Command(
        syntax: Syntax(
            "serve", "پاسخ و لایه‌های شهر از راه HTTP", "the answer and the city's layers over HTTP",
            [
                .init(
                    "listen", "ADDRESS:PORT|unix:PATH", "کجا گوش کند (پیش‌فرض 127.0.0.1:8080)", "where to listen (default 127.0.0.1:8080)"),
                .init(
                    "public", "URL", "نشانی‌ای که دیگران می‌بینند، برای پیوندها",
                    "the address that others see, for links (default: the request's Host)"),
                .init(
                    "key", "FILE", "پروندهٔ کلید پنهان؛ بی آن چیزی امضا و PDF ساخته نمی‌شود",
                    "the file of the secret key; without it nothing is signed and no PDF made"),
                .style,
                .init(
                    "deliveries", "hide|show",
                    "تحویل‌های منتظر و آنچه دگرگون می‌کنند نشان داده شوند؟ تنها برای شهرسازان، نه همگان (پیش‌فرض hide)",
                    "whether waiting deliveries and what they would change are shown: for planners, never to the public (default hide)"),
                .init(
                    "log", "none|problems|all", "کدام درخواست‌ها ثبت شوند", "which requests are logged on standard error (default problems)"),
                .init("threads", "N", "شمار رشته‌ها (پیش‌فرض: همهٔ هسته‌ها)", "threads (default: all cores)"),
                .init("connections", "N", "بیشینهٔ پیوندها (پیش‌فرض ۱۰۰۰)", "connections at most (default 1000)"),
                .init(
                    "per-address", "N", "بیشینهٔ پیوندهای یک نشانی (پیش‌فرض ۶۴؛ ۰ بی‌حد)",
                    "connections of one address at most (default 64; 0 for no limit, as behind a proxy)"),
                .init(
                    "head-seconds", "N", "مهلت یک سرآیند (پیش‌فرض ۱۰)", "seconds for a head to come whole, and to lie idle (default 10)"),
                .init("body-seconds", "N", "مهلت یک بدنه (پیش‌فرض ۶۰)", "seconds for a body to come whole (default 60)"),
            ])
    ) { (arguments, language) throws(Failure) in
        guard let program = ImporterProcess.beside("shahrsaz-serve") else {
            throw .machine("جای این برنامه دانسته نیست", "the place of this program is unknown")
        }
        var words = [program, "--city", cityPath(arguments), "--lang", language.rawValue]
        for name in [
            "listen", "public", "key", "style", "deliveries", "log", "threads", "connections", "per-address", "head-seconds",
            "body-seconds",
        ] {
            if let value = arguments.value(name) { words += ["--" + name, value] }
        }
        // This process becomes the service, so that signals and the exit code are its own.
        var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
        unsafe execv(program, &pointers)
        throw .machine("\(program): \(unsafe String(cString: strerror(errno)))", "\(program): \(unsafe String(cString: strerror(errno)))")
    }
}
