"""The file formats that surveyors deliver, from metres in the town's CRS."""

import json
import struct

CRS = "EPSG:32640"
CRS_URN = "urn:ogc:def:crs:EPSG::32640"
CENTRE = (712_994_783, 4_021_407_840)
WKT = (
    'PROJCS["WGS_1984_UTM_Zone_40N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",57.0],PARAMETER["Scale_Factor",0.9996],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def coordinate(millimetres):
    """Whole millimetres as metres with three decimals, without a binary fraction in between."""
    sign, value = ("-", -millimetres) if millimetres < 0 else ("", millimetres)
    return f"{sign}{value // 1000}.{value % 1000:03d}"


def position(point):
    return coordinate(point[0] + CENTRE[0]), coordinate(point[1] + CENTRE[1])


def closed(ring):
    return list(ring) + [ring[0]]


def geojson(path, features):
    """Features of (properties, polygons); a polygon is [outer, holes…] of points from the town's centre."""

    def rings(polygon):
        return "[" + ",".join("[" + ",".join("[%s,%s]" % position(p) for p in closed(ring)) + "]" for ring in polygon) + "]"

    lines = []
    for properties, polygons in features:
        kind = "Polygon" if len(polygons) == 1 else "MultiPolygon"
        body = rings(polygons[0]) if len(polygons) == 1 else "[" + ",".join(rings(p) for p in polygons) + "]"
        kept = json.dumps({k: v for k, v in properties.items() if v is not None}, ensure_ascii=False, separators=(",", ":"))
        lines.append(f'{{"type":"Feature","properties":{kept},"geometry":{{"type":"{kind}","coordinates":{body}}}}}')
    crs = f'{{"type":"name","properties":{{"name":"{CRS_URN}"}}}}'
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write('{"type":"FeatureCollection","crs":%s,"features":[\n%s\n]}\n' % (crs, ",\n".join(lines)))


def shapefile(stem, columns, features, encoding="cp1256"):
    """A polygon Shapefile without a .cpg, as older programs write it. `columns` is (name, type, size, decimals)."""
    main, index = b"", b""
    boxes = []
    for number, (_, polygons) in enumerate(features, 1):
        rings = [closed(ring)[::-1] for polygon in polygons for ring in polygon]
        points = [tuple(float(c) for c in position(p)) for ring in rings for p in ring]
        starts, total = [], 0
        for ring in rings:
            starts.append(total)
            total += len(ring)
        box = box_of(points)
        boxes += [box[:2], box[2:]]
        body = struct.pack("<i4d2i", 5, *box, len(rings), total) + struct.pack(f"<{len(starts)}i", *starts)
        body += b"".join(struct.pack("<2d", *p) for p in points)
        index += struct.pack(">2i", (100 + len(main)) // 2, len(body) // 2)
        main += struct.pack(">2i", number, len(body) // 2) + body
    for suffix, content in ((".shp", main), (".shx", index)):
        head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(content)) // 2) + struct.pack(
            "<2i8d", 1000, 5, *box_of(boxes), 0, 0, 0, 0
        )
        with open(stem + suffix, "wb") as out:
            out.write(head + content)
    with open(stem + ".prj", "w") as out:
        out.write(WKT)
    with open(stem + ".dbf", "wb") as out:
        out.write(dbase(columns, [properties for properties, _ in features], encoding))


def box_of(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def dbase(columns, rows, encoding):
    """dBASE III, its language byte left 0. Windows-1256 has no Persian yeh, so the Arabic one is written, as there always."""
    size = 1 + sum(column[2] for column in columns)
    out = struct.pack("<4BIHH20x", 3, 124, 9, 23, len(rows), 33 + 32 * len(columns), size)
    for name, kind, length, decimals in columns:
        out += struct.pack("<11sc4x2B14x", name.encode("ascii"), kind.encode("ascii"), length, decimals)
    out += b"\r"
    for row in rows:
        out += b" "
        for name, kind, length, decimals in columns:
            text = f"{row[name]:.{decimals}f}" if kind == "N" else str(row[name]).replace("ی", "ي").translate(WESTERN)
            data = text.encode(encoding)
            assert len(data) <= length, (name, text)
            out += data.rjust(length) if kind == "N" else data.ljust(length)
    return out + b"\x1a"


WESTERN = {ord(d): str(i) for i, d in enumerate("۰۱۲۳۴۵۶۷۸۹")}


def csv(path, columns, rows):
    """A spreadsheet's export: UTF-8, a header, quotes where they are needed."""

    def cell(value):
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text

    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for row in [columns] + [[row.get(c) for c in columns] for row in rows]:
            out.write(",".join(cell(v) for v in row) + "\n")
