// The connected parts of a few bodies, and where the bodies of a part stand to each other.
"use strict";

explorer.parts = (() => {
  const ROUNDS = 70; // of lessening stress

  // The connected parts: bodies in the order of a walk, who led to whom, the distances. The largest part first.
  function partsOf(items, lines) {
    const near = new Map(items.map((item) => [item, new Set()]));
    for (const [from, to] of lines) if (from !== to) { near.get(from).add(to); near.get(to).add(from); }
    const seen = new Set();
    const parts = [];
    for (const start of [...items].sort((a, b) => near.get(b).size - near.get(a).size)) {
      if (seen.has(start)) continue;
      seen.add(start);
      const part = { items: [start], children: new Map([[start, []]]), near };
      for (const item of part.items) {
        for (const other of near.get(item)) {
          if (seen.has(other)) continue;
          seen.add(other);
          part.items.push(other);
          part.children.set(other, []);
          part.children.get(item).push(other);
        }
      }
      parts.push(Object.assign(part, { far: distances(part) }));
    }
    return parts.sort((a, b) => b.items.length - a.items.length);
  }

  // Between all pairs (Floyd and Warshall), lines between hubs longer, as the layout made ahead has them, and
  // those to closed communities, so that these stand at the rim.
  function distances({ items, near }) {
    const count = items.length;
    const number = new Map(items.map((item, index) => [item, index]));
    const far = new Float64Array(count * count).fill(Infinity);
    items.forEach((item, i) => {
      far[i * count + i] = 0;
      for (const other of near.get(item)) far[i * count + number.get(other)] = (near.get(item).size * near.get(other).size) ** 0.25 * (item.group || other.group ? 2 : 1);
    });
    for (let via = 0; via < count; via += 1) {
      for (let i = 0; i < count; i += 1) {
        const first = far[i * count + via];
        if (first === Infinity) continue;
        for (let j = 0; j < count; j += 1) {
          const through = first + far[via * count + j];
          if (through < far[i * count + j]) far[i * count + j] = through;
        }
      }
    }
    return far;
  }

  // A part around (0, 0): a fan from its hub, then by stress (Gansner, Koren and North 2004). `edge`: the mean length of a line.
  function layOut({ items, children, far, near }, edge, room) {
    fan(items[0], children, 0, 2 * Math.PI, 0);
    lessenStress(items, far);
    turn(items, room);
    const lengths = items.flatMap((item) => [...near.get(item)].map((other) => Math.hypot(item.x - other.x, item.y - other.y)));
    const scale = (edge * lengths.length) / Math.max(lengths.reduce((a, b) => a + b, 0), 1e-9);
    for (const item of items) [item.x, item.y] = [item.x * scale, item.y * scale];
  }

  function lessenStress(items, far) {
    const count = items.length;
    const [xs, ys] = [Float64Array.from(items, (item) => item.x), Float64Array.from(items, (item) => item.y)];
    for (let round = Math.min(ROUNDS, Math.ceil(9000 / count)); round > 0; round -= 1) {
      for (let i = 0; i < count; i += 1) {
        let [x, y, total] = [0, 0, 0];
        for (let j = 0; j < count; j += 1) {
          if (i === j) continue;
          const [dx, dy, wanted] = [xs[i] - xs[j], ys[i] - ys[j], far[i * count + j]];
          const pull = wanted / Math.max(Math.sqrt(dx * dx + dy * dy), 1e-6);
          const weight = 1 / (wanted * wanted);
          x += weight * (xs[j] + pull * dx);
          y += weight * (ys[j] + pull * dy);
          total += weight;
        }
        if (total > 0) [xs[i], ys[i]] = [x / total, y / total];
      }
    }
    items.forEach((item, i) => { [item.x, item.y] = [xs[i], ys[i]]; });
  }

  function fan(item, children, from, to, depth) {
    const middle = (from + to) / 2;
    [item.x, item.y] = [depth * Math.cos(middle), depth * Math.sin(middle)];
    const weigh = (one) => 1 + children.get(one).reduce((sum, child) => sum + weigh(child), 0);
    const total = weigh(item) - 1;
    let start = from;
    for (const child of children.get(item)) {
      const end = start + ((to - from) * weigh(child)) / total;
      fan(child, children, start, end, depth + 1);
      start = end;
    }
  }

  // The longest way through the points along the longer side of the screen.
  function turn(items, room) {
    const mean = (of) => items.reduce((sum, item) => sum + of(item), 0) / items.length;
    const [cx, cy] = [mean((item) => item.x), mean((item) => item.y)];
    const [xx, yy, xy] = [mean((item) => (item.x - cx) ** 2), mean((item) => (item.y - cy) ** 2), mean((item) => (item.x - cx) * (item.y - cy))];
    const angle = -0.5 * Math.atan2(2 * xy, xx - yy) + (room.height > room.width ? Math.PI / 2 : 0);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (const item of items) {
      const [x, y] = [item.x - cx, item.y - cy];
      [item.x, item.y] = [x * cos - y * sin, x * sin + y * cos];
    }
  }

  return { partsOf, layOut };
})();
