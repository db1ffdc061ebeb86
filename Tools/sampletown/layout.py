"""The town's ground plan: river, streets, blocks and lots, all as faces of one mesh. Millimetres from the town's centre."""

import math

from .mesh import Mesh, contains, centroid, moved, rectangle, turned, unit

LIMIT = [
    (-850, -480),
    (-540, -690),
    (-150, -650),
    (230, -720),
    (610, -520),
    (890, -230),
    (960, 140),
    (750, 450),
    (450, 580),
    (240, 780),
    (-140, 720),
    (-460, 760),
    (-750, 520),
    (-940, 210),
    (-820, -110),
]
CORE = (-60_000, 130_000)


SERVICES = ["S1", "P1", "S3", "S2", "P1", "S1", "S4", "S3", "P1", "S1", "S5"]


class Block:
    """A street block: what the town is like there, the public use it was laid out for, its lots, its middle."""

    def __init__(self, kind, use, lots, middle):
        self.kind, self.use, self.lots, self.middle = kind, use, lots, middle


class Street:
    def __init__(self, face_set, width, level, parent):
        self.faces, self.width, self.level, self.parent = face_set, width, level, parent
        self.name = self.kind = self.alley = self.root = self.axis = None


class Layout:
    def __init__(self, rng):
        self.rng, self.mesh = rng, Mesh()
        self.streets, self.street_of, self.river, self.paths, self.lines, self.boulevards = [], {}, set(), [], [], []
        self.blocks, self.filled = [], []
        town = self.mesh.add([self.mesh.vertex((x * 1000, y * 1000)) for x, y in LIMIT])
        self.open = {town}

    def vary(self, low, high):
        return low + (high - low) * self.rng.random()

    # Streets

    def street(self, face, points, back, forward, width, level):
        """Lays a street of `width` metres through an open face, which leaves two open ones."""
        parts = self.mesh.strip(face, points, back, forward, width * 1000)
        if parts is None:
            return None
        left, middle, right = parts
        self.open.discard(face)
        self.open |= {left, right}
        beside = [self.street_of[f] for f in self.mesh.neighbours(middle) if f in self.street_of]
        parent = max(beside, key=lambda s: s.width) if beside else None
        street = Street({middle}, width, level, parent)
        self.streets.append(street)
        self.street_of[middle] = street
        if level > 1:
            self.paths.append((points, back, forward))
        street.axis = (points[0], forward)
        return street

    def river_bed(self, points, width):
        back, forward = unit(points[1], points[0]), unit(points[-2], points[-1])
        (town,) = self.open
        left, bed, right = self.mesh.strip(town, points, back, forward, width)
        self.open = {left, right}
        self.river.add(bed)
        self.river_path = (points, back, forward)

    def boulevard(self, points, width):
        face = next(f for f in self.open if contains(self.mesh.ring(f), points[0]))
        self.boulevards.append((points, width))
        return self.street(face, points, unit(points[1], points[0]), unit(points[-2], points[-1]), width, 0)

    def through(self, point, heading, width, level):
        """One straight street through every open face on its line, and over the river as a bridge."""
        direction = turned((1, 0), heading)
        self.lines.append((point, direction))
        whole = None
        for face in sorted(self.open) + sorted(self.river):
            middle = self.mesh.chord(face, point, direction)
            if middle is None:
                continue
            bridge = face in self.river
            back = (-direction[0], -direction[1])
            if bridge:
                parts = self.mesh.strip(face, [middle], back, direction, width * 1000)
                if whole is None or parts is None:
                    continue
                self.river.discard(face)
                self.river |= {parts[0], parts[2]}
                self.street_of[parts[1]] = whole
                whole.faces.add(parts[1])
                continue
            street = self.street(face, [middle], back, direction, width, level)
            if street is not None and whole is not None:
                self.streets.remove(street)
                whole.faces |= street.faces
                for f in street.faces:
                    self.street_of[f] = whole
            whole = whole or street
        return whole

    def quarter(self, face, level):
        """Divides an open face by ever narrower streets until what is left is a block of two rows of lots."""
        ring = self.mesh.ring(face)
        centre, u, length, width = rectangle(ring)
        kind = self.character(centroid(ring))
        longest, widest = {"core": (95e3, 42e3), "town": (135e3, 52e3), "villa": (150e3, 62e3), "garden": (290e3, 150e3)}[kind]
        if length < longest * self.vary(0.9, 1.25) and width < widest * self.vary(0.95, 1.2):
            self.blocks.append((face, kind))
            return
        if length >= longest or length > 1.3 * width:
            heading, at = turned(u, 90 + self.vary(-9, 9)), moved(centre, u, length * self.vary(-0.1, 0.1))
        else:
            heading, at = turned(u, self.vary(-6, 6)), moved(centre, (-u[1], u[0]), width * self.vary(-0.08, 0.08))
        street_width = self.width(level, kind)
        middle = self.mesh.chord(face, at, heading)
        bend = self.vary(-7, 7) if self.rng.random() < 0.45 else 0
        back, forward = turned((-heading[0], -heading[1]), -bend), turned(heading, bend)
        before = set(self.open)
        if middle is None or self.street(face, [middle], back, forward, street_width, level) is None:
            self.blocks.append((face, kind))
            return
        for piece in sorted(self.open - before):
            self.quarter(piece, level + 1)

    def width(self, level, kind):
        choices = {
            "core": [14, 10, 8, 6, 6, 6],
            "town": [16, 12, 10, 8, 8, 6],
            "villa": [16, 12, 10, 10, 8, 8],
            "garden": [12, 8, 8, 6, 6, 6],
        }[kind]
        step = min(level - 2, 5)
        if self.rng.random() < 0.25:
            step = min(step + 1, 5)
        return choices[max(step, 0)]

    def character(self, point):
        """What the town is like at a place: its historic core, the town round it, villas beyond, gardens outside."""
        x, y = point
        from_core = math.dist(point, CORE)
        to_river = min(distance(point, a, b) for a, b in zip(self.river_path[0], self.river_path[0][1:]))
        if from_core < 190e3:
            return "core"
        if to_river < 75e3 and from_core > 330e3 or x < -560e3 or math.hypot(x, y) > 665e3:
            return "garden"
        return "villa" if from_core > 455e3 else "town"

    def blind_alley(self, face, width):
        """A cul-de-sac from the block's longest street side to just past its middle; gives the rest of the block or None."""
        ring = self.mesh.ring(face)
        centre, u, length, across = rectangle(ring)
        heading = u if self.rng.random() < 0.5 else (-u[0], -u[1])
        tip = moved(centre, heading, -length * self.vary(0.0, 0.1))
        normal = (-heading[1], heading[0])
        left, right = moved(tip, normal, width * 500), moved(tip, normal, -width * 500)
        if not (contains(ring, left) and contains(ring, right)):
            return None
        start = self.mesh.anchor(self.mesh.first_hit(face, left, heading), left, heading, 50)
        end = self.mesh.anchor(self.mesh.first_hit(face, right, heading), right, heading, 50)
        parts = self.mesh.divide(face, end, start, [self.mesh.vertex(right), self.mesh.vertex(left)])
        if parts is None:
            return None
        alley, rest = sorted(parts, key=self.mesh.area)
        beside = [self.street_of[f] for f in self.mesh.neighbours(alley) if f in self.street_of]
        street = Street({alley}, width, 9, max(beside, key=lambda s: s.width) if beside else None)
        street.axis = (tip, heading)
        self.streets.append(street)
        self.street_of[alley] = street
        pieces = [rest]
        for corner, outward in ((left, normal), (right, (-normal[0], -normal[1]))):
            pieces += self.from_vertex(pieces.pop(), corner, outward)
        return pieces

    def from_vertex(self, face, corner, outward):
        """Divides the face from one of its vertices straight to the ring; the piece with the vertex's further side last."""
        near = moved(corner, outward, 5)
        end = self.mesh.anchor(self.mesh.first_hit(face, near, outward), near, outward, 200)
        parts = self.mesh.divide(face, self.mesh.vertex(corner), end)
        return sorted(parts, key=self.mesh.area) if parts else (face,)

    # Lots

    def fill(self, face, kind):
        """Turns a block into lots: whole where it serves the public, else rows, some about a cul-de-sac."""
        _, _, length, width = rectangle(self.mesh.ring(face))
        area, at = self.mesh.area(face), centroid(self.mesh.ring(face))
        by_boulevard = any(self.street_of[f].level == 0 for f in self.mesh.neighbours(face) if f in self.street_of)
        if kind != "garden" and 2200 < area < 8000 and not by_boulevard and self.rng.random() < 0.13:
            use = SERVICES[sum(b.use is not None for b in self.filled) % len(SERVICES)]
            self.filled.append(Block(kind, use, [face], at))
            return
        pieces = [face]
        if kind in ("core", "town") and width > 46e3 and self.rng.random() < 0.5:
            pieces = self.blind_alley(face, 6) or [face]
        lots = [lot for piece in pieces for lot in self.divide_block(piece, kind)]
        self.filled.append(Block(kind, None, self.tidy(lots, {"core": 75, "town": 110, "villa": 190, "garden": 900}[kind]), at))

    def divide_block(self, face, kind):
        """Two rows of lots back to back where the block is deep enough, else one."""
        depth, front = {"core": (16e3, 9e3), "town": (22e3, 10.5e3), "villa": (28e3, 14e3), "garden": (75e3, 42e3)}[kind]
        centre, u, length, width = rectangle(self.mesh.ring(face))
        rows = [face]
        if width > 1.45 * depth:
            spine = turned(u, self.vary(-2, 2))
            middle = self.mesh.chord(face, moved(centre, (-u[1], u[0]), width * self.vary(-0.06, 0.06)), spine)
            parts = middle and self.mesh.cut(face, [middle], (-spine[0], -spine[1]), spine, snap=3000)
            rows = list(parts) if parts else rows
        return [lot for row in rows for lot in self.divide_row(row, front)]

    def divide_row(self, row, front):
        centre, u, length, width = rectangle(self.mesh.ring(row))
        number = max(1, round(length / front / self.vary(0.85, 1.15)))
        lots, rest = [], row
        for i in range(1, number):
            at = moved(centre, u, length * ((i + self.vary(-0.16, 0.16)) / number - 0.5))
            heading = turned(u, 90 + self.vary(-3, 3))
            middle = self.mesh.chord(rest, at, heading)
            parts = middle and self.mesh.cut(rest, [middle], (-heading[0], -heading[1]), heading, snap=900)
            if not parts:
                continue
            ahead = sorted(parts, key=lambda f: sum(a * b for a, b in zip(centroid(self.mesh.ring(f)), u)))
            lots.append(ahead[0])
            rest = ahead[1]
        return lots + [rest]

    def tidy(self, lots, least):
        """Joins each lot under `least` m², or without a street, to the neighbour of the block that it shares most with."""
        lots = set(lots)
        for lot in sorted(lots, key=self.mesh.area):
            if lot in lots and self.mesh.area(lot) < least:
                self.join(lot, lots)
        for lot in sorted(lots):
            if lot in lots and not any(f in self.street_of for f in self.mesh.neighbours(lot)):
                self.join(lot, lots)
        return sorted(lots)

    def join(self, lot, lots):
        """Merges a lot with the neighbour among `lots` that it shares most with; gives the merged face, or None."""
        beside = self.mesh.neighbours(lot)
        for other in sorted((f for f in beside if f in lots), key=lambda f: -beside[f]):
            joined = self.mesh.merge(lot, other)
            if joined is not None:
                lots -= {lot, other}
                lots.add(joined)
                return joined
        return None


def distance(point, a, b):
    """From a point to a segment, in mm."""
    ux, uy = b[0] - a[0], b[1] - a[1]
    t = ((point[0] - a[0]) * ux + (point[1] - a[1]) * uy) / (ux * ux + uy * uy)
    t = min(1, max(0, t))
    return math.hypot(a[0] + t * ux - point[0], a[1] + t * uy - point[1])


def laid_out(rng):
    """The whole ground plan, from the river to the lots."""
    town = Layout(rng)
    m = 1000
    town.river_bed(
        [(x * m, y * m) for x, y in [(-820, -330), (-560, -210), (-300, -150), (-40, -80), (240, -110), (500, 20), (760, 90)]],
        16_000,
    )
    town.boulevard([(x * m, y * m) for x, y in [(-760, 40), (-430, 190), (-120, 225), (180, 175), (480, 270), (700, 300)]], 30)
    town.boulevard([(x * m, y * m) for x, y in [(-600, -440), (-330, -370), (-30, -330), (330, -350), (640, -180)]], 20)
    for x, y, heading, width in [(-300, 100, 98, 18), (110, 0, 84, 20), (470, 100, 97, 16), (-640, 0, 80, 14)]:
        town.through((x * m, y * m), heading, width, 1)
    for face in sorted(town.open):
        town.quarter(face, 2)
    for face, kind in town.blocks:
        town.fill(face, kind)
    return town
