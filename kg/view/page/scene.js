// What is drawn: bodies (entities, closed communities) and the lines between them. A few entities are laid out anew, so
// that they fill the picture; of more, a small graph stands as the layout made ahead has it, a large one as a map.
"use strict";

explorer.scene = (() => {
  const { data, entities } = explorer.model;
  const { groups, open } = explorer.groups; // in a large graph each entity is in one
  const { filtered, state } = explorer.facets;
  const NEAR = 40; // neighbours of an entity that are shown with it, if there is room …
  const GROUND = 12000; // square pixels for one
  const BESIDE = 10; // … and of each end of a line
  const AROUND = 12; // closed communities that are shown round opened ones
  const CARPET = 400; // lines between communities that are all drawn; of more …
  const STRONGEST = 3; // … so many of each community
  const large = groups.length > 0;

  const inside = (node) => open.has(node.home);

  // The entities that are laid out anew, with the lines between them and communities beside them; null where the whole is
  // to be seen. `looked`: { selected, route }, of which `light` is what is lit.
  function few(left, light, { selected, route }, { width, height }) {
    if (route?.steps && (large || state.within)) return { nodes: stops(route), edges: route.steps, chain: true };
    if (left.nodes.length <= data.few && (state.within || (large && filtered()))) return { nodes: union(left.nodes, light?.nodes), edges: union(left.edges, light?.edges) };
    if (!large) return null;
    if (open.size > 0 && (!selected || (selected.entity === undefined ? light.nodes : [entities.get(selected.entity)]).every(inside))) return opened(left, light);
    if (!selected) return null;
    const ids = selected.entity !== undefined ? around(selected.entity, Math.min(Math.max(Math.floor((width * height) / GROUND), BESIDE), NEAR)) : light.nodes.flatMap(({ id }) => around(id, BESIDE));
    const nodes = new Set(ids.map((id) => entities.get(id)));
    return { nodes: [...nodes], edges: data.edges.filter((edge) => nodes.has(edge.a) && nodes.has(edge.b) && (left.edgeOn[edge.index] || light.edges.includes(edge))) };
  }

  const union = (some, more = []) => [...new Set([...some, ...more])];

  // The members of the opened communities, and round them the closed ones that they have most lines with.
  function opened(left, light) {
    const members = [...open].flatMap((number) => groups[number].members).filter((node) => left.nodeOn[node.index]);
    const nodes = union(members.sort((a, b) => b.edges.length - a.edges.length).slice(0, data.few), light?.nodes.filter(inside));
    const shown = new Set(nodes);
    const edges = union(nodes.flatMap((node) => node.edges)).filter((edge) => left.edgeOn[edge.index] || light?.edges.includes(edge));
    const ties = new Map();
    for (const { a, b } of edges) for (const far of [a, b]) if (!shown.has(far) && !inside(far)) ties.set(far.home, (ties.get(far.home) ?? 0) + 1);
    const beside = [...ties].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, AROUND).map(([number]) => groups[number]);
    return { nodes, edges, beside, more: Math.max(members.length - data.few, 0) };
  }

  function stops({ start, steps }) {
    const ids = [start];
    for (const edge of steps) ids.push(explorer.model.otherEnd(edge, ids.at(-1)));
    return ids.map((id) => entities.get(id));
  }

  const around = (id, most) => [id, ...explorer.walk.nearest(id, most)];

  // --- bodies and lines ----------------------------------------------------------------------------------------------------

  let anew = { key: null, items: new Map() }; // the last few that were laid out

  // { items, lines, part }: `part` tells which few are shown, null for the whole. `room`: the size of the picture.
  function make(left, light, looked, room) {
    const part = few(left, light, looked, room);
    const bodies = new Array(data.nodes.length).fill(null); // of each entity: its own or its community's
    const edges = part ? part.edges : light ? union(left.edges, light.edges) : left.edges;
    if (part) layOut(part, left, bodies, room);
    else place(left, light, bodies);
    for (const node of light?.nodes ?? []) if (bodies[node.index]) bodies[node.index].lit = true; // a focus may leave it out
    const items = new Map();
    for (const body of bodies) if (body) items.set(body.id, body);
    return { items, lines: lines(edges, new Set(light?.edges), bodies), part: part && { key: anew.key, more: part.more ?? 0 } };
  }

  function layOut({ nodes, edges, chain = false, beside = [] }, left, bodies, room) {
    const key = [nodes.map((node) => node.index), beside.map((group) => group.id), chain].join(" ");
    const made = anew.key === key ? anew.items : new Map();
    const item = (id, more) => { if (!made.has(id)) made.set(id, { id, x: 0, y: 0, ...more }); return Object.assign(made.get(id), { lit: false }); };
    for (const group of beside) for (const node of group.members) if (left.nodeOn[node.index]) bodies[node.index] = item(group.id, { group, size: group.radius, count: group.members.length });
    for (const node of nodes) bodies[node.index] = item(node.id, { node, size: node.size });
    if (anew.key === key) return;
    anew = { key, items: made };
    const pairs = edges.map((edge) => [bodies[edge.a.index], bodies[edge.b.index]]).filter(([from, to]) => from && to);
    if (chain) explorer.arrange.chain([...made.values()], room);
    else explorer.arrange.arrange([...made.values()], pairs, room);
  }

  function place(left, light, bodies) {
    const closed = new Map();
    for (const node of left.nodes) bodies[node.index] = large ? groupItem(groups[node.home], closed) : entityItem(node);
    if (!large) for (const node of light?.nodes ?? []) bodies[node.index] ??= entityItem(node);
  }

  // Items are kept from scene to scene, so that one that was dragged stays where it is.
  const kept = new Map();
  function entityItem(node) {
    if (!kept.has(node.id)) kept.set(node.id, { id: node.id, node, x: node.x, y: node.y, size: node.size, lit: false });
    return Object.assign(kept.get(node.id), { lit: false });
  }

  function groupItem(group, closed) {
    if (!closed.has(group)) closed.set(group, { id: group.id, group, size: group.radius, count: 0, x: group.x, y: group.y, lit: false });
    const item = closed.get(group);
    item.count += 1;
    return item;
  }

  // Lines that end at a closed community are drawn as one.
  function lines(edges, lit, bodies) {
    const found = new Map();
    const between = new Map(); // of closed communities: by one end, then by the other
    for (const edge of edges) {
      const [from, to] = [bodies[edge.a.index], bodies[edge.b.index]];
      if (!from || !to) continue;
      if (from.node && to.node) {
        found.set(edge.id, { id: edge.id, edge, from, to, tier: edge.tier, bend: edge.bend, arrow: edge.arrows === "to", weight: edge.statements.length, lit: lit.has(edge) });
      } else if (from !== to) {
        const [low, high] = from.id < to.id ? [from, to] : [to, from];
        if (!between.has(low)) between.set(low, new Map());
        const ways = between.get(low);
        if (!ways.has(high)) ways.set(high, { id: low.id + "|" + high.id, edge: null, from: low, to: high, tier: null, bend: 0, arrow: false, weight: 0, lit: false });
        const line = ways.get(high);
        line.weight += edge.statements.length;
        line.lit ||= lit.has(edge);
      }
    }
    for (const line of heaviest([...between.values()].flatMap((ways) => [...ways.values()]))) found.set(line.id, line);
    return found;
  }

  // Of very many lines between communities only the heaviest of each and those that are lit: all would be a carpet.
  function heaviest(ways) {
    if (ways.length <= CARPET) return ways;
    const seen = new Map();
    const among = (body) => { seen.set(body, (seen.get(body) ?? 0) + 1); return seen.get(body) <= STRONGEST; };
    return ways.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).filter((line) => [among(line.from), among(line.to)].some(Boolean) || line.lit);
  }

  return { make, near: (id) => around(id, NEAR), large };
})();
