// Words on the picture: cut to two lines, measured, and put only where nothing else is.
"use strict";

explorer.labels = (() => {
  const LINE = 20;
  const font = getComputedStyle(document.body).fontFamily;
  const widths = new Map(); // at a size of one pixel, by weight and text
  const wrapped = new Map();

  const fontOf = (weight, pixels) => `${weight} ${pixels}px ${font}`;

  function measure(context, text, weight, pixels) {
    const key = weight + text;
    if (!widths.has(key)) {
      context.font = fontOf(weight, 20);
      widths.set(key, context.measureText(text).width / 20);
    }
    return widths.get(key) * pixels;
  }

  // At most two lines of about LINE characters, cut between graphemes.
  function wrap(label) {
    if (!wrapped.has(label)) wrapped.set(label, wrapText(label));
    return wrapped.get(label);
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

  function write(context, text, { x, y }, { weight, pixels, colour, halo }) {
    context.font = fontOf(weight, pixels);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = halo;
    context.lineWidth = pixels * 0.34;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  // What is taken on the screen: boxes in cells of 60 pixels.
  function makeGrid(scale) {
    const cell = 60 / scale;
    const cells = new Map();
    const boxes = [];
    function each(box, visit) {
      for (let x = Math.floor(box.left / cell); x <= box.right / cell; x += 1) {
        for (let y = Math.floor(box.top / cell); y <= box.bottom / cell; y += 1) if (visit(x * 65536 + y)) return true;
      }
      return false;
    }
    const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return {
      boxes,
      free: (box) => !each(box, (key) => cells.get(key)?.some((other) => overlap(box, other))),
      add(box) {
        boxes.push(box);
        each(box, (key) => { if (cells.has(key)) cells.get(key).push(box); else cells.set(key, [box]); });
      },
    };
  }

  return { measure, wrap, write, makeGrid };
})();
