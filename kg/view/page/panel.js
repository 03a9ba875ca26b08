// The panel: its frame, the parts that its pages share, and the page on the whole graph.
"use strict";

explorer.panel = (() => {
  const { data, byId, entities, edgesOf, dayOf } = explorer.model;
  const { element, line, icon, name, entityButton, count } = explorer.dom;
  const panel = document.getElementById("panel");
  const CLOSE = "M5 5l10 10M15 5L5 15";
  const KEYS = [[["/"], "find"], [["n", "p"], "next, previous in the picture"], [["+", "−", "0"], "zoom, fit"], [["Esc"], "back"]];
  const shown = () => explorer.facets.left();

  function show(kind, heading, ...content) {
    const close = element("button", { type: "button", class: "icon-button close", "aria-label": "Close", onclick: () => explorer.select(null) }, icon(CLOSE));
    panel.dataset.kind = kind;
    panel.replaceChildren(element("div", { class: "panel-top" }, heading, kind === "overview" ? null : close), ...content.flat().filter(Boolean));
    panel.scrollTop = 0;
  }

  const section = (heading, ...content) => element("section", {}, element("h3", {}, heading), ...content);
  const spaced = (parts) => parts.flatMap((part, index) => (index > 0 ? [" ", part] : [part]));
  const relationWords = (edge) => element(edge.tier === "negated" ? "s" : "span", { class: "relation" }, edge.label);
  const outside = (href, text) => element("a", { href, rel: "noopener noreferrer", target: "_blank" }, name(text));

  // Who says so, where somebody does.
  function saying(indices) {
    const speakers = [...new Set(indices.map((index) => data.statements[index].speaker).filter(Boolean))];
    if (speakers.length === 0) return null;
    const more = speakers.length > 3 ? ` and ${speakers.length - 3} more` : "";
    return element("span", { class: "by" }, speakers.length > 1 ? "say " : "says ", name(speakers.slice(0, 3).map((one) => one.slice(0, 80)).join(", ") + more));
  }

  function edgeRow(edge) {
    const ends = [name(entities.get(edge.from).label), relationWords(edge), name(entities.get(edge.to).label)];
    return element("button", { type: "button", class: "row", onclick: () => explorer.select({ edge: edge.id }, { reveal: true }) }, line(edge.tier, { spoken: true }), element("span", { class: "words" }, spaced(ends), saying(edge.statements)));
  }

  // A list of edges that shows a part at first.
  function rows(found, make, most, kind = "rows") {
    const list = element("ul", { class: kind }, found.slice(0, most).map((one) => element("li", {}, make(one))));
    if (found.length <= most) return [list];
    return [list, element("button", { type: "button", class: "plain", onclick: (event) => {
      list.append(...found.slice(most).map((one) => element("li", {}, make(one))));
      event.target.remove();
    } }, `Show all ${explorer.dom.figure(found.length)}`)];
  }

  // --- accounts that differ --------------------------------------------------------------------------------------------

  const samePair = (a, b) => (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from);

  // The lines that tell another story of the same thing: one denies what the other says, or the graph knows that they
  // contradict each other.
  function rivals(edge) {
    const known = edge.statements.flatMap((index) => data.statements[index].against).map((id) => byId.get(id)?.edge).filter(Boolean);
    const denied = edgesOf(edge.from).filter((other) => other.relation === edge.relation && samePair(edge, other) && (other.tier === "negated") !== (edge.tier === "negated"));
    return [...new Set([...known, ...denied])].filter((other) => other !== edge);
  }

  // The lines that give the same relation of the same subject another object ("held by" one, "held by" another).
  function alternatives(edge) {
    if (edge.tier === "fact" || edge.arrows === "") return [];
    return edgesOf(edge.from).filter((other) => other.from === edge.from && other.relation === edge.relation && other.to !== edge.to && other.tier !== "fact");
  }

  // --- the whole ---------------------------------------------------------------------------------------------------------

  function overview() {
    const left = shown();
    const numbers = new Int32Array(data.nodes.length);
    for (const index of left.list) {
      const { from, to } = data.statements[index];
      numbers[from.index] += 1;
      if (from !== to) numbers[to.index] += 1;
    }
    const top = data.nodes.filter((node) => numbers[node.index] > 0).sort((a, b) => numbers[b.index] - numbers[a.index] || (a.id < b.id ? -1 : 1)).slice(0, 8).map((node) => [node.id, numbers[node.index]]);
    const disputed = [];
    for (const edge of left.edges) {
      if (disputed.length === 12) break;
      if (edge.tier === "negated" && rivals(edge).length > 0) disputed.push(edge);
    }
    const list = (found) => element("ul", { class: "rows" }, found.map((edge) => element("li", {}, edgeRow(edge))));
    const latest = newest(left.list);
    show("overview", element("h2", {}, "At a glance"),
      element("p", { class: "hint" }, "Click a name or a line to read the sentences behind it."),
      top.length > 0 ? section("Most spoken of", ranking(top, (id) => entityButton(id, { withBadge: true }))) : element("p", { class: "hint" }, "Nothing passes the filters."),
      disputed.length > 0 ? section("Accounts that differ", list(disputed)) : null,
      latest ? section(`Latest, ${explorer.dom.day(latest.day)}`, list(latest.edges)) : null,
      speakers(left.list),
      element("p", { class: "keys" }, KEYS.flatMap(([keys, words]) => [...keys.map((key) => element("kbd", {}, key)), ` ${words}  `])));
  }

  // Names and how often, with a bar behind each.
  function ranking(found, make) {
    return element("ul", { class: "ranking" }, found.map(([what, number]) => {
      const bar = element("span", { class: "bar", "aria-hidden": "true" });
      bar.style.width = `${(100 * number) / found[0][1]}%`;
      return element("li", {}, make(what), element("span", { class: "number", title: count(number, "statement") }, explorer.dom.figure(number)), bar);
    }));
  }

  // The lines of the last day of publication, those first that are told most often and of the best connected.
  function newest(list) {
    const day = list.reduce((last, index) => { const one = dayOf(data.statements[index]); return one > last ? one : last; }, "");
    if (!day) return null;
    const found = [...new Set(list.filter((index) => dayOf(data.statements[index]) === day).map((index) => data.statements[index].edge))];
    const weight = (edge) => edge.statements.length * 1e6 + edge.a.edges.length + edge.b.edges.length;
    return { day, edges: found.sort((a, b) => weight(b) - weight(a) || a.index - b.index).slice(0, 5) };
  }

  // Who is quoted most; a click leaves only what that one says.
  function speakers(list) {
    const numbers = new Map();
    for (const index of list) {
      const { speaker } = data.statements[index];
      if (speaker !== null) numbers.set(speaker, (numbers.get(speaker) ?? 0) + 1);
    }
    if (numbers.size < 2) return null;
    const top = [...numbers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 5);
    return section("Most quoted", ranking(top, (speaker) => element("button", { type: "button", class: "entity", title: "Show only what this source says", onclick: () => {
      explorer.facets.only("speaker", speaker);
      explorer.refresh();
    } }, name(speaker))));
  }

  return { show, section, spaced, relationWords, outside, saying, edgeRow, rows, samePair, rivals, alternatives, overview };
})();
