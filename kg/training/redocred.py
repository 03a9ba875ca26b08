"""Re-DocRED (Tan et al. 2022): Wikipedia's articles with nearly all that Wikidata's properties say of their names.

A property is stated of two entities of a document, and mostly with the sentences that say so. A passage here is one
sentence. What is stated of two names in it trains where the sentence alone is the evidence; where there is none told,
or it takes several, the relation is unclear there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import product
from pathlib import Path
from typing import Any

from kg.ontology import Ontology
from kg.training.corpora import lines
from kg.training.relation_sources import Annotated, joined
from kg.training.score import Record

#: Where it lies in the folder of the corpora; the part for training could not be had.
REDOCRED = ("corpora/relations/redocred_dev.jsonl.gz", "corpora/relations/redocred_test.jsonl.gz")

#: What a property is here, by the types of its ends, and whether it leads from object to subject.
_RELATIONS: Mapping[str, tuple[str, bool]] = {
    "P6": ("leads", True),
    "P19": ("bornIn", False),
    "P20": ("diedIn", False),
    "P22": ("parentOf", True),
    "P25": ("parentOf", True),
    "P26": ("spouseOf", False),
    "P27": ("citizenOf", False),
    "P35": ("leads", True),
    "P40": ("parentOf", False),
    "P50": ("created", True),
    "P57": ("created", True),
    "P58": ("created", True),
    "P69": ("educatedAt", False),
    "P86": ("created", True),
    "P102": ("memberOf", False),
    "P112": ("founded", True),
    "P123": ("created", True),
    "P127": ("owns", True),
    "P159": ("basedIn", False),
    "P170": ("created", True),
    "P175": ("created", True),
    "P176": ("created", True),
    "P178": ("created", True),
    "P276": ("locatedIn", False),
    "P355": ("partOf", True),
    "P463": ("memberOf", False),
    "P488": ("leads", True),
    "P551": ("basedIn", False),
    "P607": ("participatedIn", False),
    "P710": ("participatedIn", True),
    "P749": ("partOf", False),
    "P800": ("created", False),
    "P1344": ("participatedIn", False),
    "P3373": ("relativeOf", False),
}
#: Properties that may or may not be such a relation, or are it by what one knows and not by what the sentence says.
_UNCLEAR: Mapping[str, tuple[tuple[str, bool], ...]] = {
    "P17": (("locatedIn", False), ("basedIn", False), ("citizenOf", False)),
    "P54": (("memberOf", False), ("formerlyOf", False)),
    "P108": (("worksFor", False), ("officialOf", False), ("formerlyOf", False), ("memberOf", False)),
    "P131": (("locatedIn", False), ("basedIn", False)),
    "P162": (("created", True),),
    "P361": (("partOf", False), ("memberOf", False), ("locatedIn", False)),
    "P527": (("partOf", True), ("memberOf", True), ("locatedIn", True)),
    "P706": (("locatedIn", False),),
    "P740": (("basedIn", False),),
    "P937": (("basedIn", False),),
}
#: The relations of which all is annotated.
COMPLETE = frozenset(
    {"bornIn", "citizenOf", "created", "diedIn", "educatedAt", "founded", "owns", "parentOf", "participatedIn"}
    | {"spouseOf"}
)
_TYPES: Mapping[str, str] = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
#: What an end of a property is, where Re-DocRED's own types are too wide: subject and object.
_ENDS: Mapping[str, tuple[str, str]] = {
    "P17": ("", "Country"),
    "P27": ("", "Country"),
    "P35": ("Country", ""),
    "P495": ("", "Country"),
    "P607": ("", "Event"),
    "P710": ("Event", ""),
    "P1344": ("", "Event"),
    "P276": ("Event", ""),
    "P178": ("Product", ""),
    "P176": ("Product", ""),
    **dict.fromkeys(("P50", "P57", "P58", "P86", "P123", "P161", "P162", "P170", "P175", "P577"), ("Work", "")),
    "P800": ("", "Work"),
}
_WIDE = {"LOC": frozenset({"Country"}), "MISC": frozenset({"Event", "Product", "Work"})}

#: A pair of entities by their numbers, subject and object, and a relation.
_Fact = tuple[int, int, str]


def read_redocred(path: Path, ontology: Ontology, *, weight: float = 1.0) -> Iterator[Annotated]:
    """The sentences that hold two names or more, with what they say of them and the ontology allows."""
    for number, line in enumerate(lines(path)):
        document = json.loads(line)
        types = _types(document)
        stated, told = _facts(document)
        for n, words in enumerate(document["sents"]):
            said = {fact for fact in stated[n] if ontology.allows(fact[2], types[fact[0]], types[fact[1]])}
            mentions = [
                (entity, mention["pos"])
                for entity, them in enumerate(document["vertexSet"])
                for mention in them
                if mention["sent_id"] == n and types[entity]
            ]
            if len({entity for entity, _ in mentions}) > 1:
                yield Annotated(
                    _record(f"{path.name}-{number}-{n}", words, mentions, types, said, told), COMPLETE, weight
                )


def _types(document: Mapping[str, Any]) -> list[str]:
    """The type of each entity here; empty where it is not known. What properties tell comes first."""
    told: dict[int, str] = {}
    for label in document["labels"]:
        for end, name in zip((label["h"], label["t"]), _ENDS.get(label["r"], ("", "")), strict=True):
            if name in _WIDE.get(document["vertexSet"][end][0]["type"], ()):
                told.setdefault(end, name)
    return [told.get(n, _TYPES.get(mentions[0]["type"], "")) for n, mentions in enumerate(document["vertexSet"])]


def _facts(document: Mapping[str, Any]) -> tuple[Mapping[int, set[_Fact]], set[_Fact]]:
    """What each sentence says by itself, and all that the document says or may say."""
    stated: dict[int, set[_Fact]] = defaultdict(set)
    told: set[_Fact] = set()
    for label in document["labels"]:
        sure = _RELATIONS.get(label["r"])
        for relation, reverse in (*((sure,) if sure else ()), *_UNCLEAR.get(label["r"], ())):
            subject, obj = (label["t"], label["h"]) if reverse else (label["h"], label["t"])
            told.add((subject, obj, relation))
            if (relation, reverse) == sure and len(label["evidence"]) == 1:
                stated[label["evidence"][0]].add((subject, obj, relation))
    return stated, told


def _record(
    id: str,
    words: Sequence[str],
    mentions: Sequence[tuple[int, Sequence[int]]],
    types: Sequence[str],
    said: Set[_Fact],
    told: Set[_Fact],
) -> Record:
    """A sentence as a record: each pair of mentions of which something is said is a statement; what is only told of
    two entities has no mentions."""
    text, starts = joined(words)
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for entity, (first, end) in mentions:
        spans[entity].append((starts[first], starts[end - 1] + len(words[end - 1])))
    statements: list[dict[str, Any]] = []
    for subject, obj, relation in sorted(fact for fact in said | told if fact[0] in spans and fact[1] in spans):
        pairs = product(spans[subject], spans[obj]) if (subject, obj, relation) in said else [(None, None)]
        ends = {"subject": str(subject), "relation": relation, "object": str(obj)}
        statements += [ends | {"subject_span": a, "object_span": b} for a, b in pairs]
    return {
        "id": id,
        "text": text,
        "entities": [{"id": str(n), "type": types[n], "name": text[slice(*them[0])]} for n, them in spans.items()],
        "mentions": [{"start": a, "end": b, "entity": str(n)} for n, them in spans.items() for a, b in them],
        "statements": statements,
    }
