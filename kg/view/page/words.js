// Words around the picture: how much is shown, what part of the whole that is, and the way back.
"use strict";

explorer.words = (() => {
  const { facets, groups } = explorer;
  const { data, entities } = explorer.model;
  const { state } = facets;
  const { element, count } = explorer.dom;
  const byId = (id) => document.getElementById(id);

  // `view`: { selected, route, table }
  function draw(view) {
    const left = facets.left();
    const all = left.list.length === data.statements.length;
    byId("summary").textContent = [
      count(left.nodes.length, "entity", "entities"),
      all ? count(data.statements.length, "statement") : `${explorer.dom.figure(left.list.length)} of ${count(data.statements.length, "statement")}`,
      count(data.articles.length, "article"),
    ].join(" · ");
    byId("graph").setAttribute("aria-label", `Graph of ${count(left.nodes.length, "entity", "entities")} and ${count(left.edges.length, "connection")}. N and P go from entity to entity, the best connected first; arrow keys move the picture, plus and minus zoom. The table holds the same statements for reading.`);
    notice(view);
  }

  // What part is shown, and the way back to the whole.
  function notice({ selected, route, table }) {
    const parts = [];
    if (data.note) parts.push([explorer.dom.name(data.note)]);
    if (state.focus !== null) parts.push(["Only what lies within ", count(state.depth, "step"), " of ", explorer.dom.name(entities.get(state.focus).label), element("button", { type: "button", class: "plain", onclick: () => explorer.focus(null) }, "Show everything")]);
    else if (data.focus !== null) parts.push([`${count(data.nodes.length, "entity", "entities")} of ${explorer.dom.figure(data.whole)}: what lies within ${count(data.depth, "step")} of `, explorer.dom.name(entities.get(data.focus).label)]);
    if (explorer.scene.large && !table) parts.push(...whereabouts(selected, route));
    byId("notice").hidden = parts.length === 0;
    byId("notice").replaceChildren(...parts.map((part) => element("span", {}, part)));
  }

  // In a large graph: the map, or what part of it is shown.
  function whereabouts(selected, route) {
    const part = explorer.picture.part();
    const button = (words, act) => element("button", { type: "button", class: "plain", onclick: act }, words);
    if (part === null) {
      const number = groups.groups.filter(({ mixed }) => !mixed).length;
      return selected || route ? [] : [[`${count(number, "community", "communities")} told of together${number < groups.groups.length ? ", and single stories" : ""}. Click one to open it; search reaches everything.`]];
    }
    if (state.focus !== null) return [];
    if (facets.filtered() && !route && facets.left().nodes.length <= data.few) return [[`${count(facets.left().nodes.length, "entity is", "entities are")} left by the filters`, button("Clear filters", () => { facets.clear(); explorer.refresh(); })]];
    const names = [...groups.open].map((number) => groups.groups[number].label).join("; ");
    if (groups.open.size > 0) return [[names, part.more > 0 ? `, the ${data.few} best connected` : "", button("Back to the map", explorer.closeGroups)]];
    return [["Part of a larger map", button("Back to the map", () => explorer.select(null))]];
  }

  return { draw, notice };
})();
