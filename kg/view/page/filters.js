// The column of filters, which is the legend too: each row shows the badge or line it stands for, and how many statements.
"use strict";

explorer.filters = (() => {
  const { data, types, facets, filter, labels, VOICE } = explorer.model;
  const { element, badge, line, name } = explorer.dom;
  const side = document.getElementById("side");
  const SHOWN = 10; // values of a long facet before "Show all"
  const open = new Set(["type", "tier"]);
  const whole = new Set();

  function known(facet) {
    const found = explorer.model.counts(facet);
    const values = [...found.keys()];
    if (facet === "type") return [found, [...types.keys()].filter((value) => found.has(value))];
    if (facet === "tier") return [found, Object.keys(data.tiers)];
    const order = initial[facet] ?? (initial[facet] = new Map(found));
    return [found, values.sort((a, b) => order.get(b) - order.get(a) || (a < b ? -1 : 1))];
  }
  const initial = {}; // rows keep their order while counts change

  function words(facet, value) {
    if (facet === "type") return types.get(value).label;
    if (facet === "tier") return data.tiers[value].label;
    if (facet === "relation") return labels.relation.get(value);
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
    const label = element("label", {}, box, sign, element("span", { class: "words" }, name(words(facet, value))), element("span", { class: "number" }, number.toLocaleString("en")));
    const only = element("button", { type: "button", class: "only", "aria-label": `Only ${words(facet, value).slice(0, 80)}`, onclick: () => {
      const rest = known(facet)[1].filter((other) => other !== value);
      const isOnly = !off.has(value) && rest.every((other) => off.has(other));
      off.clear();
      if (!isOnly) rest.forEach((other) => off.add(other));
      explorer.refresh();
    } }, "only");
    return element("li", { class: number === 0 ? "empty" : null }, label, only);
  }

  function group(facet) {
    const [found, values] = known(facet);
    if (values.length === 0 || (facet === "source" && values.length < 2)) return null;
    const long = values.length > SHOWN + 2 && !whole.has(facet);
    const rows = element("ul", {}, (long ? values.slice(0, SHOWN) : values).map((value) => row(facet, value, found.get(value) ?? 0)));
    const more = long ? element("button", { type: "button", class: "plain", onclick: () => { whole.add(facet); draw(); } }, `Show all ${values.length}`) : null;
    const off = filter.off[facet].size;
    const details = element("details", { open: open.has(facet), ontoggle: () => { if (details.open) open.add(facet); else open.delete(facet); } },
      element("summary", {}, element("h2", {}, facets[facet].heading), off > 0 ? element("span", { class: "off" }, `${off} off`) : null), rows, more);
    return details;
  }

  function dates() {
    const days = data.articles.map((_, index) => explorer.model.dayOf(index)).filter(Boolean);
    if (new Set(days).size < 2) return null;
    const [first, last] = [days[0], days[days.length - 1]];
    const field = (key, text) => element("label", {}, text, element("input", { type: "date", min: first, max: last, value: filter[key], "data-date": key,
      onchange: (event) => { filter[key] = event.target.value; explorer.refresh(); } }));
    const details = element("details", { open: open.has("date"), ontoggle: () => { if (details.open) open.add("date"); else open.delete("date"); } },
      element("summary", {}, element("h2", {}, "Published"), filter.from || filter.to ? element("span", { class: "off" }, "narrowed") : null),
      histogram(first, last), element("div", { class: "dates" }, field("from", "from"), field("to", "to")));
    return details;
  }

  // Statements over the days of publication; a click on a bar narrows to it.
  function histogram(first, last) {
    const BARS = 24;
    const stamp = (day) => Date.parse(day + "T00:00:00Z") / 86400000;
    const [start, span] = [stamp(first), stamp(last) - stamp(first) + 1];
    const bars = Math.min(BARS, span);
    const numbers = new Array(bars).fill(0);
    for (const statement of data.statements) {
      const date = explorer.model.dayOf(statement.article);
      if (date && explorer.model.passes(statement, "date")) numbers[Math.floor(((stamp(date) - start) * bars) / span)] += 1;
    }
    const iso = (number) => new Date(number * 86400000).toISOString().slice(0, 10);
    const most = Math.max(...numbers, 1);
    return element("div", { class: "histogram" }, numbers.map((number, index) => {
      const [from, to] = [iso(Math.ceil(start + (index * span) / bars)), iso(Math.ceil(start + ((index + 1) * span) / bars) - 1)];
      const inside = (!filter.from || to >= filter.from) && (!filter.to || from <= filter.to);
      const text = `${from === to ? from : `${from} to ${to}`}: ${explorer.dom.count(number, "statement")}`;
      const bar = element("button", { type: "button", class: inside ? "bar" : "bar out", title: text, "aria-label": text, disabled: number === 0, onclick: () => {
        const again = filter.from === from && filter.to === to;
        [filter.from, filter.to] = again ? ["", ""] : [from, to];
        explorer.refresh();
      } });
      bar.style.setProperty("--height", `${Math.round((100 * number) / most)}%`);
      return bar;
    }));
  }

  function sureness() {
    const values = data.statements.map((statement) => statement.confidence).filter((value) => value !== null);
    if (values.length === 0 || Math.min(...values) === Math.max(...values)) return null;
    const output = element("output", {}, `${Math.round(filter.sure * 100)} %`);
    return element("label", { class: "slider" }, element("span", {}, "Confidence at least ", output),
      element("input", { type: "range", min: 0, max: 1, step: 0.05, value: filter.sure, oninput: (event) => {
        output.textContent = `${Math.round(event.target.value * 100)} %`;
      }, onchange: (event) => { filter.sure = Number(event.target.value); explorer.refresh(); } }));
  }

  function draw() {
    const focused = document.activeElement?.dataset ?? {};
    const clear = element("button", { type: "button", class: "plain clear", hidden: !explorer.model.filtered(), onclick: () => {
      for (const off of Object.values(filter.off)) off.clear();
      Object.assign(filter, { from: "", to: "", sure: 0 });
      explorer.refresh();
    } }, "Clear filters");
    side.replaceChildren(...["type", "tier", "relation", "speaker", "source"].map(group).filter(Boolean), ...[dates(), sureness(), clear].filter(Boolean));
    // Redrawing must not take the keyboard away from the row in use.
    const same = ({ dataset }) => dataset.facet === focused.facet && dataset.value === focused.value;
    if (focused.facet) [...side.querySelectorAll("input[data-facet]")].find(same)?.focus();
  }

  return { draw };
})();
