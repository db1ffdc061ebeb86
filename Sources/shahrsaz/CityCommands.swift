import Formats
import Glibc
import Persian
import Service
import Store

extension Syntax.Option {
    static let by = Syntax.Option("by", "WHO", "نام آن که تصمیم گرفت", "who decides")
    static let reason = Syntax.Option("reason", "TEXT", "چرا", "why")
    static let json = Syntax.Option(flag: "json", "خروجی JSON", "print JSON")
}

extension Command {
    static let initialise = Command(
        syntax: Syntax(
            "init", "پروندهٔ شهر را می‌سازد", "makes a city file",
            [
                .init("name", "NAME", "نام شهر", "the city's name"),
                .init("crs", "EPSG:n", "دستگاه مختصات شهر، به متر", "the city's CRS, projected in metres"),
                .init("height", "M", "ارتفاع شهر از سطح دریا، برای مساحت زمین", "height above sea level in metres, for ground areas"),
                .init("boundary", "FILE", "محدودهٔ شهر", "the city's limit, accepted as its first revision"),
            ])
    ) { (arguments, language) throws(Failure) in
        guard let name = arguments.value("name"), let crs = arguments.value("crs") else {
            throw .badInput(
                "init این دو را می‌خواهد: --name و --crs، مانند --name «طرقبه» --crs EPSG:32640",
                "init expects --name and --crs, such as --name «طرقبه» --crs EPSG:32640")
        }
        let path = cityPath(arguments)
        let order = CityOrder(name: Folding.stored(name), crs: crs, height: try decimal(arguments, "height"))
        try serving { () throws(ServiceError) in try order.found(at: path, now: .now) }
        if let boundary = arguments.value("boundary") {
            let file = try open(arguments, language, for: .writing)
            try serving { () throws(ServiceError) in
                let intake = try take(ImportOrder(file: boundary, role: .boundary), into: file, language)
                _ = try accept(intake.number, in: file, by: OperatingSystem.user, reason: "init")
            }
            try closing(file)
        }
        Terminal.print(language("شهر «\(order.name)» ساخته شد: \(path)\n", "made the city «\(order.name)»: \(path)\n"))
        return .done
    }

    static let deliveries = Command(
        syntax: Syntax("deliveries", "تحویل‌ها، قدیمی‌تر نخست", "the deliveries, oldest first", [.json])
    ) { (arguments, language) throws(Failure) in
        let file = try open(arguments, language, for: .reading)
        let all = try storing { () throws(StoreError) in try file.deliveries() }
        Terminal.print(arguments.has("json") ? all.json.canonical() + [10] : Array(all.text(language).utf8))
        return .done
    }

    static let delivery = Command(
        syntax: Syntax(
            "delivery", operands: "N", count: 1...1, "یک تحویل و ایرادهایش", "one delivery and its faults",
            [
                .init(
                    "faults", "OUT.gpkg|OUT.csv", "ایرادها در پرونده‌ای که QGIS باز می‌کند، یا CSV",
                    "write the faults to a file that QGIS opens, or CSV"),
                .json,
            ])
    ) { (arguments, language) throws(Failure) in
        let file = try open(arguments, language, for: .reading)
        let number = try number(arguments)
        let (delivery, faults, allowed) = try storing { () throws(StoreError) in
            (try file.delivery(number), try file.faults(of: number), try file.allowances(of: number))
        }
        if let out = arguments.value("faults") {
            if out.hasSuffix(".csv") {
                try OperatingSystem.write(faults.csv(grid: file.city.grid), to: out)
            } else {
                try storing { () throws(StoreError) in try file.faultsPackage(of: number, to: out) }
            }
        }
        Terminal.print(
            arguments.has("json")
                ? delivery.json(with: faults, allowed: allowed).canonical() + [10]
                : Array(([delivery].text(language) + faults.text(language) + allowed.text(language)).utf8))
        return faults.isEmpty ? .done : .wanting
    }

    static let reject = Command(
        syntax: Syntax("reject", operands: "N", count: 1...1, "تحویلی را رد می‌کند", "rejects a delivery", [.by, .reason])
    ) { (arguments, language) throws(Failure) in
        let number = try number(arguments)
        guard let reason = arguments.value("reason") else {
            throw .badInput("reject دلیل می‌خواهد: --reason", "reject expects --reason")
        }
        let by = try who(arguments, "reject")
        let file = try open(arguments, language, for: .writing)
        try storing { () throws(StoreError) in
            try file.reject(number, Decision(by: by, osUser: OperatingSystem.user, reason: Folding.stored(reason), at: .now))
        }
        Terminal.print(language("تحویل \(number) رد شد\n", "delivery \(number) is rejected\n"))
        try closing(file)
        return .done
    }

    static let revisions = Command(
        syntax: Syntax(
            "revisions", "نسخه‌ها، قدیمی‌تر نخست", "the revisions, oldest first",
            [.init(flag: "check", "اثر هر نسخه را از نو می‌سنجد", "work out every revision's root anew and compare"), .json])
    ) { (arguments, language) throws(Failure) in
        let file = try open(arguments, language, for: .reading)
        let all = try storing { () throws(StoreError) in try file.revisions() }
        Terminal.print(arguments.has("json") ? all.json.canonical() + [10] : Array(all.text(language).utf8))
        guard arguments.has("check") else { return .done }
        for revision in all {
            let root = try storing { () throws(StoreError) in try file.root(at: revision.number) }
            guard root == revision.root else {
                Terminal.complain(
                    language(
                        "نسخهٔ \(revision.number): ردیف‌هایش \(root.hex) می‌دهند و دفتر \(revision.root.hex) می‌گوید",
                        "revision \(revision.number): its rows give \(root.hex), the log says \(revision.root.hex)"))
                return .wanting
            }
        }
        return .done
    }

    static let export = Command(
        syntax: Syntax(
            "export", operands: "[OUT.gpkg]", count: 0...1, "شهر را برای دیگران می‌نویسد", "writes the city for others to read",
            [.init("provisions", "OUT.csv", "ضوابط، برای ویرایش و بازگرداندن", "the provisions, to edit and bring back")])
    ) { (arguments, language) throws(Failure) in
        let file = try open(arguments, language, for: .reading)
        guard arguments.has("provisions") || !arguments.operands.isEmpty else {
            throw .badInput(
                "export یکی از این دو را می‌خواهد: OUT.gpkg یا --provisions OUT.csv", "export expects OUT.gpkg, or --provisions OUT.csv")
        }
        if let out = arguments.value("provisions") {
            try OperatingSystem.write(try serving { () throws(ServiceError) in try file.provisionsCSV() }, to: out)
        }
        if let out = arguments.operands.first {
            try storing { () throws(StoreError) in try file.exportCity(to: out) }
        }
        return .done
    }
}
