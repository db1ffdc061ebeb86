"""The service's rows of Tools/bench: server and load on the same cores, in the same minutes."""
import json
import os
import shutil
import statistics
import subprocess
import time
import urllib.error
import urllib.request

# Around the middle of the sample town, in degrees: half of it lies in parcels, the rest in streets.
BOX = "59.3630,36.3085,59.3825,36.3205"
PLACE = (59.37, 36.315)
# SpatiaLite builds no box without an extent: this one is a few millimetres wide.
PARCEL = "/collections/parcels/items?f=json&bbox=" + ",".join(f"{value + by:.8f}" for by in (-4e-8, 4e-8) for value in PLACE)
PYGEOAPI = ".build/bench-pygeoapi/bin"

CONFIG = """
server:
  bind: {{host: 127.0.0.1, port: 0}}
  url: http://127.0.0.1
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {{default_items: 10, max_items: 10}}
  map: {{url: "https://example.org/{{z}}/{{x}}/{{y}}.png", attribution: none}}
logging: {{level: ERROR}}
metadata:
  identification: {{title: {{en: t}}, description: {{en: t}}, keywords: {{en: [t]}}, keywords_type: theme, terms_of_service: none, url: "http://example.org"}}
  license: {{name: none, url: "http://example.org"}}
  provider: {{name: none, url: "http://example.org"}}
  contact: {{name: none}}
resources:
  parcels:
    type: collection
    title: {{en: parcels}}
    description: {{en: parcels}}
    keywords: {{en: [parcels]}}
    links: []
    extents: {{spatial: {{bbox: [59, 36, 60, 37], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}}}
    providers: [{{type: feature, name: SQLiteGPKG, data: {file}, id_field: fid, table: parcel}}]
"""


class Server:
    """A process that says where it listens, or listens where it was told to, until the end of the block."""

    def __init__(self, arguments, address=None, environment=None):
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, **(environment or {})})
        self.address = address or self.process.stdout.readline().split("http://")[1].strip().rstrip("/")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def memory(self):
        """Resident, in MiB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def serve(row, programs, city, folder, quick):
    def load(server, *arguments):
        done = subprocess.run([os.path.join(programs, "load"), "--to", server.address, "--json", *arguments], capture_output=True, text=True)
        return json.loads(done.stdout)

    def rate(server, seconds, *target):
        told = load(server, "--max", "--seconds", str(seconds), *target)
        if told["errors"]:
            raise SystemExit(f"Tools/bench: {target}: {told['errors']} errors")
        return told["rate"]

    def peer_rate(peer):
        # With more connections than it has processes it gives failures of its own; what it answers well is counted.
        return load(peer, "--max", "--seconds", str(seconds), "--connections", str(2 * os.cpu_count()), PARCEL)["rate"]

    seconds, rounds = (2, 3) if quick else (5, 7)
    anywhere = ("--box", BOX, "/answer?lon={x}&lat={y}")
    one = (f"/answer?lon={PLACE[0]}&lat={PLACE[1]}",)
    with Server([os.path.join(programs, "shahrsaz"), "--city", city, "serve", "--listen", "127.0.0.1:0", "--per-address", "0"]) as server:
        rate(server, seconds, *anywhere)
        places, same, floor = [], [], []
        for _ in range(rounds):
            floor.append(rate(server, seconds, "/alive"))
            same.append(rate(server, seconds, *one))
            places.append(rate(server, seconds, *anywhere))
        other = pygeoapi(folder, lambda peer: [peer_rate(peer) for _ in range(3)])
        row("answers over HTTP, anywhere", places, {"an empty 204": floor, "pygeoapi, the parcel alone": other}, "a second", "more")
        row("the same place again and again", same, {"an empty 204": floor}, "a second", "more")

        half, minutes = statistics.median(places) / 2, 0.5 if quick else 10
        # What it keeps of answers is filled before.
        rate(server, 10 if quick else 60, *anywhere)
        load(server, "--rate", str(half), "--seconds", "10", *anywhere)
        before, start = server.memory(), time.monotonic()
        told = load(server, "--rate", str(half), "--seconds", str(60 * minutes), *anywhere)
        after = server.memory()
        row(f"p99 at {half:,.0f} a second, due on time", [told["p99"]], {}, "ms", "less",
            f"{told['answered']:,} answers in {(time.monotonic() - start) / 60:.1f} min, {told['errors']} errors, p99.9 "
            f"{told['p99.9']:.2f} ms, memory {before:.0f} → {after:.0f} MiB ({100 * (after / before - 1):+.1f} %)")


def pygeoapi(folder, measure):
    """The rates of pygeoapi on the same cores, over the parcels in a GeoPackage of its own; None where it is not installed."""
    if not os.path.exists(f"{PYGEOAPI}/gunicorn") or not shutil.which("ogr2ogr"):
        return None
    file, config = os.path.join(folder, "parcels.gpkg"), os.path.join(folder, "pygeoapi.yml")
    subprocess.run(["ogr2ogr", "-f", "GPKG", file, "GeoData/sample-town/parcels.geojson", "-t_srs", "EPSG:4326", "-nln", "parcel"], check=True)
    with open(config, "w") as text:
        text.write(CONFIG.format(file=file))
    environment = {"PYGEOAPI_CONFIG": config, "PYGEOAPI_OPENAPI": os.path.join(folder, "openapi.yml")}
    subprocess.run([f"{PYGEOAPI}/pygeoapi", "openapi", "generate", config, "--output-file", environment["PYGEOAPI_OPENAPI"]], check=True,
                   stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    arguments = [f"{PYGEOAPI}/gunicorn", "-w", str(os.cpu_count()), "-b", "127.0.0.1:5005", "pygeoapi.flask_app:APP"]
    with Server(arguments, "127.0.0.1:5005", environment) as server:
        for _ in range(100):
            time.sleep(0.2)
            try:
                with urllib.request.urlopen(f"http://{server.address}{PARCEL}") as told:
                    if not json.load(told)["features"]:
                        raise SystemExit("Tools/bench: pygeoapi finds no parcel")
                return measure(server)
            except urllib.error.URLError:
                pass
        raise SystemExit("Tools/bench: pygeoapi does not answer")
