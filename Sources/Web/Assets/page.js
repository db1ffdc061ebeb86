// What the page has beside its HTML, all of which reads and works without: suggestions while an address is typed, and the map.
"use strict";

const persian = document.documentElement.lang === "fa";

// The pattern of a combobox with a listbox (WAI-ARIA Authoring Practices): the keys of the arrows, Enter and Escape.
for (const input of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = input.id + "-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", persian ? "نشانی‌ها" : "addresses");
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
if (element && window.L) {
    element.hidden = false;
    const numbers = (name) => (element.dataset[name] || "").split(",").map(Number);
    const [west, south, east, north] = numbers("box");
    const map = L.map(element, { maxZoom: 20, minZoom: 11, attributionControl: false });
    if (element.dataset.place) map.setView(numbers("place").reverse(), 18);
    else map.fitBounds([[south, west], [north, east]]);
    const tiles = "/map/tiles/WebMercatorQuad/{z}/{y}/{x}" + (L.Browser.retina ? "?scale=2" : "");
    L.tileLayer(tiles, { maxZoom: 20, tileSize: 256 }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (element.dataset.place) {
        const [lon, lat] = numbers("place");
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
    map.on("click", (event) => {
        const query = new URLSearchParams({ lon: event.latlng.lng.toFixed(7), lat: event.latlng.lat.toFixed(7), f: "html" });
        for (const name of ["on", "known", "lang"]) if (element.dataset[name]) query.set(name, element.dataset[name]);
        location.assign("/answer?" + query);
    });
}
