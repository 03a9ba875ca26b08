// The picture: chooses the renderer, keeps what is shown, lit and hovered, and knows what a point of it means.
"use strict";

explorer.picture = (() => {
  const { data, edges } = explorer.model;
  const { paint, bodies, scene } = explorer;
  const held = { light: null, hovered: null, selected: null, pass: [], items: new Map(), lines: new Map(), part: null, boxes: [] };
  let stage = null;
  let place = null;
  let home = null; // the camera over the map, while a few are shown
  let again = null; // repeats the last fit, as long as nobody has moved the picture since

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function start(element) {
    place = element;
    bodies.readColours();
    suit(element);
    const make = data.renderer === "vis" ? explorer.makeVisStage : explorer.makeCanvasStage;
    stage = make(element, {
      still, look, draw, itemAt,
      radiusOf: (item) => bodies.radius(item, stage.camera().scale),
      click: (spot) => explorer.select(hit(spot)),
      hover: (spot) => hover(hit(spot)),
      touched: () => { again = null; },
    });
    new ResizeObserver(() => { if (again && element.clientHeight) requestAnimationFrame(() => again?.()); }).observe(element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { bodies.readColours(); stage.restyle(); });
  }

  // The layout is made for no screen in particular: turn it where the screen is upright, and stretch it a little to fill.
  function suit(element) {
    const spots = data.groups.length > 0 ? explorer.groups.groups : data.nodes;
    if (spots.length < 2 || !element.clientHeight) return;
    const extent = (key) => spots.reduce((most, node) => Math.max(most, node[key]), -Infinity) - spots.reduce((least, node) => Math.min(least, node[key]), Infinity) + 150;
    const screen = element.clientWidth / element.clientHeight;
    if (screen < 0.8 && extent("x") > extent("y")) for (const node of spots) [node.x, node.y] = [node.y, node.x];
    const wider = extent("x") / extent("y") / screen;
    const stretch = (factor) => Math.min(factor, 1.6);
    for (const node of spots) {
      if (wider > 1) node.y = Math.round(node.y * stretch(wider));
      else node.x = Math.round(node.x * stretch(1 / wider));
    }
  }

  // How a line looks: colour and width by tier and number of statements; between communities by number alone.
  function look(line) {
    const { soft, tier } = bodies.colours();
    if (!line.edge) {
      const [least, most] = held.weights;
      const share = most > least ? Math.log(line.weight / least) / Math.log(most / least) : 0;
      return { colour: soft, width: Math.round(1 + 4 * share) / stage.camera().scale, opacity: Math.round(10 * (0.3 + 0.4 * share)) / 10 };
    }
    const width = Math.min(1.8 + Math.log2(line.weight) * 0.9, 5);
    return { colour: tier[line.tier], width: width + (held.selected?.edge === line.id ? 2 : 0), opacity: data.edges.length > 800 ? 0.7 : 1 };
  }

  function view() {
    const { x, y, scale } = stage.camera();
    return { scale, centre: { x, y }, ...stage.size(), held, stroke: stage.stroke, point: stage.point };
  }

  function draw(context, options = {}) {
    if (!stage) return;
    held.boxes = paint.draw(context, { ...view(), ...options });
  }

  function hover(what) {
    const same = JSON.stringify(what) === JSON.stringify(held.hovered);
    if (same) return;
    held.hovered = what;
    place.style.cursor = what ? "pointer" : "";
    stage.redraw();
  }

  function itemAt({ x, y }) {
    const { scale } = stage.camera();
    let best = null;
    for (const item of held.items.values()) {
      const far = Math.hypot(item.x - x, item.y - y) - bodies.radius(item, scale) - (item.group ? 0 : 2 / scale);
      if (far <= 0 && (best === null || Boolean(best.group) > Boolean(item.group) || (Boolean(best.group) === Boolean(item.group) && item.size < best.size))) best = item;
    }
    return best;
  }

  // What a point of the picture means. A label is part of what it names: a click on it counts.
  function hit(spot) {
    const item = itemAt(spot);
    if (item?.node) return { entity: item.id };
    const label = held.boxes.find((box) => box.what && spot.x >= box.left && spot.x <= box.right && spot.y >= box.top && spot.y <= box.bottom);
    if (label) return label.what;
    const reach = 7 / stage.camera().scale;
    let nearest = { far: reach, line: null };
    for (const line of held.lines.values()) {
      if (!line.edge || outside(line, spot, reach)) continue;
      const far = explorer.lines.distance(line, spot);
      if (far < nearest.far) nearest = { far, line };
    }
    if (nearest.line) return { edge: nearest.line.id };
    return item ? { group: item.group.number } : null;
  }

  // Whether a point is clearly beside a line, told by the box around the line and its bend.
  function outside({ from, to, bend }, { x, y }, reach) {
    const slack = reach + (from === to ? 200 : Math.abs(bend) * Math.hypot(to.x - from.x, to.y - from.y));
    return x < Math.min(from.x, to.x) - slack || x > Math.max(from.x, to.x) + slack || y < Math.min(from.y, to.y) - slack || y > Math.max(from.y, to.y) + slack;
  }

  // Show what passes the filters, light what is selected, dim the rest. Gives whether the bodies stand in new places, so
  // that the camera has to follow; on the way back to the map it goes where it was. `covered`: as for fit.
  function update(left, light, looked, covered = 0) {
    const { width, height } = stage.size();
    const { items, lines, part } = scene.make(left, light, looked, { width, height: Math.max(height - covered, 100) });
    const moved = part?.key !== held.part?.key;
    if (moved && held.part === null) home = stage.camera();
    const weights = [...lines.values()].filter((line) => !line.edge).map(({ weight }) => weight);
    const extent = weights.reduce(([least, most], weight) => [Math.min(least, weight), Math.max(most, weight)], [Infinity, 1]);
    Object.assign(held, { items, lines, light, part, weights: extent, selected: looked.selected, pass: left.pass });
    stage.show(items, lines);
    if (moved && part === null) stage.move(home, false);
    stage.redraw();
    return moved && part !== null;
  }

  // The statements that are selected: those of the lit lines, or of all lines of a part; null where that is everything.
  function chosen() {
    if (!held.light && !held.part) return null;
    const edgesOf = held.light ? held.light.edges : [...held.lines.values()].flatMap(({ edge }) => edge ?? []);
    const found = edgesOf.flatMap((edge) => edge.statements).filter((index) => held.pass[index]);
    return found.length > 0 && found.length < explorer.facets.left().list.length ? found.sort((a, b) => a - b) : null;
  }

  // The whole in view, labels and tools included, never larger than life. `ids`: these only;
  // `covered`: pixels at the bottom that a panel hides.
  function fit(animated = true, ids = null, covered = 0) {
    const wanted = ids === null ? [...held.items.values()] : ids.map((id) => held.items.get(id)).filter(Boolean);
    if (wanted.length === 0) return;
    frame(wanted.map((item) => ({ x: item.x, y: item.y, size: item.group ? item.size : 0 })), animated, covered);
    again = () => fit(false, ids, covered);
  }

  function frame(spots, animated = true, covered = 0) {
    again = null;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y, size } of spots) {
      [left, right] = [Math.min(left, x - size), Math.max(right, x + size)];
      [top, bottom] = [Math.min(top, y - size), Math.max(bottom, y + size)];
    }
    const { width, height } = stage.size();
    const margin = { x: Math.min(64, width * 0.12), top: 28 + overhead(), bottom: covered ? covered + 40 : 84 };
    const scale = Math.min((width - 2 * margin.x) / Math.max(right - left, 1), (height - margin.top - margin.bottom) / Math.max(bottom - top, 1), 1.2);
    stage.move({ x: (left + right) / 2, y: (top + bottom) / 2 + (margin.bottom - margin.top) / 2 / scale, scale: Math.max(scale, 0.004) }, animated);
  }

  // Pixels at the top that the notice hides.
  const overhead = () => document.getElementById("notice").offsetHeight;

  function zoom(factor) {
    again = null;
    const camera = stage.camera();
    stage.move({ ...camera, scale: Math.min(Math.max(camera.scale * factor, 0.004), 4) }, true);
  }

  function pan(across, down) {
    again = null;
    const camera = stage.camera();
    stage.move({ ...camera, x: camera.x + across / camera.scale, y: camera.y + down / camera.scale }, false);
  }

  // Bring something into view, but only where it is not there already and large enough to read.
  function reveal(ids) {
    const { width, height } = stage.size();
    const spots = ids.map((id) => held.items.get(id)).filter(Boolean).map((item) => stage.toScreen(item));
    const inside = spots.every(({ x, y }) => x > 30 && y > 30 && x < width - 30 && y < height - 60);
    const extent = (key) => Math.max(...spots.map((spot) => spot[key])) - Math.min(...spots.map((spot) => spot[key]));
    const small = stage.camera().scale < 0.5 && Math.max(extent("x") / width, extent("y") / height) < 0.35;
    if (!inside || small) fit(true, ids);
  }

  // Draws all of the present view into another context: a larger canvas, or an SVG.
  function render(context) {
    const { scale, centre, width, height } = view();
    context.fillStyle = bodies.colours().canvas;
    context.fillRect(0, 0, width, height);
    context.translate(width / 2 - centre.x * scale, height / 2 - centre.y * scale);
    context.scale(scale, scale);
    const ways = { scale, look, radiusOf: (item) => bodies.radius(item, scale) };
    explorer.lines.paint(context, [...held.lines.values()], ways);
    paint.draw(context, { ...view(), point: explorer.lines.point, stroke: (into, lines) => explorer.lines.paint(into, lines, ways) });
  }

  return {
    start, update, fit, frame, zoom, pan, reveal, render,
    part: () => held.part,
    chosen,
    size: () => stage.size(),
    redraw: () => stage.redraw(),
    spotOf: (id) => (held.items.has(id) ? stage.toScreen(held.items.get(id)) : null),
    spotOfEdge: (id, at = 0.5) => stage.toScreen(stage.point(held.lines.get(id), at)),
    spotOfBox: ({ left, right, top, bottom }) => stage.toScreen({ x: (left + right) / 2, y: (top + bottom) / 2 }),
    visEdge: (id) => stage.visEdge?.(id),
    labels: () => held.boxes.filter((box) => box.what),
    items: () => [...held.items.values()],
    lines: () => [...held.lines.values()],
    edgeOf: (id) => edges.get(id),
  };
})();
