// The SPARQL editor: sends the query to /sparql and shows rows or triples. What comes back is set as text, never as markup.
"use strict";

const at = (id) => document.getElementById(id);
const known = JSON.parse(at("known").textContent);
const SHOWN = 1000; // rows on the page; the files have all
const START = "SELECT ?who ?relation ?whom\nWHERE {\n  ?statement rdf:subject/rdfs:label ?who ;\n    rdf:predicate/rdfs:label ?relation ;\n    rdf:object/rdfs:label ?whom .\n}\nLIMIT 25\n";
const SAVED = { csv: "text/csv", json: "application/sparql-results+json", xml: "application/sparql-results+xml" };
let running = null;

function make(name, text, attributes = {}) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function short(iri) {
  let best = "";
  for (const [prefix, start] of Object.entries(known.prefixes))
    if (iri.startsWith(start) && start.length > (known.prefixes[best] ?? "").length) best = prefix;
  const rest = best && iri.slice(known.prefixes[best].length);
  return rest && !rest.includes("/") ? `${best}:${rest}` : `<${iri}>`;
}

function link(iri) {
  for (const kind of ["entity", "statement", "article"])
    if (iri.startsWith(known.prefixes[kind])) return `/${kind}/${iri.slice(known.prefixes[kind].length)}`;
  return null;
}

function cell(term) {
  const box = make("td");
  if (!term) return box;
  if (term.type === "uri") {
    const target = link(term.value);
    box.append(target ? make("a", short(term.value), { href: target }) : short(term.value));
  } else if (term.type === "triple") box.append(JSON.stringify(term.value));
  else box.append(term.value);
  if (term["xml:lang"]) box.append(make("span", ` @${term["xml:lang"]}`, { class: "soft" }));
  return box;
}

function showRows(found) {
  const rows = found.results.bindings;
  const table = make("table");
  const head = make("tr");
  for (const name of found.head.vars) head.append(make("th", name, { scope: "col" }));
  table.append(make("thead"));
  table.tHead.append(head);
  const body = make("tbody");
  for (const row of rows.slice(0, SHOWN)) {
    const line = make("tr");
    for (const name of found.head.vars) line.append(cell(row[name]));
    body.append(line);
  }
  table.append(body);
  at("answer").replaceChildren(table);
  return `${rows.length} row${rows.length === 1 ? "" : "s"}${rows.length > SHOWN ? `, the first ${SHOWN} shown` : ""}`;
}

function show(type, text) {
  if (!type.includes("json")) {
    at("answer").replaceChildren(make("pre", text));
    return "a graph, in Turtle";
  }
  const found = JSON.parse(text);
  if ("boolean" in found) {
    at("answer").replaceChildren(make("p", found.boolean ? "yes" : "no"));
    return "";
  }
  return showRows(found);
}

function ask(accept) {
  const body = new URLSearchParams({ query: at("query").value });
  if (at("facts").checked) body.set("facts", "true");
  running = new AbortController();
  return fetch("/sparql", { method: "POST", body, headers: { Accept: accept }, signal: running.signal });
}

async function run() {
  if (running) return;
  at("fault").textContent = "";
  at("state").textContent = "asking …";
  at("run").disabled = true;
  at("stop").disabled = false;
  const start = performance.now();
  try {
    const response = await ask("application/sparql-results+json, text/turtle;q=0.9");
    const text = await response.text();
    if (!response.ok) throw new Error(fault(text));
    const what = show(response.headers.get("Content-Type") ?? "", text);
    at("state").textContent = [what, `${Math.round(performance.now() - start)} ms`].filter(Boolean).join(", ");
  } catch (error) {
    at("state").textContent = "";
    at("answer").replaceChildren();
    at("fault").textContent = error.name === "AbortError" ? "stopped" : error.message;
  } finally {
    running = null;
    at("run").disabled = false;
    at("stop").disabled = true;
  }
}

function fault(text) {
  try {
    const problem = JSON.parse(text);
    return [problem.title, problem.where, problem.detail, problem.fix && `fix: ${problem.fix}`].filter(Boolean).join("\n");
  } catch {
    return text;
  }
}

async function save(suffix) {
  if (running) return;
  try {
    const response = await ask(`${SAVED[suffix]}, text/turtle;q=0.5`);
    if (!response.ok) throw new Error(fault(await response.text()));
    const turtle = (response.headers.get("Content-Type") ?? "").startsWith("text/turtle");
    const address = URL.createObjectURL(await response.blob());
    make("a", "", { href: address, download: `answer.${turtle ? "ttl" : suffix}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  } catch (error) {
    at("fault").textContent = error.message;
  } finally {
    running = null;
  }
}

for (const one of known.queries) at("stock").append(make("option", `${one.name}: ${one.description}`, { value: one.name }));
for (const suffix of Object.keys(SAVED)) {
  const button = make("button", `Save ${suffix.toUpperCase()}`, { type: "button" });
  button.addEventListener("click", () => save(suffix));
  at("save").append(button);
}
at("prefixes").textContent = Object.entries(known.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n");

// What a stock query must be told goes in where its author left room for it, to be filled in.
function filled(found) {
  const values = found.parameters
    .filter((one) => one.required)
    .map((one) => `\n  VALUES ?${one.name} { "…" } # ${one.meaning}`);
  return found.sparql.replace(/WHERE \{/, (start) => start + values.join(""));
}

function choose(name) {
  const found = known.queries.find((one) => one.name === name);
  at("stock").value = found ? name : "";
  at("query").value = found ? filled(found) : START;
}

at("stock").addEventListener("change", () => choose(at("stock").value));
at("run").addEventListener("click", run);
at("stop").addEventListener("click", () => running?.abort());
at("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
choose(decodeURIComponent(location.hash.slice(1)));
window.addEventListener("hashchange", () => choose(decodeURIComponent(location.hash.slice(1))));
