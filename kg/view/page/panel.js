// The panel: what the whole holds, what is known of an entity, what stands behind a line, how two are connected.
"use strict";

explorer.panel = (() => {
  const { model } = explorer;
  const { data, entities, edges, edgesOf } = model;
  const { element, badge, line, icon, name, entityButton, day, count } = explorer.dom;
  const panel = document.getElementById("panel");
  const CLOSE = "M5 5l10 10M15 5L5 15";
  const SHOWN = 60; // rows of a dossier before "Show all"

  function show(kind, heading, ...content) {
    const close = element("button", { type: "button", class: "icon-button close", "aria-label": "Close", onclick: () => explorer.select(null) }, icon(CLOSE));
    panel.dataset.kind = kind;
    panel.replaceChildren(element("div", { class: "panel-top" }, heading, kind === "overview" ? null : close), ...content.flat().filter(Boolean));
    panel.scrollTop = 0;
  }

  const section = (heading, ...content) => element("section", {}, element("h3", {}, heading), ...content);

  // --- the whole ---------------------------------------------------------------------------------------------------------

  function overview() {
    const shown = model.visible();
    const rank = (id) => edgesOf.get(id).filter((edge) => shown.edges.has(edge.id)).reduce((sum, edge) => sum + edge.statements.length, 0);
    const top = [...shown.entities].map((id) => [id, rank(id)]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 8);
    const most = top.length > 0 ? top[0][1] : 1;
    const list = element("ul", { class: "ranking" }, top.filter(([, n]) => n > 0).map(([id, n]) => {
      const bar = element("span", { class: "bar", "aria-hidden": "true" });
      bar.style.width = `${(100 * n) / most}%`;
      return element("li", {}, entityButton(id, { withBadge: true }), element("span", { class: "number", title: count(n, "statement") }, String(n)), bar);
    }));
    const disputed = disputes(shown).slice(0, 12);
    show("overview", element("h2", {}, "At a glance"),
      element("p", { class: "hint" }, "Click a name or a line to read the sentences behind it."),
      top.length > 0 ? section("Most spoken of", list) : element("p", { class: "hint" }, "Nothing passes the filters."),
      disputed.length > 0 ? section("Accounts that differ", element("ul", { class: "rows" }, disputed.map((edge) => element("li", {}, edgeRow(edge))))) : null);
  }

  // Denials whose opposite is told too, and the tellings that they deny.
  function disputes(shown) {
    return data.edges.filter((edge) => shown.edges.has(edge.id) && edge.tier === "negated" && rivals(edge).length > 0);
  }

  const samePair = (a, b) => (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from);

  // The lines that tell another story of the same thing: one denies what the other says.
  function rivals(edge) {
    return edgesOf.get(edge.from).filter((other) => other !== edge && other.relation === edge.relation && samePair(edge, other)
      && (other.tier === "negated") !== (edge.tier === "negated"));
  }

  // The lines that give the same relation of the same subject another object ("held by" one, "held by" another).
  function alternatives(edge) {
    if (edge.tier === "fact" || edge.arrows === "") return [];
    return edgesOf.get(edge.from).filter((other) => other.from === edge.from && other.relation === edge.relation && other.to !== edge.to && other.tier !== "fact");
  }

  function edgeRow(edge) {
    const ends = [name(entities.get(edge.from).label), relationWords(edge), name(entities.get(edge.to).label)];
    return element("button", { type: "button", class: "row", onclick: () => explorer.select({ edge: edge.id }) }, line(edge.tier), element("span", { class: "words" }, spaced(ends), saying(edge.statements)));
  }

  const spaced = (parts) => parts.flatMap((part, index) => (index > 0 ? [" ", part] : [part]));

  // Who says so, where somebody does.
  function saying(indices) {
    const speakers = [...new Set(indices.map((index) => data.statements[index].speaker).filter(Boolean))];
    if (speakers.length === 0) return null;
    const more = speakers.length > 3 ? ` and ${speakers.length - 3} more` : "";
    return element("span", { class: "by" }, speakers.length > 1 ? "say " : "says ", name(speakers.slice(0, 3).map((one) => one.slice(0, 80)).join(", ") + more));
  }

  function relationWords(edge) {
    return element(edge.tier === "negated" ? "s" : "span", { class: "relation" }, edge.label);
  }

  // --- an entity ---------------------------------------------------------------------------------------------------------

  function dossier(id) {
    const node = entities.get(id);
    const type = model.types.get(node.group);
    const shown = model.visible().statements;
    const all = edgesOf.get(id).flatMap((edge) => edge.statements);
    const passing = all.filter((index) => shown.has(index)).length;
    const heading = element("div", { class: "who" }, badge(node.group), element("div", {}, element("h2", { class: "long", dir: "auto" }, node.label), element("p", { class: "kind" }, type.label)));
    const aliases = node.aliases.length > 0
      ? element("p", { class: "aliases long" }, element("span", { class: "quiet" }, "also "), node.aliases.flatMap((alias, index) => [index > 0 ? ", " : "", name(alias)])) : null;
    const focusOn = model.state.focus === id ? model.state.depth : 0;
    const focus = element("div", { class: "actions" },
      element("span", { class: "quiet", id: "focus-label" }, "Show only"),
      element("div", { class: "switch small", role: "group", "aria-labelledby": "focus-label" },
        [1, 2, 3].map((depth) => element("button", { type: "button", "aria-pressed": String(focusOn === depth), onclick: () => explorer.focus(focusOn === depth ? null : id, depth) }, `${depth} ${depth === 1 ? "step" : "steps"}`))),
      element("button", { type: "button", class: "plain", onclick: () => explorer.search.askPath(id) }, "Path to …"));
    const told = edgesOf.get(id).filter((edge) => edge.statements.some((index) => shown.has(index)));
    const latest = (edge) => edge.statements.map((index) => data.articles[data.statements[index].article].date ?? "").reduce((a, b) => (a > b ? a : b));
    told.sort((a, b) => (latest(a) < latest(b) ? 1 : latest(a) > latest(b) ? -1 : a.label < b.label ? -1 : 1));
    const heads = element("h3", {}, count(passing, "statement"), passing < all.length ? element("span", { class: "quiet" }, ` of ${all.length}, by the filters`) : null);
    const rows = element("div", { class: "accordion" }, told.slice(0, SHOWN).map((edge) => fold(edge, id)));
    const more = told.length > SHOWN ? element("button", { type: "button", class: "plain", onclick: (event) => {
      rows.append(...told.slice(SHOWN).map((edge) => fold(edge, id)));
      event.target.remove();
    } }, `Show all ${told.length}`) : null;
    const links = node.links.length > 0 ? section("Elsewhere", element("ul", { class: "links" }, node.links.map((link) => element("li", {}, link.href ? outside(link.href, link.text) : name(link.text))))) : null;
    show("entity", heading, aliases, focus, element("section", {}, heads, rows, more), said(id, shown), links);
  }

  // What an entity is quoted as the source of.
  function said(id, shown) {
    const found = [...new Set((model.saidBy.get(id) ?? []).filter((index) => shown.has(index)).map((index) => data.statements[index].edge))];
    if (found.length === 0) return null;
    const list = element("ul", { class: "rows" }, found.slice(0, SHOWN).map((edge) => element("li", {}, edgeRow(edges.get(edge)))));
    const more = found.length > SHOWN ? element("button", { type: "button", class: "plain", onclick: (event) => {
      list.append(...found.slice(SHOWN).map((edge) => element("li", {}, edgeRow(edges.get(edge)))));
      event.target.remove();
    } }, `Show all ${found.length}`) : null;
    return section(`Is quoted for ${count(found.length, "claim")}`, list, more);
  }

  const outside = (href, text) => element("a", { href, rel: "noopener noreferrer", target: "_blank" }, name(text));

  // A line of a dossier that opens on its sentences; made only when opened.
  function fold(edge, id) {
    const shown = model.visible().statements;
    const indices = edge.statements.filter((index) => shown.has(index));
    const other = entities.get(edge.from === id ? edge.to : edge.from);
    const outward = edge.from === id || edge.arrows === "";
    const words = outward ? [relationWords(edge), name(other.label)] : [name(other.label), relationWords(edge), element("span", { class: "quiet" }, "this")];
    const summary = element("summary", {}, line(edge.tier),
      element("span", { class: "words" }, spaced(words), indices.length > 1 ? element("span", { class: "quiet" }, ` ×${indices.length}`) : null,
        saying(indices)));
    const details = element("details", { ontoggle: () => {
      if (details.open && details.childElementCount === 1) {
        const toOther = entityButton(other.id, { withBadge: true });
        details.append(element("div", { class: "inside" }, element("p", {}, toOther), indices.map((index) => card(index))));
      }
    } }, summary);
    return details;
  }

  // --- a line ------------------------------------------------------------------------------------------------------------

  function evidence(edgeId, statement = null) {
    const edge = edges.get(edgeId);
    const shown = model.visible().statements;
    const passing = edge.statements.filter((index) => shown.has(index) || index === statement);
    const indices = passing.length > 0 ? passing : edge.statements;
    const articles = new Set(indices.map((index) => data.statements[index].article));
    const outlets = new Set([...articles].map((index) => data.articles[index].source).filter(Boolean));
    const heading = element("h2", { class: "triple" }, spaced([entityButton(edge.from, { withBadge: true }), relationWords(edge), entityButton(edge.to, { withBadge: true })]));
    const sum = [count(indices.length, "statement"), `in ${count(articles.size, "article")}`, outlets.size > 1 ? `from ${outlets.size} outlets` : null].filter(Boolean).join(" ");
    const hidden = edge.statements.length - indices.length;
    show("edge", heading,
      element("p", { class: "sure" }, line(edge.tier), element("span", {}, data.tiers[edge.tier].sentence)),
      element("p", { class: "hint" }, sum + (hidden > 0 ? `; ${hidden} more by the filters hidden` : "")),
      indices.map((index) => card(index, index === statement)),
      others("Told otherwise", rivals(edge)), others("Another account", alternatives(edge)),
      others("Also between the two", edgesOf.get(edge.from).filter((other) => other !== edge && samePair(edge, other) && !rivals(edge).includes(other))));
  }

  const others = (heading, found) => (found.length === 0 ? null : section(heading, element("ul", { class: "rows" }, found.map((edge) => element("li", {}, edgeRow(edge))))));

  // One statement: who says it, the sentence with its marks, where it stands.
  function card(index, chosen = false) {
    const statement = data.statements[index];
    const article = data.articles[statement.article];
    const speaker = statement.speaker === null ? element("span", { class: "quiet" }, "The article itself")
      : [element("span", { class: "quiet" }, sayingWords(statement.kind) + " "), statement.speakerId && entities.has(statement.speakerId)
        ? element("button", { type: "button", class: "entity speaker", onclick: () => explorer.select({ entity: statement.speakerId }) }, name(statement.speaker))
        : element("strong", { class: "speaker" }, name(statement.speaker))];
    const quote = element("blockquote", { dir: "auto" }, statement.evidence.map((sentence) => element("p", {}, sentence.map(([words, roles]) => mark(words, roles)))));
    const title = article.title || article.id;
    const where = element("p", { class: "where" },
      article.link ? outside(article.link, title) : element("cite", {}, name(title)),
      element("span", { class: "quiet" }, [article.source, day(article.date)].filter(Boolean).flatMap((part) => [" · ", name(part)])));
    return element("article", { class: "card tier-" + statement.tier + (chosen ? " chosen" : ""), "data-statement": statement.id },
      element("div", { class: "card-top" }, element("span", { class: "said" }, speaker), element("span", { class: "chip" }, data.tiers[statement.tier].label)),
      quote, where, facts(statement), element("button", { type: "button", class: "plain copy", onclick: (event) => copy(statement, event.target) }, "Copy citation"));
  }

  function sayingWords(kind) {
    if (!kind) return "According to";
    const words = kind.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[-_]/g, " ").toLowerCase();
    return words === "according to" ? "According to" : words[0].toUpperCase() + words.slice(1) + (words.endsWith(" by") ? "" : " by");
  }

  function mark(words, roles) {
    if (!roles) return words;
    const parts = roles.split(" ");
    const role = ["trigger", "subject", "object"].find((one) => parts.includes(one));
    return element("mark", { class: role, "data-roles": roles, title: parts.join(" and ") }, words);
  }

  function facts(statement) {
    const rows = Object.entries(statement.qualifiers).map(([key, value]) => {
      const interval = key === "time" && statement.interval ? interv(statement.interval) : null;
      return [key, [name(String(value)), interval && interval !== value ? element("span", { class: "quiet" }, ` (${interval})`) : null]];
    });
    if (statement.confidence !== null) rows.push(["confidence", [meter(statement.confidence)]]);
    if (statement.origin) rows.push(["found by", [element("span", { class: "origin" }, statement.origin)]]);
    return rows.length === 0 ? null : element("dl", {}, rows.map(([key, value]) => element("div", {}, element("dt", {}, key), element("dd", {}, value))));
  }

  function interv([start, end]) {
    if (start && end) return start.slice(0, 10) === end.slice(0, 10) ? day(start) : `${day(start)} – ${day(end)}`;
    return start ? `from ${day(start)}` : `until ${day(end)}`;
  }

  function meter(value) {
    const fill = element("span", { class: "fill" });
    fill.style.width = `${Math.round(value * 100)}%`;
    return element("span", { class: "meter" }, element("span", { class: "track", "aria-hidden": "true" }, fill), `${Math.round(value * 100)} %`);
  }

  function citation(statement) {
    const article = data.articles[statement.article];
    const quote = statement.evidence.map((sentence) => sentence.map(([words]) => words).join("")).join(" ");
    return [`“${quote}”`, article.title, article.source, day(article.date), article.link].filter(Boolean).join(" — ");
  }

  async function copy(statement, button) {
    try {
      await navigator.clipboard.writeText(citation(statement));
      button.textContent = "Copied";
    } catch {
      // Not allowed here (an old browser, a frame): offer the text, selected, to copy by hand.
      const text = element("textarea", { class: "citation", readonly: true, "aria-label": "Citation" });
      text.value = citation(statement);
      button.replaceWith(text);
      text.select();
    }
  }

  // --- a path ------------------------------------------------------------------------------------------------------------

  function path(start, goal, steps) {
    const heading = element("h2", { class: "triple" }, entityButton(start, { withBadge: true }), element("span", { class: "relation" }, " to "), entityButton(goal, { withBadge: true }));
    if (!steps) {
      show("path", heading, element("p", { class: "hint" }, "No path: no statements that pass the filters connect the two."));
      return;
    }
    const shown = model.visible().statements;
    show("path", heading, element("p", { class: "hint" }, `Connected in ${count(steps.length, "step")}`), element("ol", { class: "steps" }, steps.map((edge) => {
      const index = edge.statements.find((one) => shown.has(one)) ?? edge.statements[0];
      return element("li", {}, edgeRow(edge), card(index));
    })));
  }

  return { overview, dossier, evidence, path, citation };
})();
