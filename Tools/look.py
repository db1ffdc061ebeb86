"""The page in a browser; started by Tools/look with the service's address, and a folder for pictures if they are wanted."""
import json
import os
import re
import sys
import urllib.parse
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BASE = sys.argv[1].rstrip("/")
PICTURES = sys.argv[2] if len(sys.argv) > 2 else None
PLACE = "lon=59.37&lat=36.315"
NEEDS = "x=713208.1&y=4021961"
COMPARED = "parcel=1-1-21-5-0-0-0&from=1404-06-31&to=1404-07-01"
ADDRESS, CODE = "شهید بهشتی ۲۲/۱ پلاک ۵", "1-6-172-1-0-0-0"
VIEWS = {"start": "/?f=html", "answer": f"/answer?{PLACE}&f=html", "needs": f"/answer?{NEEDS}&f=html",
         "street": "/answer?x=712339.9&y=4021066.3&f=html", "none": "/answer?parcel=no-such&f=html", "legend": "/legend?f=html",
         "compare": f"/compare?{COMPARED}&f=html", "town": "/diff?from=1404-06-31&to=1404-07-01&f=html", "sides": "/diff?f=html",
         "deliveries": "/deliveries?f=html", "provisions": "/provisions?plan=D&f=html", "batch": "/batch?f=html",
         "where": "/where?plan=D&clause=2-2-1&on=1404-09-01&f=html"}
WIDTHS = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1440, 900)}
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)
        print("✘", what, flush=True)


def opened(browser, path, size=WIDTHS["desk"], **more):
    """A page, whose console and requests are watched: nothing may fail and nothing may come from elsewhere."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)
    page = context.new_page()
    page.on("console", lambda said: check(said.type != "error" or re.search("40[04] ", said.text), f"{path}: console: {said.text}"))
    page.on("pageerror", lambda error: check(False, f"{path}: {error}"))
    page.on("request", lambda request: check(request.url.startswith((BASE, "data:")), f"{path}: asks {request.url}"))
    page.goto(BASE + path)
    page.wait_for_load_state("networkidle")
    return page


def answer(question):
    with urllib.request.urlopen(f"{BASE}/answer?{question}") as told:
        return json.load(told)


def rows(page):
    return [[cell.inner_text() for cell in row.query_selector_all("th, td")] for row in page.query_selector_all("table.rules tbody tr")]


def plain(text):
    return re.sub("[\u2066-\u2069]", "", text)


def compare(page, question, way):
    """The table's values are those of the answer in JSON."""
    wanted = [finding for finding in answer(question)["findings"]
              if finding["status"] != "none" and finding["parameter"] != "use" and finding["relation"] != "note"]
    shown = rows(page)
    check(len(shown) == len(wanted) > 0, f"{way}: {len(shown)} rows for {len(wanted)} findings")
    for finding in wanted:
        if finding["status"] == "decided":
            clause, value = finding["provision"]["clause"], str(finding["value"]) if finding["value"] is not None else ""
            check(any(value in row[1] and finding["provision"]["text"] in row[2] and clause in plain(row[3]) for row in shown),
                  f"{way}: {finding['parameter']} {value} of clause {clause} is not in the table")


def ways(browser):
    for way, text in (("by address", ADDRESS), ("by code", CODE)):
        page = opened(browser, "/?f=html&lang=en")
        page.fill("#q", text)
        page.click("form.ask button")
        page.wait_for_url("**/answer?**")
        compare(page, f"parcel={CODE}", way)
    page = opened(browser, f"/answer?{PLACE}&f=html&lang=en")
    middle = page.query_selector("#map").bounding_box()
    page.mouse.click(middle["x"] + middle["width"] / 2 + 3, middle["y"] + middle["height"] / 2 + 2)
    page.wait_for_url(lambda url: PLACE not in url)
    compare(page, page.url.split("?")[1].replace("&f=html", ""), "by touch")

    page = opened(browser, "/?f=html&lang=en")
    page.keyboard.press("Tab")
    for _ in range(10):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("شهید بهشتی", delay=30)
    page.wait_for_selector(".suggestions li")
    check(page.get_attribute("#q", "aria-expanded") == "true", "suggestions: not said to be there")
    page.keyboard.press("ArrowDown")
    chosen = page.inner_text(".suggestions li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer?**")
    check(page.input_value("#q") == chosen, f"by keys: {page.input_value('#q')} instead of {chosen}")
    page.go_back()
    page.reload()
    check(page.query_selector("h1") is not None, "back and reload: no page")

    page = opened(browser, f"/answer?{PLACE}&f=html&lang=en")
    page.click("header nav a")
    check(page.evaluate("document.documentElement.lang + document.documentElement.dir") == "fartl", "the switch of language: not Persian")
    check(re.search("[۰-۹]", page.inner_text("table.rules")), "Persian: no Persian digits")

    page = opened(browser, f"/answer?{NEEDS}&f=html&lang=en")
    page.fill("[name='fact.unit.area']", "120")
    page.click("text=Ask again")
    page.wait_for_url("**fact=unit.area**")
    compare(page, f"{NEEDS}&fact=unit.area%3D120", "with a fact")

    page = opened(browser, "/?f=html&lang=en", java_script_enabled=False)
    page.fill("#q", CODE)
    page.click("form.ask button")
    compare(page, f"parcel={CODE}", "without a script")


def tools(browser):
    """The map's legend, coordinates and measures: by mouse and by keys alone."""
    page = opened(browser, f"/answer?{PLACE}&f=html&lang=fa")
    page.click("details[data-legend] summary")
    page.wait_for_selector(".symbols li img")
    check(page.locator(".symbols li").count() > 10, "legend: few signs")
    page.wait_for_selector(".tools bdi:has-text('EPSG:32640')")
    told = answer(PLACE)["location"]
    shown = page.inner_text(".tools bdi")
    check(f"{told['x']:.3f}, {told['y']:.3f}" in shown, f"coordinates: {shown} for {told}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click(".tools p button")
    page.wait_for_selector(".tools p button:has-text('کپی شد')")
    check(page.evaluate("navigator.clipboard.readText()") == shown, "coordinates: not what was copied")

    page.click(".tools button:first-child")
    middle = page.query_selector("#map").bounding_box()
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    for east, south in ((-60, -60), (60, -60), (60, 60), (-60, 60)):
        page.mouse.click(x + east, y + south)
        page.wait_for_timeout(300)
    said = plain(page.inner_text(".tools output"))
    found = re.search("درازا ([۰-۹٫]+) متر؛ مساحت ([۰-۹٫]+) متر مربع", said)
    check(found is not None and "/answer" in page.url, f"measure: «{said}»")
    if found:
        length, area = (float(number.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹٫", "0123456789."))) for number in found.groups())
        # A square has three of its sides in the length; the screen's and the grid's differ by little here.
        check(abs(area / (length / 3) ** 2 - 1) < .02, f"measure: {length} m around {area} m²")

    serious(page, "measuring")

    page = opened(browser, f"/answer?{PLACE}&f=html&lang=en", color_scheme="dark")
    page.focus(".tools button:first-child")
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "map":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    check("Length" in page.inner_text(".tools output"), f"measure by keys: «{page.inner_text('.tools output')}»")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('footer') !== null"):
            break
    check(page.evaluate("document.activeElement.id") != "map", "by keys: the map does not let go")
    serious(page, "measuring by keys, dark")
    for button in page.query_selector_all("button, summary, header a"):
        box = button.bounding_box()
        check(box is None or (box["height"] >= 24 and box["width"] >= 24), f"a target of {box} px: {button.inner_text()}")


def hardship(browser):
    """What people type, where they touch, and what they look at it with."""
    landed = f"parcel={CODE}"
    for typed, leads in (
            ("شهید بهش", "address="), ("شهيد بهشتي ۲۲/۱ پلاك ۵", "address="), ("۱-۶-۱۷۲-۱-۰-۰-۰", landed), ("١-٦-١٧٢-١-٠-٠-٠", landed),
            ("1-۶-١٧٢-1-0-0-0", landed), ("🏠 🌳", "address="), ("<b>x</b>", "address="), ("a" * 10_000, "address="), ("آ" * 10_000, "address="),
            ("\u202eabc", "address="), ("10 10", "lon=10")):
        page = opened(browser, "/?f=html&lang=fa", WIDTHS["phone"])
        page.fill("#q", typed)
        with page.expect_navigation():
            page.press("#q", "Enter")
        page.wait_for_load_state("networkidle")
        check(leads in page.url, f"«{typed[:30]}» leads to {page.url[:120]}")
        check(page.locator("h1").count() == 1 and page.inner_text("main").strip() != "", f"«{typed[:30]}»: no page")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        check(over <= 0, f"«{typed[:30]}»: {over} px too wide")
        page.context.close()
    page = opened(browser, "/answer?lon=10&lat=10&f=html&lang=en")
    check("outside the city" in page.inner_text("h1") and page.locator("table.rules").count() == 0, "outside the city: not said so")

    one = opened(browser, f"/answer?{PLACE}&f=html&lang=en")
    other = one.context.new_page()
    other.goto(f"{BASE}/answer?{NEEDS}&f=html&lang=fa")
    before = one.inner_text("h1"), other.inner_text("h1")
    for page in (one, other):
        page.reload()
    check((one.inner_text("h1"), other.inner_text("h1")) == before, "two tabs: not each its own")
    one.fill("#q", CODE)
    one.press("#q", "Enter")
    one.wait_for_url("**parcel=**")
    one.go_back()
    check(PLACE in one.url and one.inner_text("h1") == before[0], "back: not the page before")

    paper = opened(browser, f"/answer?{NEEDS}&f=html&lang=fa")
    paper.emulate_media(media="print")
    for part in ("form.ask", "#map", ".tools", "button", "input"):
        check(not any(each.is_visible() for each in paper.query_selector_all(part)), f"print: {part} is on paper")
    paper.evaluate("dispatchEvent(new Event('beforeprint'))")
    check(paper.evaluate("[...document.querySelectorAll('details:not(.screen)')].every(drawer => drawer.open)"), "print: closed drawers")
    if PICTURES:
        os.makedirs(PICTURES, exist_ok=True)
        paper.screenshot(path=os.path.join(PICTURES, "print-fa.png"), full_page=True)
    for size in ((720, 450), (320, 256)):
        for path in VIEWS.values():
            page = opened(browser, path + "&lang=fa", size, device_scale_factor=2)
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            check(over <= 0, f"{path} zoomed to {size[0]} px: {over} px too wide")
            page.context.close()


# Over a phone line: 1.6 Mb/s, 300 ms; bytes as they came over the wire.
LINE = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
FIRST_BYTES, ALL_BYTES, FIRST_MS, SHOWN_MS = 14_000, 250_000, 1000, 100


def loaded(browser, path, line=None, before=None):
    """Milliseconds and bytes of a page, of which nothing is kept unless another came before: bytes of what it is read with, and of all but
    the tiles."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": before is None})
    if before:
        page.goto(BASE + before)
        page.wait_for_load_state("networkidle")
    if line:
        network.send("Network.emulateNetworkConditions", line)
    came = {}
    network.on("Network.responseReceived", lambda event: came.update({event["requestId"]: [event["type"], event["response"]["url"], 0]}))
    network.on("Network.loadingFinished", lambda event: came.get(event["requestId"], [0, 0, 0]).__setitem__(2, event["encodedDataLength"]))
    page.goto(BASE + path)
    page.wait_for_load_state("networkidle")
    times = page.evaluate("""() => {
        const way = performance.getEntriesByType("navigation")[0];
        return { painted: performance.getEntriesByName("first-contentful-paint")[0].startTime, ended: way.responseEnd,
                 served: way.responseEnd - way.requestStart, ready: way.domContentLoadedEventEnd };
    }""")
    blocking = page.evaluate("""() => performance.getEntriesByType("resource").filter(part => part.renderBlockingStatus === "blocking")
        .map(part => part.name)""")
    context.close()
    rest = [part for part in came.values() if "/map/tiles/" not in part[1]]
    return times, sum(part[2] for part in rest if part[0] == "Document" or part[1] in blocking), sum(part[2] for part in rest)


def middle(values):
    return sorted(values)[len(values) // 2]


def speed(browser):
    """The form over a phone line, and how soon an answer is seen on this machine. Bytes are judged; times hang on the machine and are said."""
    for path in ("/?f=html&lang=fa", f"/answer?{PLACE}&f=html&lang=fa"):
        times, first, whole = loaded(browser, path, LINE)
        check(first <= FIRST_BYTES, f"{path}: read from {first} bytes, more than {FIRST_BYTES}")
        check(whole <= ALL_BYTES, f"{path}: {whole} bytes without tiles, more than {ALL_BYTES}")
        print(f"{path}: at 1.6 Mb/s and 300 ms seen after {times['painted']:.0f} ms (wanted {FIRST_MS}) from {first} bytes, "
              f"suggestions after {times['ready']:.0f} ms, {whole} bytes in all without tiles")
    for name, before in (("by its address, as the first page", None), ("from the form", "/?f=html&lang=fa")):
        runs = [loaded(browser, f"/answer?{PLACE}&f=html&lang=fa", before=before)[0] for _ in range(7)]
        print(f"an answer on this machine, {name}: served in {middle([run['served'] for run in runs]):.1f} ms, seen "
              f"{middle([run['painted'] - run['ended'] for run in runs]):.0f} ms after that (wanted {SHOWN_MS}; median of {len(runs)})")


def side_by_side(page, query, way):
    """The compare view shows every row that its JSON carries, each value with its clause, what differs in words."""
    with urllib.request.urlopen(f"{BASE}/compare?{query}") as told:
        part = json.load(told)["parcels"][0]
    shown = [[plain(cell.inner_text()) for cell in row.query_selector_all("th, td")]
             for row in page.query_selector_all("table.compare tbody tr")]
    said = lambda row: any(row[side] and row[side]["status"] != "none" for side in ("before", "after"))
    for rows, mark in ((part["findings"], False), (part["stays"], True)):
        wanted = [row for row in rows if said(row)]
        own = [row for row in shown if len(row) == 4 and row[3].startswith("= same") == mark]
        check(len(own) == len(wanted) + (0 if mark else len(part["ground"])), f"{way}: {len(own)} rows for {len(wanted)}")
        for row in wanted:
            for side, cell in (("before", 1), ("after", 2)):
                stated = row[side]
                if stated and stated["status"] == "decided" and isinstance(stated["value"], (int, float)):
                    value, clause = str(stated["value"]), stated["provision"]["clause"]
                    check(any(value in line[cell] and clause in line[cell] for line in own),
                          f"{way}: {row['parameter']} {value} of clause {clause} is not {side}")


def planners(browser):
    for script in (True, False):
        way = "compare" if script else "compare without a script"
        page = opened(browser, "/answer?parcel=1-1-21-5-0-0-0&on=1404-07-01&f=html&lang=en", java_script_enabled=script)
        page.focus("details:has(form[action='/compare']) summary")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("۱۴۰۴/۶/۳۱")
        page.keyboard.press("Enter")
        page.wait_for_url("**/compare?**")
        side_by_side(page, COMPARED, way)
        if script:
            page.wait_for_selector("#map path")
            check(len(page.query_selector_all("#map path")) >= 2, f"{way}: not both shapes on the map")
        page.context.close()
    page = opened(browser, "/?f=html&lang=en")
    page.click("text=For planners")
    page.click("text=Two days or two revisions")
    page.wait_for_url("**/diff?**")
    page.fill("#from", "1404-06-31")
    page.fill("#to", "1404-07-01")
    page.click("button:text-is('Compare')")
    page.wait_for_selector("#map path")
    with urllib.request.urlopen(f"{BASE}/diff?from=1404-06-31&to=1404-07-01") as told:
        changed = len(json.load(told)["parcels"])
    check(len(page.query_selector_all("#map path")) == changed, f"the town: not {changed} parcels on the map")
    check(len(page.query_selector_all("table.list tbody tr")) == min(changed, 100), "the town: not every parcel in the list")
    page.click("table.list tbody tr:nth-child(2) th a")
    page.wait_for_url("**/compare?**")
    page = opened(browser, "/provisions?f=html&lang=en", java_script_enabled=False)
    page.select_option("#plan", "A1")
    page.click("button:text-is('Show')")
    page.click("text=Where does it decide? >> nth=0")
    check("/where?" in page.url and page.query_selector("table.list tbody tr th a"), f"where: {page.url}")
    for script in (True, False):
        page = opened(browser, "/batch?f=html&lang=en", java_script_enabled=script)
        table = f"id,parcel\n1,{CODE}\n2,1-1-21-5-0-0-0\n3,none\n".encode()
        page.set_input_files("#file", {"name": "places.csv", "mimeType": "text/csv", "buffer": table})
        page.click("button:text-is('Show')")
        page.wait_for_selector("table.list")
        check([row.inner_text() for row in page.query_selector_all("table.list tbody th")] == ["1", "2", "3"], "batch: not every row")
        if script:
            serious(page, "batch answered")
        with page.expect_download() as taken:
            page.click("button:text-is('Give me CSV')")
        with open(taken.value.path(), encoding="utf-8-sig") as told:
            check(len(told.read().splitlines()) == 4, "batch: not every row in the CSV")


def certificate():
    """What the QR code of a signed answer's paper leads to."""
    told = answer(f"parcel={CODE}&on=1404-07-01&sign=1")
    return urllib.parse.urlencode({"digest": told["certificate"]["digest"], "parcel": CODE, "on": told["question"]["on"],
                                   "known": told["question"]["known"]})


def verifying(browser):
    """A certificate by its paper's address, by its PDF, and by its text; one that was changed."""
    with urllib.request.urlopen(f"{BASE}/answer?parcel={CODE}&on=1404-07-01&f=pdf") as told:
        paper = told.read()
    with urllib.request.urlopen(f"{BASE}/answer?parcel={CODE}&on=1404-07-01&sign=1") as told:
        text = told.read().decode()
    for script in (True, False):
        page = opened(browser, "/?f=html&lang=en", java_script_enabled=script)
        page.click("text=Verify a certificate")
        page.set_input_files("#file", {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": paper})
        page.click("form[method=post] button")
        check(page.locator(".verdict.holds").count() == 1, f"verify a PDF: {page.inner_text('main')[:200]}")
        compare(page, f"parcel={CODE}&on=1404-07-01", "verified")
        page.click("text=side by side")
        check("/compare?" in page.url and page.locator("table.compare").count() == 1, f"verify: since: {page.url}")
        for sent, verdict in ((text.strip(), "holds"), (text.replace('"code":"', '"code":"9', 1), "fails")):
            page.goto(BASE + "/verify?f=html&lang=fa")
            page.fill("#answer", sent)
            page.click("form[method=post] button")
            check(page.locator(".verdict." + verdict).count() == 1, f"verify: not {verdict}: {page.inner_text('main')[:200]}")
        page.context.close()


def serious(page, view):
    for fault in Axe().run(page).response["violations"]:
        if fault["impact"] in ("serious", "critical"):
            where = "; ".join(str(node["target"][0]) for node in fault["nodes"][:3])
            check(False, f"{view}: {fault['id']} ({fault['impact']}): {fault['help']}: {where}")


def looks(browser):
    views = VIEWS | {"verify": "/verify?f=html", "verified": f"/verify?{certificate()}&f=html",
                     "refused": f"/verify?number=9&digest={'0' * 64}&f=html"}
    for name, path in views.items():
        for width, size in WIDTHS.items():
            for language, scheme in (("fa", "light"), ("en", "dark")):
                page = opened(browser, f"{path}&lang={language}", size, color_scheme=scheme)
                view = f"{name}, {width}, {language}, {scheme}"
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                check(over <= 0, f"{view}: {over} px too wide")
                serious(page, view)
                if PICTURES:
                    os.makedirs(PICTURES, exist_ok=True)
                    page.screenshot(path=os.path.join(PICTURES, f"{name}-{width}-{language}.png"), full_page=True)
                page.context.close()


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    ways(browser)
    tools(browser)
    hardship(browser)
    planners(browser)
    verifying(browser)
    looks(browser)
    speed(browser)
    browser.close()
print(f"{len(faults)} faults" if faults else "the page holds in the browser")
sys.exit(1 if faults else 0)
