"""The sample town's provisions, in the shape of published tables: bands by parcel area and street width. All of it is «نمونه»."""

import re

COLUMNS = ["plan", "clause", "target", "parameter", "relation", "value", "unit", "condition", "basis", "from", "until", "text"]

# zone: [(least area, below area, least street, below street, FAR %, coverage %, floors, units, open m² a unit)], None: no bound, or no say.
# R2 says nothing of parcels of 500 m² and more, and C1 nothing of streets narrower than 12.20 m: bands without a rule, on purpose, which
# SILENCES notes, so that it shows that they are meant.
BANDS = {
    "R1": [
        (None, 200, None, None, 100, 60, 2, 2, 35),
        (200, 300, None, 8, 100, 60, 2, 3, 35),
        (200, 300, 8, None, 120, 60, 3, 4, 30),
        (300, None, None, 8, 100, 50, 2, 4, 35),
        (300, None, 8, 12, 120, 50, 3, 6, 30),
        (300, None, 12, None, 150, 50, 4, None, 30),
    ],
    "R2": [
        (None, 200, None, None, 120, 60, 2, 2, 30),
        (200, 300, None, 8, 120, 60, 2, 3, 30),
        (200, 300, 8, None, 180, 60, 3, 4, 25),
        (300, 500, None, 12, 180, 50, 4, 6, 25),
        (300, 500, 12, None, 250, 50, 5, None, 25),
    ],
    "R3": [
        (None, 150, None, None, 180, 60, 3, 3, 25),
        (150, 300, None, 12, 180, 60, 3, 6, 25),
        (150, 300, 12, None, 240, 60, 4, 8, 20),
        (300, None, None, 12, 240, 60, 4, 8, 20),
        (300, None, 12, None, 300, 50, 6, None, 20),
    ],
    "B1": [(None, None, None, None, 120, 60, 2, 2, 20)],
    "C1": [(None, 300, 12.2, None, 240, 70, 4, None, None), (300, None, 12.2, None, 280, 60, 5, None, None)],
    "M1": [(None, 250, None, None, 180, 60, 3, 4, 20), (250, None, None, None, 240, 60, 4, None, 20)],
    "G1": [(None, 2000, None, None, 10, 5, 1, 1, None), (2000, None, None, None, 15, 7.5, 2, 1, None)],
    "P1": [(None, None, None, None, 5, 5, 1, None, None)],
    "S1": [(None, None, None, None, 60, 40, 3, None, None)],
    "S2": [(None, None, None, None, 100, 50, 4, None, None)],
    "S3": [(None, None, None, None, 100, 60, 3, None, None)],
    "S4": [(None, None, None, None, 120, 50, 4, None, None)],
    "S5": [(None, None, None, None, 30, 30, 2, None, None)],
}
# Where a band has no rule and none is wanted: zone, its band as above, the parameter (`building`: all of them), the words.
SILENCES = [
    ("R1", (300, None, 12, None), "units.max", "تعداد واحد محدود نیست."),
    ("R2", (300, 500, 12, None), "units.max", "تعداد واحد محدود نیست."),
    ("R2", (500, None, None, None), "building", "ضابطه‌ای ندارد؛ با نظر کمیسیون."),
    ("R3", (300, None, 12, None), "units.max", "تعداد واحد محدود نیست."),
    ("C1", (None, None, None, 12.2), "building", "ضابطه‌ای ندارد؛ با نظر کمیسیون."),
    ("M1", (250, None, None, None), "units.max", "تعداد واحد محدود نیست."),
]
USES = {
    "R*": (["residential"], ["office.small", "culture"], ["workshop", "storage"]),
    "B1": (["residential", "culture", "lodging"], ["commercial"], ["workshop", "storage", "parking"]),
    "C1": (["commercial", "office"], ["residential", "lodging"], ["workshop"]),
    "M1": (["residential", "commercial", "office"], ["lodging"], ["workshop"]),
    "G1": (["garden"], ["residential", "lodging"], ["commercial", "workshop", "storage"]),
    "P1": (["park"], ["sport", "culture"], ["residential", "commercial"]),
    "S1": (["education"], ["sport"], ["residential"]),
    "S2": (["health"], ["office"], ["residential"]),
    "S3": (["culture"], ["education"], ["residential"]),
    "S4": (["office"], [], ["residential"]),
    "S5": (["sport"], ["park"], ["residential"]),
    "N1": ([], ["park"], ["residential", "commercial", "office", "garden"]),
}
PERSIAN = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")


def in_persian(text):
    """The text with its numbers in Persian digits; codes such as R1 stay as they are."""
    return re.sub(r"(?<![A-Za-z0-9])\d+(\.\d+)?", lambda number: number[0].translate(PERSIAN), text)


class Writer:
    """Collects rows of one plan."""

    def __init__(self, plan):
        self.plan, self.rows = plan, []

    def say(self, clause, target, parameter, relation, value, unit, text, condition="", basis="", **days):
        self.rows.append(
            {
                "plan": self.plan,
                "clause": clause,
                "target": target,
                "parameter": parameter,
                "relation": relation,
                "value": value,
                "unit": unit,
                "condition": condition,
                "basis": basis,
                "text": in_persian(text),
                **days,
            }
        )


# Homes are ruled by the deed, gardens as surveyed, trade and mixed by what remains behind the planned line.
AREA = {"R1": "area.deed", "R2": "area.deed", "R3": "area.deed", "G1": "area.grid", "C1": "area.effective", "M1": "area.effective"}


def condition(zone, least, below, street, street_below):
    area = AREA.get(zone, "area.deed")
    parts = [
        f"{area} >= {least}" if least else "",
        f"{area} < {below}" if below else "",
        f"street.width >= {street}" if street else "",
        f"street.width < {street_below}" if street_below else "",
    ]
    return " AND ".join(part for part in parts if part)


def words(least, below, street, street_below):
    parts = []
    if least and below:
        parts.append(f"قطعات از {least} تا کمتر از {below} مترمربع")
    elif below:
        parts.append(f"قطعات کمتر از {below} مترمربع")
    elif least:
        parts.append(f"قطعات {least} مترمربع و بیشتر")
    if street and street_below:
        parts.append(f"در گذر {street} تا کمتر از {street_below} متر")
    elif street_below:
        parts.append(f"در گذر کمتر از {street_below} متر")
    elif street:
        parts.append(f"در گذر {street} متر و بیشتر")
    return "، ".join(parts)


def master():
    w = Writer("M")
    w.say("3-1", "zone:landUse/R*", "parcel.area.min", "min", 150, "m2", "حد نصاب تفکیک در پهنه‌های مسکونی 150 مترمربع است.")
    w.say("3-2", "zone:landUse/G1", "parcel.area.min", "min", 2000, "m2", "حد نصاب تفکیک باغ 2000 مترمربع است.")
    w.say("3-3", "zone:landUse/C1", "parcel.area.min", "min", 100, "m2", "حد نصاب تفکیک در پهنه تجاری 100 مترمربع است.")
    w.say("4-1", "*", "parking.stall.length.min", "min", 5, "m", "طول جای پارک دست‌کم 5 متر.")
    w.say("4-1", "*", "parking.stall.width.min", "min", 2.5, "m", "عرض جای پارک دست‌کم 2.5 متر.")
    return w.rows


def detailed():
    w = Writer("D")
    for number, (zone, bands) in enumerate(BANDS.items(), 1):
        for place, (*bounds, far, coverage, floors, units, open_space) in enumerate(bands, 1):
            clause, when, lead = f"2-{number}-{place}", condition(zone, *bounds), words(*bounds)
            lead = f"پهنه {zone}" + (f"، {lead}" if lead else "")
            target = f"zone:landUse/{zone}"
            w.say(clause, target, "far.max", "max", far, "percent", f"{lead}: تراکم حداکثر {far} درصد مساحت سند.", when, "deed")
            w.say(
                clause,
                target,
                "coverage.max",
                "max",
                coverage,
                "percent",
                f"{lead}: سطح اشغال حداکثر {coverage} درصد.",
                when,
                "grid",
            )
            w.say(clause, target, "floors.max", "max", floors, "count", f"{lead}: حداکثر {floors} طبقه.", when)
            if units:
                w.say(clause, target, "units.max", "max", units, "count", f"{lead}: حداکثر {units} واحد.", when)
            if open_space:
                w.say(
                    clause,
                    target,
                    "open.min",
                    "min",
                    open_space,
                    "m2",
                    f"{lead}: فضای باز هر واحد دست‌کم {open_space} مترمربع.",
                    when,
                )
    river = "در بستر رودخانه بنایی ساخته نمی‌شود."
    w.say("2-20", "zone:landUse/N1", "coverage.max", "max", 0, "percent", river, basis="grid")
    w.say("2-20", "zone:landUse/N1", "building", "forbid", "", "", river)
    for number, (zone, bounds, parameter, said) in enumerate(SILENCES, 1):
        lead = f"پهنه {zone}، {words(*bounds)}"
        w.say(f"2-21-{number}", f"zone:landUse/{zone}", parameter, "note", "", "", f"{lead}: {said}", condition(zone, *bounds))
    for number, (zone, lists) in enumerate(USES.items(), 1):
        for relation, uses, said in zip(("permit", "condition", "forbid"), lists, ("مجاز", "مشروط به نظر کمیسیون", "ممنوع")):
            for use in uses:
                w.say(
                    f"3-{number}", f"zone:landUse/{zone}", "use", relation, use, "use", f"در پهنه {zone} کاربری «{use}» {said} است."
                )
    heights(w)
    everywhere(w)
    restrictions(w)
    return w.rows


def heights(w):
    table = [("H1", 1, 4.5), ("H2", 2, 8), ("H3", 3, 11), ("H4", 4, 14.5), ("H5", 6, 21)]
    for place, (code, floors, height) in enumerate(table, 1):
        w.say(
            f"4-{place}",
            f"zone:height/{code}",
            "floors.max",
            "max",
            floors,
            "count",
            f"در پهنه ارتفاعی {code} حداکثر {floors} طبقه.",
        )
        w.say(
            f"4-{place}",
            f"zone:height/{code}",
            "height.max",
            "max",
            height,
            "m",
            f"در پهنه ارتفاعی {code} ارتفاع کل حداکثر {height} متر.",
        )


def everywhere(w):
    for clause, when, value, said in (
        ("5-1", "street.width < 12", 0, "در گذر کمتر از 12 متر پیش‌آمدگی مجاز نیست."),
        ("5-2", "street.width >= 12 AND street.width < 20", 0.8, "در گذر 12 تا کمتر از 20 متر پیش‌آمدگی حداکثر 0.80 متر."),
        ("5-3", "street.width >= 20", 1.2, "در گذر 20 متر و بیشتر پیش‌آمدگی حداکثر 1.20 متر."),
    ):
        w.say(clause, "*", "projection.max", "max", value, "m", said, when)
    for clause, when, value, said in (
        ("6-1", "unit.area < 150", 1, "واحد کمتر از 150 مترمربع: یک جای پارک."),
        ("6-2", "unit.area >= 150 AND unit.area < 300", 2, "واحد از 150 تا کمتر از 300 مترمربع: دو جای پارک."),
        ("6-3", "unit.area >= 300", 3, "واحد 300 مترمربع و بیشتر: سه جای پارک."),
    ):
        w.say(clause, "zone:landUse/R*", "parking.perUnit.min", "min", value, "count", said, when)
    w.say(
        "7-1",
        "zone:landUse/R*",
        "setback.front.min",
        "min",
        2,
        "m",
        "عقب‌نشینی از گذر 12 متر و بیشتر دست‌کم 2 متر.",
        "street.width >= 12",
    )
    w.say("7-2", "zone:landUse/G1", "setback.front.min", "min", 5, "m", "در باغ‌ها عقب‌نشینی از گذر دست‌کم 5 متر.")
    w.say("7-3", "zone:landUse/R*", "frontage.min", "min", 8, "m", "بر قطعه در تفکیک دست‌کم 8 متر.", "area.deed >= 150")
    w.say("7-4", "*", "building", "note", "", "", "در شیب بیش از 15 درصد مطالعه ژئوتکنیک لازم است.", "slope > 15")


def restrictions(w):
    for use in ("residential", "commercial", "office", "education", "health", "lodging"):
        w.say("8-1", "overlay:river", "use", "forbid", use, "use", "در حد بستر و حریم رودخانه هیچ بنایی ساخته نمی‌شود.")
        if use != "office":
            w.say(
                "8-2",
                "overlay:powerLine",
                "use",
                "forbid",
                use,
                "use",
                "در حریم زمینی خط ۶۳ کیلوولت ساختن بنای محل سکونت و کار ممنوع است.",
            )
    for use in ("health", "fireStation", "powerPlant", "waterPlant"):
        w.say("8-3", "overlay:fault", "use", "forbid", use, "use", "بناهای با اهمیت خیلی زیاد در پهنه گسل ممنوع است.")
    w.say("8-4", "overlay:fault", "floors.max", "max", 3, "count", "در پهنه گسل حداکثر 3 طبقه.")
    w.say("8-5", "overlay:heritage", "height.max", "max", 7.5, "m", "در بافت تاریخی ارتفاع کل حداکثر 7.5 متر.")
    w.say("8-6", "overlay:heritage", "use", "condition", "lodging", "use", "اقامتگاه در بافت تاریخی با نظر میراث فرهنگی.")
    w.say("8-7", "overlay:qanat", "use", "forbid", "workshop", "use", "در حریم مادرچاه قنات کارگاه ممنوع است.")
    w.say("8-8", "*", "building", "note", "", "", "در حد رودخانه پاسخ استعلام آب منطقه‌ای لازم است.", "insideOverlay('river')")


def amendment():
    w = Writer("A1")
    w.say("1", "zone:landUse/M2", "far.max", "max", 210, "percent", "پهنه M2: تراکم حداکثر 210 درصد مساحت سند.", basis="deed")
    w.say("1", "zone:landUse/M2", "coverage.max", "max", 60, "percent", "پهنه M2: سطح اشغال حداکثر 60 درصد.", basis="grid")
    w.say("1", "zone:landUse/M2", "floors.max", "max", 4, "count", "پهنه M2: حداکثر 4 طبقه.")
    for use, relation in (("residential", "permit"), ("commercial", "permit"), ("workshop", "forbid")):
        w.say("2", "zone:landUse/M2", "use", relation, use, "use", "کاربری‌های پهنه M2.")
    w.say(
        "3",
        "zone:landUse/R3",
        "far.max",
        "max",
        280,
        "percent",
        "پهنه R3، قطعات 300 مترمربع و بیشتر در گذر 12 متر و بیشتر: تراکم حداکثر 280 درصد.",
        condition("R3", 300, None, 12, None),
        "deed",
    )
    return w.rows


def others():
    gazebo = Writer("CIR")
    gazebo.say("1", "*", "far.max", "note", "", "", "آلاچیق تا 12 مترمربع در تراکم و سطح اشغال حساب نمی‌شود.")
    later = Writer("A2")
    later.say(
        "1", "zone:landUse/R2", "far.max", "max", 300, "percent", "پهنه R2: تراکم حداکثر 300 درصد (هنوز ابلاغ نشده).", basis="deed"
    )
    return gazebo.rows + later.rows


def rows():
    return master() + detailed() + amendment() + others()
