"""The plan's zone layers, drawn along street centre lines and across lots, each a partition of the town."""

import math

from .layout import CORE
from .mesh import Mesh, centroid, contains, rectangle, turned, unit

LAND_USE = {
    "R1": "مسکونی کم‌تراکم",
    "R2": "مسکونی میان‌تراکم",
    "R3": "مسکونی پرتراکم",
    "B1": "بافت تاریخی",
    "C1": "تجاری خدماتی",
    "M1": "مختلط تجاری مسکونی",
    "M2": "مختلط ویژه",
    "G1": "باغات",
    "P1": "پارک و فضای سبز",
    "N1": "بستر رودخانه",
    "S1": "آموزشی",
    "S2": "درمانی",
    "S3": "مذهبی و فرهنگی",
    "S4": "اداری و انتظامی",
    "S5": "ورزشی",
}
HEIGHTS = {"H1": "یک طبقه", "H2": "دو طبقه", "H3": "دو طبقه روی پیلوت", "H4": "سه طبقه روی پیلوت", "H5": "پنج طبقه روی پیلوت"}


class Layer:
    """A mesh whose faces carry a code, and the quarter that they are drawn together in."""

    def __init__(self, outline):
        self.mesh, self.code, self.quarter = Mesh(), {}, {}
        self.mesh.add([self.mesh.vertex(p) for p in outline])

    def at(self, point):
        return next((f for f in sorted(self.mesh.faces) if contains(self.mesh.ring(f), point)), None)

    def cut(self, face, points, back, forward, snap=50):
        straight = len(points) == 1 and abs(back[0] + forward[0]) + abs(back[1] + forward[1]) < 1e-9
        parts = self.mesh.cut(face, points, back, forward, snap, straight)
        for part in parts or ():
            self.code[part], self.quarter[part] = self.code.get(face), self.quarter.get(face)
        return parts

    def strip(self, points, width, code, snap):
        """A strip of the code about a path through the whole layer."""
        back, forward = unit(points[1], points[0]), unit(points[-2], points[-1])
        face = self.at(points[0])
        parts = self.mesh.strip(face, points, back, forward, width, snap)
        self.code[parts[1]] = code
        return parts[1]

    def line(self, point, direction, snap=50):
        """Cuts every face that the line crosses, except the river's."""
        for face in sorted(self.mesh.faces):
            middle = self.mesh.chord(face, point, direction) if self.code.get(face) != "N1" else None
            if middle is not None:
                self.cut(face, [middle], (-direction[0], -direction[1]), direction, snap)

    def polygons(self):
        """The faces of one code in one quarter that adjoin, each as one polygon: (code, [outer, holes…] of points)."""
        left, drawn = set(self.mesh.faces), []
        for start in sorted(self.mesh.faces):
            if start not in left:
                continue
            group, ahead = {start}, [start]
            left.discard(start)
            while ahead:
                for other in self.mesh.neighbours(ahead.pop()):
                    alike = self.code[other] == self.code[start] and self.quarter.get(other) == self.quarter.get(start)
                    if other in left and alike:
                        left.discard(other)
                        group.add(other)
                        ahead.append(other)
            rings = [[self.mesh.points[v] for v in ring] for ring in self.mesh.outline(sorted(group))]
            drawn.append((self.code[start], rings))
        return drawn


def land_use(town, outline, three_zones):
    """The detailed plan's land use. `three_zones` is a lot through which a zone edge is led on purpose."""
    layer = Layer(outline)
    layer.strip(town.river_path[0], 20_000, "N1", 30_000)
    for points, width in town.boulevards:
        ribbon = layer.strip(points, (width + 52) * 1000, "C", 30_000)
        layer.cut(ribbon, points, unit(points[1], points[0]), unit(points[-2], points[-1]), 30_000)
    for point, direction in town.lines:
        layer.line(point, direction, 30_000)
    for quarter, face in enumerate(sorted(layer.mesh.faces)):
        layer.quarter[face] = quarter
    for points, back, forward in town.paths:
        face = layer.at(points[0])
        if face is not None and layer.code.get(face) is None:
            layer.cut(face, points, back, forward)
    for face in sorted(layer.mesh.faces):
        layer.code[face] = layer.code.get(face) if layer.code.get(face) == "N1" else zone_code(town, layer, face)
    for block in town.filled:
        if block.use:
            layer.code[layer.at(block.middle)] = block.use
    gather_gardens(layer)
    part_in_three(town, layer, three_zones)
    return layer


def gather_gardens(layer):
    """Where a boulevard leaves the town its ribbon is garden like the land beside it: drawn together with it."""
    for face in sorted(layer.mesh.faces):
        beside = layer.mesh.neighbours(face)
        alike = [f for f in beside if layer.code[f] == "G1"]
        if layer.code[face] == "G1" and alike and layer.mesh.area(face) < 60e3:
            layer.quarter[face] = layer.quarter[max(sorted(alike), key=beside.get)]


def zone_code(town, layer, face):
    middle = centroid(layer.mesh.ring(face))
    kind = town.character(middle)
    if layer.code.get(face) == "C":
        return {"core": "C1", "town": "C1", "villa": "M1", "garden": "G1"}[kind]
    if kind == "town" and math.dist(middle, CORE) < 300e3:
        return "R3"
    return {"core": "B1", "town": "R2", "villa": "R1", "garden": "G1"}[kind]


def part_in_three(town, layer, lot):
    """Divides the zone behind the lot's street-side ribbon in the middle of the lot, so that it lies in three zones."""
    centre, u, _, _ = rectangle(town.mesh.ring(lot))
    touched = sorted({layer.at(p) for p in town.mesh.ring(lot)} - {None})
    behind = next(f for f in touched if layer.code[f] not in ("C1", "M1", "N1"))
    parts = layer.cut(behind, [layer.mesh.chord(behind, centre, u)], (-u[0], -u[1]), u)
    layer.code[parts[0]] = "R1" if layer.code[parts[0]] != "R1" else "R2"


def lot_for_three(town, parcels):
    """A lot that the edge of the ribbon along the first boulevard runs through, well inside."""
    points, width = town.boulevards[0]
    for parcel in parcels:
        if parcel.note is None and parcel.block.use is None and parcel.block.kind == "town":
            ring = town.mesh.ring(parcel.faces[0])
            depths = [away(points, p) - (width / 2 + 26) * 1000 for p in ring]
            centre, u, length, _ = rectangle(ring)
            if min(depths) < -4000 and max(depths) > 12_000 and length > 17_000:
                return parcel


def away(points, p):
    from .layout import distance

    return min(distance(p, a, b) for a, b in zip(points, points[1:]))


def heights(town, outline):
    """The height layer: a high ribbon on the first boulevard, and bands whose edges take no notice of lots."""
    layer = Layer(outline)
    layer.strip(town.boulevards[0][0], 120_000, "H5", 60_000)
    for x, y, heading in [(-330, -10, 68), (60, 20, 117), (400, 40, 79), (0, 430, 12), (0, -250, -9), (-100, -520, 6)]:
        layer.line((x * 1000, y * 1000), turned((1, 0), heading), 40_000)
    for face in sorted(layer.mesh.faces):
        middle = centroid(layer.mesh.ring(face))
        near = math.dist(middle, CORE)
        ribbon = layer.code.get(face) == "H5"
        layer.code[face] = (
            ("H5" if near < 420e3 else "H4")
            if ribbon
            else "H2" if near < 200e3 else "H4" if near < 380e3 else "H3" if near < 560e3 else "H2" if near < 700e3 else "H1"
        )
    return layer
