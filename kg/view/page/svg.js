// A drawing context that writes SVG: as much of CanvasRenderingContext2D as the picture uses.
"use strict";

explorer.makeSvg = (width, height) => {
  const parts = [];
  const stack = [];
  let matrix = [1, 0, 0, 1, 0, 0];
  let outline = "";
  const round = (value) => String(Math.round(value * 100) / 100);
  const escaped = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, "\ufffd");
  const at = (x, y) => `${round(matrix[0] * x + matrix[2] * y + matrix[4])} ${round(matrix[1] * x + matrix[3] * y + matrix[5])}`;
  const times = (length) => round(length * matrix[0]); // the picture never turns or skews
  const attributes = (values) => Object.entries(values).filter(([, value]) => value !== "").map(([name, value]) => ` ${name}="${value}"`).join("");

  const context = {
    svg: true, globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "round", font: "", dash: [],
    save() { stack.push([matrix]); },
    restore() { [matrix] = stack.pop(); },
    translate(x, y) { matrix = [...matrix.slice(0, 4), matrix[0] * x + matrix[4], matrix[3] * y + matrix[5]]; },
    scale(x, y) { matrix = [matrix[0] * x, 0, 0, matrix[3] * y, matrix[4], matrix[5]]; },
    setLineDash(dash) { context.dash = dash; },
    beginPath() { outline = ""; },
    moveTo(x, y) { outline += `M${at(x, y)}`; },
    lineTo(x, y) { outline += `L${at(x, y)}`; },
    quadraticCurveTo(cx, cy, x, y) { outline += `Q${at(cx, cy)} ${at(x, y)}`; },
    closePath() { outline += "Z"; },
    arc(x, y, radius, start, end) {
      const [whole, r] = [end - start >= 2 * Math.PI - 1e-6, times(radius)];
      const spot = (turn) => at(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
      if (whole) outline += `M${spot(0)}A${r} ${r} 0 1 1 ${spot(Math.PI)}A${r} ${r} 0 1 1 ${spot(0)}Z`;
      else outline += `M${spot(start)}A${r} ${r} 0 ${end - start > Math.PI ? 1 : 0} 1 ${spot(end)}`;
    },
    stroke() { put(outline, "stroke", ""); },
    fill() { put(outline, "fill", ""); },
    // A shape given as path data, under the present scale and place.
    path(data, mode) { put(data, mode, `matrix(${matrix.map(round6).join(" ")})`); },
    fillRect(x, y, w, h) {
      const [left, top] = at(x, y).split(" ");
      parts.push(`<rect${attributes({ x: left, y: top, width: times(w), height: times(h), fill: context.fillStyle, "fill-opacity": opacity() })}/>`);
    },
    strokeText(text, x, y) { write(text, x, y, { fill: "none", stroke: context.strokeStyle, "stroke-width": times(context.lineWidth), "stroke-linejoin": "round" }); },
    fillText(text, x, y) { write(text, x, y, { fill: context.fillStyle }); },
    // Only asked while a label is new; a canvas knows.
    measureText(text) {
      const measuring = (context.measuring ??= document.createElement("canvas").getContext("2d"));
      measuring.font = context.font;
      return measuring.measureText(text);
    },
    text: (title) => `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escaped(title)}</title>\n${parts.join("\n")}\n</svg>\n`,
  };
  const round6 = (value) => String(Math.round(value * 1e6) / 1e6);
  const opacity = () => (context.globalAlpha === 1 ? "" : round(context.globalAlpha));

  function put(data, mode, transform) {
    if (!data) return;
    const line = mode === "stroke"
      ? { fill: "none", stroke: context.strokeStyle, "stroke-width": transform ? round6(context.lineWidth) : times(context.lineWidth), "stroke-linejoin": "round", "stroke-dasharray": context.dash.map(times).join(" ") }
      : { fill: context.fillStyle };
    parts.push(`<path${attributes({ d: data, ...line, opacity: opacity(), transform })}/>`);
  }

  function write(text, x, y, look) {
    const [, weight, pixels, family] = context.font.match(/^(\d+) ([\d.e-]+)px (.*)$/);
    const [left, middle] = at(x, y).split(" ");
    parts.push(`<text${attributes({ x: left, y: middle, "text-anchor": "middle", "dominant-baseline": "central", "font-family": escaped(family.replaceAll('"', "'")), "font-size": times(Number(pixels)), "font-weight": weight, opacity: opacity(), ...look })}>${escaped(text)}</text>`);
  }
  return context;
};
