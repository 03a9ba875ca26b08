"""Statements and the articles behind them, as the page has them: plain JSON, and nothing said twice.

A sentence that several statements come from is there once. What a statement lacks is left out; ``page/model.js`` fills
it in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.ids import article_iri
from kg.view.theme import tier_of

if TYPE_CHECKING:
    import networkx as nx

ROLES = ("subject", "trigger", "object")
QUALIFIERS = ("time", "place", "position", "status", "number")

Row = tuple[str, str, Any, Mapping[str, Any]]


def rows(network: nx.MultiDiGraph[str]) -> list[Row]:
    """The edges by date, article and id."""
    edges: list[Row] = list(network.edges(keys=True, data=True))
    return sorted(edges, key=lambda row: (row[3].get("date") or "", row[3].get("article") or "", str(row[2])))


def articles(edges: Sequence[Row], *, base: str) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The articles by date, and where each stands among them."""
    found: dict[str, dict[str, Any]] = {}
    for _, _, _, data in edges:
        if data.get("article") is None or data["article"] in found:
            continue
        source = data.get("source")
        link = web_link(data.get("url")) or web_link(source)
        found[data["article"]] = {
            "id": data["article"],
            "iri": article_iri(base, data["article"]),
            "title": data.get("title") or "",
            "date": data.get("date"),
            "source": (urlsplit(link).hostname or source) if link and link == source else source,
            "link": link,
            "copyOf": data.get("copy_of"),
        }
    ordered = sorted(found.values(), key=lambda row: (row["date"] or "", row["id"]))
    return ordered, {row["id"]: index for index, row in enumerate(ordered)}


class Sentences:
    """The texts of evidence, each once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._number: dict[str, int] = {}

    def add(self, evidence: Mapping[str, Any]) -> dict[str, Any]:
        """Which text it is and which of its words are marked; offsets become those of JavaScript's strings."""
        text = evidence["text"]
        number = self._number.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        spans = {role: evidence[role] for role in ROLES if evidence.get(role) is not None}
        return {"text": number, **{role: [_units(text, at) for at in span] for role, span in spans.items()}}


def statement(row: Row, article_index: Mapping[str, int], sentences: Sentences) -> dict[str, Any]:
    """One statement. Its relation's words and direction are told once for all of that relation."""
    subject, obj, key, data = row
    full = {
        "id": str(key),
        "subject": subject,
        "object": obj,
        "relation": data["relation"],
        "tier": tier_of(data["modality"], attributed=bool(data.get("speaker") or data.get("attribution_kind"))),
        "speaker": data.get("speaker"),
        "speakerId": data.get("speaker_id"),
        "kind": data.get("attribution_kind"),
        "confidence": data.get("confidence"),
        "article": article_index.get(data.get("article") or ""),
        "evidence": [sentences.add(part) for part in data.get("evidence") or ()],
        "qualifiers": {name: data[name] for name in QUALIFIERS if data.get(name)},
        "interval": _interval(data.get("time_start"), data.get("time_end")),
        "origin": data.get("origin"),
        "independent": data.get("independent"),
        "against": data.get("contradicts"),
    }
    return {name: value for name, value in full.items() if value not in (None, {}, [])}


def web_link(source: object) -> str | None:
    """``source`` where it is an http or https address, else ``None``: ``javascript:`` and the like become no link."""
    if not isinstance(source, str) or any(char.isspace() or ord(char) < 32 for char in source):
        return None
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    return source if parts.scheme in ("http", "https") and parts.netloc else None


def _interval(start: object, end: object) -> list[str | None] | None:
    """First and last day, as far as they are days (``2031-03-01``, also with a time after them)."""
    days = [str(day)[:10] if day and re.match(r"\d{4}-\d\d-\d\d", str(day)) else None for day in (start, end)]
    return days if any(days) else None


def _units(text: str, at: int) -> int:
    """An offset in code points, within the text, as one in UTF-16 code units."""
    at = min(max(at, 0), len(text))
    return at + sum(ord(char) > 0xFFFF for char in text[:at]) if not text.isascii() else at
