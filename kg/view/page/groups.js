// Communities of a large graph: closed ones stand as one disc on the map, opened ones show their members.
"use strict";

explorer.groups = (() => {
  const { data, dayOf } = explorer.model;
  const months = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
  const open = new Set(); // numbers of the opened communities
  const groups = data.groups.map((group, number) => ({ ...group, number, id: "group-" + number, members: [] }));
  for (const node of data.nodes) if (node.home >= 0) groups[node.home].members.push(node);
  for (const group of groups) {
    group.members.sort((a, b) => b.edges.length - a.edges.length || (a.id < b.id ? -1 : 1));
    // Called after those of its members that have a name of their own, the best connected first.
    const named = [...group.members.filter(({ label }) => !/^[\p{Ll}\P{L}]/u.test(label)), ...group.members];
    group.name = group.mixed ? "Single stories" : named[0].label;
    group.label = group.mixed ? group.name : [...new Set(named)].slice(0, 2).map(({ label }) => label).join(", ");
  }

  // Of small parts told of apart: from when to when.
  function span(group) {
    if (group.span !== undefined) return group.span;
    const days = group.members.flatMap((node) => node.edges.flatMap((edge) => edge.statements.map((index) => dayOf(data.statements[index])))).filter(Boolean).sort();
    const [first, last] = [days[0] ?? "", days.at(-1) ?? ""].map((day) => ({ year: day.slice(0, 4), month: day && months.format(new Date(day + "T00:00:00Z")) }));
    if (first.year !== last.year) group.span = `${first.year}–${last.year}`;
    else if (first.month !== last.month) group.span = `${first.month}–${last.month} ${last.year}`;
    else group.span = `${last.month} ${last.year}`.trim();
    return group.span;
  }

  // Opens a community beside those that are open, or instead of them where that would be too many entities.
  function show(number) {
    const members = [...open, number].reduce((sum, one) => sum + groups[one].members.length, 0);
    if (members > data.few) open.clear();
    open.add(number);
  }

  return { groups, open, span, show };
})();
