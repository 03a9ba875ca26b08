// Bodies on the picture: entities with their shape and pictogram, closed communities.
"use strict";

explorer.bodies = (() => {
  const { data, types } = explorer.model;
  const shapes = new Map([...types].map(([name, type]) => [name, { body: new Path2D(type.outline), glyph: new Path2D(type.glyph), bodyData: type.outline, glyphData: type.glyph }]));
  let colours = {};

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue("--" + name).trim();
    colours = { canvas: read("canvas"), surface: read("surface"), ink: read("ink"), soft: read("ink-soft"), rule: read("rule"), accent: read("accent"), glyph: read("glyph"), type: {}, tier: {} };
    for (const type of types.values()) colours.type[type.colour] = read("type-" + type.colour);
    for (const tier in data.tiers) colours.tier[tier] = read("tier-" + tier);
  }

  // On the screen a body does not shrink below a few pixels: fewer where there is a crowd, more for the well connected.
  let roomy = 1;
  const least = (item) => (3.4 + Math.max(item.size - 17, 0) * 0.45) * roomy;
  const radius = (item, scale) => (item.group ? Math.max(item.size * Math.sqrt(item.count / item.group.members.length), 9 / scale) : Math.max(item.size, least(item) / scale));

  // Fill or stroke a shape, on a canvas or in an SVG.
  function trace(context, shape, part, mode) {
    if (context.path) context.path(shape[part + "Data"], mode);
    else context[mode](shape[part]);
  }

  // How much there is for each: called before a picture is drawn.
  function makeRoom(width, height) {
    roomy = Math.min(Math.max(Math.sqrt((width * height) / Math.max(data.nodes.length, 1)) / 33, 0.45), 2);
  }

  function body(brush, item) {
    if (item.group) { disc(brush, item); return; }
    const { context, scale, held } = brush;
    const type = types.get(item.node.group);
    const shape = shapes.get(item.node.group);
    const size = radius(item, scale);
    const chosen = held.selected?.entity === item.id;
    const ringed = chosen || held.hovered?.entity === item.id;
    if (size * scale < 5 && !ringed) { // a speck: its colour is all that can be seen
      context.fillStyle = colours.type[type.colour];
      context.beginPath();
      context.arc(item.x, item.y, size, 0, 2 * Math.PI);
      context.fill();
      return;
    }
    const unit = (size / 11) * scale; // of the shape, in pixels on the screen
    context.save();
    context.translate(item.x, item.y);
    context.scale(size / 11, size / 11);
    context.translate(-12, -12);
    context.lineJoin = "round";
    context.strokeStyle = colours.canvas;
    context.lineWidth = 3.4;
    trace(context, shape, "body", "stroke");
    if (ringed) {
      context.strokeStyle = chosen ? colours.accent : colours.soft;
      context.lineWidth = Math.max(6, 7 / unit);
      trace(context, shape, "body", "stroke");
      context.strokeStyle = colours.canvas;
      context.lineWidth = Math.max(2.4, 2.5 / unit);
      trace(context, shape, "body", "stroke");
    }
    context.fillStyle = colours.type[type.colour];
    trace(context, shape, "body", "fill");
    if (size * scale > 7) {
      context.fillStyle = colours.glyph;
      trace(context, shape, "glyph", "fill");
    }
    context.restore();
  }

  // A closed community: a disc, and round it a ring that shows of which types its members are; of no community, a thin one.
  function disc({ context, scale, held }, item) {
    const size = radius(item, scale);
    const ring = ringOf(item, scale);
    context.beginPath();
    context.arc(item.x, item.y, size, 0, 2 * Math.PI);
    context.fillStyle = colours.surface;
    context.fill();
    let turn = -Math.PI / 2;
    for (const [colour, share] of item.group.mixed ? [[null, 1]] : shares(item.group)) {
      context.beginPath();
      context.arc(item.x, item.y, size - ring / 2, turn, turn + 2 * Math.PI * share);
      context.strokeStyle = colour === null ? colours.soft : colours.type[colour];
      context.lineWidth = ring;
      context.stroke();
      turn += 2 * Math.PI * share;
    }
    if (held.hovered?.group === item.group.number) {
      context.beginPath();
      context.arc(item.x, item.y, size + 3 / scale, 0, 2 * Math.PI);
      context.strokeStyle = colours.accent;
      context.lineWidth = 2 / scale;
      context.stroke();
    }
  }

  const ringOf = (item, scale) => (item.group.mixed ? 1.2 / scale : Math.min(Math.max(radius(item, scale) * 0.12, 3 / scale), 9 / scale));

  function shares(group) {
    if (!group.shares) {
      const counts = new Map();
      for (const node of group.members) counts.set(types.get(node.group).colour, (counts.get(types.get(node.group).colour) ?? 0) + 1);
      group.shares = [...counts].sort((a, b) => b[1] - a[1]).map(([colour, count]) => [colour, count / group.members.length]);
    }
    return group.shares;
  }

  return { makeRoom, radius, ringOf, readColours, colours: () => colours, body };
})();
