// What can be taken along: the picture, the statements that are shown, the address of the view.
"use strict";

explorer.takeAway = (() => {
  const { data, entities, articleOf, quote, types } = explorer.model;
  const { element, icon, count } = explorer.dom;
  const MARGIN = 2; // pixels of a PNG for each of the screen's

  const file = (suffix) => (data.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "graph") + suffix;
  const shown = () => explorer.facets.left().list;

  function save(name, blob) {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function png() {
    const { width, height } = explorer.picture.size();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * MARGIN, height * MARGIN];
    const context = canvas.getContext("2d");
    context.scale(MARGIN, MARGIN);
    explorer.picture.render(context);
    return canvas;
  }

  function svg() {
    const { width, height } = explorer.picture.size();
    const context = explorer.makeSvg(width, height);
    explorer.picture.render(context);
    return context.text(data.title);
  }

  const COLUMNS = [
    ["statement", (s) => s.id], ["subject_id", (s) => s.subject], ["subject", (s) => entities.get(s.subject).label], ["subject_type", (s) => types.get(entities.get(s.subject).group).name],
    ["relation", (s) => s.relation], ["object_id", (s) => s.object], ["object", (s) => entities.get(s.object).label], ["object_type", (s) => types.get(entities.get(s.object).group).name],
    ["how_sure", (s) => data.tiers[s.tier].label], ["speaker", (s) => s.speaker ?? ""], ["attribution_kind", (s) => s.kind ?? ""],
    ...["time", "place", "position", "status", "number"].map((name) => [name, (s) => String(s.qualifiers[name] ?? "")]),
    ["sentence", quote], ["article", (s) => articleOf(s).id], ["title", (s) => articleOf(s).title], ["date", (s) => articleOf(s).date ?? ""],
    ["source", (s) => articleOf(s).source ?? ""], ["link", (s) => articleOf(s).link ?? ""], ["confidence", (s) => String(s.confidence ?? "")],
  ];
  // Spreadsheets run cells that start with these signs as formulas; an apostrophe keeps them text.
  const cell = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  const csv = (indices) => [COLUMNS.map(([title]) => title), ...indices.map((index) => COLUMNS.map(([, value]) => value(data.statements[index])))].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

  const saveText = (suffix, type, text) => save(file(suffix), new Blob([text], { type }));

  async function copyAddress(button) {
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "See the address bar"; // copying is not allowed here
    }
  }

  // What the menu offers; what is selected, where that is less than all that passes the filters.
  function items() {
    const statements = (what, list) => [
      [`${what} (Turtle)`, () => saveText(".ttl", "text/turtle", explorer.turtle.write(list))],
      [`${what} (CSV)`, () => saveText(".csv", "text/csv", csv(list))],
    ];
    const selected = explorer.picture.chosen();
    return [
      ["Picture (PNG)", () => png().toBlob((blob) => save(file(".png"), blob))],
      ["Picture (SVG)", () => saveText(".svg", "image/svg+xml", svg())],
      ...(selected ? statements(`${count(selected.length, "statement")} selected`, selected) : []),
      ...statements(`${count(shown().length, "statement")} shown`, shown()),
    ];
  }

  // The button and its list.
  function menu() {
    const list = element("div", { class: "menu", hidden: true });
    const fill = () => list.replaceChildren(
      ...items().map(([label, act]) => element("button", { type: "button", onclick: () => { close(); act(); } }, label)),
      element("button", { type: "button", onclick: (event) => copyAddress(event.target) }, "Copy link to this view"));
    const button = element("button", { type: "button", class: "icon-button", "aria-label": "Take away", title: "Take away", "aria-expanded": "false", onclick: () => (list.hidden ? open() : close()) }, icon("M10 3v9M6 9l4 4 4-4M4 17h12"));
    function open() { fill(); list.hidden = false; button.setAttribute("aria-expanded", "true"); list.querySelector("button").focus(); }
    function close() { list.hidden = true; button.setAttribute("aria-expanded", "false"); button.focus(); }
    list.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
    document.addEventListener("pointerdown", (event) => { if (!list.hidden && !list.contains(event.target) && !button.contains(event.target)) { list.hidden = true; button.setAttribute("aria-expanded", "false"); } });
    return [button, list];
  }

  const chosenOrShown = () => explorer.picture.chosen() ?? shown();
  return { menu, png, svg, turtle: () => explorer.turtle.write(chosenOrShown()), csvText: () => csv(chosenOrShown()), csv: (indices) => saveText(".csv", "text/csv", csv(indices)) };
})();
