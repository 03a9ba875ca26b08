// The address: what is looked at is written behind "#", so that it can be bookmarked and shared.
"use strict";

explorer.address = (() => {
  const { data, edges } = explorer.model;
  const { facets, filter, state, times } = explorer.facets;

  let place = ""; // what is looked at, without the filters: each other one is a step for the browser's Back

  // `view`: { selected, route, table }; `restored`: this is what the address says already.
  function write({ selected, route, table }, { restored = false } = {}) {
    const parts = new URLSearchParams();
    if (selected?.entity !== undefined) parts.set("entity", selected.entity);
    if (selected?.edge !== undefined) parts.set("statement", data.statements[selected.statement ?? edges.get(selected.edge).statements[0]].id);
    if (route) { parts.set("path", route.start); parts.set("to", route.goal); }
    if (state.focus !== null) { parts.set("focus", state.focus); parts.set("depth", state.depth); }
    if (explorer.groups.open.size > 0) parts.set("open", [...explorer.groups.open].join("."));
    if (table) parts.set("as", "table");
    const step = parts.toString() !== place && !restored;
    place = parts.toString();
    for (const [name, off] of Object.entries(filter.off)) writeFacet(parts, name, off);
    for (const time of Object.keys(times)) ["from", "to"].forEach((end, index) => { if (filter[time][index]) parts.set(`${time}-${end}`, filter[time][index]); });
    if (filter.sure) parts.set("confidence", filter.sure);
    const text = parts.toString();
    try {
      history[step ? "pushState" : "replaceState"](null, "", text ? "#" + text : "#");
    } catch {
      // In a frame without an address of its own (a notebook) there is nothing to write to.
    }
  }

  // What is off, or, where that is shorter, what is on.
  function writeFacet(parts, name, off) {
    const values = [...facets[name].keys.keys()];
    const on = values.filter((value) => !off.has(value));
    if (off.size > on.length && on.length > 0) on.forEach((value) => parts.append("only-" + name, value));
    else off.forEach((value) => parts.append("no-" + name, value));
  }

  const isDay = (text) => (/^\d{4}-\d\d-\d\d$/.test(text ?? "") && !Number.isNaN(Date.parse(text)) ? text : "");

  // Sets the filters; gives what is to be selected: { entity, statement, path, to, focus, depth, table }.
  function read() {
    const parts = new URLSearchParams(location.hash.slice(1));
    explorer.facets.clear();
    for (const [name, off] of Object.entries(filter.off)) {
      parts.getAll("no-" + name).forEach((value) => off.add(value));
      const only = new Set(parts.getAll("only-" + name));
      if (only.size > 0) for (const value of facets[name].keys.keys()) if (!only.has(value)) off.add(value);
    }
    for (const time of Object.keys(times)) filter[time] = [isDay(parts.get(time + "-from")), isDay(parts.get(time + "-to"))];
    filter.sure = Math.min(Math.max(Number(parts.get("confidence")) || 0, 0), 1);
    explorer.groups.open.clear();
    for (const number of (parts.get("open") ?? "").split(".")) if (/^\d+$/.test(number) && explorer.groups.groups[number]) explorer.groups.open.add(Number(number));
    explorer.facets.changed();
    const values = Object.fromEntries(["entity", "statement", "path", "to", "focus"].map((name) => [name, parts.get(name)]));
    return { ...values, depth: Math.min(Math.max(Number(parts.get("depth")) || 1, 1), 3), table: parts.get("as") === "table" };
  }

  return { write, read };
})();
