"""A planar subdivision on the whole-millimetre grid.

Every face is a ring of vertex numbers, anticlockwise. Neighbours hold the same vertices along the edge that they share:
a vertex put into an edge for one face is put into the face on the other side too, so no gap or overlap can arise.
"""

import math


def area2(ring):
    """Twice the signed area of a ring of points, in mm²; positive anticlockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]))


def turned(direction, degrees):
    """The direction turned anticlockwise."""
    angle = math.radians(degrees)
    c, s = math.cos(angle), math.sin(angle)
    return (direction[0] * c - direction[1] * s, direction[0] * s + direction[1] * c)


def moved(point, direction, distance):
    return (point[0] + direction[0] * distance, point[1] + direction[1] * distance)


def unit(a, b):
    size = math.dist(a, b)
    return ((b[0] - a[0]) / size, (b[1] - a[1]) / size)


def side(a, b, p):
    """On which side of a→b the point lies: 1 left, −1 right, 0 on the line; exact on the grid."""
    cross = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
    return (cross > 0) - (cross < 0)


def contains(ring, point):
    """Whether the point lies within the ring (its edge undecided: used for choosing faces, never for an answer)."""
    x, y = point
    inside = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            inside = not inside
    return inside


def centroid(ring):
    total, cx, cy = 0, 0, 0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        cross = x0 * y1 - x1 * y0
        total, cx, cy = total + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    return (cx / (3 * total), cy / (3 * total))


def rectangle(ring):
    """The least rectangle round the ring: (centre, long direction, length, width)."""
    best = None
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        size = math.hypot(x1 - x0, y1 - y0)
        u = ((x1 - x0) / size, (y1 - y0) / size)
        along = [x * u[0] + y * u[1] for x, y in ring]
        across = [y * u[0] - x * u[1] for x, y in ring]
        length, width = max(along) - min(along), max(across) - min(across)
        if best is None or length * width < best[0]:
            a, b = (max(along) + min(along)) / 2, (max(across) + min(across)) / 2
            centre = (a * u[0] - b * u[1], a * u[1] + b * u[0])
            best = (length * width, centre, u, length, width)
    _, centre, u, length, width = best
    return (centre, u, length, width) if length >= width else (centre, (-u[1], u[0]), width, length)


class Mesh:
    def __init__(self):
        self.points, self.number, self.faces, self.edges, self.holes = [], {}, {}, {}, {}
        self.next_face = 0

    def vertex(self, point):
        """The number of the vertex at the point, rounded to the grid."""
        key = (round(point[0]), round(point[1]))
        if key not in self.number:
            self.number[key] = len(self.points)
            self.points.append(key)
        return self.number[key]

    def ring(self, face):
        return [self.points[v] for v in self.faces[face]]

    def area(self, face):
        """The face's area in m², its holes taken out."""
        holes = sum(abs(area2([self.points[v] for v in hole])) for hole in self.holes.get(face, []))
        return (area2(self.ring(face)) - holes) / 2e6

    def add(self, vertices):
        face = self.next_face
        self.next_face += 1
        self.faces[face] = vertices
        for edge in zip(vertices, vertices[1:] + vertices[:1]):
            self.edges[edge] = face
        return face

    def remove(self, face):
        vertices = self.faces.pop(face)
        for edge in zip(vertices, vertices[1:] + vertices[:1]):
            self.edges.pop(edge, None)

    def insert(self, a, b, v):
        """Puts the vertex into the edge a→b, and into the neighbour's b→a."""
        for start, end in ((a, b), (b, a)):
            face = self.edges.pop((start, end), None)
            if face is not None:
                self.edges[(start, v)] = self.edges[(v, end)] = face
                for ring in [self.faces[face]] + self.holes.get(face, []):
                    for i, vertex in enumerate(ring):
                        if vertex == start and ring[(i + 1) % len(ring)] == end:
                            ring.insert(i + 1, v)
                            break

    def neighbours(self, face):
        """Each neighbour with the length in mm of the edge that it shares."""
        found, vertices = {}, self.faces[face]
        for a, b in zip(vertices, vertices[1:] + vertices[:1]):
            other = self.edges.get((b, a))
            if other is not None:
                found[other] = found.get(other, 0) + math.dist(self.points[a], self.points[b])
        return found

    def crossings(self, face, point, direction):
        """Where the line meets the face's ring: (distance along the line, start, end of the edge), in order."""
        found, vertices = [], self.faces[face]
        for a, b in zip(vertices, vertices[1:] + vertices[:1]):
            (ax, ay), (bx, by) = self.points[a], self.points[b]
            sa = direction[0] * (ay - point[1]) - direction[1] * (ax - point[0])
            sb = direction[0] * (by - point[1]) - direction[1] * (bx - point[0])
            if (sa > 0) != (sb > 0):
                k = sa / (sa - sb)
                x, y = ax + k * (bx - ax), ay + k * (by - ay)
                found.append(((x - point[0]) * direction[0] + (y - point[1]) * direction[1], a, b))
        return sorted(found)

    def chord(self, face, point, direction):
        """The middle of the longest piece of the line within the face."""
        hits = [t for t, _, _ in self.crossings(face, point, direction)]
        pairs = [(hits[i + 1] - hits[i], (hits[i] + hits[i + 1]) / 2) for i in range(0, len(hits) - 1, 2)]
        return moved(point, direction, max(pairs)[1]) if pairs else None

    def first_hit(self, face, point, direction):
        ahead = [hit for hit in self.crossings(face, point, direction) if hit[0] > 0]
        return ahead[0] if ahead else None

    def anchor(self, hit, point, direction, snap):
        """The vertex where a cut meets the ring: an existing end of the edge within `snap` mm, else a new one."""
        t, a, b = hit
        place = moved(point, direction, t)
        for end in (a, b):
            if math.dist(self.points[end], place) <= snap:
                return end
        v = self.vertex(place)
        if v not in (a, b):
            self.insert(a, b, v)
        return v

    def cut(self, face, points, back, forward, snap=50, straight=True):
        """Cuts the face along a path. Gives (left, right), or None where the path does not divide it."""
        first = self.first_hit(face, points[0], back)
        last = self.first_hit(face, points[-1], forward)
        if first is None or last is None:
            return None
        middle = [] if straight and len(points) == 1 else [self.vertex(p) for p in points]
        for reach in (snap, 0):
            start = self.anchor(self.first_hit(face, points[0], back), points[0], back, reach)
            end = self.anchor(self.first_hit(face, points[-1], forward), points[-1], forward, reach)
            if not self.meets(face, [start] + middle + [end]):
                return self.divide(face, start, end, middle)
        return None

    def meets(self, face, path):
        """Whether a path between two vertices of the ring crosses or touches the ring elsewhere."""
        ring = self.faces[face]
        for a, b in zip(path, path[1:]):
            for c, d in zip(ring, ring[1:] + ring[:1]):
                if len({a, b, c, d}) < 4:
                    continue
                pa, pb, pc, pd = (self.points[v] for v in (a, b, c, d))
                if side(pa, pb, pc) * side(pa, pb, pd) <= 0 and side(pc, pd, pa) * side(pc, pd, pb) <= 0:
                    return True
        return False

    def divide(self, face, start, end, middle=()):
        """Divides the face by the path from `start` over `middle` to `end`, both ends on its ring."""
        ring, middle = self.faces[face], list(middle)
        i = ring.index(start)
        ring = ring[i:] + ring[:i]
        j = ring.index(end)
        right = ring[: j + 1] + middle[::-1]
        left = ring[j:] + [start] + middle
        if start == end or len(left) < 3 or len(right) < 3 or not middle and j in (1, len(ring) - 1):
            return None
        holes = self.holes.pop(face, [])
        self.remove(face)
        pieces = self.add(left), self.add(right)
        for hole in holes:
            owner = pieces[0] if contains(self.ring(pieces[0]), self.points[hole[0]]) else pieces[1]
            self.holes.setdefault(owner, []).append(hole)
        return pieces

    def strip(self, face, points, back, forward, width, snap=50):
        """Cuts a strip of the given width (mm) out of the face along the path; (left, strip, right) or None."""
        sides = []
        for side in (1, -1):
            offset = []
            for i, point in enumerate(points):
                before = (-back[0], -back[1]) if i == 0 else unit(points[i - 1], point)
                after = forward if i == len(points) - 1 else unit(point, points[i + 1])
                bisector = unit((0, 0), (before[0] + after[0], before[1] + after[1]))
                reach = side * width / 2 / (bisector[0] * after[0] + bisector[1] * after[1])
                offset.append(moved(point, (-bisector[1], bisector[0]), reach))
            if not all(contains(self.ring(face), p) for p in offset):
                return None
            sides.append(offset)
        bent = len(points) > 1 or abs(back[0] + forward[0]) + abs(back[1] + forward[1]) > 1e-9
        first = self.cut(face, sides[0], back, forward, snap, straight=not bent)
        if first is None:
            return None
        left, rest = first
        second = self.cut(rest, sides[1], back, forward, snap, straight=not bent)
        if second is None:
            return None
        return left, second[0], second[1]

    def merge(self, face, other):
        """One face out of two neighbours; None where they do not share exactly one run of edges."""
        rings = self.outline([face, other])
        if len(rings) != 1 or face in self.holes or other in self.holes:
            return None
        self.remove(face)
        self.remove(other)
        return self.add(rings[0])

    def outline(self, faces):
        """The rings round a set of faces, outer ones anticlockwise, holes clockwise; simple where rings touch."""
        ends = {}
        for face in faces:
            for ring in [self.faces[face]] + self.holes.get(face, []):
                for a, b in zip(ring, ring[1:] + ring[:1]):
                    ends.setdefault(a, set()).add(b)
        for a in list(ends):
            for b in sorted(ends[a]):
                if a in ends.get(b, ()):
                    ends[a].discard(b)
                    ends[b].discard(a)
        rings = []
        for start in sorted(ends):
            while ends[start]:
                ring, here, came = [start], min(ends[start]), start
                ends[start].discard(here)
                while here != start:
                    ring.append(here)
                    onward = min(ends[here], key=lambda v: self.bend(came, here, v))
                    ends[here].discard(onward)
                    came, here = here, onward
                rings.extend(parted(ring))
        return rings

    def bend(self, before, here, after):
        """How far left of straight on: the sharpest left turn is least, so that touching rings come apart."""
        (x0, y0), (x1, y1), (x2, y2) = (self.points[v] for v in (before, here, after))
        ax, ay, bx, by = x1 - x0, y1 - y0, x2 - x1, y2 - y1
        return -math.atan2(ax * by - ay * bx, ax * bx + ay * by)


def parted(ring):
    """A ring that visits a vertex twice, as rings that do not."""
    seen, rings = [], []
    for vertex in ring:
        if vertex in seen:
            i = seen.index(vertex)
            rings.append(seen[i:])
            seen = seen[:i]
        seen.append(vertex)
    return rings + [seen]
