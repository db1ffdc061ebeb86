// What the page has beside its HTML, all of which reads and works without: suggestions while an address is typed, and the map.
"use strict";

const persian = document.documentElement.lang === "fa";
const said = (fa, en) => persian ? fa : en;
const numbers = new Intl.NumberFormat(said("fa", "en"), { useGrouping: false, maximumFractionDigits: 2 });

const made = (name, text, more) => Object.assign(document.createElement(name), { textContent: text }, more);
const button = (text, act) => {
    const button = made("button", text, { type: "button", className: "plain" });
    button.addEventListener("click", () => act(button));
    return button;
};

// A button beside a text that copies it; where the browser has no clipboard for pages without HTTPS, as a selection does.
const copier = (text) => button(said("کپی", "Copy"), async (own) => {
    const copied = text().replace(/[\u2066-\u2069]/g, "");
    try {
        await navigator.clipboard.writeText(copied);
    } catch {
        const field = made("textarea", copied);
        document.body.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
        own.focus();
    }
    own.textContent = said("کپی شد", "Copied");
    setTimeout(() => own.textContent = said("کپی", "Copy"), 2000);
});
for (const place of document.querySelectorAll(".copied")) place.append(" ", copier(() => place.firstChild.textContent.trim()));

// Paper has no drawers to open.
let drawers = [];
addEventListener("beforeprint", () => {
    drawers = [...document.querySelectorAll("details:not([open], .screen)")];
    for (const drawer of drawers) drawer.open = true;
});
addEventListener("afterprint", () => { for (const drawer of drawers) drawer.open = false; });

// The map's signs, fetched when they are first wanted.
for (const details of document.querySelectorAll("details[data-legend]")) {
    details.addEventListener("toggle", async () => {
        const link = details.querySelector("p");
        if (!details.open || !link) return;
        try {
            const response = await fetch(details.dataset.legend);
            if (!response.ok) return;
            const list = made("ul", "", { className: "symbols" });
            for (const entry of (await response.json()).entries) {
                const item = made("li", "");
                item.append(made("img", "", { alt: "", src: entry.symbol }), made("span", entry.title, { dir: "auto" }));
                list.append(item);
            }
            link.replaceWith(list);
        } catch { /* The link leads to them. */ }
    });
}

// The pattern of a combobox with a listbox (WAI-ARIA Authoring Practices): the keys of the arrows, Enter and Escape.
for (const input of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = input.id + "-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", said("نشانی‌ها", "addresses"));
    input.parentElement.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) {
        input.setAttribute(name, value);
    }
    let chosen = -1;
    let asked = 0;
    let timer = 0;

    const show = (candidates) => {
        chosen = -1;
        list.replaceChildren(...candidates.map((candidate, number) => {
            const item = document.createElement("li");
            item.id = list.id + number;
            item.setAttribute("role", "option");
            item.setAttribute("aria-selected", "false");
            item.dir = "auto";
            item.textContent = candidate.address;
            item.addEventListener("pointerdown", (event) => {
                event.preventDefault();
                take(candidate.address);
            });
            return item;
        }));
        list.hidden = candidates.length === 0;
        input.setAttribute("aria-expanded", String(!list.hidden));
        input.removeAttribute("aria-activedescendant");
    };
    const take = (text) => {
        input.value = text;
        show([]);
        input.form.requestSubmit();
    };
    const choose = (number) => {
        const items = [...list.children];
        if (items.length === 0) return;
        chosen = (number + items.length) % items.length;
        items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
        items[chosen].scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", items[chosen].id);
    };
    input.addEventListener("input", () => {
        clearTimeout(timer);
        const text = input.value.trim();
        const turn = ++asked;
        if (text.length < 2 || text.length > 200) return show([]);
        timer = setTimeout(async () => {
            try {
                const response = await fetch("/addresses?limit=8&q=" + encodeURIComponent(text));
                if (response.ok && turn === asked) show((await response.json()).candidates);
            } catch { /* What was typed can be sent without suggestions. */ }
        }, 120);
    });
    input.addEventListener("keydown", (event) => {
        if (list.hidden) return;
        if (event.key === "ArrowDown") choose(chosen + 1);
        else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
        else if (event.key === "Escape") show([]);
        else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen].textContent);
        else return;
        event.preventDefault();
    });
    input.addEventListener("blur", () => show([]));
}

const element = document.getElementById("map");
const drawMap = () => {
    const listed = (name) => (element.dataset[name] || "").split(",").map(Number);
    const [west, south, east, north] = listed("box");
    const map = L.map(element, { maxZoom: 20, minZoom: 11, attributionControl: false });
    if (element.dataset.place) map.setView(listed("place").reverse(), 18);
    else map.fitBounds([[south, west], [north, east]]);
    const tiles = "/map/tiles/WebMercatorQuad/{z}/{y}/{x}" + (L.Browser.retina ? "?scale=2" : "");
    L.tileLayer(tiles, { maxZoom: 20, tileSize: 256 }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (element.dataset.place) {
        const [lon, lat] = listed("place");
        L.circleMarker([lat, lon], { radius: 6, color: "#b3261e", weight: 3, fillOpacity: .6, interactive: false }).addTo(map);
    }
    if (element.dataset.shape) {
        fetch(element.dataset.shape).then((response) => response.ok ? response.json() : null).then((shape) => {
            if (!shape) return;
            const drawn = L.geoJSON(shape, {
                style: (feature) => feature.properties.role === "parcel" || shape.type === "Feature"
                    ? { color: "#b3261e", weight: 3, fillOpacity: .08 } : { color: "#35618f", weight: 1, fillOpacity: .1 },
                interactive: false,
            }).addTo(map);
            if (!element.dataset.place) map.fitBounds(drawn.getBounds().pad(1.5));
        }).catch(() => {});
    }
    if (element.dataset.envelope) {
        // Where the law needs to know more there is nothing to draw, and the page says what.
        fetch(element.dataset.envelope).then((response) => response.ok ? response.json() : null).then((shape) => {
            if (shape && shape.geometry) L.geoJSON(shape, { style: { color: "#0b6b50", weight: 2, dashArray: "6 4", fillOpacity: .25 }, interactive: false }).addTo(map);
        }).catch(() => {});
    }
    if (element.dataset.compare) {
        const looks = {
            before: { color: "#35618f", dashArray: "7 6", fillOpacity: 0 }, after: { color: "#b3261e", fillOpacity: .06 },
        };
        fetch(element.dataset.compare).then((response) => response.ok ? response.json() : null).then((shapes) => {
            if (!shapes || shapes.features.length === 0) return;
            const sides = ["after", "before"].map((side) => L.geoJSON(shapes, {
                filter: (feature) => feature.properties.side === side,
                style: (feature) => ({ ...looks[side], weight: feature.properties.role === "parcel" ? 4 : 2 }), interactive: false,
            }).addTo(map));
            map.fitBounds(L.featureGroup(sides).getBounds().pad(.6));
        }).catch(() => {});
    }
    if (element.dataset.shapes) {
        // Parcels of a list, each of which leads to its own page.
        fetch(element.dataset.shapes).then((response) => response.ok ? response.json() : null).then((shapes) => {
            if (!shapes || shapes.features.length === 0) return;
            const dashes = { vanished: "5 4", loses: "5 4", open: "2 4" };
            const colours = { appeared: "#0b6b50", vanished: "#565c66", loses: "#565c66", open: "#8a4b00" };
            const drawn = L.geoJSON(shapes, {
                style: ({ properties }) => ({
                    color: colours[properties.part || properties.kind] || "#b3261e", weight: 2, fillOpacity: .35,
                    dashArray: dashes[properties.part || properties.kind] || null,
                }),
                onEachFeature: (feature, layer) => layer.on("click", (event) => {
                    L.DomEvent.stop(event);
                    location.assign(element.dataset.each + encodeURIComponent(feature.properties.parcel));
                }),
            }).addTo(map);
            map.fitBounds(drawn.getBounds().pad(.1));
        }).catch(() => {});
    }
    const ask = ({ lng, lat }) => {
        const query = new URLSearchParams({ lon: lng.toFixed(7), lat: lat.toFixed(7), f: "html" });
        for (const name of ["on", "known", "lang"]) if (element.dataset[name]) query.set(name, element.dataset[name]);
        location.assign("/answer?" + query);
    };

    // Coordinates and measures come from the service: degrees become the city's metres there, by PROJ.
    const marks = [];
    const drawing = L.layerGroup().addTo(map);
    const where = made("bdi", "", { dir: "auto" });
    const measured = made("output", "");
    let turn = 0;
    let timer = 0;
    const degrees = ({ lng, lat }) => lng.toFixed(7) + ", " + lat.toFixed(7);
    const measure = async (places) => {
        const own = ++turn;
        const last = places[places.length - 1];
        where.textContent = degrees(last);
        try {
            const at = places.map(({ lng, lat }) => lng.toFixed(9) + "," + lat.toFixed(9)).join(";");
            const response = await fetch("/measure?at=" + encodeURIComponent(at));
            if (!response.ok || own !== turn) return;
            const answer = await response.json();
            const { x, y } = answer.places[answer.places.length - 1];
            where.textContent = degrees(last) + " · " + x.toFixed(3) + ", " + y.toFixed(3) + " (" + answer.crs + ")";
            if (marks.length < 2) return;
            measured.textContent = said("درازا ", "Length ") + numbers.format(answer.length) + said(" متر", " m")
                + (marks.length < 3 ? "" : answer.area === null ? said("؛ راهی که خود را قطع کند مساحت ندارد", "; a way that crosses itself has no area")
                    : said("؛ مساحت ", "; area ") + numbers.format(answer.area) + said(" متر مربع", " m²"))
                + said("، روی شبکهٔ شهر", ", on the city's grid");
        } catch { /* The degrees stand there. */ }
    };
    const follow = (place) => {
        if (marks.length > 0) return;
        clearTimeout(timer);
        timer = setTimeout(() => measure([place]), 150);
    };
    const draw = () => {
        drawing.clearLayers();
        const style = { color: "#7a1fa2", weight: 3, interactive: false };
        if (marks.length > 1) (marks.length > 2 ? L.polygon : L.polyline)(marks, { ...style, fillOpacity: .1 }).addTo(drawing);
        for (const place of marks) L.circleMarker(place, { ...style, radius: 4, fillOpacity: 1 }).addTo(drawing);
        measured.textContent = "";
        if (marks.length > 0) measure(marks);
        else follow(map.getCenter());
    };
    const mark = (place) => {
        if (marks.length < 200) marks.push(place);
        draw();
    };
    const steps = [
        button(said("افزودن میانهٔ نقشه", "Add the map's middle"), () => mark(map.getCenter())),
        button(said("برداشتن آخرین", "Remove the last"), () => { marks.pop(); draw(); }),
        button(said("از نو", "Start again"), () => { marks.length = 0; draw(); }),
    ];
    const mode = button(said("اندازه‌گیری", "Measure"), () => {
        const isOn = element.classList.toggle("measuring");
        mode.setAttribute("aria-pressed", String(isOn));
        for (const step of steps) step.hidden = !isOn;
        marks.length = 0;
        draw();
    });
    mode.setAttribute("aria-pressed", "false");
    for (const step of steps) step.hidden = true;
    measured.setAttribute("role", "status");
    const place = made("p", "");
    place.append(said("مختصات: ", "Coordinates: "), where, " ", copier(() => where.textContent));
    const tools = made("div", "", { className: "tools" });
    tools.append(mode, ...steps, measured, place);
    element.after(tools);

    map.on("mousemove", (event) => follow(event.latlng));
    map.on("moveend", () => follow(map.getCenter()));
    const take = (place) => element.classList.contains("measuring") ? mark(place) : ask(place);
    map.on("click", (event) => take(event.latlng));
    element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target === element) take(map.getCenter());
    });
    if (element.dataset.place) follow({ lng: listed("place")[0], lat: listed("place")[1] });
    else follow(map.getCenter());
};

// The library comes after what is read and typed, which need not wait for it.
if (element && element.dataset.library) {
    element.hidden = false;
    const parts = [
        made("link", "", { rel: "stylesheet", href: element.dataset.library + ".css" }),
        made("script", "", { src: element.dataset.library + ".js" }),
    ];
    let wanted = parts.length;
    for (const part of parts) {
        part.addEventListener("load", () => { if (--wanted === 0) drawMap(); });
        part.addEventListener("error", () => element.hidden = true);
        document.head.append(part);
    }
}
