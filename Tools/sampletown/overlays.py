"""What lies over the plan and restricts it: river, fault, power line, historic core, qanat. Millimetres from the centre."""

import math

from .mesh import moved, unit
from .layout import CORE


def ribbon(points, left, right):
    """A polygon about a path, `left[i]` and `right[i]` mm wide on each side of its points."""
    sides = [[], []]
    for i, point in enumerate(points):
        before = unit(points[max(i - 1, 0)], points[max(i, 1)])
        after = unit(points[min(i, len(points) - 2)], points[min(i + 1, len(points) - 1)])
        bisector = unit((0, 0), (before[0] + after[0], before[1] + after[1]))
        stretch = 1 / (bisector[0] * after[0] + bisector[1] * after[1])
        sides[0].append(moved(point, (-bisector[1], bisector[0]), left[i] * stretch))
        sides[1].append(moved(point, (bisector[1], -bisector[0]), right[i] * stretch))
    return whole(sides[1] + sides[0][::-1])


def whole(points):
    return [(round(x), round(y)) for x, y in points]


def metres(*points):
    return [(x * 1000, y * 1000) for x, y in points]


def river(town):
    """The boundary that the water authority fixed: bed and quantitative margin, wider on the outer side of the bends."""
    points = [metres((-815, -328))[0]] + town.river_path[0][1:-1] + metres((820, 104))
    left = [19_000, 22_500, 20_000, 24_000, 19_500, 17_500, 21_000]
    right = [20_000, 18_500, 21_000, 18_000, 24_500, 22_000, 19_000]
    return ribbon(points, left, right)


def fault():
    points = metres((-560, -600), (-240, -545), (60, -560), (390, -490), (690, -400))
    return ribbon(points, [31_000, 28_000, 35_000, 30_000, 26_000], [27_000, 33_000, 29_000, 34_000, 30_000])


def power_line():
    """63 kV: 8 m on each side of the strip between the outer conductors, which is 6.40 m wide."""
    points = metres((300, 690), (375, 420), (585, 60), (560, -180), (690, -420))
    return ribbon(points, [11_200] * 5, [11_200] * 5)


def heritage(rng):
    """The registered historic core: an uneven outline that follows no street."""
    outline = []
    for i in range(22):
        angle, reach = 2 * math.pi * i / 22, 150e3 + 28e3 * rng.random()
        outline.append((CORE[0] + reach * math.cos(angle), CORE[1] - 20e3 + 0.85 * reach * math.sin(angle)))
    return whole(outline)


def qanats():
    """Two mother wells with their margins; the second was digitised crossing itself."""
    round_one = [(-352e3 + 22e3 * math.cos(math.radians(30 * i)), 432e3 + 22e3 * math.sin(math.radians(30 * i))) for i in range(12)]
    crossing = metres((236, -246), (284, -206), (284, -246), (236, -206))
    return [("Q-1", whole(round_one)), ("Q-2", whole(crossing))]


def harim():
    """The town's outer control zone."""
    return whole(
        metres(
            (-1650, -900),
            (-900, -1500),
            (150, -1420),
            (1200, -1180),
            (1750, -350),
            (1820, 500),
            (1300, 1250),
            (300, 1560),
            (-700, 1480),
            (-1500, 1050),
            (-1880, 150),
        )
    )
