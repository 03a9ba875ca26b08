// The strip under the picture: statements over time, by when they were published or by when what they tell happened.
"use strict";

explorer.timeline = (() => {
  const { times, filter, iso, number } = explorer.facets;
  const { element, count, day } = explorer.dom;
  const place = document.getElementById("time");
  const kinds = Object.keys(times).filter((kind) => times[kind].known);
  let kind = kinds[0] ?? null;
  const TICKS = { year: { year: "numeric" }, month: { month: "short", year: "2-digit" }, day: { day: "numeric", month: "short" } };
  let pressed = null; // the bar on which a drag over the bars began

  const spanOf = (bar) => { const { first, last, width } = times[kind]; return [first + bar * width, Math.min(first + (bar + 1) * width - 1, last)]; };
  const range = () => filter[kind].map((date, end) => (date ? Math.min(Math.max(number(date), times[kind].first), times[kind].last) : [times[kind].first, times[kind].last][end]));
  const narrowed = (which) => filter[which].some(Boolean);

  function narrow(from, to) {
    const { first, last } = times[kind];
    const whole = from <= first && to >= last;
    filter[kind] = whole ? ["", ""] : [iso(Math.min(from, to)), iso(Math.max(from, to))];
    explorer.refresh();
  }

  function draw() {
    place.hidden = kind === null;
    if (kind === null) return;
    const focused = document.activeElement?.dataset?.end;
    const [from, to] = range();
    const text = from === to ? day(iso(from)) : `${day(iso(from))} – ${day(iso(to))}`;
    const tabs = element("div", { class: "switch small", role: "group", "aria-label": "Time line of" }, kinds.map((one) => element("button", {
      type: "button", "aria-pressed": String(one === kind), onclick: () => { kind = one; draw(); },
    }, times[one].heading + (narrowed(one) ? " •" : ""))));
    const all = element("button", { type: "button", class: "plain", hidden: !narrowed(kind), onclick: () => { filter[kind] = ["", ""]; explorer.refresh(); } }, "All dates");
    place.replaceChildren(element("div", { class: "time-top" }, tabs, element("span", { class: "range" }, text), all), element("div", { class: "strip" }, bars(from, to), handle(0, from, to), handle(1, to, from), ticks()));
    if (focused) place.querySelector(`[data-end="${focused}"]`)?.focus();
  }

  function bars(from, to) {
    const bins = explorer.facets.left().bins[kind];
    const most = bins.reduce((a, b) => Math.max(a, b), 1);
    const made = [...bins].map((statements, bar) => {
      const [start, end] = spanOf(bar);
      const words = `${day(iso(start))}${end > start ? ` to ${day(iso(end))}` : ""}: ${count(statements, "statement")}`;
      const one = element("span", { class: end < from || start > to ? "bar out" : "bar", title: words, "data-bar": bar });
      one.style.setProperty("--height", statements === 0 ? "0%" : `${Math.max(6, Math.round((100 * Math.sqrt(statements)) / Math.sqrt(most)))}%`);
      return one;
    });
    const barAt = (event) => event.target.closest("[data-bar]")?.dataset.bar;
    return element("div", { class: "histogram", role: "img", "aria-label": `Statements over time; the two sliders narrow them`,
      onpointerdown: (event) => { pressed = barAt(event) ?? null; },
      onpointerup: (event) => {
        const bar = barAt(event);
        if (pressed === null || bar === undefined) return;
        const [low, high] = [Math.min(pressed, bar), Math.max(pressed, bar)];
        pressed = null;
        const again = low === high && from === spanOf(low)[0] && to === spanOf(low)[1];
        if (again) narrow(-Infinity, Infinity); else narrow(spanOf(low)[0], spanOf(high)[1]);
      } }, made);
  }

  // Years, months or days under the bars, at most about eight.
  function ticks() {
    const { first, last } = times[kind];
    const part = last - first > 730 ? "year" : last - first > 60 ? "month" : "day";
    const start = new Date(iso(first) + "T00:00:00Z");
    const at = (step) => Date.UTC(start.getUTCFullYear() + (part === "year" ? step : 0), part === "year" ? 0 : start.getUTCMonth() + (part === "month" ? step : 0), part === "day" ? start.getUTCDate() + step : 1) / 86400000;
    const found = [];
    for (let step = 0; at(step) <= last; step += 1) if (at(step) >= first) found.push(at(step));
    const words = new Intl.DateTimeFormat("en-GB", { ...TICKS[part], timeZone: "UTC" });
    const each = Math.ceil(found.length / 8);
    return element("div", { class: "ticks", "aria-hidden": "true" }, found.filter((_, index) => index % each === 0).map((day) => {
      const tick = element("span", {}, words.format(new Date(day * 86400000)));
      tick.style.insetInlineStart = `${(100 * (day - first)) / (last - first + 1)}%`;
      return tick;
    }));
  }

  // One end of the range, for pointer and keyboard.
  function handle(end, value, other) {
    const { first, last, width } = times[kind];
    const words = end === 0 ? "From" : "To";
    return element("input", { type: "range", class: "handle", min: first, max: last, step: 1, value, "data-end": String(end), "aria-label": `${times[kind].heading}: ${words.toLowerCase()}`, "aria-valuetext": day(iso(value)),
      onkeydown: (event) => {
        const step = { ArrowLeft: -width, ArrowDown: -width, ArrowRight: width, ArrowUp: width }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        set(value + step);
      },
      onchange: (event) => set(Number(event.target.value)) });

    function set(chosen) {
      const held = Math.min(Math.max(chosen, first), last);
      if (end === 0) narrow(Math.min(held, other), other); else narrow(other, Math.max(held, other));
    }
  }

  return { draw };
})();
