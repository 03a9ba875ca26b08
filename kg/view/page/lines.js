// How lines run and how they are drawn, for the renderer of large graphs and for pictures to take away.
"use strict";

explorer.lines = (() => {
  const { data } = explorer.model;

  // The control point of the curve, by the formula of vis-network's "curvedCW", so that both renderers bend alike.
  function control({ from, to, bend }) {
    if (bend === 0) return null;
    const share = Math.abs(bend) * 0.5;
    const [across, up] = [to.x - from.x, from.y - to.y];
    const turn = Math.atan2(up, across) + ((bend > 0 ? share : -share) + 0.5) * Math.PI;
    const length = (share + 0.5) * Math.hypot(across, up);
    return { x: from.x + length * Math.sin(turn), y: from.y + length * Math.cos(turn) };
  }

  function loop({ from, bend }) {
    const radius = (from.size + 6 + 60 * Math.abs(bend)) / 2;
    return { x: from.x + (from.size + radius) * 0.75, y: from.y - (from.size + radius) * 0.75, radius };
  }

  // A point on the line, 0 at its start and 1 at its end.
  function point(line, at) {
    const { from, to } = line;
    if (from === to) {
      const { x, y, radius } = loop(line);
      return { x: x + radius * Math.cos(2 * Math.PI * at), y: y + radius * Math.sin(2 * Math.PI * at) };
    }
    const via = control(line);
    const back = 1 - at;
    if (!via) return { x: from.x * back + to.x * at, y: from.y * back + to.y * at };
    const mix = (key) => from[key] * back * back + 2 * via[key] * back * at + to[key] * at * at;
    return { x: mix("x"), y: mix("y") };
  }

  function trace(context, line) {
    if (line.from === line.to) {
      const { x, y, radius } = loop(line);
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
      return;
    }
    const via = control(line);
    context.moveTo(line.from.x, line.from.y);
    if (via) context.quadraticCurveTo(via.x, via.y, line.to.x, line.to.y);
    else context.lineTo(line.to.x, line.to.y);
  }

  // The head of the arrow, at the rim of the body that it points to.
  function arrow(context, line, radius, width) {
    if (line.from === line.to) return;
    let [low, high] = [0, 1];
    for (let round = 0; round < 12; round += 1) {
      const middle = (low + high) / 2;
      const { x, y } = point(line, middle);
      if (Math.hypot(line.to.x - x, line.to.y - y) > radius) low = middle; else high = middle;
    }
    const tip = point(line, low);
    const before = point(line, Math.max(low - 0.03, 0));
    const turn = Math.atan2(tip.y - before.y, tip.x - before.x);
    const size = 5 + 2.2 * width;
    context.moveTo(tip.x, tip.y);
    context.lineTo(tip.x - size * Math.cos(turn - 0.42), tip.y - size * Math.sin(turn - 0.42));
    context.lineTo(tip.x - size * Math.cos(turn + 0.42), tip.y - size * Math.sin(turn + 0.42));
    context.closePath();
  }

  // Draws many lines, all that look the same in one stroke. `radiusOf`: of a body, as it is drawn.
  function paint(context, lines, { scale, look, radiusOf, dashed = true, arrows = true }) {
    const kinds = new Map();
    for (const line of lines) {
      const { colour, width, opacity } = look(line);
      const key = `${colour} ${width} ${opacity} ${line.tier}`;
      if (!kinds.has(key)) kinds.set(key, { colour, width: Math.max(width, 0.8 / scale), opacity, dashes: data.tiers[line.tier]?.dashes ?? [], lines: [] });
      kinds.get(key).lines.push(line);
    }
    for (const { colour, width, opacity, dashes, lines: alike } of kinds.values()) {
      const stretch = Math.max(1, 0.7 / scale); // dashes of less than a pixel would be grey
      context.globalAlpha = opacity;
      context.strokeStyle = context.fillStyle = colour;
      context.lineWidth = width;
      context.setLineDash(dashed ? dashes.map((part) => part * stretch) : []);
      context.beginPath();
      for (const line of alike) trace(context, line);
      context.stroke();
      if (arrows) {
        context.beginPath();
        for (const line of alike) {
          if (line.arrow && Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y) * scale > 24) arrow(context, line, radiusOf(line.to) + 2 / scale, width);
        }
        context.fill();
      }
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  // How far a point is from a line.
  function distance(line, { x, y }) {
    let nearest = Infinity;
    let last = point(line, 0);
    const steps = line.bend === 0 && line.from !== line.to ? 1 : 10;
    for (let step = 1; step <= steps; step += 1) {
      const next = point(line, step / steps);
      const [dx, dy] = [next.x - last.x, next.y - last.y];
      const share = Math.min(Math.max(((x - last.x) * dx + (y - last.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
      nearest = Math.min(nearest, Math.hypot(x - last.x - share * dx, y - last.y - share * dy));
      last = next;
    }
    return nearest;
  }

  return { point, paint, distance };
})();
