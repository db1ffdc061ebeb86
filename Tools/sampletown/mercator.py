"""Universal Transverse Mercator on WGS 84, by Krüger's series to the sixth order of n (Karney 2011): under a micrometre in a zone.

For making test data only: in the program PROJ decides.
"""

import math

A, F, SCALE, EASTING = 6378137.0, 1 / 298.257223563, 0.9996, 500_000.0
N = F / (2 - F)
RADIUS = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64 + N**6 / 256)
ECCENTRICITY = math.sqrt(F * (2 - F))
ALPHA = (
    N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16 + 41 * N**4 / 180 - 127 * N**5 / 288 + 7891 * N**6 / 37800,
    13 * N**2 / 48 - 3 * N**3 / 5 + 557 * N**4 / 1440 + 281 * N**5 / 630 - 1983433 * N**6 / 1935360,
    61 * N**3 / 240 - 103 * N**4 / 140 + 15061 * N**5 / 26880 + 167603 * N**6 / 181440,
    49561 * N**4 / 161280 - 179 * N**5 / 168 + 6601661 * N**6 / 7257600,
    34729 * N**5 / 80640 - 3418889 * N**6 / 1995840,
    212378941 * N**6 / 319334400,
)
BETA = (
    N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96 - N**4 / 360 - 81 * N**5 / 512 + 96199 * N**6 / 604800,
    N**2 / 48 + N**3 / 15 - 437 * N**4 / 1440 + 46 * N**5 / 105 - 1118711 * N**6 / 3870720,
    17 * N**3 / 480 - 37 * N**4 / 840 - 209 * N**5 / 4480 + 5569 * N**6 / 90720,
    4397 * N**4 / 161280 - 11 * N**5 / 504 - 830251 * N**6 / 7257600,
    4583 * N**5 / 161280 - 108847 * N**6 / 3991680,
    20648693 * N**6 / 638668800,
)


def forward(lon, lat, zone):
    """Degrees to metres in a northern zone."""
    phi, away = math.radians(lat), math.radians(lon - (6 * zone - 183))
    sine = math.sin(phi)
    t = math.sinh(math.atanh(sine) - ECCENTRICITY * math.atanh(ECCENTRICITY * sine))
    xi, eta = math.atan2(t, math.cos(away)), math.asinh(math.sin(away) / math.hypot(t, math.cos(away)))
    x = eta + sum(a * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, a in enumerate(ALPHA, 1))
    y = xi + sum(a * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, a in enumerate(ALPHA, 1))
    return EASTING + SCALE * RADIUS * x, SCALE * RADIUS * y


def inverse(x, y, zone):
    """Metres in a northern zone to degrees (longitude, latitude)."""
    xi, eta = y / (SCALE * RADIUS), (x - EASTING) / (SCALE * RADIUS)
    a = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, b in enumerate(BETA, 1))
    b = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, b in enumerate(BETA, 1))
    conformal = math.sin(a) / math.hypot(math.sinh(b), math.cos(a))
    t = tangent = conformal
    for _ in range(6):
        sigma = math.sinh(ECCENTRICITY * math.atanh(ECCENTRICITY * tangent / math.hypot(1, tangent)))
        found = tangent * math.hypot(1, sigma) - sigma * math.hypot(1, tangent)
        tangent += (
            (t - found)
            / math.hypot(1, found)
            * (1 + (1 - ECCENTRICITY**2) * tangent**2)
            / ((1 - ECCENTRICITY**2) * math.hypot(1, tangent))
        )
    return 6 * zone - 183 + math.degrees(math.atan2(math.sinh(b), math.cos(a))), math.degrees(math.atan(tangent))
