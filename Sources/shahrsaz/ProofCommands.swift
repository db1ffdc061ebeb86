import Formats
import Glibc
import Persian
import Service
import Store

extension Syntax.Option {
    static let key = Syntax.Option(
        "key", "FILE", "پروندهٔ کلید پنهان (پیش‌فرض: SHAHRSAZ_KEY، سپس CITY.key)",
        "the file of the secret key (default: SHAHRSAZ_KEY, then CITY.key)")
}

extension Command {
    static let keyCommand = Command(
        syntax: Syntax(
            "key", "کلید امضای شهر را می‌سازد یا نشان می‌دهد", "makes the city's key where there is none, and shows the public keys",
            [
                .init(flag: "rotate", "کلید تازه؛ کلیدهای عمومی پیشین می‌مانند", "a new key; the old public keys stay"), .by, .reason,
                .init("public", "OUT.json", "کلیدهای عمومی در پرونده‌ای برای دیگران", "write the public keys to a file to hand out"), .key,
                .json,
            ])
    ) { (arguments, language) throws(Failure) in
        let path = try keyPath(arguments)
        if arguments.has("rotate") {
            try rotate(path, arguments, language)
        } else if try publicKeys(arguments, language).keys.isEmpty {
            try make(path, arguments, language)
        }
        let (file, keys) = try publicKeys(arguments, language)
        if let doubt = try doubt(of: path, keys) { Terminal.complain(doubt.message(in: language)) }
        let json = keys.publicJSON(of: file.city.name).canonical() + [UInt8(ascii: "\n")]
        if let out = arguments.value("public") { try OperatingSystem.write(json, to: out) }
        Terminal.print(arguments.has("json") ? json : Array(keys.text(language).utf8))
        return .done
    }

    private static func publicKeys(_ arguments: Arguments, _ language: Language) throws(Failure) -> (file: CityFile, keys: [CityKey]) {
        let file = try open(arguments, language, for: .reading)
        return (file, try storing { () throws(StoreError) in try file.keys() })
    }

    /// Why the secret of a file can't sign for the city; nil where it can.
    private static func doubt(of path: String, _ keys: [CityKey]) throws(Failure) -> Failure? {
        guard SecretKeyFile.exists(path) else {
            return .badInput(
                "کلید پنهان این‌جا نیست: \(path)؛ کلید شهر را shahrsaz key می‌سازد",
                "the secret key is not here: \(path); `shahrsaz key` makes the city's first, `key --rotate` a new one")
        }
        let id = try storing { () throws(StoreError) in try SecretKeyFile.read(path).publicKey.id }
        guard id != keys.last?.publicKey.id else { return nil }
        return .badInput(
            "\(path): کلید \(id) کلید کنونی این شهر نیست؛ key --rotate کلید تازه می‌سازد یا این را ثبت می‌کند",
            "\(path): the key \(id) is not the one that signs for this city; `key --rotate` makes a new one, or enters this one")
    }

    /// Makes the first secret and enters it. One that is there already is entered: a kill came between the two.
    private static func make(_ path: String, _ arguments: Arguments, _ language: Language) throws(Failure) {
        let file = try open(arguments, language, for: .writing)
        let by = arguments.has("by") ? try who(arguments, "key") : OperatingSystem.user
        let decision = Decision(
            by: by, osUser: OperatingSystem.user, reason: arguments.value("reason").map { Folding.stored($0) }, at: .now)
        try storing { () throws(StoreError) in
            let key = SecretKeyFile.exists(path) ? try SecretKeyFile.read(path).publicKey : try SecretKeyFile.make(at: path)
            try file.enter(key, decision)
        }
        try closing(file)
        Terminal.complain(
            language(
                "کلید پنهان: \(path)؛ در پروندهٔ شهر و پشتیبان‌ها نیست، جداگانه نگهش دارید",
                "the secret key: \(path); it is neither in the city's file nor in a backup, keep a copy of its own"))
    }

    private static func rotate(_ path: String, _ arguments: Arguments, _ language: Language) throws(Failure) {
        guard arguments.value("reason") != nil else {
            throw .badInput("key --rotate دلیل می‌خواهد: --reason", "key --rotate expects --reason")
        }
        let decision = try decision(arguments, "key --rotate")
        let file = try open(arguments, language, for: .writing)
        let old: String? = try storing { () throws(StoreError) in
            guard SecretKeyFile.exists(path) else {
                try file.enter(try SecretKeyFile.make(at: path), decision)
                return nil
            }
            let present = try SecretKeyFile.read(path).publicKey
            // A kill came after a secret took the old one's place, or the city was restored: that rotation is brought to its end.
            guard try file.keys().contains(where: { $0.publicKey == present }) else {
                try file.enter(present, decision)
                return nil
            }
            let (key, old) = try SecretKeyFile.replace(at: path)
            try file.enter(key, decision)
            return old
        }
        try closing(file)
        if let old {
            Terminal.complain(
                language(
                    "کلید پنهان پیشین: \(old)؛ دیگر امضا نمی‌کند و می‌توان نابودش کرد",
                    "the secret before: \(old); it signs no more and may be destroyed"))
        }
    }

    /// The city's signer; nil where nobody asked for one.
    static func signer(_ arguments: Arguments, _ language: Language) throws(Failure) -> Signer? {
        arguments.has("sign") ? try citySigner(arguments, language) : nil
    }

    /// The city's signer; an error where its key is not here.
    static func citySigner(_ arguments: Arguments, _ language: Language) throws(Failure) -> Signer {
        let path = try keyPath(arguments)
        if let doubt = try doubt(of: path, publicKeys(arguments, language).keys) { throw doubt }
        return try serving { () throws(ServiceError) in try Signer(of: path) }
    }

    private static func keyPath(_ arguments: Arguments) throws(Failure) -> String {
        if let path = arguments.value("key") ?? Environment.value("SHAHRSAZ_KEY") { return path }
        return SecretKeyFile.path(of: try storing { () throws(StoreError) in try FilePlace.resolved(cityPath(arguments)) })
    }

    static let verify = Command(
        syntax: Syntax(
            "verify", operands: "ANSWER.json", count: 1...1, "گواهی یک پاسخ را می‌سنجد", "checks the certificate of an answer",
            [
                .init(
                    "key", "PUBLIC.json", "کلیدهای عمومی، بی‌نیاز از شهر (پیش‌فرض: کلیدهای شهر)",
                    "public keys, without any city (default: the city's keys)")
            ])
    ) { (arguments, language) throws(Failure) in
        let (path, answer) = try storedAnswer(arguments)
        let fault: CertificateFault?
        if let ring = arguments.value("key") {
            guard let keys = KeyRing(parsing: try OperatingSystem.read(ring)) else {
                throw .badInput(
                    "\(ring): کلیدهای عمومی انتظار می‌رفت، چنان که key --public می‌نویسد",
                    "\(ring): expected public keys, as `key --public` writes them"
                )
            }
            fault = answer.fault(by: keys)
        } else {
            let file = try open(arguments, language, for: .reading)
            fault = try serving { () throws(ServiceError) in try answer.fault(in: file) }
        }
        if let fault {
            Terminal.complain("\(path): " + fault.message(in: language))
            return .wanting
        }
        Terminal.print(language("برقرار است: کلید \(answer.keyID ?? "")\n", "it holds: key \(answer.keyID ?? "")\n"))
        return .done
    }

    static let replay = Command(
        syntax: Syntax(
            "replay", operands: "ANSWER.json", count: 1...1, "پرسش یک پاسخ را دوباره می‌پرسد و بایت به بایت می‌سنجد",
            "asks an answer's question again and compares to the byte (verify judges the signature)",
            [
                .init(
                    flag: "plainly", "از ردیف‌های پروندهٔ شهر، بی اطلس: برای سنجش یکی با دیگری",
                    "from the rows of the city's file, without its atlas: to check the one against the other")
            ])
    ) { (arguments, language) throws(Failure) in
        let (path, stored) = try storedAnswer(arguments)
        guard let (question, revision) = stored.asked else {
            throw .badInput("\(path): پرسشش خوانده نمی‌شود", "\(path): its question can't be read")
        }
        do throws(Failure) {
            let town = try town(arguments, language, known: .revision(revision)) { message in
                Terminal.complain(message)
                exit(ExitCode.machine.rawValue)
            }
            let replay = try serving { () throws(ServiceError) in
                try stored.replay(against: try Answerer(town, on: question.on, given: question.given).answer(question))
            }
            Terminal.print(replay.text(language))
            return replay.holds ? .done : .wanting
        } catch {
            // A city without the revision, the parcel or the address gives another answer: none.
            guard case .service(let fault) = error, fault.isNoAnswer else { throw error }
            Terminal.print(language("برقرار نیست: ", "it does not hold: ") + error.message(in: language) + "\n")
            return .wanting
        }
    }

    private static func storedAnswer(_ arguments: Arguments) throws(Failure) -> (String, StoredAnswer) {
        let path = arguments.operands[0]
        let bytes = try OperatingSystem.read(path)
        do throws(StoredAnswer.Unfit) {
            return (path, try StoredAnswer(bytes))
        } catch {
            switch error {
            case .notJSON(let fault): throw .badInput("\(path): \(fault.message(in: .fa))", "\(path): \(fault)")
            case .notAnAnswer:
                throw .badInput(
                    "\(path): پاسخ شهرساز نیست: question و certificate ندارد", "\(path): no answer: it lacks question or certificate")
            }
        }
    }
}
