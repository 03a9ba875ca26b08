// Going from entity to entity: what lies near one, how two are connected, and finding one by any of its names.
"use strict";

explorer.walk = (() => {
  const { data, entities, edgesOf, otherEnd } = explorer.model;
  // As `kg path` weighs them: facts are near, claims further; what is planned, wanted or denied connects nothing.
  const LENGTH = { fact: 4, claim: 5, possible: 5 };

  const passing = (edge) => edge.statements.some((index) => explorer.facets.passes(index));

  function neighbourhood(id, depth) {
    const within = new Set([id]);
    let rim = [id];
    for (let step = 0; step < depth; step += 1) {
      const next = [];
      for (const node of rim) {
        for (const edge of edgesOf(node)) {
          const other = otherEnd(edge, node);
          if (!within.has(other)) { within.add(other); next.push(other); }
        }
      }
      rim = next;
    }
    return within;
  }

  // The shortest way between two entities over statements that pass the filters: a list of edges, or null.
  // Distances are small whole numbers, so what waits lies in one list for each distance (Dial's algorithm).
  function path(start, goal) {
    const reached = new Map([[start, { far: 0, edge: null }]]);
    const waiting = [[start]];
    for (let far = 0; far < waiting.length; far += 1) {
      for (const node of waiting[far] ?? []) {
        if (reached.get(node).far < far) continue;
        if (node === goal) return trace(reached, goal);
        for (const edge of edgesOf(node)) {
          const length = LENGTH[edge.tier];
          const other = otherEnd(edge, node);
          if (length === undefined || (reached.get(other)?.far ?? Infinity) <= far + length || !passing(edge)) continue;
          reached.set(other, { far: far + length, edge });
          (waiting[far + length] ??= []).push(other);
        }
      }
    }
    return null;
  }

  function trace(reached, goal) {
    const steps = [];
    for (let node = goal; reached.get(node).edge !== null;) {
      const { edge } = reached.get(node);
      steps.unshift(edge);
      node = otherEnd(edge, node);
    }
    return steps;
  }

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const index = data.nodes.map((node) => ({ node, names: [node.label, ...node.aliases].map((name) => [name, fold(name.slice(0, 300))]) }));
  const degree = (node) => node.edges.length;

  // The entities whose name or alias holds the words, best first: { node, name: the one that matched, rank }.
  function search(words, limit) {
    const wanted = fold(words.trim());
    if (!wanted) return [];
    const hits = [];
    for (const { node, names } of index) {
      let best = null;
      for (let order = 0; order < names.length; order += 1) {
        const [name, folded] = names[order];
        const at = folded.indexOf(wanted);
        if (at < 0) continue;
        const start = at === 0 ? 0 : /[\s\-'’.(]/.test(folded[at - 1]) ? 1 : 2;
        const rank = start * 2 + (order > 0 ? 1 : 0);
        if (best === null || rank < best.rank) best = { node, name, rank };
      }
      if (best) hits.push(best);
    }
    hits.sort((a, b) => a.rank - b.rank || degree(b.node) - degree(a.node) || (a.node.label < b.node.label ? -1 : 1));
    return hits.slice(0, limit);
  }

  // The best connected neighbours of an entity, at most so many.
  function nearest(id, most) {
    const near = [...neighbourhood(id, 1)].filter((other) => other !== id);
    return near.sort((a, b) => degree(entities.get(b)) - degree(entities.get(a)) || (a < b ? -1 : 1)).slice(0, most);
  }

  return { neighbourhood, path, search, nearest };
})();
