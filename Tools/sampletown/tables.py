"""The sample town's plans and the manifest that puts its deliveries in order."""

PLAN_COLUMNS = [
    "id",
    "title",
    "kind",
    "authority",
    "number",
    "approved",
    "published",
    "from",
    "until",
    "replaces",
    "amends",
    "rank",
    "policy",
]


def plans():
    council, commission = "شورای عالی شهرسازی و معماری ایران", "کمیسیون ماده ۵ استان"
    rows = [
        ("M", "طرح جامع طرقبه (نمونه)", "master", council, "300/1234", "1392-04-31", "1392-06-10", "1392-07-01", "", 1, ""),
        (
            "D",
            "طرح تفصیلی طرقبه (نمونه)",
            "detailed",
            commission,
            "17/4521",
            "1396-05-10",
            "1396-06-01",
            "1396-06-15",
            "",
            2,
            "perPart",
        ),
        (
            "CIR",
            "بخشنامه آلاچیق (نمونه)",
            "circular",
            "معاونت شهرسازی",
            "82286/29/97",
            "1397-09-12",
            "1397-09-20",
            "1397-10-01",
            "",
            3,
            "",
        ),
        (
            "A1",
            "اصلاحیه یکم طرح تفصیلی (نمونه)",
            "amendment",
            commission,
            "17/9034",
            "1404-05-20",
            "1404-06-10",
            "1404-07-01",
            "D",
            "",
            "",
        ),
        (
            "A2",
            "اصلاحیه دوم طرح تفصیلی (نمونه؛ هنوز ابلاغ نشده)",
            "amendment",
            commission,
            "17/9518",
            "1404-08-05",
            "",
            "",
            "D",
            "",
            "",
        ),
    ]
    keys = ("id", "title", "kind", "authority", "number", "approved", "published", "from", "amends", "rank", "policy")
    return [dict(zip(keys, row)) for row in rows]


def manifest(seed, label):
    date = "1404-02-01"

    def layer(file, role, name, accuracy, **more):
        return {"file": file, "as": role, "layer": name, **more, "accuracy": accuracy, "date": date, "covers": "city"}

    return {
        "label": label,
        "seed": seed,
        "city": {"name": "طرقبه (نمونه)", "crs": "EPSG:32640", "boundary": "boundary.geojson", "height": 1250},
        "deliveries": [
            {"file": "../parameters.csv", "as": "parameters"},
            {"file": "plans.csv", "as": "plans"},
            layer("parcels.geojson", "parcels", "parcels", 0.05, map={"slope": "slope", "effectiveArea": "effectiveArea"}),
            layer("streets.shp", "streets", "streets", 0.05, encoding="windows-1256", map={"name": "NAM", "width": "ARZ"}),
            layer("land-use.geojson", "zones", "landUse", 0.30, plan="D"),
            layer("height.geojson", "zones", "height", 0.30, plan="D"),
            layer("river.geojson", "overlay", "river", 0.50),
            layer("fault.geojson", "overlay", "fault", 1.0),
            layer("power-line.geojson", "overlay", "powerLine", 0.20),
            layer("heritage.gpkg", "overlay", "heritage", 0.30, plan="D"),
            layer("qanat.geojson", "overlay", "qanat", 0.50),
            layer("amendment.geojson", "zones", "landUse", 0.30, plan="A1"),
            {"file": "provisions.csv", "as": "provisions"},
            {"file": "addresses.csv", "as": "addresses", "layer": "addresses", "date": date},
            {"file": "post-office.csv", "as": "addresses", "layer": "postOffice", "date": date},
        ],
    }
