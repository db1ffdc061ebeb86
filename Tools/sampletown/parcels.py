"""Parcels out of lots: renovation codes, and the few odd ones that every cadastre has."""

import math

from .mesh import centroid, moved, rectangle, unit


class Parcel:
    """A parcel of one or more faces, in a block; `note` says why an odd one is there."""

    def __init__(self, block, faces, note=None):
        self.block, self.faces, self.note = block, faces, note
        self.code = self.old_code = self.deed = self.effective = self.slope = self.address = None


def numbered(town):
    """Every lot as a parcel with its code 1-district-block-parcel-0-0-0, then the odd ones."""
    parcels = [Parcel(block, [lot]) for block in town.filled for lot in block.lots]
    split = split_lots(town, parcels)
    cut_slivers(town, parcels)
    join_across(town, parcels)
    join_neighbours(town, parcels)
    put_islands(town, parcels)
    blocks = {}
    for parcel in parcels:
        blocks.setdefault(id(parcel.block), (parcel.block, []))[1].append(parcel)
    ordered = sorted(
        (entry for entry in blocks.values()), key=lambda e: (district(town, e[0].middle), -e[0].middle[1], e[0].middle[0])
    )
    for number, (block, members) in enumerate(ordered, 1):
        members.sort(key=lambda p: math.atan2(*reversed(offset(town, p, block.middle))))
        for place, parcel in enumerate(members, 1):
            parcel.code = f"1-{district(town, block.middle)}-{number}-{place}-0-0-0"
    for first, second in split:
        first.old_code = second.old_code = first.code.replace("-0-0-0", "/1")
    facts(town, parcels)
    return parcels


def offset(town, parcel, middle):
    x, y = centroid(town.mesh.ring(parcel.faces[0]))
    return (x - middle[0], y - middle[1])


def district(town, point):
    """The district (حوزه): which side of the boulevard, and how far east."""
    x, y = point
    north = y > interpolated(town.boulevards[0][0], x)
    south = y < interpolated(town.boulevards[1][0], x)
    column = 0 if x < -300e3 else 1 if x < 110e3 else 2 if x < 470e3 else 3
    return 1 + column + (0 if north else 8 if south else 4)


def interpolated(points, x):
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1 or (x1, y1) == points[-1]:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def split_lots(town, parcels):
    """Eight house lots divided into two along their length."""
    pairs = []
    for parcel in picked(town, parcels, ("town", "villa"), 240, 420, 8):
        centre, u, _, _ = rectangle(town.mesh.ring(parcel.faces[0]))
        parts = town.mesh.cut(parcel.faces[0], [town.mesh.chord(parcel.faces[0], centre, u)], (-u[0], -u[1]), u, snap=0)
        if parts:
            parcel.faces, parcel.note = [parts[0]], "split"
            parcels.append(Parcel(parcel.block, [parts[1]], "split"))
            pairs.append((parcel, parcels[-1]))
    return pairs


def cut_slivers(town, parcels):
    """Three strips of 3 cm along a lot's longest side: what a resurvey leaves over."""
    made = 0
    for parcel in picked(town, parcels, ("villa",), 330, 560, 9):
        ring = town.mesh.ring(parcel.faces[0])
        a, b = max(zip(ring, ring[1:] + ring[:1]), key=lambda e: math.dist(*e))
        if math.dist(a, b) < 27e3 or made == 3:
            continue
        u = unit(a, b)
        middle = moved(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), (-u[1], u[0]), 30)
        parts = town.mesh.cut(parcel.faces[0], [middle], (-u[0], -u[1]), u, snap=0)
        if parts:
            lot, sliver = sorted(parts, key=lambda f: -town.mesh.area(f))
            parcel.faces = [lot]
            parcels.append(Parcel(parcel.block, [sliver], "sliver"))
            made += 1


def join_across(town, parcels):
    """Two parcels of two parts each, on both sides of an alley."""
    joined, of_face = 0, {f: p for p in parcels for f in p.faces}
    for street in town.streets:
        if street.width != 6 or joined == 2:
            continue
        alley = min(street.faces)
        beside = [of_face[f] for f in sorted(town.mesh.neighbours(alley)) if f in of_face]
        beside = [p for p in beside if p.block.kind in ("town", "core") and p.note is None and town.mesh.area(p.faces[0]) > 120]
        pair = next(((p, q) for p in beside for q in beside if p.block is not q.block and gap(town, p, q) < 16e3), None)
        if pair:
            pair[0].faces += pair[1].faces
            pair[0].note = "two parts"
            parcels.remove(pair[1])
            of_face = {f: p for p in parcels for f in p.faces}
            joined += 1


def join_neighbours(town, parcels):
    """Pairs of house lots made one (تجمیع): over 500 m², for which the plan has no band."""
    for parcel in picked(town, parcels, ("town",), 262, 330, 8):
        others = {f: p for p in parcels if p.block is parcel.block and p.note is None for f in p.faces}
        lots = {f for f in others if town.mesh.area(f) > 240} | set(parcel.faces)
        joined = town.join(parcel.faces[0], lots) if len(lots) > 1 else None
        if joined is not None:
            gone = next(p for f, p in others.items() if f not in town.mesh.faces and p is not parcel)
            parcels.remove(gone)
            parcel.faces, parcel.note = [joined], "joined"


def gap(town, p, q):
    return math.dist(centroid(town.mesh.ring(p.faces[0])), centroid(town.mesh.ring(q.faces[0])))


def put_islands(town, parcels):
    """A well or a transformer within two gardens, each a parcel of its own: the garden has a hole."""
    for parcel in picked(town, parcels, ("garden",), 2000, 3500, 2):
        mesh, face = town.mesh, parcel.faces[0]
        centre, u, _, _ = rectangle(mesh.ring(face))
        corners = [
            moved(moved(centre, u, a), (-u[1], u[0]), b) for a, b in ((-3000, -2000), (3000, -2000), (3000, 2000), (-3000, 2000))
        ]
        island = [mesh.vertex(c) for c in corners]
        mesh.add(island)
        mesh.holes[face] = [island[::-1]]
        parcel.note = "hole"
        parcels.append(Parcel(parcel.block, [mesh.next_face - 1], "island"))


def picked(town, parcels, kinds, least, most, number):
    """`number` plain parcels of the kinds within the areas, spread over the town."""
    fit = [
        p
        for p in parcels
        if p.block.kind in kinds and p.note is None and p.block.use is None and least < town.mesh.area(p.faces[0]) < most
    ]
    return [fit[(2 * i + 1) * len(fit) // (2 * number)] for i in range(number)]


def facts(town, parcels):
    """Deed areas near the surveyed ones, a few far off, some missing; what remains on the boulevards; measured slopes."""
    for parcel in sorted(parcels, key=lambda p: [int(n) for n in p.code.split("-")]):
        area = sum(town.mesh.area(f) for f in parcel.faces)
        chance = town.rng.random()
        change = 1 + town.vary(-0.012, 0.012)
        if chance > 0.97:
            change = 1 + town.vary(-0.07, 0.07)
        if parcel.note not in ("sliver", "island") and chance > 0.07:
            parcel.deed = f"{area * change:.0f}" if town.rng.random() < 0.25 else f"{area * change:.2f}"
        if fronts_boulevard(town, parcel):
            parcel.effective = f"{area * (1 - town.vary(0.0, 0.06)):.2f}"
        x, y = centroid(town.mesh.ring(parcel.faces[0]))
        steep = max(0, (-y - 250e3) / 40e3) + town.vary(0, 3)
        if y < -200e3 and town.rng.random() < 0.8:
            parcel.slope = f"{steep:.1f}"


def fronts_boulevard(town, parcel):
    """Whether its border lies along a boulevard, behind whose planned line a part of it is lost."""
    beside = (other for face in parcel.faces for other in town.mesh.neighbours(face))
    return any(other in town.street_of and town.street_of[other].level == 0 for other in beside)
