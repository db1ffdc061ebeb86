import Foundation
import Testing

@Suite("The Debian package", .serialized) struct PackageTests {
    /// Packs the programs under test, and unpacks what came of it.
    private func unpacked() throws -> (scratch: Scratch, root: URL, sha256: String) {
        let packed = try Shell.run(
            "cd \"$1\" && Tools/package --packed", [Program.root.path],
            environment: ["SHAHRSAZ_PROGRAMS": Program.folder.path, "SHAHRSAZ_PACKING": "0"])
        try #require(packed.code == 0, "\(packed.text)\(packed.err)")
        let words = packed.text.split(whereSeparator: \.isWhitespace).map(String.init)
        let scratch = try Scratch()
        let root = scratch.url.appending(path: "root")
        try #require(try Shell.run("cd \"$1\" && dpkg-deb -x \"$2\" \"$3\"", [Program.root.path, words[1], root.path]).code == 0)
        let control = try Shell.run("cd \"$1\" && dpkg-deb -f \"$2\" Depends", [Program.root.path, words[1]]).text
        for library in [
            "libc6", "libgeos-c1v5", "libproj25", "libsqlite3-0", "libsodium23", "libmicrohttpd12", "libgdal32", "libqrencode4",
        ] {
            #expect(control.contains(library), "\(control)")
        }
        return (scratch, root, words[0])
    }

    @Test("It has the same bytes twice, and its programs do all their work from where they were unpacked") func works() async throws {
        let (scratch, root, sha256) = try unpacked()
        #expect(try unpacked().sha256 == sha256)
        let program = root.appending(path: "usr/bin/shahrsaz").path
        let manifest = root.appending(path: "usr/share/doc/shahrsaz/examples/sample-town/manifest.json").path
        let city = scratch.url.appending(path: "town.gpkg").path
        let made = try Shell.run(
            "env -i \"$1\" --city \"$2\" import \"$3\" --accept --by test && :", [program, city, manifest])
        #expect(made.code <= 1, "\(made.err)")
        let own = try await SampleTown.city()
        let words = ["parcel", "1-1-1-1-0-0-0", "--on", SampleTown.day, "--json"]
        let answer = try Shell.run("env -i \"$@\"", [program, "--city", city] + words)
        #expect(try answer.code == 0 && answer.out == Program.run(words, city: own).out)
        let paper = scratch.url.appending(path: "paper.pdf").path
        #expect(try Shell.run("env -i \"$1\" --city \"$2\" key --by test", [program, city]).code == 0)
        let printed = try Shell.run(
            "env -i \"$1\" --city \"$2\" certificate 1-1-1-1-0-0-0 --pdf \"$3\" && qpdf --check \"$3\"", [program, city, paper])
        #expect(printed.code == 0, "\(printed.err)")
        // The service, started as the unit starts it.
        let served = try Shell.run(
            """
            env -i "$1" --city "$2" serve --listen 127.0.0.1:0 --lang en > "$3/said" & server=$!
            for i in $(seq 100); do grep -q http "$3/said" && break; sleep 0.1; done
            curl -sf "$(grep -o 'http://.*' "$3/said")/answer?parcel=1-1-1-1-0-0-0&on=\(SampleTown.day)"
            kill $server; wait $server
            """, [program, city, scratch.url.path])
        #expect(served.code == 0 && served.out == answer.out, "\(served.err)")
    }

    @Test("Its manuals and its completion say every command and option, in both languages") func manuals() throws {
        let (scratch, root, _) = try unpacked()
        let share = root.appending(path: "usr/share")
        for (page, words) in [
            ("man/man1/shahrsaz.1", ["import", "--accuracy", "EXIT STATUS"]),
            ("man/fa/man1/shahrsaz.1", ["import", "--accuracy", "کد خروج"]),
            ("man/man8/shahrsaz-serve.8", ["--listen", "SIGTERM"]), ("man/fa/man8/shahrsaz-serve.8", ["--listen", "SIGTERM"]),
        ] {
            let text = try Shell.run("zcat \"$1\"", [share.appending(path: page + ".gz").path]).text.replacingOccurrences(
                of: "\\-", with: "-")
            for word in words { #expect(text.contains(word), "\(page): \(word)") }
        }
        let completion = share.appending(path: "bash-completion/completions/shahrsaz").path
        func completed(_ words: String...) throws -> [Substring] {
            let typed = words.map { "'\($0)'" }.joined(separator: " ")
            let shown = try Shell.run(
                """
                . "$1"; COMP_WORDS=(shahrsaz \(typed)); COMP_CWORD=\(words.count); n=${#COMP_WORDS[@]}
                _shahrsaz shahrsaz "${COMP_WORDS[n-1]}" "${COMP_WORDS[n-2]}"; printf '%s\\n' "${COMPREPLY[@]}"
                """, [completion])
            return shown.text.split(separator: "\n")
        }
        #expect(try Set(completed("re")).isSuperset(of: ["reject", "replay", "restore", "revisions"]))
        #expect(try completed("--city", "x.gpkg", "serve", "--li") == ["--listen"])
        #expect(try completed("parcel", "1-1", "--format", "").contains("geojson"))
        #expect(try completed("at", "--lang", "") == ["fa", "en"])
        _ = scratch
    }

    @Test("The unit leaves the service little of the machine") func unit() throws {
        let unit = Program.root.appending(path: "packaging/shahrsaz.service").path
        // A machine without systemd has no judge of it.
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") else { return }
        let judged = try Shell.run("systemd-analyze security --offline=true --threshold=15 \"$1\"", [unit])
        #expect(judged.code == 0, "\(judged.text.suffix(200))")
        print("unit: \(judged.text.split(separator: "\n").last ?? "")")
    }
}
