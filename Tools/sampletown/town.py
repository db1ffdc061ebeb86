"""The whole sample town: drawn from one seed, written as the deliveries of a manifest."""

import json
import os
import random

from . import addresses, overlays, parcels, provisions, tables, zones
from .layout import laid_out
from .mesh import area2, contains
from .geopackage import geopackage
from .writers import csv, geojson, shapefile

SEED = 14040
LABEL = "نمونه"


class SampleTown:
    """Everything drawn, before it is written."""

    def __init__(self, seed=SEED):
        self.plan = town = laid_out(random.Random(seed))
        self.parcels = parcels.numbered(town)
        addresses.named(town)
        houses = addresses.numbered_houses(town, self.parcels)
        self.free, self.post = addresses.tables(town, self.parcels, houses)
        (outline,) = town.mesh.outline(sorted(town.mesh.faces))
        self.limit = [town.mesh.points[v] for v in outline]
        self.three = zones.lot_for_three(town, self.parcels)
        self.land_use = zones.land_use(town, self.limit, self.three.faces[0])
        self.heights = zones.heights(town, self.limit)
        self.heritage = overlays.heritage(town.rng)


def polygons_of(mesh, faces):
    """A parcel's faces as polygons, each with its own holes."""
    return [[[mesh.points[v] for v in ring] for ring in [mesh.faces[f]] + mesh.holes.get(f, [])] for f in faces]


def nested(rings):
    """One outline's rings as polygons: anticlockwise ones are outer, each hole goes to the outer ring that holds it."""
    outer = [[ring] for ring in rings if area2(ring) > 0]
    for hole in (ring for ring in rings if area2(ring) < 0):
        middle = [sum(c) / len(hole) for c in zip(*hole)]
        owner = min((p for p in outer if contains(p[0], middle) or contains(p[0], hole[0])), key=lambda p: area2(p[0]))
        owner.append(hole)
    return outer


def write_town(folder):
    town = SampleTown()
    os.makedirs(folder, exist_ok=True)
    mesh = town.plan.mesh

    def path(name):
        return os.path.join(folder, name)

    geojson(
        path("boundary.geojson"),
        [
            ({"code": "limit", "kind": "limit", "name": f"محدوده شهر ({LABEL})"}, [[town.limit]]),
            ({"code": "harim", "kind": "harim", "name": f"حریم شهر ({LABEL})"}, [[overlays.harim()]]),
        ],
    )
    ordered = sorted(town.parcels, key=lambda p: [int(n) for n in p.code.split("-")])
    geojson(
        path("parcels.geojson"),
        [
            (
                {
                    "code": p.code,
                    "deedArea": p.deed and json.loads(p.deed),
                    "address": p.address,
                    "slope": p.slope and json.loads(p.slope),
                    "effectiveArea": p.effective and json.loads(p.effective),
                    "oldCode": p.old_code,
                },
                polygons_of(mesh, p.faces),
            )
            for p in ordered
        ],
    )
    shapefile(
        path("streets"),
        [("NAM", "C", 60, 0), ("ARZ", "N", 6, 2)],
        [
            (
                {"NAM": addresses.full_name(s), "ARZ": s.width},
                nested([[mesh.points[v] for v in ring] for ring in mesh.outline(sorted(s.faces))]),
            )
            for s in town.plan.streets
        ],
    )
    geojson(
        path("land-use.geojson"),
        [({"code": code, "name": zones.LAND_USE[code]}, nested(rings)) for code, rings in town.land_use.polygons()],
    )
    geojson(
        path("height.geojson"),
        [({"code": code, "name": zones.HEIGHTS[code]}, nested(rings)) for code, rings in town.heights.polygons()],
    )
    geojson(path("amendment.geojson"), [({"code": c, "name": zones.LAND_USE[c]}, [[ring]]) for c, ring in amended(town)])
    geojson(
        path("river.geojson"),
        [({"code": "RV-1", "kind": "river", "name": "حد بستر و حریم رودخانه طرقبه"}, [[overlays.river(town.plan)]])],
    )
    geojson(path("fault.geojson"), [({"code": "F-1", "kind": "fault", "name": "پهنه گسل جنوب طرقبه"}, [[overlays.fault()]])])
    geojson(
        path("power-line.geojson"),
        [({"code": "PL-63", "kind": "powerLine", "name": "حریم خط ۶۳ کیلوولت", "voltage": 63}, [[overlays.power_line()]])],
    )
    geopackage(
        path("heritage.gpkg"),
        "heritage",
        ["code", "kind", "name"],
        [({"code": "HR-1", "kind": "heritage", "name": "بافت تاریخی طرقبه"}, [[town.heritage]])],
    )
    geojson(
        path("qanat.geojson"),
        [({"code": code, "kind": "qanat", "name": "حریم مادرچاه قنات"}, [[ring]]) for code, ring in overlays.qanats()],
    )
    csv(path("plans.csv"), tables.PLAN_COLUMNS, tables.plans())
    csv(path("provisions.csv"), provisions.COLUMNS, provisions.rows())
    csv(path("addresses.csv"), ["text", "postcode", "parcel"], town.free)
    csv(path("post-office.csv"), ["street", "alley", "number", "postcode", "parcel"], town.post)
    with open(path("manifest.json"), "w", encoding="utf-8") as out:
        json.dump(tables.manifest(SEED, LABEL), out, ensure_ascii=False, indent=1)
        out.write("\n")
    return town


def amended(town):
    """The amendment's two polygons: one block's zone as it stood, and one drawn freely over gardens."""
    layer, chosen = town.land_use, None
    for block in town.plan.filled:
        face = layer.at(block.middle)
        if block.kind == "town" and block.use is None and layer.code[face] == "R2" and -320e3 < block.middle[0] < 0:
            chosen = face
            break
    free = [(x * 1000, y * 1000) for x, y in ((-690, 120), (-560, 92), (-520, 300), (-660, 330))]
    return [("M2", layer.mesh.ring(chosen)), ("R1", free)]
