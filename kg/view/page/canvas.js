// The picture. vis-network holds the camera, the edges and what the pointer hits; bodies, pictograms and labels are drawn over
// it, because labels must keep their size on the screen and never cover each other.
"use strict";

explorer.canvas = (() => {
  const { data, entities, edges, types } = explorer.model;
  const CROWD = 800; // edges; above, they are thinner, and left out while the picture moves
  const WORDS = 240; // edges on the screen; above, their labels would be a carpet
  const VEIL = 0.8; // how far what is not lit recedes
  const LEAST = 6; // pixels on the screen below which a body does not shrink, unless there is a crowd
  const crowded = data.edges.length > CROWD;
  const LINE = 20;
  const shapes = new Map([...types].map(([name, type]) => [name, { body: new Path2D(type.outline), glyph: new Path2D(type.glyph) }]));
  const font = getComputedStyle(document.body).fontFamily;
  const held = { lit: null, hovered: null, selected: null, shown: null, boxes: [] };
  let colours = {};
  let network = null;
  const nodeSet = new vis.DataSet();
  const edgeSet = new vis.DataSet();

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue("--" + name).trim();
    colours = { canvas: read("canvas"), ink: read("ink"), soft: read("ink-soft"), accent: read("accent"), glyph: read("glyph"), type: {}, tier: {} };
    for (const type of types.values()) colours.type[type.colour] = read("type-" + type.colour);
    for (const tier in data.tiers) colours.tier[tier] = read("tier-" + tier);
  }

  function edgeLook(edge) {
    const selected = held.selected?.edge === edge.id;
    return {
      id: edge.id,
      hidden: !held.shown.edges.has(edge.id),
      color: { color: colours.tier[edge.tier], opacity: crowded ? 0.6 : 1, inherit: false },
      width: (selected ? 2 : 0) + Math.min((crowded ? 1.2 : 1.8) + Math.log2(edge.statements.length) * 0.9, 5),
    };
  }

  function visEdge(edge) {
    const dashes = data.tiers[edge.tier].dashes;
    const bend = Math.abs(edge.bend);
    return {
      ...edgeLook(edge), from: edge.from, to: edge.to, arrows: edge.arrows, dashes: dashes.length > 0 ? dashes : false,
      smooth: bend === 0 ? false : { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: bend },
      selfReference: { size: entities.get(edge.from).size + 6 + 60 * bend, angle: Math.PI / 4 },
    };
  }

  const visNode = (node) => ({ id: node.id, x: node.x, y: node.y, size: node.size, hidden: !held.shown.entities.has(node.id) });

  function start(element) {
    readColours();
    suit(element);
    held.shown = explorer.model.visible();
    nodeSet.add([...explorer.model.state.drawn].map((id) => visNode(entities.get(id))));
    edgeSet.add(data.edges.filter(bothDrawn).map(visEdge));
    network = new vis.Network(element, { nodes: nodeSet, edges: edgeSet }, {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false },
      interaction: { hover: !crowded, hoverConnectedEdges: false, selectConnectedEdges: false, hideEdgesOnDrag: crowded, hideEdgesOnZoom: crowded, zoomSpeed: 0.7 },
      nodes: { shape: "dot", borderWidth: 0, chosen: false, color: "rgba(0,0,0,0)", scaling: { label: { enabled: false } } },
      edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, arrows: { to: { scaleFactor: 0.6 } }, arrowStrikethrough: false },
    });
    network.on("afterDrawing", draw);
    network.on("hoverNode", ({ node }) => hover({ entity: node }, element));
    network.on("hoverEdge", ({ edge }) => hover({ edge }, element));
    network.on("blurNode", () => hover(null, element));
    network.on("blurEdge", () => hover(null, element));
    network.on("click", (event) => explorer.select(hit(event)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      readColours();
      edgeSet.update(edgeSet.getIds().map((id) => edgeLook(edges.get(id))));
    });
    fit(false);
  }

  // The layout is made for no screen in particular: turn it where the screen is upright, and stretch it a little to fill.
  function suit(element) {
    const placed = data.nodes.filter((node) => node.x !== undefined);
    const extent = (key) => Math.max(...placed.map((node) => node[key])) - Math.min(...placed.map((node) => node[key])) + 150;
    if (placed.length < 2 || !element.clientHeight) return;
    const screen = element.clientWidth / element.clientHeight;
    if (screen < 0.8 && extent("x") > extent("y")) for (const node of placed) [node.x, node.y] = [node.y, node.x];
    const wider = extent("x") / extent("y") / screen;
    const stretch = (factor) => Math.min(factor, 1.6);
    for (const node of placed) {
      if (wider > 1) node.y = Math.round(node.y * stretch(wider));
      else node.x = Math.round(node.x * stretch(1 / wider));
    }
  }

  const bothDrawn = (edge) => explorer.model.state.drawn.has(edge.from) && explorer.model.state.drawn.has(edge.to);

  function hover(what, element) {
    held.hovered = what;
    element.style.cursor = what ? "pointer" : "";
    network.redraw();
  }

  // A label is part of what it names: a click on it counts.
  function hit(event) {
    if (event.nodes.length > 0) return { entity: event.nodes[0] };
    const { x, y } = event.pointer.canvas;
    const label = held.boxes.find((box) => box.what && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    if (label) return label.what;
    return event.edges.length > 0 ? { edge: event.edges[0] } : null;
  }

  // Show what passes the filters, light what is selected, dim the rest.
  function update(shown, lit, selected) {
    Object.assign(held, { shown, lit, selected });
    const drawnNow = new Set(nodeSet.getIds());
    const added = [...explorer.model.state.drawn].filter((id) => !drawnNow.has(id));
    if (added.length > 0) {
      nodeSet.add(added.map((id) => visNode(entities.get(id))));
      const known = new Set(edgeSet.getIds());
      edgeSet.add(data.edges.filter((edge) => bothDrawn(edge) && !known.has(edge.id)).map(visEdge));
    }
    nodeSet.update(changed(nodeSet, [...nodeSet.getIds()].map((id) => ({ id, hidden: !shown.entities.has(id) }))));
    edgeSet.update(changed(edgeSet, edgeSet.getIds().map((id) => edgeLook(edges.get(id)))));
    network.redraw();
  }

  function changed(set, looks) {
    return looks.filter((look) => {
      const now = set.get(look.id);
      return now.hidden !== look.hidden || now.width !== look.width || now.color?.color !== look.color?.color;
    });
  }

  function draw(context) {
    const scale = network.getScale();
    const spots = network.getPositions();
    const grid = makeGrid(scale);
    const centre = network.getViewPosition();
    const half = { x: network.canvas.frame.clientWidth / 2 / scale + 60, y: network.canvas.frame.clientHeight / 2 / scale + 60 };
    const { clientWidth, clientHeight } = network.canvas.frame;
    const [across, down] = [clientWidth / 2 / scale, clientHeight / 2 / scale];
    Object.assign(grid, { left: centre.x - across, right: centre.x + across });
    grid.inside = (box) => box.left >= grid.left && box.right <= grid.right && box.top > centre.y - down && box.bottom < centre.y + down;
    const near = ({ x, y }) => Math.abs(x - centre.x) < half.x && Math.abs(y - centre.y) < half.y;
    const nodes = [...held.shown.entities].map((id) => entities.get(id)).filter((node) => spots[node.id] && near(spots[node.id]));
    const isLit = (node) => !held.lit || held.lit.entities.has(node.id);
    nodes.sort((a, b) => isLit(b) - isLit(a) || b.size - a.size || (a.id < b.id ? -1 : 1));
    nodes.reverse();
    for (const node of nodes) if (!isLit(node)) body(context, node, spots[node.id], scale);
    if (held.lit) veil(context, { left: centre.x - half.x, top: centre.y - half.y, width: 2 * half.x, height: 2 * half.y });
    for (const node of nodes) if (isLit(node)) body(context, node, spots[node.id], scale);
    nodes.reverse();
    for (const node of nodes) {
      const { x, y } = spots[node.id];
      const size = radius(node, scale);
      grid.add({ left: x - size, right: x + size, top: y - size, bottom: y + size });
    }
    // While entities are being added, vis-network draws before it has their edges.
    const seen = [...held.shown.edges].filter((id) => network.body.edges[id]).map((id) => edges.get(id)).filter((edge) => near(spots[edge.from]) || near(spots[edge.to]));
    const labelled = held.lit ? seen.filter((edge) => held.lit.edges.has(edge.id)) : seen.length > WORDS ? seen.filter(isFocus) : seen;
    labelled.sort((a, b) => isFocus(b) - isFocus(a) || (b.tier === "negated") - (a.tier === "negated") || b.statements.length - a.statements.length || (a.id < b.id ? -1 : 1));
    const first = labelled.filter((edge) => held.selected?.edge === edge.id);
    for (const edge of first) edgeLabel(context, edge, spots, scale, grid);
    for (const node of nodes) nodeLabel(context, node, spots[node.id], isLit(node), scale, grid);
    for (const edge of labelled) if (!first.includes(edge)) edgeLabel(context, edge, spots, scale, grid);
    held.boxes = grid.boxes;
  }

  const isFocus = (edge) => held.selected?.edge === edge.id || held.hovered?.edge === edge.id;

  // All that is not lit recedes behind a veil of the canvas's colour; the lit edges are drawn again upon it.
  function veil(context, { left, top, width, height }) {
    context.globalAlpha = VEIL;
    context.fillStyle = colours.canvas;
    context.fillRect(left, top, width, height);
    context.globalAlpha = 1;
    for (const id of held.lit.edges) {
      const drawn = held.shown.edges.has(id) && network.body.edges[id];
      if (!drawn) continue;
      drawn.draw(context);
      drawn.drawArrows(context);
    }
  }

  function body(context, node, { x, y }, scale) {
    const type = types.get(node.group);
    const { body: outline, glyph } = shapes.get(node.group);
    const size = radius(node, scale);
    const chosen = held.selected?.entity === node.id;
    context.save();
    context.translate(x, y);
    context.scale(size / 11, size / 11);
    context.translate(-12, -12);
    const small = size * scale < 5; // a speck: its colour is all that can be seen
    context.lineJoin = "round";
    context.strokeStyle = colours.canvas;
    context.lineWidth = 3.4;
    if (!small) context.stroke(outline);
    if (chosen || held.hovered?.entity === node.id) {
      context.strokeStyle = chosen ? colours.accent : colours.soft;
      context.lineWidth = 6 * Math.max(1, 0.7 / scale);
      context.stroke(outline);
      context.strokeStyle = colours.canvas;
      context.lineWidth = 2.4;
      context.stroke(outline);
    }
    context.fillStyle = colours.type[type.colour];
    context.fill(outline);
    if (size * scale > 7) {
      context.fillStyle = colours.glyph;
      context.fill(glyph);
    }
    context.restore();
  }

  const radius = (node, scale) => Math.max(node.size, (crowded ? 3 : LEAST) / scale);

  function nodeLabel(context, node, { x, y }, lit, scale, grid) {
    const forced = held.selected?.entity === node.id || held.hovered?.entity === node.id;
    const big = node.size >= 21.5;
    const pixels = (big ? 14 : 12.5) / scale;
    context.font = `${big || forced ? 650 : 450} ${pixels}px ${font}`;
    const lines = wrap(node);
    const width = Math.max(...lines.map((text) => measure(context, text))) + 8 / scale;
    const height = lines.length * pixels * 1.2;
    const gap = radius(node, scale) + 5 / scale;
    // Under the node, else over it, else beside it.
    const places = [[x, y + gap + height / 2], [x, y - gap - height / 2], [x + gap + width / 2, y], [x - gap - width / 2, y]];
    const boxAt = ([cx, cy]) => ({ left: cx - width / 2, right: cx + width / 2, top: cy - height / 2, bottom: cy + height / 2, what: { entity: node.id } });
    // At the rim of the screen, pushed inwards.
    const inward = ([cx, cy]) => [Math.min(Math.max(cx, grid.left + width / 2), grid.right - width / 2), cy];
    if (x > grid.left && x < grid.right) places.push(inward(places[0]), inward(places[1]));
    const free = places.filter((at) => grid.free(boxAt(at)));
    const place = free.find((at) => grid.inside(boxAt(at))) ?? free[0] ?? (forced ? places[0] : null);
    if (!place || (!forced && !lit && scale < 0.8)) return;
    grid.add(boxAt(place));
    context.globalAlpha = lit ? 1 : 0.35;
    lines.forEach((text, row) => write(context, text, place[0], place[1] - height / 2 + pixels * (0.6 + 1.2 * row), pixels, colours.ink));
    context.globalAlpha = 1;
  }

  function edgeLabel(context, edge, spots, scale, grid) {
    const from = spots[edge.from];
    const to = spots[edge.to];
    if (!from || !to) return;
    const forced = isFocus(edge);
    const passing = edge.statements.filter((index) => held.shown.statements.has(index)).length;
    const text = edge.label + (passing > 1 ? ` ×${passing}` : "");
    const pixels = 11 / scale;
    context.font = `${forced ? 650 : 450} ${pixels}px ${font}`;
    const width = measure(context, text) + 8 / scale;
    const room = edge.from === edge.to ? Infinity : Math.hypot(to.x - from.x, to.y - from.y) - entities.get(edge.from).size - entities.get(edge.to).size;
    const spot = [0.5, 0.42, 0.58, 0.34, 0.66].map((at) => point(edge, at)).find(({ x, y }) => {
      const box = { left: x - width / 2, right: x + width / 2, top: y - pixels * 0.65, bottom: y + pixels * 0.65 };
      return grid.free(box);
    }) ?? (forced ? point(edge, 0.5) : null);
    const placed = spot && (forced || room * 1.15 > width);
    if (placed) {
      grid.add({ left: spot.x - width / 2, right: spot.x + width / 2, top: spot.y - pixels * 0.65, bottom: spot.y + pixels * 0.65, what: { edge: edge.id } });
      write(context, text, spot.x, spot.y, pixels, edge.tier === "fact" ? colours.soft : colours.tier[edge.tier]);
    }
    if (edge.tier === "negated" && room * scale > 24) cross(context, placed ? spot : point(edge, 0.5), placed ? width - 8 / scale : 0, scale);
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

  function write(context, text, x, y, pixels, colour) {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = colours.canvas;
    context.lineWidth = pixels * 0.34;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  const widths = new Map(); // at a size of one pixel, by weight
  function measure(context, text) {
    const [weight, pixels] = [context.font.split(" ")[0], parseFloat(context.font.match(/([\d.e-]+)px/)[1])];
    const key = weight + text;
    if (!widths.has(key)) widths.set(key, context.measureText(text).width / pixels);
    return widths.get(key) * pixels;
  }

  // At most two lines of about LINE characters, cut between graphemes.
  const wrapped = new Map();
  function wrap(node) {
    if (!wrapped.has(node.id)) wrapped.set(node.id, wrapText(node.label));
    return wrapped.get(node.id);
  }

  function wrapText(label) {
    const words = label.slice(0, 200).trim().split(/\s+/);
    const lines = [""];
    for (const word of words) {
      const last = lines[lines.length - 1];
      if (last && last.length + 1 + word.length > LINE) lines.push(word);
      else lines[lines.length - 1] = last ? last + " " + word : word;
    }
    const kept = lines.slice(0, 2).map((text) => (text.length > LINE + 6 ? cut(text) : text));
    if (lines.length > 2 && !kept[1].endsWith("…")) kept[1] += "…";
    return kept;
  }

  function cut(text) {
    const graphemes = [...new Intl.Segmenter("en").segment(text)].map((part) => part.segment);
    return graphemes.length > LINE ? graphemes.slice(0, LINE).join("") + "…" : text;
  }

  // What is taken on the screen: boxes in cells of 60 pixels.
  function makeGrid(scale) {
    const cell = 60 / scale;
    const cells = new Map();
    const boxes = [];
    function* keys(box) {
      for (let x = Math.floor(box.left / cell); x <= box.right / cell; x += 1) {
        for (let y = Math.floor(box.top / cell); y <= box.bottom / cell; y += 1) yield x + "," + y;
      }
    }
    const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return {
      boxes,
      free(box) {
        for (const key of keys(box)) if (cells.get(key)?.some((other) => overlap(box, other))) return false;
        return true;
      },
      add(box) {
        boxes.push(box);
        for (const key of keys(box)) {
          if (!cells.has(key)) cells.set(key, []);
          cells.get(key).push(box);
        }
      },
    };
  }

  // A point on an edge as drawn; vis-network knows the curve.
  function point(edge, at) {
    const drawn = network.body.edges[edge.id];
    return drawn.edgeType.getPoint(at);
  }

  // The whole in view, labels and tools included, never larger than life.
  // `covered`: pixels at the bottom that a panel hides.
  function fit(animated = true, ids = null, covered = 0) {
    const spots = Object.values(network.getPositions(ids ?? [...held.shown.entities]));
    if (spots.length === 0) return;
    const [left, right] = [Math.min(...spots.map(({ x }) => x)), Math.max(...spots.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...spots.map(({ y }) => y)), Math.max(...spots.map(({ y }) => y))];
    const { clientWidth, clientHeight } = network.canvas.frame;
    const margin = { x: Math.min(84, clientWidth * 0.15), top: 44, bottom: covered ? covered + 40 : 92 };
    const scale = Math.min((clientWidth - 2 * margin.x) / Math.max(right - left, 1), (clientHeight - margin.top - margin.bottom) / Math.max(bottom - top, 1), 1.2);
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + (margin.bottom - margin.top) / 2 / scale };
    network.moveTo({ position, scale: Math.max(scale, 0.02), animation: animated && !still() ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: still() ? false : { duration: 150, easingFunction: "easeInOutQuad" } });
  }

  // Bring something into view only where it is not.
  function reveal(ids) {
    const spots = network.getPositions(ids);
    const { clientWidth, clientHeight } = network.canvas.frame;
    const inside = ids.every((id) => {
      const { x, y } = network.canvasToDOM(spots[id]);
      return x > 30 && y > 30 && x < clientWidth - 30 && y < clientHeight - 60;
    });
    if (!inside || network.getScale() < 0.35) fit(true, ids);
  }

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Gives places to entities that were not laid out: on a ring around the one they were reached from.
  function placeAround(id, others) {
    const free = others.filter((other) => entities.get(other).x === undefined);
    const centre = entities.get(id);
    if (centre.x === undefined) {
      const placed = others.map((other) => entities.get(other)).filter((other) => other.x !== undefined);
      centre.x = placed.length > 0 ? placed[0].x + 120 : 0;
      centre.y = placed.length > 0 ? placed[0].y + 90 : 0;
    }
    free.forEach((other, index) => {
      const ring = Math.floor(index / 16);
      const turn = (2 * Math.PI * (index % 16)) / Math.min(16, free.length - ring * 16) + ring * 0.2;
      entities.get(other).x = Math.round(centre.x + Math.cos(turn) * (180 + 110 * ring));
      entities.get(other).y = Math.round(centre.y + Math.sin(turn) * (180 + 110 * ring));
    });
  }

  function png() {
    const source = network.canvas.frame.canvas;
    const copy = document.createElement("canvas");
    copy.width = source.width;
    copy.height = source.height;
    const context = copy.getContext("2d");
    context.fillStyle = colours.canvas;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(source, 0, 0);
    return copy;
  }

  return {
    start, update, fit, zoom, reveal, placeAround, png,
    redraw: () => network.redraw(),
    spotOf: (id) => network.canvasToDOM(network.getPositions([id])[id]),
    spotOfEdge: (id, at = 0.5) => network.canvasToDOM(point(edges.get(id), at)),
    labels: () => held.boxes.filter((box) => box.what),
  };
})();
