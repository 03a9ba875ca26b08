// Statements as Turtle, in the terms that the graph's own RDF uses. Strings are escaped, IRIs are checked: text stays text.
"use strict";

explorer.turtle = (() => {
  const { data, entities, articleOf, quote, types } = explorer.model;
  const KG = "https://w3id.org/newskg/ontology#";
  const PREFIXES = {
    dcterms: "http://purl.org/dc/terms/", kg: KG, owl: "http://www.w3.org/2002/07/owl#", prov: "http://www.w3.org/ns/prov#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    rdfs: "http://www.w3.org/2000/01/rdf-schema#", schema: "https://schema.org/", skos: "http://www.w3.org/2004/02/skos/core#", xsd: "http://www.w3.org/2001/XMLSchema#",
  };
  const MODALITY = { fact: "actual", claim: "actual" }; // tiers that have another name than their modality

  const hex = (char) => "\\u" + char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const literal = (text) => `"${text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd").replace(/["\\\u0000-\u001f\u007f-\u009f]/g, (char) => (char === '"' || char === "\\" ? "\\" + char : hex(char)))}"`;
  const iri = (text) => `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, hex)}>`;
  const term = (name) => iri(data.iris[name] ?? KG + name);
  const kgTerm = (name) => (/^[A-Za-z]\w*$/.test(name) ? "kg:" + name : iri(KG + name));
  const decimal = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value));
  const date = (text) => `${literal(text)}^^xsd:date`;

  const entityIri = (id) => iri(entities.get(id).iri ?? data.base + "entity/" + encodeURIComponent(id));
  const statementIri = (statement) => iri(data.base + "statement/" + statement.id);

  function block(subject, pairs) {
    const lines = pairs.filter(([, object]) => object !== null && object !== undefined).map(([predicate, object]) => `${predicate} ${object}`);
    return `${subject} ${lines.join(" ;\n    ")} .\n`;
  }

  function entity(id) {
    const node = entities.get(id);
    return block(entityIri(id), [["a", term(types.get(node.group).name)], ["rdfs:label", literal(node.label)],
      ...node.aliases.map((alias) => ["skos:altLabel", literal(alias)]), ...node.links.filter((link) => link.href).map((link) => ["owl:sameAs", iri(link.href)])]);
  }

  function article(one) {
    return block(iri(one.iri), [["a", "schema:NewsArticle"], ["dcterms:identifier", literal(one.id)], ["schema:headline", one.title ? literal(one.title) : null],
      ["schema:datePublished", one.date && /^\d{4}-\d\d-\d\d$/.test(one.date) ? date(one.date) : null], ["dcterms:source", one.link ?? one.source ? literal(one.link ?? one.source) : null]]);
  }

  function statement(one) {
    const source = articleOf(one);
    const known = one.speakerId !== null && entities.has(one.speakerId);
    return block(statementIri(one), [["a", "rdf:Statement"], ["rdf:subject", entityIri(one.subject)], ["rdf:predicate", term(one.relation)], ["rdf:object", entityIri(one.object)],
      ["kg:modality", kgTerm(MODALITY[one.tier] ?? one.tier)], ["kg:attributedTo", known ? entityIri(one.speakerId) : null],
      ["kg:attributedToPhrase", !known && one.speaker !== null ? literal(one.speaker) : null], ["kg:attributionKind", one.kind ? kgTerm(one.kind) : null],
      ["kg:confidence", one.confidence === null ? null : decimal(one.confidence)], ["kg:quote", literal(quote(one))],
      ...Object.entries(one.qualifiers).map(([name, value]) => [kgTerm(name), literal(String(value))]),
      ["prov:wasDerivedFrom", source.iri ? iri(source.iri) : null]]);
  }

  // The statements with these numbers, what they are about and where they stand. Only facts are also plain triples.
  function write(indices) {
    const statements = indices.map((index) => data.statements[index]);
    const about = new Set(statements.flatMap((one) => [one.subject, one.object, ...(one.speakerId !== null && entities.has(one.speakerId) ? [one.speakerId] : [])]));
    const facts = new Set(statements.filter((one) => one.tier === "fact" && (one.article !== null || data.iris[one.relation])).map((one) => `${entityIri(one.subject)} ${term(one.relation)} ${entityIri(one.object)} .\n`));
    const sources = [...new Set(statements.map((one) => one.article))].filter((number) => number !== null).sort((a, b) => a - b);
    return [
      Object.entries(PREFIXES).map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`).join(""),
      [...about].sort().map(entity).join(""), [...facts].join(""), statements.filter((one) => one.article !== null).map(statement).join(""), sources.map((number) => article(data.articles[number])).join(""),
    ].filter(Boolean).join("\n");
  }

  return { write };
})();
