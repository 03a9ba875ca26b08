// What is filtered away, what is left, and how much each choice would leave. Statements are numbered; all is done in one pass.
"use strict";

explorer.facets = (() => {
  const { data, types } = explorer.model;
  const VOICE = ""; // the article's own voice, as a key among the speakers
  const DAY = 86400000;
  const BARS = 48; // of a histogram
  const total = data.statements.length;

  // Each facet: its heading and the values of a statement by which it is sorted.
  const facets = {
    type: { heading: "Who and what", values: (s) => [s.from.group, s.to.group] },
    tier: { heading: "How sure", values: (s) => [s.tier] },
    relation: { heading: "Relation", values: (s) => [s.relation] },
    speaker: { heading: "Who says so", values: (s) => [s.speaker ?? VOICE] },
    source: { heading: "Outlet", values: (s) => [explorer.model.articleOf(s).source ?? ""] },
  };
  const names = Object.keys(facets);
  for (const name of names) {
    const keys = new Map();
    const code = (value) => { if (!keys.has(value)) keys.set(value, keys.size); return keys.get(value); };
    const first = new Int32Array(total);
    const second = name === "type" ? new Int32Array(total) : null;
    data.statements.forEach((statement, index) => {
      const values = facets[name].values(statement);
      first[index] = code(values[0]);
      if (second) second[index] = code(values[1]);
    });
    Object.assign(facets[name], { keys, first, second });
  }
  for (const name of types.keys()) if (!facets.type.keys.has(name)) facets.type.keys.set(name, facets.type.keys.size);

  // Days as whole numbers; a statement's time may be open at one end.
  const number = (day) => Math.floor(Date.parse(day + "T00:00:00Z") / DAY);
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const NONE = -(2 ** 31);
  const published = Int32Array.from(data.statements, (s) => { const day = explorer.model.dayOf(s); return day ? number(day) : NONE; });
  const starts = new Int32Array(total).fill(NONE);
  const ends = new Int32Array(total).fill(NONE);
  data.statements.forEach(({ interval }, index) => {
    if (!interval) return;
    const [start, end] = interval.map((day) => (day && !Number.isNaN(Date.parse(day)) ? number(day) : NONE));
    [starts[index], ends[index]] = [start === NONE ? end : start, end === NONE ? start : Math.max(start, end)];
  });
  const times = {
    published: { heading: "Published", from: published, to: published },
    happened: { heading: "Happened", from: starts, to: ends },
  };
  for (const time of Object.values(times)) Object.assign(time, range(time));

  function range({ from, to }) {
    let [first, last] = [Infinity, -Infinity];
    for (let index = 0; index < total; index += 1) {
      if (from[index] === NONE) continue;
      first = Math.min(first, from[index]);
      last = Math.max(last, to[index]);
    }
    const known = first <= last;
    const width = known ? Math.max(1, Math.ceil((last - first + 1) / BARS)) : 1;
    return { known: known && first < last, first, last, width, bars: known ? Math.ceil((last - first + 1) / width) : 0 };
  }

  // What is switched off, by facet; dates as ISO days or "".
  const filter = { off: Object.fromEntries(names.map((name) => [name, new Set()])), sure: 0, published: ["", ""], happened: ["", ""] };
  const state = { focus: null, depth: 1, within: null }; // `within`: the entities shown because of a focus, null for all
  let now = null; // what is left: computed once for each change

  const filtered = () => filter.sure > 0 || names.some((name) => filter.off[name].size > 0) || Object.keys(times).some((name) => filter[name].some(Boolean));
  const clear = () => {
    for (const off of Object.values(filter.off)) off.clear();
    Object.assign(filter, { sure: 0, published: ["", ""], happened: ["", ""] });
  };
  // Switches all values of a facet off but one; where that is so already, all on.
  function only(name, value) {
    const off = filter.off[name];
    const rest = [...facets[name].keys.keys()].filter((other) => other !== value);
    const isOnly = !off.has(value) && rest.every((other) => off.has(other));
    off.clear();
    if (!isOnly) rest.forEach((other) => off.add(other));
  }

  const changed = () => { now = null; };
  const left = () => (now ??= compute());
  const passes = (index) => left().pass[index] === 1;
  const froms = Int32Array.from(data.statements, (s) => s.from.index);
  const tos = Int32Array.from(data.statements, (s) => s.to.index);
  const edgeOf = Int32Array.from(data.statements, (s) => s.edge.index);
  const sure = Float64Array.from(data.statements, (s) => s.confidence ?? 1);

  function compute() {
    const tests = names.map((name) => {
      const { keys, first, second } = facets[name];
      const off = new Uint8Array(keys.size);
      for (const value of filter.off[name]) if (keys.has(value)) off[keys.get(value)] = 1;
      return { off, first, second, any: off.includes(1), counts: new Int32Array(keys.size) };
    });
    const spans = Object.entries(times).map(([name, time]) => {
      const [from, to] = filter[name].map((day) => (day ? number(day) : null));
      return { ...time, low: from ?? -Infinity, high: to ?? Infinity, any: from !== null || to !== null, bins: new Int32Array(time.bars) };
    });
    const within = state.within && Uint8Array.from(data.nodes, (node) => (state.within.has(node.id) ? 1 : 0));
    const pass = new Uint8Array(total);
    const list = [];
    const reached = new Uint8Array(data.nodes.length); // entities, whatever their type
    const typeTest = names.indexOf("type");
    for (let index = 0; index < total; index += 1) {
      if (within && !(within[froms[index]] && within[tos[index]])) continue;
      if (sure[index] < filter.sure) continue;
      let misses = 0;
      let missed = -1; // the only test that it fails
      for (let test = 0; test < tests.length; test += 1) {
        const { any, off, first, second } = tests[test];
        if (any && (off[first[index]] === 1 || (second && off[second[index]] === 1))) { misses += 1; missed = test; }
      }
      for (let span = 0; span < spans.length; span += 1) {
        const { any, from, to, low, high } = spans[span];
        if (any && (from[index] === NONE || from[index] > high || to[index] < low)) { misses += 1; missed = tests.length + span; }
      }
      if (misses > 1) continue;
      for (let test = 0; test < tests.length; test += 1) {
        if (misses === 1 && missed !== test) continue;
        if (test === typeTest) reached[froms[index]] = reached[tos[index]] = 1;
        else tests[test].counts[tests[test].first[index]] += 1;
      }
      for (let span = 0; span < spans.length; span += 1) {
        const { from, to, first, width, bins } = spans[span];
        if (from[index] === NONE || (misses === 1 && missed !== tests.length + span)) continue;
        const [start, end] = [Math.floor((from[index] - first) / width), Math.floor((to[index] - first) / width)];
        for (let bin = start; bin <= end; bin += 1) bins[bin] += 1;
      }
      if (misses === 0) { pass[index] = 1; list.push(index); }
    }
    return { pass, list, ...drawn(list, within), counts: counted(tests, reached, within), bins: { published: spans[0].bins, happened: spans[1].bins } };
  }

  // The entities and lines of the statements that are left; unfiltered, also the entities of which nothing is told.
  function drawn(list, within) {
    const edgeOn = new Uint8Array(data.edges.length);
    const nodeOn = filtered() ? new Uint8Array(data.nodes.length) : within ? within.slice() : new Uint8Array(data.nodes.length).fill(1);
    for (const index of list) edgeOn[edgeOf[index]] = nodeOn[froms[index]] = nodeOn[tos[index]] = 1;
    return { edgeOn, nodeOn, edges: data.edges.filter((edge) => edgeOn[edge.index]), nodes: data.nodes.filter((node) => nodeOn[node.index]) };
  }

  // How many statements (of types: entities) each value would show, the other facets as they are.
  function counted(tests, reached, within) {
    const { keys } = facets.type;
    const { counts } = tests[names.indexOf("type")];
    for (const node of data.nodes) if (reached[node.index] || (!filtered() && (!within || within[node.index]))) counts[keys.get(node.group)] += 1;
    return Object.fromEntries(names.map((name, test) => [name, new Map([...facets[name].keys].map(([value, code]) => [value, tests[test].counts[code]]))]));
  }

  return { facets, times, filter, state, VOICE, iso, number, filtered, clear, only, changed, left, passes };
})();
