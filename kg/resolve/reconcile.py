"""Asking a service what it calls an entity, by the W3C Reconciliation Service API (0.2) of Wikidata and OpenRefine.

Nothing is asked unless the user calls for it. Answers are kept in ``reconciled.csv`` of the graph folder, those of no
match too: a name is asked once, and what a graph is derived from never comes from the network. Only an answer that the
service itself calls a match, and the only one, becomes a link.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import InputError, KGError, OutputError
from kg.inputs import ANSWERS
from kg.version import __version__

BATCH = 10  # queries in a request, which every service takes
TIMEOUT = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said to a name: ``iri`` and ``label`` of the one match, empty where there is none."""

    service: str
    type: str
    name: str
    iri: str = ""
    label: str = ""
    score: str = ""
    when: str = ""


_COLUMNS = [field.name for field in fields(Answer)]


class ServiceError(KGError):
    """A reconciliation service cannot be reached, or does not speak the protocol."""

    exit_code = 2


def ask(
    service: str,
    queries: Iterable[tuple[str, str]],
    *,
    types: Mapping[str, str] | None = None,
    known: Iterable[Answer] = (),
) -> Iterator[Answer]:
    """Answers for what is not known yet, as they come.

    :param service: the address of the service.
    :param queries: types and names.
    :param types: what the service calls a type, to ask for that type only.
    :raises ServiceError: if it cannot be asked.
    """
    have = {(answer.service, answer.type, answer.name) for answer in known}
    wanted = iter([query for query in dict.fromkeys(queries) if (service, *query) not in have])
    first = list(islice(wanted, BATCH))
    if not first:
        return
    space = _identifier_space(service)
    batch: Sequence[tuple[str, str]] = first
    while batch:
        yield from _batch(service, space, batch, types or {})
        batch = list(islice(wanted, BATCH))


def _identifier_space(service: str) -> str:
    space = _fetch(service).get("identifierSpace")
    if not isinstance(space, str) or not space.startswith(("http://", "https://")):
        raise ServiceError(
            "the service does not say what its identifiers begin with",
            where=service,
            fix="give the address of a Reconciliation Service API 0.2",
        )
    return space if space.endswith(("/", "#")) else space + "/"


def _batch(service: str, space: str, queries: Sequence[tuple[str, str]], types: Mapping[str, str]) -> Iterator[Answer]:
    asked = {
        f"q{number}": {"query": name, "limit": 3, **({"type": types[type_]} if type_ in types else {})}
        for number, (type_, name) in enumerate(queries)
    }
    found = _fetch(service, {"queries": json.dumps(asked)})
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for number, (type_, name) in enumerate(queries):
        result = found.get(f"q{number}")
        candidates = result.get("result") if isinstance(result, dict) else None
        if not isinstance(candidates, list):
            raise ServiceError(f"no answer for {name!r}", where=service, fix="try again later")
        matches = [it for it in candidates if isinstance(it, dict) and it.get("match") is True and it.get("id")]
        if len(matches) == 1:
            match = matches[0]
            iri = space + urllib.parse.quote(str(match["id"]), safe=":/")
            yield Answer(service, type_, name, iri, str(match.get("name", "")), str(match.get("score", "")), when)
        else:
            yield Answer(service, type_, name, when=when)


def _fetch(service: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    if not service.startswith(("http://", "https://")):
        raise ServiceError(f"{service!r} is no web address", fix="begin it with https://")
    request = urllib.request.Request(  # http and https only, by the lines above
        service,
        data=urllib.parse.urlencode(form).encode() if form else None,
        headers={"Accept": "application/json", "User-Agent": f"newskg/{__version__}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            found = json.loads(answer.read())
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise ServiceError(
            f"cannot be asked: {error}", where=service, fix="check the address, try again later"
        ) from error
    if not isinstance(found, dict):
        raise ServiceError("answers with no JSON object", where=service, fix="check the address")
    return found


def read_cache(folder: Path) -> tuple[Answer, ...]:
    """All answers that are kept in a graph folder.

    :raises InputError: if the file cannot be read.
    """
    path = folder / ANSWERS
    if not path.is_file():
        return ()
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), fix="delete it, and ask again") from error
    if set(_COLUMNS) - set(rows.fieldnames or ()):
        raise InputError("is no file of answers", where=str(path), fix="delete it, and ask again")
    return tuple(Answer(**{name: row[name] or "" for name in _COLUMNS}) for row in rows)


def write_cache(folder: Path, answers: Iterable[Answer]) -> None:
    """Keep answers in a graph folder, in place of what is there.

    :raises OutputError: if they cannot be written.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(sorted(astuple(answer) for answer in answers))
    path = folder / ANSWERS
    try:
        path.with_suffix(".new").write_text(out.getvalue(), encoding="utf-8", newline="")
        path.with_suffix(".new").replace(path)
    except OSError as error:
        raise OutputError(f"cannot be written: {error}", where=str(path), fix="check its permissions") from error


def read_answers(folder: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """The links that services gave, by type and name."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for answer in read_cache(folder):
        if answer.iri:
            key = (answer.type, answer.name)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), answer.iri)))
    return found
