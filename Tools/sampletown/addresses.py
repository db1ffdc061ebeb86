"""Street names and the addresses of parcels, in the spellings that people use."""

from .mesh import centroid

BOULEVARDS = ["امام رضا", "وکیل‌آباد"]
THROUGH = ["شهید بهشتی", "جاغرق", "کنگ", "باغستان"]
NAMES = """لاله|نرگس|یاس|میرزا کوچک خان|شهید کاوه|فردوسی|عطار نیشابوری|خیام|سعدی|حافظ|آزادی|انقلاب|معلم|دانش|گلستان|بوستان|سنایی|
ابن‌سینا|خواجه نصیر|بیهقی|رودکی|ملک‌الشعرا|توحید|شهید چمران|شهید رجایی|هفتم تیر|پانزده خرداد|ولی‌عصر|صیاد شیرازی|مصلی|حصیربافان|
آسیاب|سرچشمه|چنارستان|گیلاس|گردو|آلبالو|نسترن|ارغوان|شقایق|بهار|نیلوفر|مهتاب|کوثر|رازی|پروین اعتصامی|شهریار|باغ ملی|قلعه|
میدان کهنه|مسجد جامع|حمام|بازارچه|چشمه سبز|امین|فرهنگ|ورزش|دامنه|بینالود""".replace("\n", "").split("|")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
HALF_SPACE = "\u200c"


def named(town):
    """Names streets; an alley is numbered from its street, odd on the left, even on the right, and its own alleys after a slash."""
    streets, names = town.streets, iter(NAMES)
    for street in streets:
        if street.level == 0:
            street.name, street.kind = BOULEVARDS[len([s for s in streets if s.level == 0 and s.name])], "بلوار"
        elif street.level == 1:
            street.name, street.kind = THROUGH[len([s for s in streets if s.level == 1 and s.name])], "خیابان"
        elif street.width >= 12 or street.level == 2:
            street.name, street.kind = next(names), "خیابان"
    children = {}
    for street in streets:
        if street.name is None:
            children.setdefault(id(street.parent), []).append(street)
    ahead = [s for s in streets if s.name]
    while ahead:
        parent = ahead.pop(0)
        counts = {1: -1, 0: 0}
        for street in sorted(children.get(id(parent), []), key=lambda s: along(parent, middle(town, s))):
            side = 1 if beside(parent, middle(town, street)) > 0 else 0
            counts[side] += 2
            place = counts[side]
            street.kind, street.root = "کوچه", parent.root or parent
            if parent.alley is None:
                street.alley = str(place)
            elif "/" not in parent.alley:
                street.alley = f"{parent.alley}/{place}"
            else:
                street.alley, street.name, street.kind = None, next(names), "کوچه"
                street.root = street
            if street.alley:
                street.name = street.root.name
            ahead.append(street)


def middle(town, street):
    return centroid(town.mesh.ring(min(street.faces)))


def along(street, point):
    (x, y), (ux, uy) = street.axis
    return (point[0] - x) * ux + (point[1] - y) * uy


def beside(street, point):
    (x, y), (ux, uy) = street.axis
    return ux * (point[1] - y) - uy * (point[0] - x)


def full_name(street):
    """What stands on the sign: «خیابان لاله», «امام رضا ۱۲/۳»."""
    return f"{street.name} {street.alley.translate(PERSIAN)}" if street.alley else f"{street.kind} {street.name}"


def numbered_houses(town, parcels):
    """A house number for each parcel on the street that it fronts longest: odd on the left, even on the right."""
    fronts = {}
    for parcel in parcels:
        lengths = {}
        for face in parcel.faces:
            for other, length in town.mesh.neighbours(face).items():
                if other in town.street_of and length > 2500:
                    number = town.streets.index(town.street_of[other])
                    lengths[number] = lengths.get(number, 0) + length
        if lengths and parcel.note not in ("sliver", "island"):
            fronts.setdefault(max(sorted(lengths), key=lengths.get), []).append(parcel)
    addresses = {}
    for number, street in enumerate(town.streets):
        counts = {1: -1, 0: 0}
        for parcel in sorted(fronts.get(number, []), key=lambda p: along(street, centroid(town.mesh.ring(p.faces[0])))):
            side = 1 if beside(street, centroid(town.mesh.ring(parcel.faces[0]))) > 0 else 0
            counts[side] += 2
            addresses[parcel.code] = (street, counts[side])
    return addresses


def text(street, house):
    """The whole address as the registry would write it."""
    if not street.alley:
        return f"{street.kind} {street.name}، پلاک {house}".translate(PERSIAN)
    root = street.root
    return f"{root.kind} {root.name}، کوچه {street.name} {street.alley}، پلاک {house}".translate(PERSIAN)


def misspelt(address, way):
    """The same address as other people write it."""
    if way == 1:
        return address.replace("ی", "ي").replace("ک", "ك")
    if way == 2:
        return address.translate({ord(c): str(i) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹")})
    if way == 3:
        return address.translate({ord(c): ARABIC[48 + i] for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹")}).replace("ی", "ى")
    if way == 4:
        short = address.replace("خیابان ", "خ ").replace("کوچه ", "ک ").replace("پلاک ", "پ ").replace("بلوار ", "بل ")
        return short.replace("،", "")
    if way == 5:
        return address.replace(HALF_SPACE, " ").replace("، ", " - ")
    if way == 6:
        return address.replace(HALF_SPACE, "").replace("خیابان", "خیـابان").replace("، ", "،")
    return address


def tables(town, parcels, addresses):
    """Rows for the address file, and for the second one in columns (a part of the town, by the post office)."""
    free, post = [], []
    for parcel in sorted(parcels, key=lambda p: [int(n) for n in p.code.split("-")]):
        if parcel.code not in addresses or town.rng.random() < 0.06:
            continue
        street, house = addresses[parcel.code]
        whole = text(street, house)
        way = int(town.rng.random() * 14)
        parcel.address = whole if town.rng.random() < 0.4 else None
        code = f"93561{13 + int(town.rng.random() * 80):02d}{len(free) % 1000:03d}"
        free.append({"text": misspelt(whole, way), "postcode": code if town.rng.random() < 0.5 else None, "parcel": parcel.code})
        if town.rng.random() < 0.04:
            free.append({"text": misspelt(whole + "، طبقه همکف", (way + 2) % 7), "postcode": None, "parcel": parcel.code})
        if parcel.code.split("-")[1] in ("2", "6"):
            root = street.root or street
            post.append(
                {
                    "street": f"{root.kind} {root.name}",
                    "alley": street.alley and f"{street.name} {street.alley}",
                    "number": house,
                    "postcode": code,
                    "parcel": parcel.code,
                }
            )
    return free, post
