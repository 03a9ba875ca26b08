// What the page knows: entities, lines between them, the statements behind the lines, sentences and articles. No drawing here.
"use strict";
const explorer = {};

explorer.model = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const entities = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const types = new Map(data.types.map((type) => [type.name, type]));
  const saidBy = new Map(); // the statements that an entity is the source of

  // What was left out because it is empty.
  data.nodes.forEach((node, index) => Object.assign(node, { index, aliases: node.aliases ?? [], same: node.same ?? [], links: node.links ?? [], home: node.home ?? -1, edges: [] }));
  data.statements.forEach((statement, index) => {
    statement.index = index;
    statement.from = data.nodes[statement.subject];
    statement.to = data.nodes[statement.object];
    [statement.subject, statement.object] = [statement.from.id, statement.to.id];
    for (const name of ["speaker", "speakerId", "kind", "confidence", "article", "interval", "origin"]) statement[name] ??= null;
    statement.evidence ??= [];
    statement.against ??= [];
    statement.qualifiers ??= {};
    statement.label = data.relations[statement.relation].label;
    if (statement.speakerId === null) return;
    if (!saidBy.has(statement.speakerId)) saidBy.set(statement.speakerId, []);
    saidBy.get(statement.speakerId).push(index);
  });
  data.edges.forEach((edge, index) => {
    const ends = { a: entities.get(edge.from), b: entities.get(edge.to) };
    Object.assign(edge, ends, { index, bend: edge.bend ?? 0, sources: edge.sources ?? 1, label: data.relations[edge.relation].label });
    for (const number of edge.statements) data.statements[number].edge = edge;
    edge.a.edges.push(edge);
    if (edge.b !== edge.a) edge.b.edges.push(edge);
  });

  const byId = new Map(data.statements.map((statement) => [statement.id, statement]));
  const articles = new Map(data.articles.map((article) => [article.id, article]));
  const NOWHERE = { id: "", title: "Made by the query, in no article", date: null, source: null, link: null };
  const articleOf = (statement) => (statement.article === null ? NOWHERE : data.articles[statement.article]);
  const edgesOf = (id) => entities.get(id).edges;
  const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);

  // The day on which an article was published, "" where that is unknown or no day.
  for (const article of [...data.articles, NOWHERE]) {
    const day = (article.date ?? "").slice(0, 10);
    article.day = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : "";
  }
  const dayOf = (statement) => articleOf(statement).day;

  const quote = (statement) => statement.evidence.map((part) => data.sentences[part.text]).join(" ");

  // A marked sentence cut where a mark starts or ends: pairs of words and the roles that cover them.
  function pieces(part) {
    const text = data.sentences[part.text];
    const marks = ["subject", "trigger", "object"].filter((role) => part[role]).map((role) => [role, ...part[role]]);
    const cuts = [...new Set([0, text.length, ...marks.flatMap(([, from, to]) => [from, to])])].sort((a, b) => a - b);
    return cuts.slice(1).map((to, index) => {
      const from = cuts[index];
      return [text.slice(from, to), marks.filter(([, start, end]) => start <= from && to <= end).map(([role]) => role)];
    });
  }

  return { data, byId, articles, entities, edges, edgesOf, saidBy, types, articleOf, otherEnd, dayOf, quote, pieces };
})();
