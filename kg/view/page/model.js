// What the page knows, what is filtered away and what is left. No drawing here.
"use strict";
const explorer = {};

explorer.model = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const entities = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
  const types = new Map(data.types.map((type) => [type.name, type]));
  for (const edge of data.edges) {
    for (const index of edge.statements) data.statements[index].edge = edge.id;
    edgesOf.get(edge.from).push(edge);
    if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
  }

  const saidBy = new Map(); // the statements that an entity is the source of
  data.statements.forEach((statement, index) => {
    if (statement.speakerId === null) return;
    if (!saidBy.has(statement.speakerId)) saidBy.set(statement.speakerId, []);
    saidBy.get(statement.speakerId).push(index);
  });

  const VOICE = ""; // the article's own voice, as a key among the speakers
  // Each facet: its heading and the values of a statement by which it is sorted.
  const facets = {
    type: { heading: "Who and what", values: (s) => [entities.get(s.subject).group, entities.get(s.object).group] },
    tier: { heading: "How sure", values: (s) => [s.tier] },
    relation: { heading: "Relation", values: (s) => [s.relation] },
    speaker: { heading: "Who says so", values: (s) => [s.speaker ?? VOICE] },
    source: { heading: "Outlet", values: (s) => [data.articles[s.article].source ?? ""] },
  };
  const labels = { relation: new Map(data.statements.map((s) => [s.relation, s.label])) };

  // What is switched off, by facet; dates as ISO days or "".
  const filter = { off: Object.fromEntries(Object.keys(facets).map((name) => [name, new Set()])), from: "", to: "", sure: 0 };
  // The entities shown because of a focus (a Set), or null for all that are drawn.
  const state = { focus: null, depth: 1, within: null, drawn: new Set(data.nodes.filter((n) => !n.hidden).map((n) => n.id)) };

  // The day an article was published, "" where that is unknown or no day.
  function dayOf(article) {
    const day = (data.articles[article].date ?? "").slice(0, 10);
    return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : "";
  }

  function passes(statement, except) {
    for (const name in facets) {
      if (name === except || filter.off[name].size === 0) continue;
      const off = facets[name].values(statement).filter((value) => filter.off[name].has(value));
      if (off.length > 0) return false;
    }
    if (except !== "date" && (filter.from || filter.to)) {
      const date = dayOf(statement.article);
      if (date === "" || (filter.from && date < filter.from) || (filter.to && date > filter.to)) return false;
    }
    return statement.confidence === null || statement.confidence >= filter.sure;
  }

  function filtered() {
    return Boolean(filter.from || filter.to || filter.sure || Object.values(filter.off).some((off) => off.size > 0));
  }

  // The statements, edges and entities that are left: three Sets.
  function visible() {
    const statements = new Set();
    const shownEdges = new Set();
    const touched = new Set();
    data.statements.forEach((statement, index) => {
      if (state.within && !(state.within.has(statement.subject) && state.within.has(statement.object))) return;
      if (!passes(statement)) return;
      statements.add(index);
      shownEdges.add(statement.edge);
      touched.add(statement.subject).add(statement.object);
    });
    const narrowed = filtered();
    const shown = new Set();
    for (const id of state.drawn) {
      if (state.within && !state.within.has(id)) continue;
      if (filter.off.type.has(entities.get(id).group) || (narrowed && !touched.has(id))) continue;
      shown.add(id);
    }
    for (const id of shownEdges) {
      const edge = edges.get(id);
      if (!shown.has(edge.from) || !shown.has(edge.to)) shownEdges.delete(id);
    }
    return { statements, edges: shownEdges, entities: shown };
  }

  // How many statements (of types: entities) each value of a facet would show, the other facets as they are.
  function counts(name) {
    const found = new Map();
    if (name === "type") return entityCounts();
    for (const statement of data.statements) {
      const open = passes(statement, name);
      for (const value of new Set(facets[name].values(statement))) {
        found.set(value, (found.get(value) ?? 0) + (open ? 1 : 0));
      }
    }
    return found;
  }

  // Of types the entities are counted, those that a statement left by the other filters speaks of.
  function entityCounts() {
    const touched = new Set(filtered() ? [] : entities.keys());
    for (const statement of data.statements) {
      if (passes(statement, "type")) touched.add(statement.subject).add(statement.object);
    }
    const found = new Map([...types.keys()].map((name) => [name, 0]));
    for (const id of touched) found.set(entities.get(id).group, found.get(entities.get(id).group) + 1);
    return found;
  }

  function neighbourhood(id, depth) {
    const within = new Set([id]);
    let rim = [id];
    for (let step = 0; step < depth; step += 1) {
      const next = [];
      for (const node of rim) {
        for (const edge of edgesOf.get(node)) {
          const other = edge.from === node ? edge.to : edge.from;
          if (!within.has(other)) { within.add(other); next.push(other); }
        }
      }
      rim = next;
    }
    return within;
  }

  // The shortest way between two entities over statements that pass the filters: a list of edges, or null.
  function path(start, goal) {
    const cameBy = new Map([[start, null]]);
    let rim = [start];
    while (rim.length > 0 && !cameBy.has(goal)) {
      const next = [];
      for (const node of rim) {
        for (const edge of edgesOf.get(node)) {
          const other = edge.from === node ? edge.to : edge.from;
          if (cameBy.has(other) || !edge.statements.some((index) => passes(data.statements[index]))) continue;
          cameBy.set(other, edge);
          next.push(other);
        }
      }
      rim = next;
    }
    if (!cameBy.has(goal)) return null;
    const steps = [];
    for (let node = goal; cameBy.get(node); ) {
      const edge = cameBy.get(node);
      steps.unshift(edge);
      node = edge.from === node ? edge.to : edge.from;
    }
    return steps;
  }

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const index = data.nodes.map((node) => ({ node, names: [node.label, ...node.aliases].map((name) => [name, fold(name.slice(0, 300))]) }));

  // The entities whose name or alias holds the words, best first: [node, the name that matched].
  function search(words, limit) {
    const wanted = fold(words.trim());
    if (!wanted) return [];
    const hits = [];
    for (const { node, names } of index) {
      let best = null;
      names.forEach(([name, folded], order) => {
        const at = folded.indexOf(wanted);
        if (at < 0) return;
        const start = at === 0 ? 0 : /[\s\-'’.(]/.test(folded[at - 1]) ? 1 : 2;
        const rank = start * 2 + (order > 0 ? 1 : 0);
        if (best === null || rank < best.rank) best = { node, name, rank };
      });
      if (best) hits.push(best);
    }
    hits.sort((a, b) => a.rank - b.rank || edgesOf.get(b.node.id).length - edgesOf.get(a.node.id).length || (a.node.label < b.node.label ? -1 : 1));
    return hits.slice(0, limit);
  }

  return { data, entities, edges, edgesOf, saidBy, types, facets, labels, filter, state, VOICE, visible, counts, filtered, neighbourhood, path, search, passes, dayOf };
})();
