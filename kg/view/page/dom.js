// Making elements. The only way by which words reach the page is textContent, so that no text can become markup.
"use strict";

explorer.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  // element("p", { class: "quote", onclick: f }, "text", anotherElement, null)
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  function svg(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // The badge of a type, as on the canvas.
  function badge(typeName) {
    const type = explorer.model.types.get(typeName);
    return svg("svg", { viewBox: "0 0 24 24", class: "badge type-" + type.colour, "aria-hidden": "true" },
      svg("path", { d: type.outline, class: "outline" }), svg("path", { d: type.glyph, class: "glyph" }));
  }

  // The line of a tier, as on the canvas. `spoken`: no words beside it say the same, so a screen reader is to say it.
  function line(tier, { spoken = false } = {}) {
    const { dashes, label } = explorer.model.data.tiers[tier];
    const stroke = svg("line", { x1: 1, y1: 6, x2: 31, y2: 6, "stroke-dasharray": dashes.join(" ") });
    const heard = spoken && tier !== "fact" ? { role: "img", "aria-label": label + ":" } : { "aria-hidden": "true" };
    const drawn = svg("svg", { viewBox: "0 0 32 12", class: "line tier-" + tier, ...heard }, stroke);
    if (tier === "negated") drawn.append(svg("path", { d: "M13 3l6 6M19 3l-6 6" }));
    return drawn;
  }

  function icon(path) {
    return svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: path }));
  }

  // Words from an article, kept apart from the direction of the text around them.
  const name = (text) => element("bdi", {}, text);

  // A button that opens an entity.
  function entityButton(id, { withBadge = false } = {}) {
    const node = explorer.model.entities.get(id);
    return element("button", { type: "button", class: "entity", onclick: () => explorer.select({ entity: id }) },
      withBadge ? badge(node.group) : null, name(node.label));
  }

  const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const numbers = new Intl.NumberFormat("en");

  function day(iso) {
    if (!iso) return null;
    const date = new Date(iso.slice(0, 10) + "T00:00:00Z");
    return Number.isNaN(date.getTime()) ? iso : days.format(date);
  }

  const figure = (number) => numbers.format(number);
  const count = (number, one, many) => `${figure(number)} ${number === 1 ? one : many ?? one + "s"}`;

  return { element, svg, badge, line, icon, name, entityButton, day, figure, count };
})();
