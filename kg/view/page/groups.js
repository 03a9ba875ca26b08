// Communities of a large graph: closed ones stand as one disc, opened ones show their members, each in its own place.
"use strict";

explorer.groups = (() => {
  const { data, entities, edges, edgesOf } = explorer.model;
  const open = new Set(); // numbers of the opened communities
  const pinned = new Set(); // entities shown by themselves, though their community is closed
  const groups = data.groups.map((group, number) => ({ ...group, number, id: "group-" + number, members: [] }));
  for (const node of data.nodes) if (node.home !== null) groups[node.home].members.push(node);
  for (const group of groups) {
    group.members.sort((a, b) => edgesOf.get(b.id).length - edgesOf.get(a.id).length || (a.id < b.id ? -1 : 1));
    group.label = group.members.slice(0, 2).map((node) => node.label).join(", ");
  }

  const alone = (id) => entities.get(id).home === null || open.has(entities.get(id).home) || pinned.has(id);

  // What is to be drawn for the entities and edges that are left: bodies (entities, closed communities) and lines.
  // Lines that end at a closed community are drawn as one.
  function scene(left, lit) {
    const items = new Map();
    for (const id of left.entities) if (alone(id)) items.set(id, entityItem(id));
    for (const id of lit?.entities ?? []) if (!items.has(id) && alone(id)) items.set(id, entityItem(id));
    for (const id of left.entities) {
      if (items.has(id)) continue;
      const group = groups[entities.get(id).home];
      if (!items.has(group.id)) items.set(group.id, { id: group.id, group, size: group.radius, count: 0, x: group.x, y: group.y, lit: false });
      items.get(group.id).count += 1;
    }
    const body = (id) => items.get(id) ?? items.get(groups[entities.get(id).home]?.id);
    for (const id of lit?.entities ?? []) if (body(id)) body(id).lit = true; // none where a focus leaves it out
    return { items, lines: lines(left, lit, body) };
  }

  // Items are kept from scene to scene, so that one that was dragged stays where it is.
  const kept = new Map();
  function entityItem(id) {
    if (!kept.has(id)) { const node = entities.get(id); kept.set(id, { id, node, x: node.x, y: node.y, size: node.size }); }
    return Object.assign(kept.get(id), { lit: false });
  }

  function lines(left, lit, body) {
    const found = new Map();
    const ids = lit ? new Set([...left.edges, ...lit.edges]) : left.edges;
    for (const id of ids) {
      const edge = edges.get(id);
      const [from, to] = [body(edge.from), body(edge.to)];
      if (!from || !to) continue;
      if (from.node && to.node) {
        found.set(id, { id, edge, from, to, tier: edge.tier, bend: edge.bend, arrow: edge.arrows === "to", weight: edge.statements.length, lit: Boolean(lit?.edges.has(id)) });
      } else if (from !== to) {
        const key = from.id < to.id ? from.id + "|" + to.id : to.id + "|" + from.id;
        if (!found.has(key)) found.set(key, { id: key, edge: null, from, to, tier: null, bend: 0, arrow: false, weight: 0, lit: false });
        const line = found.get(key);
        line.weight += edge.statements.length;
        line.lit ||= Boolean(lit?.edges.has(id));
      }
    }
    return found;
  }

  function toggle(number) {
    if (open.has(number)) open.delete(number); else open.add(number);
  }

  return { groups, open, pinned, scene, toggle, alone };
})();
