"""The rows of Tools/bench. Every row is a ratio: ours against a peer that does the same question in the same minute.

Rows over the sample town: the peers answer only "which parcels, zones and overlays hold this point"; ours also cut the parcel, evaluate
the law, and write the whole answer as JSON. Rows inside one process are in Tools/measure; this starts them and the server they ask.
"""
import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import bench_serve

# Rows of Tools/measure.
INSIDE = (
    "agree", "index", "point", "points", "border", "shares", "box", "load", "open", "same", "evaluate", "diff", "degrees", "log",
)
# Rows of whole processes.
WHOLE = ("sample", "start", "town", "serve", "paper")

parser = argparse.ArgumentParser(prog="Tools/bench")
parser.add_argument("rows", nargs="*", choices=[[], *WHOLE, *INSIDE], metavar="ROW")
parser.add_argument("--rows", dest="listing", action="store_true")
parser.add_argument("--programs", default=".build/release")
parser.add_argument("--quick", action="store_true")
parser.add_argument("--parcels", type=int, default=500_000)
parser.add_argument("--twin", default="clean", choices=["clean", "degenerate", "dirty"])
OPTIONS = parser.parse_args()
if OPTIONS.listing:
    sys.exit(print("\n".join([*WHOLE, *INSIDE])))
ROWS, PROGRAMS, QUICK = OPTIONS.rows or [*WHOLE, *INSIDE], OPTIONS.programs, OPTIONS.quick
SHAHRSAZ = os.path.join(PROGRAMS, "shahrsaz")
STORE = ".build/bench"
TOWN = "GeoData/sample-town/manifest.json"
POINTS, ROUNDS, SINGLES = (5_000, 2, 5) if QUICK else (100_000, 3, 15)
LAYERS = ("parcel", "zone", "overlay")


def run(arguments, **more):
    """Runs a command to its end: seconds on the wall, and the peak of its memory in MiB."""
    before = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE if more.get("read") else subprocess.DEVNULL,
                               stderr=subprocess.PIPE, stdin=more.get("stdin", subprocess.DEVNULL))
    out = process.stdout.read() if more.get("read") else b""
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in more.get("codes", (0,)):
        sys.exit(f"Tools/bench: {' '.join(arguments)} ended with {code}: {error.decode(errors='replace')[:500]}")
    return time.monotonic() - before, usage.ru_maxrss / 1024, out


class PostGIS:
    """A server of its own in a temporary folder, on a socket, gone at the end."""

    def __init__(self, folder):
        binaries = "/usr/lib/postgresql/15/bin"
        self.found = os.path.exists(f"{binaries}/initdb") and os.path.exists("/usr/share/postgresql/15/extension/postgis.control")
        if not self.found:
            return
        self.user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        self.folder = os.path.join(folder, "pg")
        os.mkdir(self.folder, 0o700)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            os.chmod(folder, 0o755)
        self.binaries = binaries
        self.command("initdb", "-D", f"{self.folder}/d", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "-N")
        self.command("pg_ctl", "-D", f"{self.folder}/d", "-o", f"-c listen_addresses='' -k {self.folder} -c shared_buffers=1GB -c work_mem=64MB "
                     "-c maintenance_work_mem=512MB -c max_wal_size=4GB -c fsync=off -c jit=off", "-l", f"{self.folder}/log", "-w", "start")
        self.sql("CREATE EXTENSION postgis")

    def command(self, name, *arguments):
        subprocess.run([*self.user, f"{self.binaries}/{name}", *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd="/")

    def sql(self, text):
        done = subprocess.run(["psql", "-h", self.folder, "-U", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text], check=True,
                              capture_output=True, text=True)
        return done.stdout.strip()

    def stop(self):
        if self.found:
            self.command("pg_ctl", "-D", f"{self.folder}/d", "-m", "immediate", "-w", "stop")


def spatialite(folder, city, points):
    """Asks SQLite's shell with SpatiaLite's predicates for every point: seconds; None where the module is not installed."""
    if not shutil.which("sqlite3") or not os.path.exists("/usr/lib/x86_64-linux-gnu/mod_spatialite.so"):
        return None
    script = os.path.join(folder, "points.sql")
    with open(script, "w") as file:
        file.write("SELECT load_extension('mod_spatialite');\n")
        for x, y in points:
            file.writelines(holding(layer).replace("?1", str(x)).replace("?2", str(y)) + ";\n" for layer in LAYERS)
    with open(script) as file:
        return run(["sqlite3", "-readonly", city], stdin=file)[0]


def holding(layer):
    return (f"SELECT count(*) FROM {layer} WHERE id IN (SELECT id FROM rtree_{layer}_geom WHERE minx <= ?1 AND maxx >= ?1 AND miny <= ?2"
            f" AND maxy >= ?2) AND ST_Intersects(GeomFromGPB(geom), MakePoint(?1, ?2))")


def shared(layer):
    """The ground that the parcel at a point has in each feature of a layer: what a whole answer cuts, with the R-trees for both."""
    return (f"SELECT f.id, ST_Area(ST_Intersection(GeomFromGPB(f.geom), GeomFromGPB(p.geom))) FROM rtree_parcel_geom b"
            f" CROSS JOIN parcel p ON p.id = b.id AND ST_Intersects(GeomFromGPB(p.geom), MakePoint(?1, ?2))"
            f" CROSS JOIN rtree_{layer}_geom r ON r.minx <= b.maxx AND r.maxx >= b.minx AND r.miny <= b.maxy AND r.maxy >= b.miny"
            f" CROSS JOIN {layer} f ON f.id = r.id AND ST_Intersects(GeomFromGPB(f.geom), GeomFromGPB(p.geom))"
            f" WHERE b.minx <= ?1 AND b.maxx >= ?1 AND b.miny <= ?2 AND b.maxy >= ?2")


def asked(queries, x, y):
    return "SELECT load_extension('mod_spatialite');" + "".join(f"{q};".replace("?1", str(x)).replace("?2", str(y)) for q in queries)


def row(name, ours, peers, unit, better, note=""):
    """Prints one measure: medians, our spread, and how many times each peer's figure ours is (above 1 is better for us)."""
    middle = statistics.median(ours)
    cells = [f"{name:<34}", f"{middle:>10,.4g} {unit:<9}", f"[{min(ours):,.4g} – {max(ours):,.4g}]".ljust(20)]
    for peer, values in peers.items():
        if values is None:
            cells.append(f"{peer}: not installed (Tools/bench --setup)")
            continue
        other = statistics.median(values)
        ratio = middle / other if better == "more" else other / middle
        cells.append(f"{peer} {other:,.4g} → {ratio:.2f}×")
    print("  ".join(cells) + (f"   {note}" if note else ""), flush=True)


def main():
    os.makedirs(STORE, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="bench-")
    postgis = None
    try:
        machine()
        if set(ROWS) & {"sample", *INSIDE}:
            postgis = PostGIS(folder)
        if "sample" in ROWS:
            measure(folder, postgis)
        if "start" in ROWS:
            start(folder)
        if "town" in ROWS:
            town()
        if "serve" in ROWS:
            bench_serve.serve(row, PROGRAMS, sample_city(folder), folder, QUICK)
        if "paper" in ROWS:
            paper(folder)
        inside = [row for row in ROWS if row in INSIDE]
        if inside:
            within(inside, postgis)
    finally:
        if postgis:
            postgis.stop()
        shutil.rmtree(folder, ignore_errors=True)


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    memory = next(int(line.split()[1]) >> 20 for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    print(f"{os.cpu_count()} cores of {model}, {memory} GiB, Linux {os.uname().release}, load {os.getloadavg()[0]:.1f}\n", flush=True)


def city_file(parcels, twin="clean"):
    """A made-up city as the program keeps it, made when it is not there yet."""
    folder = os.path.join(STORE, f"{twin}-{parcels}")
    city = folder + ".gpkg"
    if not os.path.exists(city):
        run([os.path.join(PROGRAMS, "make-big-city"), folder, "--parcels", str(parcels), "--twin", twin])
        seconds, peak, _ = run([SHAHRSAZ, "--city", city + ".part", "import", f"{folder}/manifest.json", "--accept", "--by", "bench"],
                               codes=(0, 1))
        print(f"imported {folder} in {seconds:.1f} s, peak memory {peak:.0f} MiB", flush=True)
        for end in ("", ".head"):
            os.rename(f"{city}.part{end}", city + end)
    return city


def within(rows, postgis):
    """The rows of Tools/measure, in one process so that they share the city and the peers' tables."""
    order = [os.path.join(PROGRAMS, "measure"), *rows, "--parcels", str(OPTIONS.parcels), "--twin", OPTIONS.twin, "--program", SHAHRSAZ]
    if {"evaluate", "diff"} & set(rows):
        order += ["--town", city_file(15_000, OPTIONS.twin)]
    if {"load", "open", "same", "evaluate"} & set(rows):
        order += ["--city", city_file(OPTIONS.parcels, OPTIONS.twin)]
    if postgis.found:
        order += ["--socket", postgis.folder]
    if QUICK:
        order.append("--quick")
    subprocess.run(order, check=True)


HELLO = 'print("one line")\n'


def alternated(contenders):
    """Runs whole commands in turn, the first turns for nothing: milliseconds of each."""
    times = {name: [] for name in contenders}
    for number in range(-3, 10 if QUICK else 40):
        for name, arguments in contenders.items():
            taken = 1000 * run(arguments)[0]
            if number >= 0:
                times[name].append(taken)
    return times


def start(folder):
    """One answer as a whole process, warm, beside the least that Swift and Python take, and beside SQLite's shell: told what holds the
    point, and what a whole answer needs, how much of the parcel there each zone and overlay has."""
    with open(os.path.join(folder, "hello.swift"), "w") as file:
        file.write(HELLO)
    hello = os.path.join(folder, "hello")
    run(["swiftc", "-O", "-static-stdlib", file.name, "-o", hello])
    for city in (sample_city(folder), city_file(OPTIONS.parcels, OPTIONS.twin)):
        x, y = 713_000, 4_021_500
        holders, shares = [holding(layer) for layer in LAYERS], [shared(layer) for layer in LAYERS[1:]]
        lite = ["sqlite3", "-readonly", city]
        contenders = {
            "ours": [SHAHRSAZ, "--city", city, "at", str(x), str(y), "--json"],
            "a Swift program that prints a line": [hello],
            "python3 -c pass": [sys.executable, "-c", "pass"],
            "sqlite3 + SpatiaLite, R-tree": [*lite, asked(holders, x, y)],
            "and the parcel's shares": [*lite, asked(holders + shares, x, y)],
        }
        times = alternated(contenders)
        ours = times.pop("ours")
        row(f"start, {os.path.basename(city)}", ours, times, "ms", "less")


def paper(folder):
    """A certificate on paper as a whole process, asked, signed, borne out and drawn, beside Pango's own program with one line of text."""
    city = sample_city(folder)
    run([SHAHRSAZ, "--city", city, "key", "--by", "bench"])
    out = os.path.join(folder, "out.pdf")
    signed = os.path.join(folder, "signed.json")
    with open(signed, "wb") as file:
        file.write(run([SHAHRSAZ, "--city", city, "parcel", "1-1-1-1-0-0-0", "--on", "1404-09-01", "--sign", "--json"], read=True)[2])
    contenders = {
        "ours": [SHAHRSAZ, "--city", city, "certificate", "--answer", signed, "--lang", "fa", "--pdf", out],
        "pango-view, one line": ["pango-view", "-q", "--font", "Noto Sans Arabic 10", "--text", "گواهی ضوابط", "--output", out + ".pdf"],
    }
    if not shutil.which("pango-view"):
        return row("a certificate on paper", [1000 * run(contenders["ours"])[0]], {"pango-view": None}, "ms", "less")
    times = alternated(contenders)
    row("a certificate on paper", times.pop("ours"), times, "ms", "less", "promised: at most 5 times pango-view")


def sample_city(folder):
    city = os.path.join(folder, "sample.gpkg")
    run([SHAHRSAZ, "--city", city, "import", TOWN, "--accept", "--by", "bench"], codes=(0, 1))
    return city


def town():
    """Every parcel of a town evaluated, and as many of the big city's: what a parcel costs."""
    costs, most = [], 1_500 if QUICK else 15_100
    for parcels in sorted({15_000, OPTIONS.parcels}):
        city = city_file(parcels)
        codes = subprocess.run(["sqlite3", "-readonly", "-csv", city, "SELECT code, code FROM parcel"], check=True, capture_output=True,
                               text=True).stdout.splitlines()
        codes = codes[::max(1, len(codes) // most)]
        with open(os.path.join(STORE, "codes.csv"), "w") as file:
            file.write("\n".join(["id,parcel", *codes, ""]))
        run([SHAHRSAZ, "--city", city, "parcel", codes[0].split(",")[0], "--json"])
        times = []
        for _ in range(ROUNDS):
            with open(file.name) as questions:
                seconds, peak, _ = run([SHAHRSAZ, "--city", city, "batch", "--parcels"], stdin=questions, codes=(0, 1))
            times.append(seconds)
        costs.append(statistics.median(times) / len(codes))
        row(f"town, {len(codes):,} parcels of {parcels:,}", times, {}, "s", "less",
            f"{1e6 * costs[-1]:.1f} µs a parcel, peak memory {peak:.0f} MiB")
    print(f"  a parcel of the city costs {costs[-1] / costs[0]:.2f} times one of the town", flush=True)


def measure(folder, postgis):
    print(f"{POINTS:,} points over the sample town; medians of {ROUNDS} alternated rounds\n"
          "ratios above 1 are in our favour; the peers only find what holds the point, ours is the whole answer\n", flush=True)
    city = os.path.join(folder, "city.gpkg")
    manifest, memory = [], 0
    for _ in range(ROUNDS):
        for name in os.listdir(folder):
            if name.startswith("city.gpkg"):
                path = os.path.join(folder, name)
                shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
        seconds, peak, _ = run([SHAHRSAZ, "--city", city, "import", TOWN, "--accept", "--by", "bench"], codes=(0, 1))
        manifest.append(seconds)
        memory = max(memory, peak)
    imports(folder, city)
    row("a whole town in, 16 deliveries", manifest, {}, "s", "less", f"peak memory {memory:.0f} MiB")
    if postgis.found:
        load(city, postgis)

    random.seed(1404)
    points = [(round(random.uniform(711_900, 714_000), 3), round(random.uniform(4_020_700, 4_022_400), 3)) for _ in range(POINTS)]
    table = os.path.join(folder, "points.csv")
    with open(table, "w") as file:
        file.write("id,x,y\n" + "".join(f"{i},{x},{y}\n" for i, (x, y) in enumerate(points)))
    if postgis.found:
        os.chmod(table, 0o644)
        postgis.sql(f"CREATE TABLE point(id int, x float8, y float8); COPY point FROM '{table}' CSV HEADER; "
                    "ALTER TABLE point ADD g geometry(Point, 32640); UPDATE point SET g = ST_SetSRID(ST_MakePoint(x, y), 32640); ANALYZE")
    ours, lite, post, peaks = [], [], [], []
    for _ in range(ROUNDS):
        with open(table) as file:
            seconds, peak, _ = run([SHAHRSAZ, "--city", city, "batch", "--points"], stdin=file)
        ours.append(POINTS / seconds)
        peaks.append(peak)
        few = points[: max(1, POINTS // 20)]
        seconds = spatialite(folder, city, few)
        if seconds:
            lite.append(len(few) / seconds)
        if postgis.found:
            before = time.monotonic()
            for layer in LAYERS:
                postgis.sql(f"SELECT count(*) FROM point p JOIN {layer} f ON ST_Intersects(f.geom, p.g)")
            post.append(POINTS / (time.monotonic() - before))
    row("batch --points", ours, {"SpatiaLite": lite or None, "PostGIS, one join": post or None}, "points/s", "more",
        f"peak memory {max(peaks):.0f} MiB")

    ours, lite, post = [], [], []
    x, y = points[0]
    for _ in range(SINGLES):
        ours.append(1000 * run([SHAHRSAZ, "--city", city, "at", str(x), str(y), "--json"])[0])
        seconds = spatialite(folder, city, points[:1])
        if seconds:
            lite.append(1000 * seconds)
        if postgis.found:
            question = "".join(f"SELECT count(*) FROM {layer} WHERE ST_Intersects(geom, ST_SetSRID(ST_MakePoint({x}, {y}), 32640));" for layer in LAYERS)
            post.append(1000 * run(["psql", "-h", postgis.folder, "-U", "postgres", "-qAtX", "-c", question])[0])
    row("one answer, whole process", ours, {"sqlite3 + SpatiaLite": lite or None, "psql + PostGIS": post or None}, "ms", "less")
    floor = [1000 * run([SHAHRSAZ, "--version"])[0] for _ in range(SINGLES)]
    row("  of which starting the program", floor, {}, "ms", "less")


def imports(folder, city):
    """One delivery of 3,096 parcels, checked, staged and accepted; beside ogr2ogr writing the same file as a GeoPackage, unchecked."""
    parcels = "GeoData/sample-town/parcels.geojson"
    ours, peers, copy, own = [], [], os.path.join(folder, "copy.gpkg"), os.path.join(folder, "own.gpkg")
    shutil.copy(city, own)
    for number in range(ROUNDS):
        seconds, _, _ = run([SHAHRSAZ, "--city", own, "import", parcels, "--as", "parcels", "--layer", f"bench{number}", "--accept",
                             "--by", "bench"], codes=(0, 1))
        ours.append(3096 / seconds)
        if shutil.which("ogr2ogr"):
            seconds, _, _ = run(["ogr2ogr", "-f", "GPKG", copy, parcels])
            os.remove(copy)
            peers.append(3096 / seconds)
    row("import and accept, parcels", ours, {"ogr2ogr, unchecked": peers or None}, "rows/s", "more")


def load(city, postgis):
    """The town's layers in PostGIS, with a GiST index each."""
    for layer in LAYERS:
        text = subprocess.run(["ogr2ogr", "-f", "PGDump", "/vsistdout/", city, layer, "-nln", layer, "-lco", "GEOMETRY_NAME=geom", "-lco",
                               "CREATE_SCHEMA=OFF", "-lco", "SCHEMA=public"], check=True, capture_output=True).stdout
        subprocess.run(["psql", "-h", postgis.folder, "-U", "postgres", "-qX", "-v", "ON_ERROR_STOP=1"], input=text, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


main()
