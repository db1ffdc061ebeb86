"""The page in a browser; started by Tools/look with the service's address, and a folder for pictures if they are wanted."""
import json
import os
import re
import sys
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
    page.on("console", lambda said: check(said.type != "error" or "404 (Not Found)" in said.text, f"{path}: console: {said.text}"))
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


def serious(page, view):
    for fault in Axe().run(page).response["violations"]:
        if fault["impact"] in ("serious", "critical"):
            where = "; ".join(str(node["target"][0]) for node in fault["nodes"][:3])
            check(False, f"{view}: {fault['id']} ({fault['impact']}): {fault['help']}: {where}")


def looks(browser):
    for name, path in VIEWS.items():
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
    planners(browser)
    looks(browser)
    browser.close()
print(f"{len(faults)} faults" if faults else "the page holds in the browser")
sys.exit(1 if faults else 0)
