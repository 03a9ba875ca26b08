"""Scores of predicted annotations against gold ones, both in the record format of ``kg export -o FILE.jsonl``.

A predicted entity stands for the gold entity with which it shares most mentions (overlapping by at least half of their
union; a shared name counts double). A predicted statement is right when the gold record has the same subject, relation
and object; symmetric relations either way round.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import InputError
from kg.training.coreference import coreference
from kg.training.names import is_name

Record = Mapping[str, Any]
Key = tuple[str, str, str]
#: Two mentions are the same from this :func:`overlap` on.
ALIGNED = 0.5


@dataclass(frozen=True, slots=True)
class _Said:
    modality: str
    source: str | None
    sentence: tuple[int, ...]


Statements = dict[Key, list[_Said]]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what is right, predicted and in the gold."""

    right: float
    predicted: float
    gold: float

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A statement of only one side. ``kind`` is ``missed`` (only gold has it) or ``wrong`` (only predicted).

    ``instead`` names the relations that the other side has between the same two.
    """

    kind: str
    subject: str
    relation: str
    object: str
    article: str
    sentence: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """``coref`` is the mean of MUC, B³ and CEAF-e F1; ``modality`` and ``attribution`` are shares of what is right."""

    names: Score
    name_spans: Score
    coref: float
    statements: Score
    macro: float
    named: Score
    pairs: Score
    modality: float
    attribution: float
    strict: Score
    relations: Mapping[str, Score] = field(default_factory=dict)
    misses: tuple[Miss, ...] = ()


@dataclass(slots=True)
class _Tally:
    """Counts so far; one entry a measure."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, gold: Collection[Any], predicted: Collection[Any]) -> None:
        self.right[measure] += len(set(gold) & set(predicted))
        self.predicted[measure] += len(predicted)
        self.gold[measure] += len(gold)

    def __getitem__(self, measure: str) -> Score:
        return Score(self.right[measure], self.predicted[measure], self.gold[measure])


def score(gold: Iterable[Record], predicted: Iterable[Record], *, symmetric: Collection[str]) -> Report:
    """Compare records matched by id; a gold record without a prediction counts as missed whole.

    :param symmetric: names of the relations that hold either way round.
    :raises InputError: if the texts of two records differ.
    """
    by_id = {record["id"]: record for record in predicted}
    tally, relations, stance = _Tally(), _Tally(), Counter[str]()
    misses: list[Miss] = []
    both: list[tuple[Record, Record]] = []
    for record in gold:
        empty = {"text": record["text"], "entities": [], "mentions": [], "statements": []}
        other = by_id.get(record["id"], empty)
        if other.get("text", record["text"]) != record["text"]:
            raise InputError(
                "the texts differ, offsets would not match", where=record["id"], fix="build from the gold texts"
            )
        both.append((record, other))
        tally.add("names", _names(record, record["text"], typed=True), _names(other, record["text"], typed=True))
        tally.add("spans", _names(record, record["text"], typed=False), _names(other, record["text"], typed=False))
        entity = _align(record, other)
        wanted = _statements(record, lambda e: e, symmetric)
        found = _statements(other, lambda e, entity=entity: entity.get(e) or f"?{e}", symmetric)  # type: ignore[misc]
        found = {key: value for key, value in found.items() if key[1] != key[2]}
        named = _named(record, record["text"]) | {f"?{e}" for e in _named(other, record["text"])}
        tally.add("statements", wanted, found)
        tally.add("named", *([key for key in side if key[1] in named and key[2] in named] for side in (wanted, found)))
        tally.add("pairs", *({frozenset(key[1:]) for key in side} for side in (wanted, found)))
        for relation in {key[0] for key in (*wanted, *found)}:
            relations.add(relation, *([key for key in side if key[0] == relation] for side in (wanted, found)))
        for key in wanted.keys() & found.keys():
            best = max((_stance(g, p) for g in wanted[key] for p in found[key]), key=sum)
            stance.update(n=1, modality=best[0], attribution=best[1], both=best == (1, 1))
        misses += _misses(record, other, wanted, found)
    in_gold = [relation for relation in relations.gold if relations.gold[relation]]
    statements = tally["statements"]
    return Report(
        names=tally["names"],
        name_spans=tally["spans"],
        coref=coreference(both),
        statements=statements,
        macro=sum(relations[relation].f1 for relation in in_gold) / max(1, len(in_gold)),
        named=tally["named"],
        pairs=tally["pairs"],
        modality=stance["modality"] / max(1, stance["n"]),
        attribution=stance["attribution"] / max(1, stance["n"]),
        strict=Score(stance["both"], statements.predicted, statements.gold),
        relations={relation: relations[relation] for relation in sorted({*relations.gold, *relations.predicted})},
        misses=tuple(misses),
    )


def right(gold: Record, predicted: Record, *, symmetric: Collection[str]) -> tuple[bool, ...]:
    """Whether each statement of a predicted record, in their order, is one of the gold record."""
    entity, wanted = _align(gold, predicted), _statements(gold, lambda e: e, symmetric)
    keys = (_key(s, lambda e: entity.get(e) or f"?{e}", symmetric) for s in predicted["statements"])
    return tuple(key in wanted for key in keys)


def _names(record: Record, text: str, *, typed: bool) -> set[tuple[Any, ...]]:
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    return {
        (m["start"], m["end"], types.get(m["entity"]) if typed else None)
        for m in record["mentions"]
        if is_name(text[m["start"] : m["end"]])
    }


def _named(record: Record, text: str) -> set[str]:
    return {m["entity"] for m in record["mentions"] if is_name(text[m["start"] : m["end"]])}


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """What two spans share, of what either covers."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0


def _align(gold: Record, predicted: Record) -> dict[str, str]:
    """Which gold entity each predicted one stands for."""
    spans = [((m["start"], m["end"]), m["entity"]) for m in gold["mentions"]]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in predicted["mentions"]:
        span = (mention["start"], mention["end"])
        best = max(spans, key=lambda g: overlap(span, g[0]), default=None)
        if best and overlap(span, best[0]) >= ALIGNED:
            votes[mention["entity"]][best[1]] += 2 if is_name(gold["text"][slice(*best[0])]) else 1
    return {entity: counts.most_common(1)[0][0] for entity, counts in votes.items()}


def _statements(record: Record, entity: Callable[[str], str], symmetric: Collection[str]) -> Statements:
    """What is said of each statement, by what it says."""
    known = {e["id"] for e in record["entities"]}
    out: dict[Key, list[_Said]] = defaultdict(list)
    for s in record["statements"]:
        by, key = s.get("attribution"), _key(s, entity, symmetric)
        said = _Said(s.get("modality", "actual"), entity(by) if by in known else by, tuple(s.get("sentence") or (0, 0)))
        out[key].append(said)
    return dict(out)


def _key(statement: Mapping[str, Any], entity: Callable[[str], str], symmetric: Collection[str]) -> Key:
    """What a statement says, whichever way round a symmetric one is."""
    ends = [entity(statement["subject"]), entity(statement["object"])]
    first, second = sorted(ends) if statement["relation"] in symmetric else ends
    return statement["relation"], first, second


def _stance(gold: _Said, predicted: _Said) -> tuple[int, int]:
    return int(gold.modality == predicted.modality), int(_same_source(gold.source, predicted.source))


def _same_source(a: str | None, b: str | None) -> bool:
    """Both none, the same entity, or phrases that share a word of four letters or more."""
    if not a or not b:
        return not a and not b
    words = [{word for word in phrase.lower().split() if len(word) > 3} for phrase in (a, b)]
    return a == b or bool(words[0] & words[1])


def _misses(record: Record, other: Record, wanted: Statements, found: Statements) -> Iterator[Miss]:
    names = {f"?{e['id']}": f"?{e['name']}" for e in other["entities"]} | {
        e["id"]: e["name"] for e in record["entities"]
    }
    for kind, side, rest in (("missed", wanted, found), ("wrong", found, wanted)):
        between: dict[frozenset[str], list[str]] = defaultdict(list)
        for relation, *ends in sorted(rest):
            between[frozenset(ends)].append(relation)
        for key in sorted(side.keys() - rest.keys()):
            relation, subject, obj = key
            sentence = record["text"][slice(*side[key][0].sentence)]
            instead = tuple(between[frozenset((subject, obj))])
            subject, obj = names.get(subject, subject), names.get(obj, obj)
            yield Miss(kind, subject, relation, obj, record["id"], sentence, instead)
