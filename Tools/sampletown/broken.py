"""Deliveries that are broken, each in one way: what they are made of, and what must be said of them."""

import json
import struct

from .mercator import forward, inverse
from .writers import CRS_URN

# (file, what is wrong, what the message must name). {centre} and the like are filled in where a figure depends on the sample.
TABLE = []


def case(file, wrong, named):
    """Notes a broken file for the README, and registers the function that makes its bytes."""

    def register(function):
        TABLE.append((file, wrong, named, function))
        return function

    return register


def feature(properties, rings):
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}


def collection(features, crs=CRS_URN):
    whole = {"type": "FeatureCollection"}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    whole["features"] = features
    return (json.dumps(whole, ensure_ascii=False) + "\n").encode()


def square(x, y, size=10.0):
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


X, Y = 713000.0, 4021500.0


def with_ring(ring, code="1-1-900-2-0-0-0"):
    """One good parcel, then one with the ring."""
    return collection([feature({"code": "1-1-900-1-0-0-0"}, [square(X - 40, Y)]), feature({"code": code}, [ring])])


@case("empty.geojson", "an empty file", "the file; that it is empty")
def empty(sample):
    return b""


@case(
    "open-ring.geojson", "feature 2: the ring's end is 31 mm from its start", "feature 2, ring not closed, gap 0.031 m at its start"
)
def open_ring(sample):
    return with_ring(square(X, Y)[:-1] + [[X + 0.031, Y]])


@case("self-crossing.geojson", "feature 2 crosses itself (a bow-tie)", "feature 2, crosses itself at 713005.000 4021505.000")
def bow_tie(sample):
    return with_ring([[X, Y], [X + 10, Y + 10], [X + 10, Y], [X, Y + 10], [X, Y]])


@case(
    "spike.geojson",
    "feature 2 runs out and back along one line (closed CAD polyline)",
    "feature 2, a spike at 713020.000 4021510.000",
)
def spike(sample):
    return with_ring([[X, Y], [X + 10, Y], [X + 10, Y + 10], [X + 20, Y + 10], [X + 10, Y + 10], [X, Y + 10], [X, Y]])


@case(
    "figure-eight.geojson",
    "feature 2 touches itself in a vertex: CAD closes it, OGC refuses it",
    "feature 2, its ring touches itself at 713010.000 4021505.000",
)
def figure_eight(sample):
    return with_ring([[X, Y], [X + 10, Y + 5], [X + 20, Y], [X + 20, Y + 10], [X + 10, Y + 5], [X, Y + 10], [X, Y]])


@case("hole-outside.geojson", "feature 2's hole lies outside its shell", "feature 2, hole outside its shell")
def hole_outside(sample):
    return collection(
        [
            feature({"code": "1-1-900-1-0-0-0"}, [square(X - 40, Y)]),
            feature({"code": "1-1-900-2-0-0-0"}, [square(X, Y), square(X + 50, Y, 2)[::-1]]),
        ]
    )


@case("two-points.geojson", "feature 2's ring has two different points", "feature 2, too few points")
def two_points(sample):
    return with_ring([[X, Y], [X + 10, Y], [X, Y]])


@case(
    "collapses.geojson",
    "feature 2 is 0.2 mm wide: rounding to millimetres leaves no area",
    "feature 2, no area on the millimetre grid",
)
def collapses(sample):
    return with_ring([[X, Y], [X + 10, Y], [X + 10, Y + 0.0002], [X, Y + 0.0002], [X, Y]])


@case("empty-geometry.geojson", "feature 2 has no geometry, feature 3 an empty one", "features 2 and 3, no geometry")
def empty_geometry(sample):
    nothing = {"type": "Feature", "properties": {"code": "1-1-900-2-0-0-0"}, "geometry": None}
    hollow = {"type": "Feature", "properties": {"code": "1-1-900-3-0-0-0"}, "geometry": {"type": "Polygon", "coordinates": []}}
    return collection([feature({"code": "1-1-900-1-0-0-0"}, [square(X - 40, Y)]), nothing, hollow])


@case("nan.geojson", "a coordinate is NaN", "that the file is no JSON, with line and column; or feature 2, not a finite number")
def nan(sample):
    return with_ring(square(X, Y)).replace(b"713010.0", b"NaN", 1)


@case("infinite.geojson", "a coordinate is 1e999", "feature 2, not a finite number")
def infinite(sample):
    return with_ring(square(X, Y)).replace(b"713010.0", b"1e999", 1)


@case("huge.geojson", "a coordinate is 1e300: its conversion to a whole number would trap", "feature 2, out of range")
def huge(sample):
    return with_ring(square(X, Y)).replace(b"713010.0", b"1e300", 1)


@case(
    "codes.geojson",
    "feature 2 repeats feature 1's code in other digits, feature 3 has none, feature 4 is feature 1 again",
    "features 1 and 2, the same code; 3, code missing; 4, a duplicate of 1",
)
def codes(sample):
    return collection(
        [
            feature({"code": "1-1-900-1-0-0-0"}, [square(X, Y)]),
            feature({"code": "۱-۱-۹۰۰-۱-۰-۰-۰"}, [square(X + 20, Y)]),
            feature({"code": None}, [square(X + 40, Y)]),
            feature({"code": "1-1-900-4-0-0-0"}, [square(X, Y)]),
        ]
    )


@case("outside.geojson", "feature 2 lies 40 km east of the city", "feature 2, outside the city boundary, with its distance")
def outside(sample):
    return with_ring(square(X + 40_000, Y))


@case(
    "no-crs.geojson",
    "a GeoJSON in metres without `crs`: RFC 7946 would make it degrees",
    "the CRS is missing or wrong; that EPSG:32640 fits the boundary; `--crs EPSG:32640`",
)
def no_crs(sample):
    return collection(sample, crs=None)


@case(
    "zone-41.geojson",
    "coordinates of UTM zone 41N said to be 40N",
    "that the delivery fits the boundary as EPSG:32641; not applied by itself",
)
def zone_41(sample):
    return collection(moved(sample, lambda x, y: forward(*inverse(x, y, 40), 41)))


@case("swapped.geojson", "north before east", "swapped axes; not applied by itself")
def swapped(sample):
    return collection(moved(sample, lambda x, y: (y, x)))


@case(
    "degrees.geojson", "degrees, said to be EPSG:32640", "that the delivery fits the boundary as EPSG:4326; not applied by itself"
)
def degrees(sample):
    return collection(moved(sample, lambda x, y: inverse(x, y, 40), places=9))


@case(
    "swapped-degrees.geojson",
    "latitude before longitude, said to be EPSG:4326",
    "EPSG:4326 with swapped axes; not applied by itself",
)
def swapped_degrees(sample):
    return collection(moved(sample, lambda x, y: inverse(x, y, 40)[::-1], places=9), crs="urn:ogc:def:crs:OGC:1.3:CRS84")


@case(
    "ed77.geojson",
    "ED50(ED77), EPSG:2060, said to be EPSG:32640: 174 m too far north, 24 m too far west",
    "the shift of about (+23.8, −174.0) m, EPSG:2060; not applied by itself",
)
def ed77(sample):
    return collection(moved(sample, lambda x, y: (x - 23.763, y + 173.967)))


def moved(features, change, places=3):
    """The sample's features with every coordinate changed."""
    return [
        feature(f["properties"], [[[round(c, places) for c in change(*p)] for p in ring] for ring in f["geometry"]["coordinates"]])
        for f in features
        if f["geometry"]["type"] == "Polygon"
    ]


@case("truncated.shp", "a Shapefile cut off in its second record (its .shx and .dbf are whole)", "the file, record 2, truncated")
def truncated(sample):
    return shapefile_parts()[".shp"][:300]


@case("truncated.shx", "goes with truncated.shp", "")
def truncated_index(sample):
    return shapefile_parts()[".shx"]


@case("truncated.dbf", "goes with truncated.shp", "")
def truncated_table(sample):
    return shapefile_parts()[".dbf"]


@case(
    "claims-4gb.shp",
    "a header and a record that claim 4 GB, in a file of 116 bytes",
    "the file, its size against the size that its header claims",
)
def claims(sample):
    head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 0x7FFFFFFF) + struct.pack("<2i8d", 1000, 5, X, Y, X + 1, Y + 1, 0, 0, 0, 0)
    return head + struct.pack(">2i", 1, 0x7FFFFFF0) + struct.pack("<2i", 5, 0x7FFFFFFF)


@case("claims-4gb.dbf", "a table of one row that claims 4,294,967,295 rows", "goes with claims-4gb.shp")
def claims_table(sample):
    return (
        struct.pack("<4BIHH20x", 3, 124, 9, 23, 0xFFFFFFFF, 65, 11)
        + struct.pack("<11sc4x2B14x", b"CODE", b"C", 10, 0)
        + b"\r 0000000001"
    )


@case("not-a-city.gpkg", "text with a GeoPackage's name", "the file is no GeoPackage")
def not_a_city(sample):
    return "این پرونده شهر نیست\n".encode() * 8


@case("nested.geojson", "a million nested arrays (too large to commit)", "the file, nested deeper than 64")
def nested(sample):
    return (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":'
        + b"[" * 1_000_000
        + b"]" * 1_000_000
        + b"}}]}"
    )


def shapefile_parts():
    """A Shapefile of three squares, in memory."""
    main, index = b"", b""
    for number in range(3):
        points = square(X + 20 * number, Y)[::-1]
        box = struct.pack("<4d", X + 20 * number, Y, X + 20 * number + 10, Y + 10)
        body = struct.pack("<i", 5) + box + struct.pack("<3i", 1, 5, 0) + b"".join(struct.pack("<2d", *p) for p in points)
        index += struct.pack(">2i", (100 + len(main)) // 2, len(body) // 2)
        main += struct.pack(">2i", number + 1, len(body) // 2) + body

    def headed(content):
        return (
            struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(content)) // 2)
            + struct.pack("<2i8d", 1000, 5, X, Y, X + 50, Y + 10, 0, 0, 0, 0)
            + content
        )

    table = struct.pack("<4BIHH20x", 3, 124, 9, 23, 3, 65, 17) + struct.pack("<11sc4x2B14x", b"CODE", b"C", 16, 0) + b"\r"
    table += b"".join(b" " + f"1-1-900-{n}-0-0-0".encode().ljust(16) for n in (1, 2, 3)) + b"\x1a"
    return {".shp": headed(main), ".shx": headed(index), ".dbf": table}


HEADER = "plan,clause,target,parameter,relation,value,unit,condition,basis,from,until,text\n"
GOOD = "D,9-1,zone:landUse/R1,far.max,max,100,percent,,deed,,,متن نمونه\n"


def provisions(bad):
    return lambda sample: (HEADER + GOOD + bad + "\n").encode()


for name, wrong, named, row in (
    (
        "provisions-parameter.csv",
        "the parameter far.mx",
        "line 3, column parameter, 'far.mx' unknown, far.max meant?",
        "D,9-2,zone:landUse/R1,far.mx,max,100,percent,,deed,,,x",
    ),
    (
        "provisions-unit.csv",
        "the unit percentage",
        "line 3, column unit, the units known",
        "D,9-2,zone:landUse/R1,far.max,max,100,percentage,,deed,,,x",
    ),
    (
        "provisions-zone.csv",
        "a zone code that no zone has",
        "line 3, column target, zone:landUse/R9 matches no zone",
        "D,9-2,zone:landUse/R9,far.max,max,100,percent,,deed,,,x",
    ),
    (
        "provisions-condition.csv",
        "a condition that does not parse: the comparison has no right side",
        "line 3, column condition, character 44, a value expected",
        "D,9-2,zone:landUse/R1,far.max,max,100,percent,area.effective >= 200 AND area.effective < AND 1,deed,,,x",
    ),
    (
        "provisions-plan.csv",
        "a plan that is not there",
        "line 3, column plan, 'Z' unknown",
        "Z,9-2,zone:landUse/R1,far.max,max,100,percent,,deed,,,x",
    ),
    (
        "provisions-day.csv",
        "the day 1404-12-30, which the year 1404 does not have",
        "line 3, column from, 1404-12-30",
        "D,9-2,zone:landUse/R1,far.max,max,100,percent,,deed,1404-12-30,,x",
    ),
    (
        "provisions-period.csv",
        "a rule that ends before it begins",
        "line 3, column until",
        "D,9-2,zone:landUse/R1,far.max,max,100,percent,,deed,1404-05-01,1404-04-01,x",
    ),
    (
        "provisions-number.csv",
        "a value that is no number",
        "line 3, column value, '1OO'",
        "D,9-2,zone:landUse/R1,far.max,max,1OO,percent,,deed,,,x",
    ),
    (
        "provisions-columns.csv",
        "a row with a cell too many",
        "line 3, 13 cells, 12 expected",
        "D,9-2,zone:landUse/R1,far.max,max,100,percent,,deed,,,x,y",
    ),
    (
        "provisions-quote.csv",
        "a quote that never ends",
        "line 3, quote not closed",
        'D,9-2,zone:landUse/R1,far.max,max,100,percent,,deed,,,"x',
    ),
):
    case(name, wrong, named)(provisions(row))


@case("provisions-1256.csv", "a table in Windows-1256, not UTF-8", "line 3, not UTF-8; `--encoding windows-1256`")
def provisions_1256(sample):
    return (
        HEADER.encode()
        + GOOD.replace("متن نمونه", "x").encode()
        + "D,9-2,zone:landUse/R1,far.max,max,100,percent,,deed,,,متن\n".encode("cp1256")
    )


@case(
    "legacy-addresses.csv",
    "an old archive: a parcel that is not there, a row twice, rubbish, a column nobody asked for",
    "line 2, no such parcel; line 4, the same as line 3; line 5, no text; nothing lost",
)
def legacy(sample):
    code = sample[0]["properties"]["code"]
    rows = [
        "text,parcel,old_folder",
        "خ امام رضا پ ۱,9-9-9-9-0-0-0,77",
        f"خ امام رضا پ ۳,{code},78",
        f"خ امام رضا پ ۳,{code},78",
        f",{code},##",
    ]
    return ("\n".join(rows) + "\n").encode()


EVENTS = "event,plan,clause,decided,from,document,number,sector\n"


def events(rows):
    return lambda sample: (EVENTS + rows + "\n").encode()


for name, wrong, named, rows in (
    (
        "events-before-decision.csv",
        "an effect before the decision",
        "line 3, column from, before the decision",
        "repeal,D,,1404-05-01,1404-05-01,نامه (نمونه),1,\nrepeal,D,2-2-3,1404-05-01,1404-04-31,نامه (نمونه),2,",
    ),
    (
        "events-order.csv",
        "a plan published before it is approved",
        "line 3, column from, published before it is approved",
        "adopt,A2,,1404-09-01,1404-09-01,مصوبه (نمونه),1,\npublish,A2,,1404-08-20,1404-08-25,ابلاغ (نمونه),2,",
    ),
    (
        "events-revival.csv",
        "a revival of a plan that nothing ended",
        "line 2, column event, 'D' is in force then",
        "revive,D,,1404-05-01,1404-05-01,نامه (نمونه),1,",
    ),
    (
        "events-plan.csv",
        "an annulment of a plan that is not there",
        "line 2, column plan, no plan 'Z9'",
        "annul,Z9,,1404-05-01,1404-05-01,رأی (نمونه),1,",
    ),
    (
        "events-clause.csv",
        "an annulment of a clause that is not there",
        "line 2, column clause, '99-99' is no clause of 'D'",
        "annul,D,99-99,1404-05-01,1404-05-01,رأی (نمونه),1,",
    ),
    (
        "events-outside.csv",
        "a sector outside the city",
        "line 2, column sector, outside the city",
        'annul,D,,1404-05-01,1404-05-01,رأی (نمونه),1,"POLYGON((800000 4021000,800100 4021000,800100 4021100,800000 4021000))"',
    ),
    (
        "events-crossing.csv",
        "a sector that crosses itself",
        "line 2, column sector, selfCrossing and where",
        'annul,D,,1404-05-01,1404-05-01,رأی (نمونه),1,'
        '"POLYGON((712800 4021800,712900 4021900,712900 4021800,712800 4021900,712800 4021800))"',
    ),
    (
        "events-text.csv",
        "a sector that is no well-known text",
        "line 2, column sector, expected a POLYGON or MULTIPOLYGON",
        "annul,D,,1404-05-01,1404-05-01,رأی (نمونه),1,north of the river",
    ),
    (
        "events-two-amendments.csv",
        "two amendments of one clause on one day",
        "line 3, column from, line 2 amends the clause on that day too",
        "amend,D,2-2-3,1404-07-01,1404-07-01,A1,1,\namend,D,2-2-3,1404-06-01,1404-07-01,A2,2,",
    ),
    (
        "events-day.csv",
        "the day 1404-12-30, which the year 1404 does not have",
        "line 2, column decided, 1404-12-30",
        "repeal,D,2-2-3,1404-12-30,1404-12-30,نامه (نمونه),1,",
    ),
    (
        "events-word.csv",
        "an event that there is not",
        "line 2, column event, 'anul' unknown, annul meant?",
        "anul,D,,1404-05-01,1404-05-01,رأی (نمونه),1,",
    ),
):
    case(name, wrong, named)(events(rows))


@case("plans-circle.csv", "three plans that replace each other in a circle", "line 2, column replaces, would replace itself, by way of")
def circle(sample):
    rows = [
        "id,title,kind,authority,number,approved,published,from,until,replaces,amends,rank,policy",
        "P1,یک (نمونه),detailed,,,1400-01-01,1400-01-01,,,P2,,,",
        "P2,دو (نمونه),detailed,,,1401-01-01,1401-01-01,,,P3,,,",
        "P3,سه (نمونه),detailed,,,1402-01-01,1402-01-01,,,P1,,,",
    ]
    return ("\n".join(rows) + "\n").encode()
