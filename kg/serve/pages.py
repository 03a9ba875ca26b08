"""The pages: the start with its search, one entity, one article, the SPARQL editor. Only the editor needs a script.

Whatever articles say goes through :func:`esc`, and links only to http and https addresses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from string import Template
from typing import Any
from urllib.parse import quote, urlencode

from kg.query import stock
from kg.rdf.namespaces import prefixes
from kg.serve import answers
from kg.serve.calls import CALLS
from kg.serve.desk import Desk
from kg.serve.layout import esc, layout, own
from kg.view.statements import web_link
from kg.view.theme import tier_of, tiers_as_json, type_style

PAGE = 25  # statements or entities of a page
MARKS = ("subject", "trigger", "object")


def home(desk: Desk, *, name: str = "", offset: int = 0) -> str:
    """The start: what the graph is, and who in it answers to a name."""
    numbers = answers.summary(desk)
    found = answers.entities(desk, name=name, limit=PAGE, offset=offset)
    items = "".join(
        f"<li>{_entity_link(it['id'], it['label'], it['type'])}"
        + (f' <span class="soft">{esc(it["name"])}</span>' if it["name"] != it["label"] else "")
        + "</li>"
        for it in found["items"]
    )
    span = " to ".join(esc(numbers[key]) for key in ("first", "last") if numbers[key])
    what = f"{found['total']:,} entities" + (f" with “{esc(name)}” in a name" if name else "")
    body = (
        f'<p class="numbers"><b>{numbers["entities"]:,}</b> entities · '
        f"<b>{numbers['statements'] or 0:,}</b> statements · "
        f"<b>{numbers['articles']:,}</b> articles{f' · {span}' if span else ''}</p>"
        '<form class="search" action="/" role="search"><label for="name">Part of a name</label>'
        f'<input id="name" name="name" value="{esc(name)}" maxlength="200" autofocus><button>Search</button></form>'
        f'<h2>{what}</h2><ul class="entities">{items}</ul>{_pager(found, "/", {"name": name})}'
        f"<h2>Questions</h2><ul>{''.join(_question(one.name, one.description) for one in stock().values())}</ul>"
    )
    return layout(desk.title, desk.title, body)


def entity(desk: Desk, *, id: str, offset: int = 0) -> str:
    """One entity and what is said of it.

    :raises NotFoundError: if there is none with that id.
    """
    it = answers.entity(desk, id=id, limit=PAGE, offset=offset)
    here = f"/entity/{quote(id)}"
    style = type_style(it["type"], it["base_type"])
    aliases = "".join(f"<li>{esc(alias)}</li>" for alias in it["aliases"])
    links = "".join(f"<li>{_outside(link)}</li>" for link in it["links"])
    formats = " ".join(f'<a href="{here}.{suffix}">{label}</a>' for suffix, label in FORMATS.items())
    body = (
        f'<p class="type type-{esc(style.colour)}">{esc(style.label)}</p>'
        f"{f'<ul class=aliases aria-label=Aliases>{aliases}</ul>' if aliases else ''}"
        f"{f'<ul class=links aria-label=Links>{links}</ul>' if links else ''}"
        f'<p class="tools"><a class="button" href="/explorer?focus={quote(id)}">Explore around</a> {formats}</p>'
        f"<h2>{it['statements']:,} statement{'s' * (it['statements'] != 1)}</h2>"
        f'<ol class="said">{"".join(_card(one) for one in it["said"]["items"])}</ol>{_pager(it["said"], here, {})}'
    )
    return layout(it["label"], desk.title, body, alternates={suffix: f"{here}.{suffix}" for suffix in FORMATS})


def article(desk: Desk, *, id: str) -> str:
    """One article and all that it says.

    :raises NotFoundError: if there is none with that id.
    """
    it = answers.article(desk, id=id)
    about = " · ".join(part for part in (esc(it["date"] or ""), _outside(it["source"])) if part)
    body = (
        f'<p class="soft">{about}</p><p class="soft">{it["words"] or 0:,} words, {it["sentences"] or 0:,} sentences</p>'
        f"<h2>{len(it['statements']):,} statements</h2>"
        f'<ol class="said">{"".join(_card(one) for one in it["statements"])}</ol>'
    )
    return layout(it["title"] or id, desk.title, body)


def statement(desk: Desk, *, id: str) -> str:
    """One statement.

    :raises NotFoundError: if there is none with that id.
    """
    it = answers.statement(desk, id=id)
    words = f"{it['subject']['label']} {it['label']} {it['object']['label']}"
    return layout(words, desk.title, f'<ol class="said">{_card(it)}</ol>')


def editor(desk: Desk) -> str:
    """The SPARQL editor."""
    known = {
        "prefixes": prefixes(desk.store.base),
        "queries": [
            {key: one[key] for key in ("name", "description", "parameters", "sparql")} for one in answers.queries(desk)
        ],
    }
    text = json.dumps(known, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return layout("SPARQL", desk.title, Template(own("editor.html")).substitute(known=text), script="/static/editor.js")


def api(desk: Desk) -> str:
    """What the API has, for people."""
    rows = "".join(
        f"<tr><td><code>{esc(call.path.replace(':path', ''))}</code></td><td>{esc(call.summary)}</td>"
        f"<td>{esc(', '.join(field.name for field in call.fields))}</td></tr>"
        for call in CALLS
    )
    body = (
        '<p>All by GET, all answers in JSON. <a href="/openapi.json">openapi.json</a> describes them for programs.'
        " Faults come as problems (RFC 9457) that say what to do.</p>"
        "<table><thead><tr><th>Address</th><th>Gives</th><th>Takes</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    return layout("API", desk.title, body)


#: Suffixes of an entity's documents, and what they are called.
FORMATS: Mapping[str, str] = {"json": "JSON", "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}


def _card(it: Mapping[str, Any]) -> str:
    """A statement with its sentence, speaker and doubt."""
    tier = tier_of(it["modality"], attributed=bool(it["speaker"] or it["attribution_kind"]))
    voice = ""
    if it["speaker"]:
        name = esc(it["speaker"])
        voice = f' · <a href="/entity/{quote(it["speaker_id"])}">{name}</a>' if it["speaker_id"] else f" · {name}"
    facts = [f"{name}: {esc(it[name])}" for name in ("time", "place", "position", "status", "number") if it.get(name)]
    quotes = "".join(f"<q>{_marked(part)}</q>" for part in it["evidence"])
    where = f'<a href="/article/{quote(it["article"] or "", safe="")}">{esc(it["title"] or it["article"])}</a>'
    ends = [_entity_link(end["id"], end["label"], "") if end else "?" for end in (it["subject"], it["object"])]
    return (
        f'<li id="{esc(it["id"])}"><p class="triple">'
        f'{ends[0]} <span class="relation">{esc(it["label"])}</span> {ends[1]}</p>'
        f'<p class="how"><span class="tier tier-{tier}">{esc(TIERS[tier])}</span>{voice}</p>{quotes}'
        f'<p class="soft">{" · ".join([*facts, where, *([esc(it["date"])] if it["date"] else [])])}</p></li>'
    )


TIERS = {name: str(style["label"]) for name, style in tiers_as_json().items()}


def _marked(part: Mapping[str, Any]) -> str:
    """The sentence, cut where the words of an end or of the trigger start or stop."""
    text = part["text"]
    spans = {role: part[role] for role in MARKS if part.get(role)}
    cuts = sorted({0, len(text), *(min(max(at, 0), len(text)) for span in spans.values() for at in span)})
    pieces = []
    for start, end in pairwise(cuts):
        roles = " ".join(role for role, (left, right) in spans.items() if left <= start and end <= right)
        words = esc(text[start:end])
        pieces.append(f'<mark class="{roles}">{words}</mark>' if roles else words)
    return "".join(pieces)


def _entity_link(id: str, label: str, type: str) -> str:
    return f'<a href="/entity/{quote(id)}">{esc(label)}</a>' + (
        f' <span class="soft">{esc(type)}</span>' if type else ""
    )


def _outside(address: object) -> str:
    """A link to the web where it is one, the words where not."""
    link = web_link(address)
    if link is None:
        return esc(address or "")
    return f'<a href="{esc(link)}" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer">{esc(link)}</a>'


def _question(name: str, description: str) -> str:
    return f'<li><a href="/sparql#{esc(name)}">{esc(name)}</a> <span class="soft">{esc(description)}</span></li>'


def _pager(page: Mapping[str, Any], path: str, query: Mapping[str, str]) -> str:
    def link(offset: int, words: str, rel: str) -> str:
        address = f"{path}?{urlencode({**{k: v for k, v in query.items() if v}, 'offset': offset})}"
        return f'<a rel="{rel}" href="{esc(address)}">{words}</a>'

    links = [link(max(0, page["offset"] - page["limit"]), "← before", "prev")] if page["offset"] else []
    links += [link(page["offset"] + page["limit"], "more →", "next")] if page["more"] else []
    return f'<nav class="pager" aria-label="Pages">{" ".join(links)}</nav>' if links else ""
