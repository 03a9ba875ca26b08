// Laying out a few entities anew, in pixels of the screen: what is left of a large graph fills the picture and is read.
"use strict";

explorer.arrange = (() => {
  const { measure, wrap } = explorer.labels;
  const { partsOf, layOut } = explorer.parts;
  const ROUNDS = 70; // of moving boxes off each other
  const EDGE = 120; // the mean length of a line at least
  const LOOSE = 2; // how much more ground a part covers than its bodies do with their names
  const GAP = 34; // between parts
  const brush = document.createElement("canvas").getContext("2d");

  // Gives every body its place (x, y). `lines`: pairs of bodies; `room`: the width and height of the picture.
  function arrange(items, lines, room) {
    const boxes = new Map(items.map((item) => [item, boxOf(item)]));
    const parts = partsOf(items, lines);
    for (const part of parts) { layOut(part, EDGE, room); widen(part, boxes); apart(part, boxes); }
    const { width, height } = pack(parts, boxes, room);
    const share = Math.min(room.width / width, room.height / height, 1);
    for (const item of items) [item.x, item.y] = [item.x / share, item.y / share]; // the camera comes as near as it takes
  }

  // Bodies one after the other from left to right, on upright screens from top to bottom.
  function chain(items, room) {
    const upright = room.height > room.width;
    const step = Math.max((upright ? room.height : room.width) / items.length, 110);
    items.forEach((item, index) => {
      const [along, across] = [(index - (items.length - 1) / 2) * step, (index % 2 === 0 ? -1 : 1) * Math.min(step * 0.22, 44)];
      [item.x, item.y] = upright ? [across, along] : [along, across];
    });
  }

  // How far a body reaches with its name under it.
  function boxOf(item) {
    if (item.group) return { left: item.size + 9, right: item.size + 9, top: item.size + 9, bottom: item.size + 9 };
    const words = wrap(item.node.label);
    const wide = Math.max(...words.map((text) => measure(brush, text, 550, 13)), 2 * item.size) / 2 + 7;
    return { left: wide, right: wide, top: item.size + 5, bottom: item.size + 9 + 16 * words.length };
  }

  // Names are wider than high: room to the side, and in all as much as they need, before they push each other away.
  function widen({ items }, boxes) {
    const wide = (item) => boxes.get(item).left + boxes.get(item).right;
    const high = (item) => boxes.get(item).top + boxes.get(item).bottom;
    const sum = (of) => items.reduce((total, item) => total + of(item), 0);
    const extent = (key) => Math.max(...items.map((item) => item[key])) - Math.min(...items.map((item) => item[key]));
    const longer = Math.sqrt(Math.max(sum(wide) / sum(high), 1));
    const ground = (extent("x") + sum(wide) / items.length) * (extent("y") + sum(high) / items.length);
    const scale = Math.sqrt(Math.max((LOOSE * sum((item) => wide(item) * high(item))) / ground, 1));
    for (const item of items) [item.x, item.y] = [item.x * scale * longer, (item.y * scale) / longer];
  }

  // Moves bodies until none covers another or its name, each pair by the shorter way; the better connected hardly moves.
  function apart({ items, near }, boxes) {
    for (let round = 0; round < ROUNDS; round += 1) {
      let moved = false;
      for (let i = 0; i < items.length; i += 1) {
        const [a, one] = [items[i], boxes.get(items[i])];
        for (let j = i + 1; j < items.length; j += 1) {
          const [b, two] = [items[j], boxes.get(items[j])];
          const across = a.x < b.x ? one.right + two.left - (b.x - a.x) : one.left + two.right - (a.x - b.x);
          if (across <= 0) continue;
          const down = a.y < b.y ? one.bottom + two.top - (b.y - a.y) : one.top + two.bottom - (a.y - b.y);
          if (down <= 0) continue;
          moved = true;
          const [key, move] = across < down ? ["x", a.x < b.x ? across : -across] : ["y", a.y < b.y ? down : -down];
          const share = near.get(b).size ** 2 / (near.get(a).size ** 2 + near.get(b).size ** 2);
          a[key] -= move * share;
          b[key] += move * (1 - share);
        }
      }
      if (!moved) return;
    }
  }

  // Puts the parts beside each other: rows of columns, in which lesser parts stand on top of each other. Gives the size.
  function pack(parts, boxes, room) {
    const frames = parts.map(({ items }) => {
      const bound = (key, sign, side) => sign * items.reduce((most, item) => Math.max(most, sign * item[key] + boxes.get(item)[side]), -Infinity);
      const [left, top] = [bound("x", -1, "left"), bound("y", -1, "top")];
      return { items, left, top, width: bound("x", 1, "right") - left + GAP, height: bound("y", 1, "bottom") - top + GAP };
    }).sort((a, b) => b.height - a.height);
    const area = frames.reduce((sum, { width, height }) => sum + width * height, 0);
    const limit = Math.max(...frames.map(({ width }) => width), Math.sqrt((area * room.width) / room.height) * 1.1);
    const rows = [];
    for (const frame of frames) {
      const column = rows.flatMap((row) => row.columns.map((one) => ({ row, one }))).find(({ row, one }) => frame.width <= one.width && one.height + frame.height <= row.height)?.one;
      if (column) { Object.assign(frame, { x: column.x, y: column.y + column.height }); column.height += frame.height; continue; }
      let row = rows.find(({ width, height }) => width + frame.width <= limit && frame.height <= height);
      if (!row) rows.push(row = { y: rows.reduce((sum, { height }) => sum + height, 0), width: 0, height: frame.height, columns: [] });
      row.columns.push({ x: row.width, y: row.y, width: frame.width, height: frame.height });
      Object.assign(frame, { x: row.width, y: row.y });
      row.width += frame.width;
    }
    for (const { items, left, top, x, y } of frames) for (const item of items) [item.x, item.y] = [item.x - left + x, item.y - top + y];
    return { width: Math.max(...rows.map(({ width }) => width)), height: rows.reduce((sum, { height }) => sum + height, 0) };
  }

  return { arrange, chain };
})();
