// What is selected, where it is written down (the address), and the keys.
"use strict";

(() => {
  const { model, panel, canvas, filters, table } = explorer;
  const { data, entities, edges, edgesOf, state, filter } = model;
  const { element, icon, count } = explorer.dom;
  const byId = (id) => document.getElementById(id);
  const sheet = matchMedia("(max-width: 900px)"); // where the panel lies over the picture, as in explorer.css
  let selected = null;
  let route = null; // the edges of the path that is shown

  // --- selecting ---------------------------------------------------------------------------------------------------------

  // Open an entity ({entity}), a line ({edge}, {edge, statement}) or, with null, the whole.
  explorer.select = (what, { reveal = false } = {}) => {
    selected = what;
    route = null;
    if (what?.entity !== undefined) makeRoom(what.entity);
    apply();
    if (what?.entity !== undefined) panel.dossier(what.entity);
    else if (what?.edge !== undefined) panel.evidence(what.edge, what.statement ?? null);
    else panel.overview();
    document.body.classList.toggle("reading", what !== null);
    const ends = what?.edge !== undefined ? [edges.get(what.edge).from, edges.get(what.edge).to] : what ? [what.entity] : [];
    if (what && sheet.matches && table.place.hidden) canvas.fit(true, ends, byId("panel").offsetHeight);
    else if (reveal && what?.entity !== undefined && table.place.hidden) canvas.reveal([what.entity]);
    if (what && sheet.matches) byId("panel").focus({ preventScroll: true });
    say(what?.entity !== undefined ? entities.get(what.entity).label : what?.edge !== undefined ? "Evidence" : "");
    writeAddress();
  };

  explorer.showPath = (start, goal) => {
    const steps = model.path(start, goal);
    selected = null;
    [start, goal, ...(steps ?? []).flatMap((edge) => [edge.from, edge.to])].forEach(draw);
    route = { start, goal, steps };
    apply();
    panel.path(start, goal, steps);
    document.body.classList.add("reading");
    if (steps && table.place.hidden) canvas.fit(true, [start, goal, ...steps.flatMap((edge) => [edge.from, edge.to])]);
    writeAddress();
  };

  // Show only what lies within some steps of an entity; null for everything again.
  explorer.focus = (id, depth = 1) => {
    state.focus = id;
    state.depth = depth;
    state.within = id === null ? null : model.neighbourhood(id, depth);
    if (id !== null) draw(id, [...state.within]);
    explorer.refresh();
    canvas.fit();
  };

  // An entity that was left out of the picture comes in when it is asked for, with what it is connected to.
  function makeRoom(id) {
    if (!state.drawn.has(id)) draw(id, [...model.neighbourhood(id, 1)]);
    if (state.within && !state.within.has(id)) {
      state.focus = null;
      state.within = null;
    }
  }

  function draw(id, others = []) {
    const list = Array.isArray(others) ? others : [];
    const missing = [id, ...list].filter((one) => !state.drawn.has(one));
    if (missing.length === 0) return;
    canvas.placeAround(id, list.filter((one) => one !== id));
    missing.forEach((one) => state.drawn.add(one));
  }

  function lit() {
    if (route) {
      const steps = route.steps ?? [];
      return { entities: new Set([route.start, route.goal, ...steps.flatMap((edge) => [edge.from, edge.to])]), edges: new Set(steps.map((edge) => edge.id)) };
    }
    if (selected?.entity !== undefined) {
      const around = edgesOf.get(selected.entity);
      return { entities: new Set([selected.entity, ...around.flatMap((edge) => [edge.from, edge.to])]), edges: new Set(around.map((edge) => edge.id)) };
    }
    if (selected?.edge !== undefined) {
      const edge = edges.get(selected.edge);
      return { entities: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
    }
    return null;
  }

  function apply() {
    const shown = model.visible();
    const light = lit();
    light?.entities.forEach((id) => { if (state.drawn.has(id)) shown.entities.add(id); });
    if (selected?.edge !== undefined) shown.edges.add(selected.edge);
    canvas.update(shown, light, selected);
    describe(shown);
  }

  explorer.refresh = () => {
    apply();
    filters.draw();
    table.draw();
    if (route) explorer.showPath(route.start, route.goal);
    else if (selected?.entity !== undefined) panel.dossier(selected.entity);
    else if (selected?.edge !== undefined) panel.evidence(selected.edge, selected.statement ?? null);
    else panel.overview();
    writeAddress();
  };

  // --- words around the picture ------------------------------------------------------------------------------------------

  function describe(shown) {
    const all = shown.statements.size === data.statements.length;
    byId("summary").textContent = [
      count(shown.entities.size, "entity", "entities"),
      all ? count(data.statements.length, "statement") : `${shown.statements.size.toLocaleString("en")} of ${count(data.statements.length, "statement")}`,
      count(data.articles.length, "article"),
    ].join(" · ");
    byId("graph").setAttribute("aria-label", `Graph of ${count(shown.entities.size, "entity", "entities")} and ${count(shown.edges.size, "connection")}. The table holds the same statements for reading.`);
    notice();
  }

  function notice() {
    const parts = [];
    if (state.focus !== null) parts.push(["Only what lies within ", count(state.depth, "step"), " of ", explorer.dom.name(entities.get(state.focus).label), element("button", { type: "button", class: "plain", onclick: () => explorer.focus(null) }, "Show everything")]);
    else if (data.focus !== null) parts.push([`${count(data.nodes.length, "entity", "entities")} of ${data.whole.toLocaleString("en")}: what lies within ${count(data.depth, "step")} of `, explorer.dom.name(entities.get(data.focus).label)]);
    const left = data.nodes.length - state.drawn.size;
    if (left > 0 && state.focus === null) parts.push([`The ${state.drawn.size.toLocaleString("en")} best connected of ${data.nodes.length.toLocaleString("en")} entities are drawn; search and the table reach the others.`]);
    byId("notice").hidden = parts.length === 0;
    byId("notice").replaceChildren(...parts.map((part) => element("span", {}, part)));
  }

  const say = (text) => { byId("live").textContent = text.slice(0, 200); };

  // --- the address: what is looked at can be bookmarked and shared -----------------------------------------------------------

  function writeAddress() {
    const parts = new URLSearchParams();
    if (selected?.entity !== undefined) parts.set("entity", selected.entity);
    if (selected?.edge !== undefined) parts.set("statement", data.statements[selected.statement ?? edges.get(selected.edge).statements[0]].id);
    if (route) { parts.set("path", route.start); parts.set("to", route.goal); }
    if (state.focus !== null) { parts.set("focus", state.focus); parts.set("depth", state.depth); }
    for (const [name, off] of Object.entries(filter.off)) for (const value of off) parts.append("no-" + name, value);
    for (const key of ["from", "to"]) if (filter[key]) parts.set("published-" + key, filter[key]);
    if (filter.sure) parts.set("confidence", filter.sure);
    if (!table.place.hidden) parts.set("as", "table");
    const text = parts.toString();
    try {
      history.replaceState(null, "", text ? "#" + text : "#");
    } catch {
      // In a frame without an address of its own (a notebook) there is nothing to write to.
    }
  }

  function readAddress() {
    const parts = new URLSearchParams(location.hash.slice(1));
    for (const [name, off] of Object.entries(filter.off)) { off.clear(); parts.getAll("no-" + name).forEach((value) => off.add(value)); }
    filter.from = parts.get("published-from") ?? "";
    filter.to = parts.get("published-to") ?? "";
    filter.sure = Number(parts.get("confidence")) || 0;
    showAs(parts.get("as") === "table");
    const focus = parts.get("focus");
    if (entities.has(focus)) explorer.focus(focus, Math.min(Math.max(Number(parts.get("depth")) || 1, 1), 3));
    const statement = data.statements.findIndex((one) => one.id === parts.get("statement"));
    filters.draw();
    if (entities.has(parts.get("path")) && entities.has(parts.get("to"))) explorer.showPath(parts.get("path"), parts.get("to"));
    else if (entities.has(parts.get("entity"))) explorer.select({ entity: parts.get("entity") }, { reveal: true });
    else if (statement >= 0) explorer.select({ edge: data.statements[statement].edge, statement });
    else explorer.select(null);
  }

  // --- switches, tools and keys ------------------------------------------------------------------------------------------

  function showAs(rows) {
    table.place.hidden = !rows;
    document.body.classList.toggle("as-table", rows);
    byId("graph").hidden = rows;
    byId("tools").hidden = rows;
    byId("as-graph").setAttribute("aria-pressed", String(!rows));
    byId("as-table").setAttribute("aria-pressed", String(rows));
    table.draw();
    if (!rows) canvas.redraw();
  }

  explorer.save = (name, blob) => {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  function side(open) {
    document.body.classList.toggle("filtering", open);
    byId("menu").setAttribute("aria-expanded", String(open));
  }

  const tool = (label, path, act) => element("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: act }, icon(path));

  byId("menu").append(icon("M3 5h14M6 10h8M9 15h2"));
  byId("menu").addEventListener("click", () => side(!document.body.classList.contains("filtering")));
  byId("tools").append(
    tool("Zoom in", "M10 4v12M4 10h12", () => canvas.zoom(1.35)), tool("Zoom out", "M4 10h12", () => canvas.zoom(1 / 1.35)),
    tool("Fit to the screen", "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4", () => canvas.fit()),
    tool("Save as a picture", "M10 3v9M6 9l4 4 4-4M4 17h12", () => canvas.png().toBlob((blob) => explorer.save("graph.png", blob))));
  byId("as-graph").addEventListener("click", () => { showAs(false); writeAddress(); });
  byId("as-table").addEventListener("click", () => { showAs(true); writeAddress(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      explorer.search.focus();
    } else if (event.key === "Escape") {
      if (document.body.classList.contains("filtering")) side(false);
      else explorer.select(null);
    }
  });
  addEventListener("hashchange", readAddress);

  byId("title").textContent = data.title;
  document.title = data.title;
  canvas.start(byId("graph"));
  readAddress();

  // For tests and for other scripts on the page: open things, ask what is shown and where it is drawn.
  explorer.ready = true;
  window.kgExplorer = {
    select: explorer.select, focus: explorer.focus, path: explorer.showPath,
    visible: () => { const shown = model.visible(); return { entities: [...shown.entities], edges: [...shown.edges], statements: [...shown.statements].map((index) => data.statements[index].id) }; },
    edgeOf: (statement) => data.statements.find((one) => one.id === statement)?.edge ?? null,
    spotOf: canvas.spotOf, spotOfEdge: canvas.spotOfEdge, labels: () => canvas.labels().map((box) => box.what),
  };
})();
