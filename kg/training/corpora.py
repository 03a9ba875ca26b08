"""Readers: one for each training corpus, all giving :class:`Example`.

A corpus need not annotate everything. What it does not annotate stays ``None`` and trains nothing.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.language.tokenizer import make_tokenizer
from kg.ontology import load_ontology
from kg.training.names import is_name, is_pronoun
from kg.training.stated import Stated, Statements, is_held_out

#: GUM documents whose texts have no clear open licence.
UNCLEAR_LICENCE = ("gum-GUM_conversation", "gum-GUM_court_carpet")


@dataclass(frozen=True, slots=True)
class Example:
    """Consecutive sentences of one document, in words, with what is annotated on them.

    ``starts`` are the numbers of the words that start a sentence. ``joined`` tells of each word that no white space
    stands before it, where the corpus says so. ``heads`` are word numbers, the root is its own head.
    ``tags`` has, for each tag layer annotated, one IOB2 tag a word. ``mentions`` have first word, end and what they
    refer to ("" for a phrase that no other refers back to), by the rules of ``scheme``; ``types`` are their entities'.
    ``pairs`` are the pairs of mentions between which relations may be stated.
    """

    doc: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    joined: tuple[bool, ...] | None = None
    upos: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deps: tuple[str, ...] | None = None
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mentions: tuple[tuple[int, int, str], ...] | None = None
    scheme: str = ""
    types: tuple[str, ...] = ()
    pairs: tuple[Stated, ...] | None = None


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
    doc, rows = "", []
    for line in lines(path):
        if line.startswith("# newdoc id = "):
            if sentences:
                yield sentences
            sentences, doc = [], line[14:].strip()
        elif line.strip() and not line.startswith("#"):
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line.strip() and rows:
            sentences.append(_conllu_sentence(doc, rows))
            rows = []
    if rows:
        sentences.append(_conllu_sentence(doc, rows))
    if sentences:
        yield sentences


def _conllu_sentence(doc: str, rows: Sequence[Sequence[str]]) -> Example:
    return Example(
        doc,
        words=tuple(row[1] for row in rows),
        starts=(0,),
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


def read_news(path: Path) -> Iterator[list[Example]]:
    """The annotated news articles: names, names inside names, nominals and relations. One example a paragraph.

    The boundaries of sentences are not annotated, those of paragraphs are. Articles that are held out teach no
    relations.
    """
    tokenizer = make_tokenizer()
    symmetric = load_ontology().symmetric
    for line in lines(path):
        record = json.loads(line)
        types = {entity["id"]: entity["type"] for entity in record["entities"]}
        mentions = [(m["start"], m["end"], types[m["entity"]], m["entity"]) for m in record["mentions"]]
        statements = Statements(record.get("statements", ()), symmetric)
        paragraphs: list[Example] = []
        offset = 0
        for paragraph in record["text"].split("\n\n"):
            inside = [
                (start - offset, end - offset, label, entity)
                for start, end, label, entity in mentions
                if offset <= start and end <= offset + len(paragraph)
            ]
            offset += len(paragraph) + 2
            doc = [token for token in tokenizer(paragraph) if not token.is_space]
            if doc:
                layers = _layers(paragraph, [mention[:3] for mention in inside])
                starts, ends = [t.idx for t in doc], [t.idx + len(t) for t in doc]
                tags = {layer: iob(starts, ends, found) for layer, found in layers.items()}
                words = tuple(token.text for token in doc)
                joined = tuple(a > 0 and a == b for a, b in zip(starts, [0, *ends], strict=False))
                before = offset - len(paragraph) - 2
                chars = {(*_covered(starts, ends, a, b), e): (a + before, b + before) for a, b, _, e in inside}
                spans = tuple(sorted((span for span in chars if span[0] < span[1]), key=lambda m: (m[0], -m[1])))
                pairs = statements.between([(chars[span], span[2], span[:2]) for span in spans], words)
                paragraphs.append(
                    Example(
                        record["id"],
                        words,
                        (),
                        joined,
                        tags=tags,
                        mentions=spans,
                        scheme="news",
                        types=tuple(types[entity] for *_, entity in spans),
                        pairs=None if is_held_out(record["id"]) else tuple(pairs),
                    )
                )
        yield paragraphs


def _layers(text: str, mentions: Sequence[tuple[int, int, str]]) -> dict[str, list[tuple[int, int, str]]]:
    """Nested mentions as flat layers: outermost names, names inside those, outermost nominals. Pronouns are in none."""
    names = [m for m in mentions if is_name(text[m[0] : m[1]])]
    nominals = [m for m in mentions if not is_name(text[m[0] : m[1]]) and not is_pronoun(text[m[0] : m[1]])]
    outer = _outermost(names)
    return {
        "names": outer,
        "inner": _outermost([name for name in names if name not in outer]),
        "nominals": _outermost(nominals),
    }


def _outermost(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _covered(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """First and end of the words that overlap the characters ``start``..``end``."""
    return bisect_right(ends, start), bisect_left(starts, end)


def iob(starts: Sequence[int], ends: Sequence[int], spans: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """IOB2 tags of words that lie at ``starts``..``ends``, for spans given in the same offsets."""
    tags = ["O"] * len(starts)
    for start, end, label in spans:
        for n, i in enumerate(range(*_covered(starts, ends, start, end))):
            tags[i] = f"{'I' if n else 'B'}-{label}"
    return tuple(tags)


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
