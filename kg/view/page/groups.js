// Communities of a large graph: closed ones stand as one disc, opened ones show their members, each in its own place.
"use strict";

explorer.groups = (() => {
  const { data } = explorer.model;
  const open = new Set(); // numbers of the opened communities
  const pinned = new Set(); // entities shown by themselves, though their community is closed
  const groups = data.groups.map((group, number) => ({ ...group, number, id: "group-" + number, members: [] }));
  for (const node of data.nodes) if (node.home >= 0) groups[node.home].members.push(node);
  for (const group of groups) {
    group.members.sort((a, b) => b.edges.length - a.edges.length || (a.id < b.id ? -1 : 1));
    group.label = group.members.slice(0, 2).map((node) => node.label).join(", ");
  }

  const alone = (node) => node.home < 0 || open.has(node.home) || pinned.has(node.id);

  // What is to be drawn for the entities and edges that are left: bodies (entities, closed communities) and lines.
  // Lines that end at a closed community are drawn as one.
  function scene(left, lit) {
    const bodies = new Array(data.nodes.length).fill(null); // of each entity: its own or its community's
    const closed = new Map();
    for (const node of left.nodes) bodies[node.index] = alone(node) ? entityItem(node) : groupItem(groups[node.home], closed);
    for (const node of lit?.nodes ?? []) if (!bodies[node.index] && alone(node)) bodies[node.index] = entityItem(node);
    for (const node of lit?.nodes ?? []) if (bodies[node.index]) bodies[node.index].lit = true; // a focus may leave it out
    const items = new Map();
    for (const body of bodies) if (body) items.set(body.id, body);
    return { items, lines: lines(left, lit, bodies) };
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

  function lines(left, lit, bodies) {
    const found = new Map();
    const between = new Map(); // of closed communities: by one end, then by the other
    const litEdges = new Set(lit?.edges);
    const add = (edge) => {
      const [from, to] = [bodies[edge.a.index], bodies[edge.b.index]];
      if (!from || !to) return;
      if (from.node && to.node) {
        found.set(edge.id, { id: edge.id, edge, from, to, tier: edge.tier, bend: edge.bend, arrow: edge.arrows === "to", weight: edge.statements.length, lit: litEdges.has(edge) });
      } else if (from !== to) {
        const [low, high] = from.id < to.id ? [from, to] : [to, from];
        if (!between.has(low)) between.set(low, new Map());
        const ways = between.get(low);
        if (!ways.has(high)) ways.set(high, { id: low.id + "|" + high.id, edge: null, from: low, to: high, tier: null, bend: 0, arrow: false, weight: 0, lit: false });
        const line = ways.get(high);
        line.weight += edge.statements.length;
        line.lit ||= litEdges.has(edge);
      }
    };
    left.edges.forEach(add);
    for (const edge of litEdges) if (!left.edgeOn[edge.index]) add(edge);
    for (const ways of between.values()) for (const line of ways.values()) found.set(line.id, line);
    return found;
  }

  function toggle(number) {
    if (open.has(number)) open.delete(number); else open.add(number);
  }

  return { groups, open, pinned, scene, toggle };
})();
