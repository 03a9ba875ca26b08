// The panel's pages on a line and on a path: the sentences, who says so, where, and what stands against it.
"use strict";

explorer.evidence = (() => {
  const { data, articles, entities, edges, edgesOf, articleOf, pieces, quote } = explorer.model;
  const { panel } = explorer;
  const { element, line, name, entityButton, day, count } = explorer.dom;
  const SHOWN = 40; // statements of one line before "Show all"

  function open(edgeId, statement = null) {
    const edge = edges.get(edgeId);
    const passing = edge.statements.filter((index) => explorer.facets.passes(index) || index === statement);
    const indices = passing.length > 0 ? passing : edge.statements;
    const heading = element("h2", { class: "triple" }, panel.spaced([entityButton(edge.from, { withBadge: true }), panel.relationWords(edge), entityButton(edge.to, { withBadge: true })]));
    const against = panel.rivals(edge);
    const also = edgesOf(edge.from).filter((other) => other !== edge && panel.samePair(edge, other) && !against.includes(other));
    panel.show("edge", heading,
      element("p", { class: "sure" }, line(edge.tier), element("span", {}, data.tiers[edge.tier].sentence)),
      element("p", { class: "hint" }, sum(edge, indices)),
      ...panel.rows(statement === null ? indices : [statement, ...indices.filter((index) => index !== statement)], (index) => card(index, index === statement), SHOWN, "cards"),
      others("Told otherwise", against), others("Another account", panel.alternatives(edge)), others("Also between the two", also));
  }

  // "3 statements in 2 articles, told by 2 independent sources in all; 1 more by the filters hidden"
  function sum(edge, indices) {
    const among = new Set(indices.map((index) => data.statements[index].article));
    const words = [count(indices.length, "statement"), `in ${count(among.size, "article")}`].join(" ");
    const sources = edge.statements.length > 1 || edge.sources > 1 ? `, told by ${edge.sources === 1 ? "one source" : `${edge.sources} independent sources`} in all` : "";
    const hidden = edge.statements.length - indices.length;
    return words + sources + (hidden > 0 ? `; ${hidden} more by the filters hidden` : "");
  }

  const others = (heading, found) => (found.length === 0 ? null : panel.section(heading, ...panel.rows(found, panel.edgeRow, SHOWN)));

  // One statement: who says it, the sentence with its marks, where it stands.
  function card(index, chosen = false) {
    const statement = data.statements[index];
    const article = articleOf(statement);
    const title = article.title || article.id;
    const said = element("blockquote", { dir: "auto" }, statement.evidence.map((part) => element("p", {}, pieces(part).map(([words, roles]) => mark(words, roles)))));
    const where = element("p", { class: "where" },
      article.link ? panel.outside(article.link, title) : element("cite", {}, name(title)),
      element("span", { class: "quiet" }, [article.source, day(article.date)].filter(Boolean).flatMap((part) => [" · ", name(part)])),
      article.copyOf ? element("span", { class: "quiet" }, " · a copy of ", name(articles.get(article.copyOf)?.title || article.copyOf)) : null);
    return element("article", { class: "card tier-" + statement.tier + (chosen ? " chosen" : ""), "data-statement": statement.id },
      element("div", { class: "card-top" }, element("span", { class: "said" }, speaker(statement)), element("span", { class: "chip" }, data.tiers[statement.tier].label)),
      said, where, facts(statement), element("button", { type: "button", class: "plain copy", onclick: (event) => copy(statement, event.target) }, "Copy citation"));
  }

  function speaker(statement) {
    if (statement.speaker === null) return element("span", { class: "quiet" }, "The article itself");
    const known = statement.speakerId && entities.has(statement.speakerId);
    return [element("span", { class: "quiet" }, sayingWords(statement.kind) + " "),
      known ? element("button", { type: "button", class: "entity speaker", onclick: () => explorer.select({ entity: statement.speakerId }) }, name(statement.speaker))
        : element("strong", { class: "speaker" }, name(statement.speaker))];
  }

  function sayingWords(kind) {
    if (!kind) return "According to";
    const words = kind.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[-_]/g, " ").toLowerCase();
    return words === "according to" ? "According to" : words[0].toUpperCase() + words.slice(1) + (words.endsWith(" by") ? "" : " by");
  }

  function mark(words, roles) {
    if (roles.length === 0) return words;
    const role = ["trigger", "subject", "object"].find((one) => roles.includes(one));
    return element("mark", { class: role, "data-roles": roles.join(" "), title: roles.join(" and ") }, words);
  }

  function facts(statement) {
    const rows = Object.entries(statement.qualifiers).map(([key, value]) => {
      const when = key === "time" && statement.interval ? interval(statement.interval) : null;
      return [key, [name(String(value)), when && when !== value ? element("span", { class: "quiet" }, ` (${when})`) : null]];
    });
    if (statement.confidence !== null) rows.push(["confidence", [meter(statement.confidence)]]);
    if (statement.origin) rows.push(["found by", [element("span", { class: "origin" }, statement.origin)]]);
    return rows.length === 0 ? null : element("dl", {}, rows.map(([key, value]) => element("div", {}, element("dt", {}, key), element("dd", {}, value))));
  }

  function interval([start, end]) {
    if (start && end) return start === end ? day(start) : `${day(start)} – ${day(end)}`;
    return start ? `from ${day(start)}` : `until ${day(end)}`;
  }

  function meter(value) {
    const fill = element("span", { class: "fill" });
    fill.style.width = `${Math.round(value * 100)}%`;
    return element("span", { class: "meter" }, element("span", { class: "track", "aria-hidden": "true" }, fill), `${Math.round(value * 100)} %`);
  }

  // Quote, speaker, title, outlet, date and link, as one pastes them under a text.
  function citation(statement) {
    const article = articleOf(statement);
    const voice = statement.speaker === null ? null : `${sayingWords(statement.kind).toLowerCase()} ${statement.speaker}`;
    return [`“${quote(statement)}”`, voice, article.title, article.source, day(article.date), article.link].filter(Boolean).join(" — ");
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

  function path(start, goal, steps) {
    const heading = element("h2", { class: "triple" }, entityButton(start, { withBadge: true }), element("span", { class: "relation" }, " to "), entityButton(goal, { withBadge: true }));
    if (!steps) {
      panel.show("path", heading, element("p", { class: "hint" }, "No path: no facts or claims that pass the filters connect the two."));
      return;
    }
    panel.show("path", heading, element("p", { class: "hint" }, `Connected in ${count(steps.length, "step")}`), element("ol", { class: "steps" }, steps.map((edge) => {
      const index = edge.statements.find(explorer.facets.passes) ?? edge.statements[0];
      return element("li", {}, panel.edgeRow(edge), card(index));
    })));
  }

  return { open, card, path, citation };
})();
