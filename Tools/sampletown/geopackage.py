"""A GeoPackage of one polygon layer, with the same bytes each time."""

import os
import sqlite3
import struct

from .writers import WKT, box_of, closed, position

SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
"""


def geopackage(path, table, columns, features):
    """Writes features of (properties, polygons) to a new file; `columns` are text."""
    if os.path.exists(path):
        os.remove(path)
    base = sqlite3.connect(path)
    base.executescript("PRAGMA application_id=1196444487; PRAGMA user_version=10300;" + SCHEMA)
    base.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,NULL)",
        [
            ("Undefined cartesian SRS", -1, "NONE", -1, "undefined"),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
            ("WGS 84", 4326, "EPSG", 4326, WKT[WKT.index("GEOGCS") : WKT.index(",PROJECTION")]),
            ("WGS 84 / UTM zone 40N", 32640, "EPSG", 32640, WKT),
        ],
    )
    boxes = [
        box_of([tuple(map(float, position(p))) for polygon in polygons for ring in polygon for p in ring])
        for _, polygons in features
    ]
    whole = box_of([corner for box in boxes for corner in (box[:2], box[2:])])
    base.execute(
        "INSERT INTO gpkg_contents VALUES (?,'features',?,'','2025-04-21T00:00:00.000Z',?,?,?,?,32640)", (table, table, *whole)
    )
    names = ", ".join(f"{column} TEXT" for column in columns)
    base.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, {names})")
    base.execute("INSERT INTO gpkg_geometry_columns VALUES (?,'geom','MULTIPOLYGON',32640,0,0)", (table,))
    places = ",".join("?" * (1 + len(columns)))
    for (properties, polygons), box in zip(features, boxes):
        base.execute(
            f"INSERT INTO {table} (geom, {', '.join(columns)}) VALUES ({places})",
            (blob(polygons, box), *(properties[c] for c in columns)),
        )
    base.commit()
    base.execute("VACUUM")
    base.close()
    without_version(path)


def blob(polygons, box):
    out = b"GP\x00\x03" + struct.pack("<i4d", 32640, box[0], box[2], box[1], box[3]) + struct.pack("<BII", 1, 6, len(polygons))
    for polygon in polygons:
        out += struct.pack("<BII", 1, 3, len(polygon))
        for ring in polygon:
            points = [tuple(map(float, position(p))) for p in closed(ring)]
            out += struct.pack("<I", len(points)) + b"".join(struct.pack("<2d", *p) for p in points)
    return out


def without_version(path):
    """Sets the header's note of which SQLite wrote last to a fixed number, so that the bytes do not depend on it."""
    with open(path, "r+b") as file:
        file.seek(96)
        file.write(struct.pack(">I", 3040001))
