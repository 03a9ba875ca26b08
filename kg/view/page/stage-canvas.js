// The renderer of large graphs: thousands of lines in a few strokes. The same interface as stage-vis.js.
"use strict";

explorer.makeCanvasStage = (element, { draw, look, radiusOf, click, hover, itemAt, touched, still }) => {
  const MANY = 4000; // lines; above, they are not dashed while the picture moves
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const camera = { x: 0, y: 0, scale: 1 };
  const limits = { least: 0.004, most: 4 };
  let shown = { items: new Map(), lines: new Map() };
  let due = 0;
  let moving = false;
  let settle = 0;
  let flight = 0;
  element.append(canvas);
  new ResizeObserver(fitCanvas).observe(element);
  fitCanvas();

  const size = () => ({ width: element.clientWidth, height: element.clientHeight });

  function fitCanvas() {
    const { clientWidth, clientHeight } = element;
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(clientWidth * ratio);
    canvas.height = Math.round(clientHeight * ratio);
    canvas.style.width = `${clientWidth}px`;
    canvas.style.height = `${clientHeight}px`;
    redraw();
  }

  function redraw() {
    due ||= requestAnimationFrame(frame);
  }

  function frame() {
    due = 0;
    const { width, height } = size();
    if (!width || !height) return;
    const ratio = devicePixelRatio || 1;
    const { x, y, scale } = camera;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (width / 2 - x * scale), ratio * (height / 2 - y * scale));
    const seen = inView([...shown.lines.values()]);
    explorer.lines.paint(context, seen, { scale, look, radiusOf, dashed: !moving || seen.length < MANY, arrows: scale > 0.1 && !(moving && seen.length > MANY) });
    draw(context, { moving });
  }

  function inView(lines) {
    const { width, height } = size();
    const { x, y, scale } = camera;
    const [left, right, top, bottom] = [x - width / scale / 2, x + width / scale / 2, y - height / scale / 2, y + height / scale / 2];
    return lines.filter(({ from, to }) => !((from.x < left && to.x < left) || (from.x > right && to.x > right) || (from.y < top && to.y < top) || (from.y > bottom && to.y > bottom)));
  }

  const toWorld = ({ x, y }) => ({ x: camera.x + (x - size().width / 2) / camera.scale, y: camera.y + (y - size().height / 2) / camera.scale });
  const toScreen = ({ x, y }) => ({ x: (x - camera.x) * camera.scale + size().width / 2, y: (y - camera.y) * camera.scale + size().height / 2 });

  // Labels and dashes wait until the picture rests.
  function moved() {
    moving = true;
    clearTimeout(settle);
    settle = setTimeout(() => { moving = false; redraw(); }, 140);
    redraw();
  }

  function zoomAt(spot, factor) {
    const before = toWorld(spot);
    camera.scale = Math.min(Math.max(camera.scale * factor, limits.least), limits.most);
    const after = toWorld(spot);
    camera.x += before.x - after.x;
    camera.y += before.y - after.y;
    moved();
  }

  function move(target, animated) {
    cancelAnimationFrame(flight);
    if (!animated || still()) {
      Object.assign(camera, target);
      redraw();
      return;
    }
    const [start, began] = [{ ...camera }, performance.now()];
    const step = (time) => {
      const share = Math.min(Math.max((time - began) / 350, 0), 1);
      const eased = share * share * (3 - 2 * share);
      camera.scale = start.scale * (target.scale / start.scale) ** eased;
      camera.x = start.x + (target.x - start.x) * eased;
      camera.y = start.y + (target.y - start.y) * eased;
      moved();
      if (share < 1) flight = requestAnimationFrame(step);
    };
    flight = requestAnimationFrame(step);
  }

  // --- the pointer: drag the ground or a body, pinch, turn the wheel, click -----------------------------------------------

  const fingers = new Map();
  let grip = null; // what was pressed: { item, spot, still }

  const spotOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, spotOf(event));
    grip = { item: itemAt(toWorld(spotOf(event))), start: spotOf(event), still: fingers.size === 1 };
  });
  canvas.addEventListener("pointermove", (event) => {
    const spot = spotOf(event);
    const last = fingers.get(event.pointerId);
    if (!last) { hover(toWorld(spot)); return; }
    if (grip.still && Math.hypot(spot.x - grip.start.x, spot.y - grip.start.y) < 4) return;
    grip.still = false;
    touched();
    const others = [...fingers.entries()].filter(([id]) => id !== event.pointerId);
    if (others.length > 0) {
      const [, other] = others[0];
      zoomAt(other, Math.hypot(spot.x - other.x, spot.y - other.y) / Math.max(Math.hypot(last.x - other.x, last.y - other.y), 1));
    } else {
      const body = grip.item?.node ? grip.item : camera;
      const way = body === camera ? -1 : 1;
      body.x += (way * (spot.x - last.x)) / camera.scale;
      body.y += (way * (spot.y - last.y)) / camera.scale;
      moved();
    }
    fingers.set(event.pointerId, spot);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      if (name === "pointerup" && grip?.still) click(toWorld(grip.start));
      grip = fingers.size > 0 ? { ...grip, still: false } : null;
    });
  }
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    touched();
    zoomAt(spotOf(event), 1.0016 ** -(event.deltaY * (event.deltaMode === 1 ? 30 : 1)));
  }, { passive: false });

  return {
    move, redraw, toScreen, size,
    show(items, lines) { shown = { items, lines }; redraw(); },
    restyle: redraw,
    camera: () => ({ ...camera }),
    point: explorer.lines.point,
    stroke: (into, lines) => explorer.lines.paint(into, lines, { scale: camera.scale, look, radiusOf }),
  };
};
