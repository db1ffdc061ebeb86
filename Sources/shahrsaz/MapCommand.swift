import Formats
import Persian
import Service

extension Command {
    static let map = Command(
        syntax: Syntax(
            "map", operands: "[CODE | X Y]", count: 0...2, "نقشهٔ یک جا، یک کادر یا همهٔ شهر: PNG",
            "the map of a place, of a box or of the whole city: a PNG",
            [
                .init(
                    "png", "FILE", "پرونده‌ای که ساخته یا جایگزین می‌شود (پیش‌فرض: خروجی)",
                    "the file to be made or replaced (default: the output)"),
                .init("box", "MINX,MINY,MAXX,MAXY", "کادری به جای یک جا", "a box instead of a place"), pointCRS, .on, .known,
                .init("size", "W×H", "اندازهٔ تصویر به پیکسل (پیش‌فرض: ۱۰۲۴×۷۶۸)", "the picture's size in pixels (default: 1024×768)"),
                .init(
                    "scale", "N", "مقیاس یک جا، ۱:N، هر پیکسل ۱/۹۶ اینچ (پیش‌فرض: چنان که بگنجد)",
                    "a place's scale, 1:N, a pixel being 1/96 inch (default: what fits)"),
                .init(flag: "bar", "با نشانهٔ شمال و خط مقیاس", "with an arrow to the north and a scale bar"),
                .style,
                .init(flag: "legend", "با راهنمای رنگ‌ها، تا جایی که بگنجد", "with a legend, as far as it fits"),
            ])
    ) { (arguments, language) throws(Failure) in
        let printer = try Printer()
        var words = ["--map", "--png", arguments.value("png") ?? Printer.output]
        guard let out = arguments.value("png") else {
            try Printer.refuseTerminal()
            throw printer.become(words + (try mapped(arguments)), arguments, language, input: [])
        }
        guard !out.isEmpty, OperatingSystem.hasWritableFolder(out) else {
            throw .machine("\(out): در این پوشه نمی‌توان نوشت", "\(out): its folder can't be written to")
        }
        words += try mapped(arguments)
        throw printer.become(words, arguments, language, input: [])
    }

    /// What is to be drawn, in the printer's words.
    private static func mapped(_ arguments: Arguments) throws(Failure) -> [String] {
        let hasBox = arguments.has("box")
        guard !hasBox || arguments.operands.isEmpty else {
            throw .badInput("map یک جا را می‌خواهد یا --box را، نه هر دو", "map expects a place or --box, not both")
        }
        guard !arguments.has("crs") || hasBox || arguments.operands.count == 2 else {
            throw .badInput("--crs با X Y یا --box می‌آید", "--crs goes with X Y or --box")
        }
        guard !arguments.has("scale") || !arguments.operands.isEmpty else {
            throw .badInput(
                "--scale با یک جا می‌آید؛ مقیاس کادر از --size پیداست", "--scale goes with a place; a box has the scale that --size gives it"
            )
        }
        let (width, height) = try size(arguments.value("size") ?? "1024×768")
        var words = ["--size", "\(width)", "\(height)", "--on", try day(arguments, "on")?.iso ?? OperatingSystem.today.iso]
        if let known = arguments.value("known") {
            _ = try knownRevision(arguments)
            words += ["--known", known]
        }
        if let text = arguments.value("scale") {
            guard let scale = Int(Digits.latin(text)), (10...10_000_000).contains(scale) else {
                throw .badInput("--scale از ۱۰ تا ۱۰٬۰۰۰٬۰۰۰ است، نه «\(text)»", "--scale expects 10 to 10000000, not «\(text)»")
            }
            words += ["--scale", "\(scale)"]
        }
        if let crs = arguments.value("crs") { words += ["--crs", crs] }
        if let text = arguments.value("box") {
            words += ["--box"] + (try box(text)).map { "\($0)" }
        } else if arguments.operands.count == 2 {
            words += ["--point"] + (try coordinates(arguments, "map")).map { "\($0)" }
        } else if let code = arguments.operands.first {
            words += ["--parcel", code]
        }
        return words + ["bar", "legend"].filter { arguments.has($0) }.map { "--" + $0 }
    }

    private static func size(_ text: String) throws(Failure) -> (Int, Int) {
        let sides = Digits.latin(text).split(omittingEmptySubsequences: false) { "x×X".contains($0) }.map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (16...8192).contains(width), (16...8192).contains(height)
        else {
            throw .badInput(
                "--size پهنا×بلندا می‌خواهد، هر یک ۱۶ تا ۸۱۹۲ پیکسل، نه «\(text)»",
                "--size expects W×H, each 16 to 8192 pixels, not «\(text)»")
        }
        return (width, height)
    }

    private static func box(_ text: String) throws(Failure) -> [Double] {
        let numbers = text.split(omittingEmptySubsequences: false) { ",،".contains($0) }.compactMap { Coordinate.parse(String($0)) }
        guard numbers.count == 4, text.count(where: { ",،".contains($0) }) == 3, numbers[0] < numbers[2], numbers[1] < numbers[3] else {
            throw .badInput(
                "--box چهار عدد می‌خواهد، MINX,MINY,MAXX,MAXY، کمینه‌ها کوچک‌تر؛ «\(text)» چنین نیست",
                "--box expects four numbers, MINX,MINY,MAXX,MAXY, the least ones first; «\(text)» is not")
        }
        return numbers
    }
}
