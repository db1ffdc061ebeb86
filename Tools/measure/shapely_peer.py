"""Shapely's bulk query over a dump of features and points: the seconds of a round and its hits, for every byte that
comes through a named pipe.

The dump: the count of features; for each its length and its well-known binary; then the points' coordinates. Numbers are 8 bytes.
"""
import sys
import time

import numpy
import shapely

data = open(sys.argv[1], "rb").read()
count, offset, blobs = int.from_bytes(data[:8], "little"), 8, []
for _ in range(count):
    length = int.from_bytes(data[offset:offset + 8], "little")
    blobs.append(data[offset + 8:offset + 8 + length])
    offset += 8 + length
points = numpy.frombuffer(data, dtype="<f8", offset=offset).reshape(-1, 2)
features = shapely.from_wkb(blobs)
shapely.prepare(features)
tree = shapely.STRtree(features)
places = shapely.points(points)
tree.query(places[:10])
starts = open(sys.argv[2], "rb", buffering=0)
while starts.read(1):
    before = time.monotonic()
    asked, candidates = tree.query(places)
    held = shapely.intersects_xy(features[candidates], points[asked, 0], points[asked, 1])
    print(time.monotonic() - before, int(held.sum()), flush=True)
