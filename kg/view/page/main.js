// What is selected, and what follows from it; the address, tools and keys.
"use strict";

(() => {
  const { model, facets, groups, walk, scene, picture, panel, dossier, evidence, filters, timeline, table, words, address, takeAway } = explorer;
  const { data, entities, edges, edgesOf } = model;
  const { state } = facets;
  const { element, icon } = explorer.dom;
  const byId = (id) => document.getElementById(id);
  const sheet = matchMedia("(max-width: 900px)"); // where the panel lies over the picture, as in explorer.css
  let selected = null;
  let route = null; // the path that is shown: { start, goal, steps }

  // --- selecting ---------------------------------------------------------------------------------------------------------

  // Open an entity ({entity}), a line ({edge}, {edge, statement}), a community ({group}) or, with null, the whole.
  explorer.select = (what, { reveal = false } = {}) => {
    if (what?.group !== undefined) { openGroup(what.group); return; }
    selected = what;
    route = null;
    if (what?.entity !== undefined && state.within && !state.within.has(what.entity)) unfocus();
    page();
    document.body.classList.toggle("reading", what !== null);
    const moved = apply();
    const ends = what?.edge !== undefined ? endsOf(edges.get(what.edge)) : what ? [what.entity] : [];
    const all = what?.entity !== undefined ? scene.near(what.entity) : ends;
    if (table.place.hidden && moved) picture.fit(false, null, covered());
    else if (what && table.place.hidden && sheet.matches) picture.fit(true, all, covered());
    else if (what && table.place.hidden && reveal) picture.reveal(all);
    if (what && sheet.matches) byId("panel").focus({ preventScroll: true });
    say(what?.entity !== undefined ? entities.get(what.entity).label : what?.edge !== undefined ? "Evidence" : "");
    write();
  };

  // Pixels of the picture that the panel hides.
  const covered = () => (sheet.matches && byId("panel").offsetHeight > 0 ? Math.max(byId("graph").getBoundingClientRect().bottom - byId("panel").getBoundingClientRect().top, 0) : 0);

  explorer.showPath = (start, goal) => {
    const steps = walk.path(start, goal);
    selected = null;
    route = { start, goal, steps };
    page();
    document.body.classList.add("reading");
    apply();
    if (steps && table.place.hidden) picture.fit(!scene.large, [start, ...steps.flatMap(endsOf)], covered());
    write();
  };

  // Show only what lies within some steps of an entity; null for everything again.
  explorer.focus = (id, depth = 1) => {
    route = null;
    if (id === null) unfocus();
    else Object.assign(state, { focus: id, depth, within: walk.neighbourhood(id, depth) });
    explorer.refresh();
    picture.fit(false, null, covered());
  };

  const endsOf = (edge) => [edge.from, edge.to];

  function unfocus() {
    if (state.within === null) return;
    Object.assign(state, { focus: null, depth: 1, within: null });
    facets.changed();
  }

  function openGroup(number) {
    groups.show(number);
    explorer.select(null);
  }

  explorer.closeGroups = () => {
    groups.open.clear();
    explorer.select(null);
  };

  // From entity to entity, the best connected first.
  function step(way) {
    const order = [...facets.left().nodes].sort((a, b) => b.edges.length - a.edges.length || a.index - b.index);
    const at = order.findIndex((node) => node.id === selected?.entity);
    const next = order[(at < 0 ? (way > 0 ? 0 : order.length - 1) : at + way + order.length) % order.length];
    if (next) explorer.select({ entity: next.id }, { reveal: true });
  }

  // What is lit: the selected and what it is connected to.
  function light() {
    const of = (ids, lines) => ({ nodes: [...new Set(ids)].map((id) => entities.get(id)), edges: lines });
    if (route) return of([route.start, route.goal, ...(route.steps ?? []).flatMap(endsOf)], route.steps ?? []);
    if (selected?.entity !== undefined) {
      const left = facets.left();
      const around = edgesOf(selected.entity).filter((edge) => left.edgeOn[edge.index]);
      return of([selected.entity, ...around.flatMap(endsOf)], around);
    }
    if (selected?.edge !== undefined) return of(endsOf(edges.get(selected.edge)), [edges.get(selected.edge)]);
    return null;
  }

  // Gives whether the camera has to follow.
  function apply() {
    const moved = picture.update(facets.left(), light(), { selected, route }, covered());
    words.draw({ selected, route, table: !table.place.hidden });
    return moved;
  }

  function page() {
    if (route) evidence.path(route.start, route.goal, route.steps);
    else if (selected?.entity !== undefined) dossier.open(selected.entity);
    else if (selected?.edge !== undefined) evidence.open(selected.edge, selected.statement ?? null);
    else panel.overview();
  }

  // Everything anew after a change of filters or focus.
  explorer.refresh = () => {
    facets.changed();
    if (route) route.steps = walk.path(route.start, route.goal);
    if (apply()) picture.fit(false, null, covered());
    filters.draw();
    timeline.draw();
    table.draw();
    page();
    say(byId("summary").textContent);
    write();
  };

  let restoring = false; // while the address is read, to be written once, at the end
  const write = () => { if (!restoring) address.write({ selected, route, table: !table.place.hidden }); };

  // --- the address ----------------------------------------------------------------------------------------------------------

  const say = (text) => { byId("live").textContent = text.slice(0, 200); };

  function readAddress({ first = false } = {}) {
    restoring = true;
    const wanted = address.read();
    if (first) { // the camera needs something to look at before anything can be brought into view
      picture.update(facets.left(), null, { selected, route });
      picture.fit(false);
    }
    showAs(wanted.table);
    filters.draw();
    timeline.draw();
    if (entities.has(wanted.focus)) explorer.focus(wanted.focus, wanted.depth);
    else unfocus();
    const statement = data.statements.find((one) => one.id === wanted.statement);
    if (entities.has(wanted.path) && entities.has(wanted.to)) explorer.showPath(wanted.path, wanted.to);
    else if (entities.has(wanted.entity)) explorer.select({ entity: wanted.entity }, { reveal: true });
    else if (statement) explorer.select({ edge: statement.edge.id, statement: statement.index }, { reveal: true });
    else explorer.select(null);
    restoring = false;
    address.write({ selected, route, table: !table.place.hidden }, { restored: true });
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
    if (!rows) picture.redraw();
    words.notice({ selected, route, table: rows });
  }

  function side(open) {
    document.body.classList.toggle("filtering", open);
    byId("menu").setAttribute("aria-expanded", String(open));
  }

  const tool = (label, path, act) => element("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: act }, icon(path));

  byId("menu").append(icon("M3 5h14M6 10h8M9 15h2"));
  byId("menu").addEventListener("click", () => side(!document.body.classList.contains("filtering")));
  byId("main").addEventListener("click", () => { if (document.body.classList.contains("filtering")) side(false); }, { capture: true });
  byId("tools").append(
    tool("Zoom in", "M10 4v12M4 10h12", () => picture.zoom(1.35)), tool("Zoom out", "M4 10h12", () => picture.zoom(1 / 1.35)),
    tool("Fit to the screen", "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4", () => picture.fit()), ...takeAway.menu());
  byId("as-graph").addEventListener("click", () => { showAs(false); write(); });
  byId("as-table").addEventListener("click", () => { showAs(true); write(); });
  byId("graph").addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
    if (ways[event.key]) picture.pan(...ways[event.key]);
    else if (event.key === "+" || event.key === "=") picture.zoom(1.35);
    else if (event.key === "-") picture.zoom(1 / 1.35);
    else if (event.key === "0") picture.fit();
    else if (event.key === "n" || event.key === "p") step(event.key === "n" ? 1 : -1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=range]), textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      explorer.search.focus();
    } else if (event.key === "Escape") {
      if (document.body.classList.contains("filtering")) side(false);
      else if (selected || route) explorer.select(null);
      else explorer.closeGroups();
    }
  });
  addEventListener("hashchange", () => readAddress());

  byId("title").textContent = data.title;
  document.title = data.title;
  timeline.draw(); // takes room from the picture
  picture.start(byId("graph"));
  readAddress({ first: true });

  // For tests and for other scripts on the page: open things, ask what is shown and where it is drawn.
  window.kgExplorer = {
    select: explorer.select, focus: explorer.focus, path: explorer.showPath,
    visible: () => { const left = facets.left(); return { entities: left.nodes.map((node) => node.id), edges: left.edges.map((edge) => edge.id), statements: left.list.map((index) => data.statements[index].id) }; },
    edgeOf: (statement) => data.statements.find((one) => one.id === statement)?.edge.id ?? null,
    drawn: () => picture.items().map((item) => item.id), spotOf: picture.spotOf, spotOfEdge: picture.spotOfEdge,
    labels: () => picture.labels().map((box) => box.what), boxes: picture.labels, spotOfBox: picture.spotOfBox,
    citation: (statement) => evidence.citation(data.statements.find((one) => one.id === statement)),
    turtle: takeAway.turtle, csv: takeAway.csvText, svg: takeAway.svg, png: () => takeAway.png().toDataURL(),
  };
})();
