// The panel's page on an entity: its names, what is told of it day by day, what it is quoted for.
"use strict";

explorer.dossier = (() => {
  const { data, entities, edgesOf, saidBy, otherEnd, dayOf, quote } = explorer.model;
  const { panel } = explorer;
  const { element, badge, line, name, entityButton, day, count } = explorer.dom;
  const SHOWN = 60; // rows before "Show all"
  const LONG = 12; // rows from which a field to narrow them is offered

  function open(id) {
    const node = entities.get(id);
    const { passes } = explorer.facets;
    const heading = element("div", { class: "who" }, badge(node.group), element("div", {}, element("h2", { class: "long", dir: "auto" }, node.label), element("p", { class: "kind" }, explorer.model.types.get(node.group).label)));
    const all = edgesOf(id).flatMap((edge) => edge.statements);
    const passing = all.filter(passes);
    const told = element("section", {},
      element("h3", {}, count(passing.length, "statement"), passing.length < all.length ? element("span", { class: "quiet" }, ` of ${all.length}, by the filters`) : null),
      narrowable(timeline(passing), (row) => fold(row, id)));
    panel.show("entity", heading, aliases(node), actions(id), facts(node), told, said(id), same(node), links(node));
  }

  const aliases = (node) => (node.aliases.length > 0
    ? element("p", { class: "aliases long" }, element("span", { class: "quiet" }, "also "), node.aliases.flatMap((alias, index) => [index > 0 ? ", " : "", name(alias)])) : null);

  // What may be the same, told apart until somebody decides.
  const same = (node) => (node.same.length > 0
    ? panel.section("Possibly the same", element("ul", { class: "rows" }, node.same.map((other) => element("li", { class: "row" }, entityButton(other, { withBadge: true }))))) : null);

  const links = (node) => (node.links.length > 0
    ? panel.section("Elsewhere", element("ul", { class: "links" }, node.links.map((link) => element("li", {}, link.href ? panel.outside(link.href, link.text) : name(link.text))))) : null);

  // What a query found of it beyond statements.
  const facts = (node) => (node.facts
    ? element("dl", { class: "facts" }, node.facts.map(([key, value]) => element("div", {}, element("dt", {}, name(key)), element("dd", {}, name(value))))) : null);

  function actions(id) {
    const { focus, depth } = explorer.facets.state;
    const focused = focus === id ? depth : 0;
    return element("div", { class: "actions" },
      element("span", { class: "quiet", id: "focus-label" }, "Show only"),
      element("div", { class: "switch small", role: "group", "aria-labelledby": "focus-label" },
        [1, 2, 3].map((steps) => element("button", { type: "button", "aria-pressed": String(focused === steps), onclick: () => explorer.focus(focused === steps ? null : id, steps) }, count(steps, "step")))),
      element("button", { type: "button", class: "plain", onclick: () => explorer.search.askPath(id) }, "Path to …"));
  }

  // --- what is told, the latest first ------------------------------------------------------------------------------------

  // When what a statement tells happened, else when it was published.
  function moment(index) {
    const statement = data.statements[index];
    const happened = statement.interval?.find(Boolean);
    return happened ? { day: happened, known: true } : { day: dayOf(statement), known: false };
  }

  // Statements by day, those of one line together: { day, known, edge, indices }.
  function timeline(indices) {
    const found = new Map();
    for (const index of indices) {
      const { day: when, known } = moment(index);
      const { edge } = data.statements[index];
      const key = `${when} ${known} ${edge.id}`;
      if (!found.has(key)) found.set(key, { day: when, known, edge, indices: [] });
      if (!found.get(key).indices.includes(index)) found.get(key).indices.push(index); // a loop meets its entity twice
    }
    return [...found.values()].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : Number(b.known) - Number(a.known) || (a.edge.label < b.edge.label ? -1 : 1)));
  }

  // Rows under the headings of their days; where there are many, a field narrows them to those that hold some words.
  function narrowable(found, make) {
    const place = element("div", { class: "accordion timeline" });
    const draw = (wanted, whole) => {
      const words = wanted.trim().toLowerCase();
      const matching = words ? found.filter((row) => text(row).includes(words)) : found;
      const part = whole ? matching : matching.slice(0, SHOWN);
      const parts = [];
      part.forEach((row, index) => {
        const before = part[index - 1];
        if (!before || before.day !== row.day || before.known !== row.known) parts.push(dayHeading(row));
        parts.push(make(row));
      });
      const more = part.length < matching.length ? [element("button", { type: "button", class: "plain", onclick: () => draw(wanted, true) }, `Show all ${explorer.dom.figure(matching.length)}`)] : [];
      place.replaceChildren(...parts, ...more, ...(matching.length === 0 ? [element("p", { class: "hint" }, "None of them holds these words.")] : []));
    };
    draw("", false);
    if (found.length < LONG) return [place];
    return [element("input", { type: "search", class: "narrow", placeholder: "Narrow to words or names", "aria-label": "Narrow the statements to those with these words", oninput: (event) => draw(event.target.value, false) }), place];
  }

  const dayHeading = (row) => element("h4", {}, row.day ? day(row.day) : "Without a date", element("span", { class: "quiet" }, row.day ? (row.known ? " happened" : " published") : ""));

  const text = ({ edge, indices }) => [entities.get(edge.from).label, edge.label, entities.get(edge.to).label, ...indices.flatMap((index) => [data.statements[index].speaker ?? "", quote(data.statements[index])])].join(" ").toLowerCase();

  // A line of a dossier that opens on its sentences; made only when opened.
  function fold({ edge, indices }, id) {
    const other = entities.get(otherEnd(edge, id));
    const outward = edge.from === id || edge.arrows === "";
    const words = outward ? [panel.relationWords(edge), name(other.label)] : [name(other.label), panel.relationWords(edge), element("span", { class: "quiet" }, name(entities.get(id).label))];
    const summary = element("summary", {}, line(edge.tier, { spoken: true }),
      element("span", { class: "words" }, panel.spaced(words), indices.length > 1 ? element("span", { class: "quiet" }, ` ×${indices.length}`) : null, panel.saying(indices)));
    const details = element("details", { ontoggle: () => {
      if (!details.open || details.childElementCount > 1) return;
      details.append(element("div", { class: "inside" }, element("p", {}, entityButton(other.id, { withBadge: true })), indices.map((index) => explorer.evidence.card(index))));
    } }, summary);
    return details;
  }

  // What an entity is quoted as the source of.
  function said(id) {
    const found = (saidBy.get(id) ?? []).filter(explorer.facets.passes);
    if (found.length === 0) return null;
    const makeRow = ({ edge, indices }) => {
      const ends = [name(entities.get(edge.from).label), panel.relationWords(edge), name(entities.get(edge.to).label)];
      return element("button", { type: "button", class: "row", onclick: () => explorer.select({ edge: edge.id, statement: indices[0] }, { reveal: true }) }, line(edge.tier, { spoken: true }), element("span", { class: "words" }, panel.spaced(ends)));
    };
    return panel.section(`Is quoted for ${count(found.length, "claim")}`, narrowable(timeline(found), makeRow));
  }

  return { open };
})();
