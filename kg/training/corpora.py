"""Readers: one for each training corpus, all giving :class:`Example`.

A corpus need not annotate everything. What it does not annotate stays ``None`` and trains nothing.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.training.stated import Stated

#: GUM documents whose texts have no clear open licence.
UNCLEAR_LICENCE = ("gum-GUM_conversation", "gum-GUM_court_carpet")
#: The comment before the first sentence of a paragraph in CoNLL-U.
PARAGRAPH = "# newpar"


@dataclass(frozen=True, slots=True)
class Example:
    """Consecutive sentences of one document, in words, with what is annotated on them.

    ``starts`` are the numbers of the words that start a sentence, ``paragraphs`` of those that are known to start a
    paragraph. ``joined`` tells of each word that no white space stands before it, where the corpus says so. ``heads``
    are word numbers, the root is its own head.
    ``tags`` has, for each tag layer annotated, one IOB2 tag a word. ``mentions`` have first word, end and what they
    refer to ("" for a phrase that no other refers back to), by the rules of ``scheme``; ``types`` are their entities'.
    ``pairs`` are the pairs of mentions between which relations may be stated. Of an ``unlabelled`` text mentions and
    pairs are what a parser found, and nothing else is known.
    """

    doc: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    joined: tuple[bool, ...] | None = None
    paragraphs: tuple[int, ...] = ()
    upos: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deps: tuple[str, ...] | None = None
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mentions: tuple[tuple[int, int, str], ...] | None = None
    scheme: str = ""
    types: tuple[str, ...] = ()
    pairs: tuple[Stated, ...] | None = None
    unlabelled: bool = False


def check_files(root: Path, *names: str) -> None:
    """See whether all files are there.

    :raises InputError: if they are not.
    """
    if missing := [name for name in names if not (root / name).is_file()]:
        fix = "name the folder that holds corpora and corpus"
        raise InputError(f"not there: {', '.join(missing)}", where=str(root), fix=fix)


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from file


def read_conllu(path: Path) -> Iterator[list[Example]]:
    """Universal Dependencies (CoNLL-U): one list of sentences a document. Ranges and empty nodes are left out."""
    sentences: list[Example] = []
    doc, paragraph, rows = "", False, []
    for line in lines(path):
        if line.startswith("# newdoc id = "):
            if sentences:
                yield sentences
            sentences, doc = [], line[14:].strip()
        elif line.startswith(PARAGRAPH):
            paragraph = True
        elif line.strip() and not line.startswith("#"):
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line.strip() and rows:
            sentences.append(_conllu_sentence(doc, rows, paragraph=paragraph))
            paragraph, rows = False, []
    if rows:
        sentences.append(_conllu_sentence(doc, rows, paragraph=paragraph))
    if sentences:
        yield sentences


def _conllu_sentence(doc: str, rows: Sequence[Sequence[str]], *, paragraph: bool) -> Example:
    return Example(
        doc,
        words=tuple(row[1] for row in rows),
        starts=(0,),
        paragraphs=(0,) if paragraph else (),
        joined=(False, *("SpaceAfter=No" in row[9] for row in rows[:-1])),
        upos=tuple(row[3] for row in rows),
        heads=tuple(int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(rows)),
        deps=tuple(row[7] for row in rows),
    )


def read_tagged(path: Path, layer: str) -> Iterator[list[Example]]:
    """JSON lines with ``tokens`` and ``tags`` of one sentence (Groningen Meaning Bank, WikiGold)."""
    for line in lines(path):
        record = json.loads(line)
        tags = {layer: tuple(record["tags"])}
        yield [Example(record.get("doc", record["id"]), tuple(record["tokens"]), starts=(0,), tags=tags)]


def read_docred(path: Path) -> Iterator[list[Example]]:
    """DocRED: names in the sentences of a document."""
    for line in lines(path):
        record = json.loads(line)
        yield [
            Example(record["id"], tuple(word.strip() or "_" for word in words), (0,), tags={"docred": tuple(tags)})
            for words, tags in zip(record["sents"], record["tags"], strict=True)
        ]


def join(parts: Sequence[Example]) -> Example:
    """One example of several consecutive ones of a document."""
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part.words))
    pairs = list(zip(parts, offsets, strict=False))
    parsed = all(part.heads is not None for part in parts)
    spaced = all(part.joined is not None for part in parts)
    layers = set.intersection(*(set(part.tags) for part in parts))

    def chain(values: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(value for group in values for value in group or ())

    return Example(
        parts[0].doc,
        words=chain(part.words for part in parts),
        starts=tuple(start + offset for part, offset in pairs for start in part.starts),
        paragraphs=tuple(start + offset for part, offset in pairs for start in part.paragraphs),
        joined=chain(part.joined for part in parts) if spaced else None,
        upos=chain(part.upos for part in parts) if parsed else None,
        heads=tuple(head + offset for part, offset in pairs for head in part.heads or ()) if parsed else None,
        deps=chain(part.deps for part in parts) if parsed else None,
        tags={layer: chain(part.tags[layer] for part in parts) for layer in sorted(layers)},
        mentions=tuple((a + offset, b + offset, e) for part, offset in pairs for a, b, e in part.mentions or ())
        if all(part.mentions is not None for part in parts)
        else None,
        scheme=parts[0].scheme,
        types=chain(part.types for part in parts),
        pairs=_join_pairs(parts),
        unlabelled=parts[0].unlabelled,
    )


def _join_pairs(parts: Sequence[Example]) -> tuple[Stated, ...] | None:
    """The pairs of all parts, with the mentions numbered through."""
    joined: list[Stated] = []
    before = 0
    for part in parts:
        if part.pairs is None or part.mentions is None:
            return None
        joined += [p._replace(subject=p.subject + before, object=p.object + before) for p in part.pairs]
        before += len(part.mentions)
    return tuple(joined)
