// What is drawn over the lines, and in which order: bodies, a veil over what is not lit, labels where there is room.
"use strict";

explorer.paint = (() => {
  const { radius, body, makeRoom } = explorer.bodies;
  const { measure, wrap, write, makeGrid } = explorer.labels;
  const WORDS = 240; // lines on the screen; above, their labels would be a carpet
  const NAMES = 600; // entities on the screen of which labels are tried, the best connected first
  const HUBS = 24; // entities whose labels come before the bodies of lesser ones
  const VEIL = 0.8; // how far what is not lit recedes
  let colours = {};

  // Everything but the lines. `view`: the camera, the size of the screen, what is held; gives the boxes of the labels.
  function draw(context, { scale, centre, width, height, held, stroke, point, moving = false }) {
    makeRoom(width, height);
    colours = explorer.bodies.colours();
    const [across, down] = [width / 2 / scale, height / 2 / scale];
    const rim = { left: centre.x - across, right: centre.x + across, top: centre.y - down, bottom: centre.y + down };
    const near = (item) => item.x + item.size > rim.left - 60 && item.x - item.size < rim.right + 60 && item.y + item.size > rim.top - 60 && item.y - item.size < rim.bottom + 60;
    const items = [...held.items.values()].filter(near);
    const isLit = (item) => !held.light || item.lit;
    items.sort((a, b) => isLit(a) - isLit(b) || Boolean(b.group) - Boolean(a.group) || a.size - b.size || (a.id < b.id ? 1 : -1));
    const brush = { context, scale, held };
    for (const item of items) if (!isLit(item)) body(brush, item);
    if (held.light) {
      veil(context, rim);
      stroke(context, [...held.lines.values()].filter((line) => line.lit));
    }
    for (const item of items) if (isLit(item)) body(brush, item);
    items.reverse();
    const grid = Object.assign(makeGrid(scale), rim);
    label({ ...brush, grid, point, isLit }, items, moving);
    return grid.boxes;
  }

  // All that is not lit recedes behind a veil of the canvas's colour; the lit lines are drawn again upon it.
  function veil(context, { left, top, right, bottom }) {
    context.globalAlpha = VEIL;
    context.fillStyle = colours.canvas;
    context.fillRect(left - 9, top - 9, right - left + 18, bottom - top + 18);
    context.globalAlpha = 1;
  }

  // --- words -------------------------------------------------------------------------------------------------------------

  function label(brush, items, moving) {
    const { grid, scale, held, isLit } = brush;
    const box = (item) => { const size = radius(item, scale) * (item.group ? 0.8 : 1); return { left: item.x - size, right: item.x + size, top: item.y - size, bottom: item.y + size }; };
    const entityItems = items.filter((item) => item.node);
    const hubs = held.light ? [] : entityItems.slice(0, HUBS);
    const chosen = held.light ? entityItems.filter((item) => isForced(held, item)) : [];
    for (const item of chosen) nodeLabel(brush, item);
    const discs = items.filter((item) => item.group && isLit(item));
    const clear = discs.filter((item) => !held.light || grid.free(box(item)));
    for (const item of discs) grid.add(box(item));
    for (const item of clear) discLabel(brush, item);
    for (const item of hubs) grid.add(box(item));
    for (const item of hubs) nodeLabel(brush, item);
    for (const item of entityItems) if (!hubs.includes(item) && isLit(item)) grid.add(box(item));
    if (moving && items.length > NAMES) return;
    const inView = (line) => [line.from, line.to].some((end) => end.x > grid.left && end.x < grid.right && end.y > grid.top && end.y < grid.bottom);
    const told = [...held.lines.values()].filter((line) => line.edge && inView(line));
    const labelled = held.light ? told.filter((line) => line.lit) : told.length > WORDS ? told.filter((line) => isFocus(held, line)) : told;
    labelled.sort((a, b) => isFocus(held, b) - isFocus(held, a) || (b.tier === "negated") - (a.tier === "negated") || b.weight - a.weight || (a.id < b.id ? -1 : 1));
    const first = labelled.filter((line) => held.selected?.edge === line.id);
    for (const line of first) lineLabel(brush, line);
    let tries = NAMES;
    for (const item of entityItems) {
      if (hubs.includes(item) || chosen.includes(item)) continue;
      if (tries > 0 || isForced(held, item)) nodeLabel(brush, item, isLit(item));
      tries -= 1;
    }
    for (const line of labelled) if (!first.includes(line)) lineLabel(brush, line);
    if (held.light) for (const item of items) if (item.group && !isLit(item) && grid.free(box(item))) discLabel(brush, item);
  }

  const isFocus = (held, line) => held.selected?.edge === line.id || held.hovered?.edge === line.id;
  const isForced = (held, item) => held.selected?.entity === item.id || held.hovered?.entity === item.id;

  function nodeLabel({ context, grid, scale, held }, item, lit = true) {
    const forced = isForced(held, item);
    const big = item.size >= 21.5;
    const weight = big || forced ? 650 : 450;
    const pixels = (big ? 14 : 12.5) / scale;
    const lines = wrap(item.node.label);
    const width = Math.max(...lines.map((text) => measure(context, text, weight, pixels))) + 8 / scale;
    const height = lines.length * pixels * 1.2;
    const gap = radius(item, scale) + 5 / scale;
    const { x, y } = item;
    // Under the node, else over it, else beside it; at the rim of the screen, pushed inwards.
    const places = [[x, y + gap + height / 2], [x, y - gap - height / 2], [x + gap + width / 2, y], [x - gap - width / 2, y]];
    const boxAt = ([cx, cy]) => ({ left: cx - width / 2, right: cx + width / 2, top: cy - height / 2, bottom: cy + height / 2, what: { entity: item.id } });
    const inward = ([cx, cy]) => [Math.min(Math.max(cx, grid.left + width / 2), grid.right - width / 2), cy];
    const inside = (box) => box.left >= grid.left && box.right <= grid.right && box.top > grid.top && box.bottom < grid.bottom;
    if (x > grid.left && x < grid.right) places.push(inward(places[0]), inward(places[1]));
    const free = places.filter((at) => grid.free(boxAt(at)));
    const place = free.find((at) => inside(boxAt(at))) ?? (forced ? free[0] ?? places[0] : null);
    if (!place || (!forced && !lit && scale < 0.8)) return;
    grid.add(boxAt(place));
    context.globalAlpha = lit ? 1 : 0.35;
    lines.forEach((text, row) => write(context, text, { x: place[0], y: place[1] - height / 2 + pixels * (0.6 + 1.2 * row) }, { weight, pixels, colour: colours.ink, halo: colours.canvas }));
    context.globalAlpha = 1;
  }

  // The name of a community's best connected member and how many it has: inside its disc as large as it fits, else the
  // name beside it.
  function discLabel({ context, grid, scale, isLit }, item) {
    const size = radius(item, scale);
    const inner = size - explorer.bodies.ringOf(item, scale) - 2 / scale;
    const number = explorer.dom.figure(item.count);
    const more = item.group.mixed ? [explorer.groups.span(item.group), number].filter(Boolean) : [number];
    const ways = [[13, more], [12, more], [11, more], [10, more], [10, []], [9, []]];
    const found = ways.map(([points, below]) => fitted(context, item.group.name, below, inner, points / scale)).find(Boolean);
    const { pixels, words, below } = found ?? { pixels: 10.5 / scale, words: [], below: size * scale > 11 ? [number] : [] };
    const lines = [...words, ...below];
    context.globalAlpha = isLit(item) ? 1 : 0.35;
    lines.forEach((text, row) => {
      const name = row < words.length;
      const y = item.y + pixels * 1.2 * (row - (lines.length - 1) / 2);
      write(context, text, { x: item.x, y }, { weight: name ? 600 : 450, pixels: name ? pixels : pixels * 0.95, colour: name ? colours.ink : colours.soft, halo: colours.surface });
    });
    if (!found) beside(context, grid, item, size, pixels);
    context.globalAlpha = 1;
  }

  // The words of a name in lines that lie within a circle, above what else is to stand there; null where they do not fit.
  // Where nothing else is to stand there, the first words will do.
  function fitted(context, name, below, inner, pixels) {
    const each = wrap(name).flatMap((line) => line.split(" "));
    const begun = below.length > 0 ? [] : [2, 1].filter((most) => most < each.length && each[most - 1].length > 2).map((most) => [...each.slice(0, most - 1), each[most - 1] + "…"]);
    for (const words of [wrap(name), each, ...begun]) {
      const lines = [...words, ...below];
      const fits = lines.every((text, row) => {
        const rim = pixels * 1.2 * (Math.abs(row - (lines.length - 1) / 2) + 0.4);
        return rim < inner && measure(context, text, row < words.length ? 600 : 450, pixels) < 2 * Math.sqrt(inner ** 2 - rim ** 2);
      });
      if (fits && words.length < 4) return { pixels, words, below };
    }
    return null;
  }

  function beside(context, grid, item, size, pixels) {
    const [text, more] = wrap(item.group.name);
    const words = more && !text.endsWith("…") ? text + "…" : text;
    const width = measure(context, words, 450, pixels) + 6 * (pixels / 10.5);
    const box = ({ x, y }) => ({ left: x - width / 2, right: x + width / 2, top: y - pixels * 0.6, bottom: y + pixels * 0.6, what: { group: item.group.number } });
    const [down, across] = [size + pixels * 0.75, size + width / 2];
    const spot = [[0, down], [0, -down], [across, 0], [-across, 0]].map(([x, y]) => ({ x: item.x + x, y: item.y + y })).find((at) => box(at).left > grid.left && box(at).right < grid.right && grid.free(box(at)));
    if (!spot) return;
    grid.add(box(spot));
    write(context, words, spot, { weight: 450, pixels, colour: colours.ink, halo: colours.canvas });
  }

  function lineLabel({ context, grid, scale, held, point }, line) {
    const { edge, from, to } = line;
    const forced = isFocus(held, line);
    const passing = edge.statements.filter((index) => held.pass[index]).length;
    const text = edge.label + (passing > 1 ? ` ×${passing}` : "");
    const pixels = 11 / scale;
    const weight = forced ? 650 : 450;
    const width = measure(context, text, weight, pixels) + 8 / scale;
    const room = from === to ? Infinity : Math.hypot(to.x - from.x, to.y - from.y) - radius(from, scale) - radius(to, scale);
    const boxAt = ({ x, y }) => ({ left: x - width / 2, right: x + width / 2, top: y - pixels * 0.65, bottom: y + pixels * 0.65, what: { edge: edge.id } });
    const fits = forced || room * 1.15 > width;
    const spot = fits ? [0.5, 0.42, 0.58, 0.34, 0.66].map((at) => point(line, at)).find((at) => grid.free(boxAt(at))) ?? (forced ? point(line, 0.5) : null) : null;
    if (spot) {
      grid.add(boxAt(spot));
      write(context, text, spot, { weight, pixels, colour: line.tier === "fact" ? colours.soft : colours.tier[line.tier], halo: colours.canvas });
    }
    if (line.tier === "negated" && room * scale > 24) cross(context, spot ?? point(line, 0.5), spot ? width - 8 / scale : 0, scale);
  }

  // Denied: a line through the words, or a cross on the line where there is no room for words.
  function cross(context, { x, y }, width, scale) {
    const arm = 5 / scale;
    context.strokeStyle = colours.tier.negated;
    context.lineWidth = 1.6 / scale;
    context.beginPath();
    if (width > 0) {
      context.moveTo(x - width / 2, y);
      context.lineTo(x + width / 2, y);
    } else {
      context.moveTo(x - arm, y - arm); context.lineTo(x + arm, y + arm);
      context.moveTo(x + arm, y - arm); context.lineTo(x - arm, y + arm);
    }
    context.stroke();
  }

  return { draw };
})();
