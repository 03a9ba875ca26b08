// The same statements as rows, for reading, for screen readers and to take away.
"use strict";

explorer.table = (() => {
  const { data, entities, articleOf, quote } = explorer.model;
  const { element, line, name, entityButton, day, count } = explorer.dom;
  const place = document.getElementById("table");
  const STEP = 200;
  let limit = STEP;
  let sorting = { column: 5, down: true };

  const columns = [
    ["Subject", (s) => entities.get(s.subject).label],
    ["Relation", (s) => s.label],
    ["Object", (s) => entities.get(s.object).label],
    ["How sure", (s) => data.tiers[s.tier].label],
    ["Who says so", (s) => s.speaker ?? ""],
    ["Date", (s) => articleOf(s).date ?? ""],
    ["Article", (s) => articleOf(s).title],
    ["Sentence", quote],
  ];

  function sorted() {
    const value = columns[sorting.column][1];
    const rows = explorer.facets.left().list.map((index) => [index, value(data.statements[index])]);
    const way = sorting.down ? -1 : 1;
    return rows.sort((a, b) => (a[1] < b[1] ? -way : a[1] > b[1] ? way : a[0] - b[0])).map(([index]) => index);
  }

  function draw() {
    if (place.hidden) return;
    const rows = sorted();
    const heads = columns.map(([title], index) => element("th", { scope: "col", role: "columnheader", "aria-sort": sorting.column === index ? (sorting.down ? "descending" : "ascending") : null },
      element("button", { type: "button", onclick: () => { sorting = { column: index, down: sorting.column === index ? !sorting.down : false }; draw(); } }, title)));
    // Roles are said outright: on a phone the style makes cards of the rows, which would take them away.
    const cell = (attributes, ...content) => element("td", { role: "cell", ...attributes }, ...content);
    const body = rows.slice(0, limit).map((index) => {
      const statement = data.statements[index];
      const article = articleOf(statement);
      return element("tr", { role: "row" },
        cell({}, entityButton(statement.subject, { withBadge: true })),
        cell({}, element(statement.tier === "negated" ? "s" : "span", { class: "relation" }, statement.label)),
        cell({}, entityButton(statement.object, { withBadge: true })),
        cell({ class: "how" }, line(statement.tier), data.tiers[statement.tier].label),
        cell({}, statement.speaker === null ? element("span", { class: "quiet" }, "the article") : name(statement.speaker)),
        cell({ class: "date" }, day(article.date)),
        cell({}, name(article.title || article.id)),
        cell({ class: "sentence" }, element("button", { type: "button", class: "read", dir: "auto", onclick: () => explorer.select({ edge: statement.edge.id, statement: index }) }, columns[7][1](statement))));
    });
    const top = element("div", { class: "table-top" }, element("p", {}, count(rows.length, "statement"), rows.length > limit ? `, the first ${limit} below` : null),
      element("button", { type: "button", class: "plain", onclick: () => explorer.takeAway.csv(rows) }, "Save as CSV"));
    const table = element("table", { role: "table" }, element("caption", { class: "unseen" }, "Statements"), element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads)), element("tbody", { role: "rowgroup" }, body));
    const more = rows.length > limit ? element("button", { type: "button", class: "plain more", onclick: () => { limit += STEP * 5; draw(); } }, "Show more") : null;
    place.replaceChildren(top, table, ...(more ? [more] : []));
  }

  return { draw, place };
})();
