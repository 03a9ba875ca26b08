// The column of filters, which is the legend too: each row shows the badge or line it stands for, and how many statements.
"use strict";

explorer.filters = (() => {
  const { data, types } = explorer.model;
  const { facets, filter, VOICE } = explorer.facets;
  const { element, badge, line, name } = explorer.dom;
  const side = document.getElementById("side");
  const SHOWN = 10; // values of a long facet before "Show all" …
  const MOST = 500; // … and after it; a search finds the others
  const open = new Set(["type", "tier"]);
  const whole = new Set();
  const sought = {}; // what is looked for in a long facet

  function known(facet) {
    const found = explorer.facets.left().counts[facet];
    const values = [...found.keys()];
    if (facet === "type") return [found, [...types.keys()].filter((value) => found.has(value))];
    if (facet === "tier") return [found, Object.keys(data.tiers)];
    const order = initial[facet] ?? (initial[facet] = new Map(found));
    return [found, values.sort((a, b) => order.get(b) - order.get(a) || (a < b ? -1 : 1))];
  }
  const differ = new Set(data.statements.map((statement) => statement.confidence).filter((value) => value !== null)).size > 1;
  const initial = {}; // rows keep their order while counts change

  function words(facet, value) {
    if (facet === "type") return types.get(value).label;
    if (facet === "tier") return data.tiers[value].label;
    if (facet === "relation") return data.relations[value].label;
    if (facet === "speaker" && value === VOICE) return "The article itself";
    return value || "Not given";
  }

  function row(facet, value, number) {
    const off = filter.off[facet];
    const box = element("input", { type: "checkbox", checked: !off.has(value), "data-facet": facet, "data-value": value, onchange: () => {
      if (off.has(value)) off.delete(value); else off.add(value);
      explorer.refresh();
    } });
    const sign = facet === "type" ? badge(value) : facet === "tier" ? line(value) : null;
    const label = element("label", {}, box, sign, element("span", { class: "words" }, name(words(facet, value))), element("span", { class: "number" }, explorer.dom.figure(number)));
    const only = element("button", { type: "button", class: "only", "aria-label": `Only ${words(facet, value).slice(0, 80)}`, onclick: () => {
      explorer.facets.only(facet, value);
      explorer.refresh();
    } }, "only");
    return element("li", { class: number === 0 ? "empty" : null }, label, only);
  }

  function group(facet) {
    const [found, values] = known(facet);
    if (values.length === 0 || (facet === "source" && values.length < 2)) return null;
    const place = element("div", {});
    const long = values.length > SHOWN + 2;
    const fill = () => {
      const wanted = (sought[facet] ?? "").trim().toLowerCase();
      const matching = wanted ? values.filter((value) => words(facet, value).toLowerCase().includes(wanted)) : values;
      const part = long && !whole.has(facet) ? matching.slice(0, SHOWN) : matching.slice(0, MOST);
      const more = part.length < matching.length && part.length < MOST
        ? [element("button", { type: "button", class: "plain", onclick: () => { whole.add(facet); fill(); } }, `Show all ${explorer.dom.figure(matching.length)}`)] : [];
      place.replaceChildren(element("ul", {}, part.map((value) => row(facet, value, found.get(value) ?? 0))), ...more);
    };
    const find = long ? element("input", { type: "search", class: "narrow", value: sought[facet] ?? "", placeholder: "Find", "aria-label": `Find under “${facets[facet].heading}”`,
      oninput: (event) => { sought[facet] = event.target.value; fill(); } }) : null;
    fill();
    const details = element("details", { open: open.has(facet), ontoggle: () => { if (details.open) open.add(facet); else open.delete(facet); } },
      element("summary", {}, element("h2", {}, facets[facet].heading), element("span", { class: "off" }, summary(filter.off[facet].size, values.length))), find, place);
    return details;
  }

  const summary = (off, all) => (off === 0 ? "" : all - off < off ? `only ${all - off}` : `${off} off`);

  function sureness() {
    if (!differ) return null;
    const output = element("output", {}, `${Math.round(filter.sure * 100)} %`);
    return element("label", { class: "slider" }, element("span", {}, "Confidence at least ", output),
      element("input", { type: "range", "aria-label": "Confidence at least", min: 0, max: 1, step: 0.05, value: filter.sure, oninput: (event) => {
        output.textContent = `${Math.round(event.target.value * 100)} %`;
      }, onchange: (event) => { filter.sure = Number(event.target.value); explorer.refresh(); } }));
  }

  function draw() {
    const focused = document.activeElement?.dataset ?? {};
    const clear = element("button", { type: "button", class: "plain clear", hidden: !explorer.facets.filtered(), onclick: () => {
      explorer.facets.clear();
      explorer.refresh();
    } }, "Clear filters");
    side.replaceChildren(...["type", "tier", "relation", "speaker", "source"].map(group).filter(Boolean), ...[sureness(), clear].filter(Boolean));
    // Redrawing must not take the keyboard away from the row in use.
    const same = ({ dataset }) => dataset.facet === focused.facet && dataset.value === focused.value;
    if (focused.facet) [...side.querySelectorAll("input[data-facet]")].find(same)?.focus();
  }

  return { draw };
})();
