// The renderer of graphs of usual size: vis-network draws the lines, holds the camera and lets bodies be dragged.
// What a stage does (stage-canvas.js does the same for large graphs): show, restyle, redraw, camera, move, size, toScreen, point, stroke.
"use strict";

explorer.makeVisStage = (element, { draw, look, click, hover, touched, still }) => {
  const { data } = explorer.model;
  const CROWD = 600; // lines; above, they are left out while the picture moves
  const crowded = data.edges.length > CROWD;
  const nodeSet = new vis.DataSet();
  const edgeSet = new vis.DataSet();
  let shown = { items: new Map(), lines: new Map() };
  let thinnest = 0; // width in the picture that is a little less than a pixel on the screen

  const network = new vis.Network(element, { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { selectConnectedEdges: false, hideEdgesOnDrag: crowded, hideEdgesOnZoom: crowded, zoomSpeed: 0.7 },
    nodes: { shape: "dot", borderWidth: 0, chosen: false, color: "rgba(0,0,0,0)", scaling: { label: { enabled: false } } },
    edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, arrows: { to: { scaleFactor: 0.6 } }, arrowStrikethrough: false },
  });
  network.on("afterDrawing", draw);
  network.on("click", (event) => click(event.pointer.canvas));
  network.on("dragStart", touched);
  network.on("zoom", () => { touched(); clearTimeout(network.thinning); network.thinning = setTimeout(restyle, 120); });
  network.on("dragging", ({ nodes }) => {
    const spots = network.getPositions(nodes);
    for (const id of nodes) Object.assign(shown.items.get(id), spots[id]);
  });
  element.addEventListener("pointermove", (event) => {
    if (event.buttons > 0 || event.pointerType === "touch") return;
    const box = element.getBoundingClientRect();
    hover(network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top }));
  });

  const widthOf = (line) => Math.max(look(line).width, thinnest);

  function style(line) {
    const { colour, opacity } = look(line);
    return { id: line.id, hidden: false, width: widthOf(line), color: { color: colour, opacity, inherit: false } };
  }

  function edgeOf(line) {
    const dashes = data.tiers[line.tier].dashes;
    const bend = Math.abs(line.bend);
    return {
      ...style(line), from: line.from.id, to: line.to.id, arrows: line.arrow ? "to" : "", dashes: dashes.length > 0 ? dashes : false,
      smooth: bend === 0 ? false : { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: bend },
      selfReference: { size: line.from.size + 6 + 60 * bend, angle: Math.PI / 4 },
    };
  }

  // Adds what is new, hides what has gone, changes what looks different: vis-network takes long over every single change.
  function show(items, lines) {
    shown = { items, lines };
    update(nodeSet, items, ({ id, x, y, size }) => ({ id, x, y, size, hidden: false }), ({ id, x, y }) => ({ id, x, y, hidden: false }));
    update(edgeSet, lines, edgeOf, style);
  }

  function update(set, wanted, whole, part) {
    const known = new Set(set.getIds());
    set.add([...wanted.values()].filter(({ id }) => !known.has(id)).map(whole));
    const looks = [...known].map((id) => (wanted.has(id) ? part(wanted.get(id)) : { id, hidden: true }));
    set.update(looks.filter((look) => {
      const now = set.get(look.id);
      return now.hidden !== look.hidden || (!look.hidden && (now.x !== look.x || now.y !== look.y || now.width !== look.width || now.color?.color !== look.color?.color || now.color?.opacity !== look.color?.opacity));
    }));
  }

  function restyle() {
    thinnest = 0.8 / 2 ** (Math.round(Math.log2(network.getScale()) * 2) / 2); // in steps, not at each turn of the wheel
    update(edgeSet, shown.lines, edgeOf, style);
    network.redraw();
  }

  function move({ x, y, scale }, animated) {
    network.moveTo({ position: { x, y }, scale, animation: animated && !still() ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
    thinnest = 0.8 / 2 ** (Math.round(Math.log2(scale) * 2) / 2);
    update(edgeSet, shown.lines, edgeOf, style);
  }

  // While entities are being added, vis-network draws before it has their edges.
  const edgeType = (line) => network.body.edges[line.id]?.edgeType;

  return {
    show, restyle, move,
    redraw: () => network.redraw(),
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale() }),
    size: () => ({ width: network.canvas.frame.clientWidth, height: network.canvas.frame.clientHeight }),
    toScreen: (spot) => network.canvasToDOM(spot),
    point: (line, at) => (line.from === line.to && edgeType(line) ? edgeType(line).getPoint(at) : explorer.lines.point(line, at)),
    visEdge: (id) => network.body.edges[id], // for tests
    stroke(context, lines) {
      for (const line of lines) {
        network.body.edges[line.id]?.draw(context);
        network.body.edges[line.id]?.drawArrows(context);
      }
    },
  };
};
