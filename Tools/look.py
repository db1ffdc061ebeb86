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
ADDRESS, CODE = "شهید بهشتی ۲۲/۱ پلاک ۵", "1-6-172-1-0-0-0"
VIEWS = {"start": "/?f=html", "answer": f"/answer?{PLACE}&f=html", "needs": f"/answer?{NEEDS}&f=html",
         "street": "/answer?x=712339.9&y=4021066.3&f=html", "none": "/answer?parcel=no-such&f=html", "legend": "/legend?f=html"}
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


def looks(browser):
    axe = Axe()
    for name, path in VIEWS.items():
        for width, size in WIDTHS.items():
            for language, scheme in (("fa", "light"), ("en", "dark")):
                page = opened(browser, f"{path}&lang={language}", size, color_scheme=scheme)
                view = f"{name}, {width}, {language}, {scheme}"
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                check(over <= 0, f"{view}: {over} px too wide")
                found = axe.run(page).response["violations"]
                for fault in found:
                    if fault["impact"] in ("serious", "critical"):
                        where = "; ".join(str(node["target"][0]) for node in fault["nodes"][:3])
                        check(False, f"{view}: {fault['id']} ({fault['impact']}): {fault['help']}: {where}")
                if PICTURES:
                    os.makedirs(PICTURES, exist_ok=True)
                    page.screenshot(path=os.path.join(PICTURES, f"{name}-{width}-{language}.png"), full_page=True)
                page.context.close()


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    ways(browser)
    looks(browser)
    browser.close()
print(f"{len(faults)} faults" if faults else "the page holds in the browser")
sys.exit(1 if faults else 0)
