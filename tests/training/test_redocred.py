"""Re-DocRED as records in the vocabulary of the ontology."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.ontology import load_ontology
from kg.training import redocred
from kg.training.redocred import read_redocred
from kg.training.relation_sources import Annotated

ONTOLOGY = load_ontology()
SENTENCES = [
    ["Ada", "Lind", "was", "born", "in", "Marl", ",", "Rhea", "."],
    ["Lind", "wrote", "Tides", "."],
]
ENTITIES = [
    [("PER", 0, 0, 2), ("PER", 1, 0, 1)],
    [("LOC", 0, 5, 6)],
    [("LOC", 0, 7, 8)],
    [("MISC", 1, 2, 3)],
]


def read(tmp_path: Path, *labels: tuple[str, int, int, list[int]]) -> list[Annotated]:
    document = {
        "title": "Ada Lind",
        "sents": SENTENCES,
        "vertexSet": [
            [{"type": kind, "sent_id": n, "pos": [start, end], "name": ""} for kind, n, start, end in mentions]
            for mentions in ENTITIES
        ],
        "labels": [{"r": name, "h": h, "t": t, "evidence": evidence} for name, h, t, evidence in labels],
    }
    path = tmp_path / "documents.jsonl"
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
    return list(read_redocred(path, ONTOLOGY))


def said(found: Annotated) -> set[tuple[str, str, str, bool]]:
    """Subject, relation, object, and whether mentions stand for them."""
    names = {entity["id"]: entity["name"] for entity in found.record["entities"]}
    return {
        (names[s["subject"]], s["relation"], names[s["object"]], s["subject_span"] is not None)
        for s in found.record["statements"]
    }


def test_what_one_sentence_says_trains_there(tmp_path: Path) -> None:
    [first] = read(tmp_path, ("P19", 0, 1, [0]))
    assert said(first) == {("Ada Lind", "bornIn", "Marl", True)}
    [statement] = first.record["statements"]
    assert first.record["text"][slice(*statement["object_span"])] == "Marl"


@pytest.mark.parametrize("evidence", [[], [1], [0, 1]])
def test_what_rests_on_no_or_other_sentences_is_unclear(tmp_path: Path, evidence: list[int]) -> None:
    [first] = read(tmp_path, ("P19", 0, 1, evidence))
    assert said(first) == {("Ada Lind", "bornIn", "Marl", False)}


def test_properties_lead_the_right_way_and_tell_types(tmp_path: Path) -> None:
    first, second = read(tmp_path, ("P50", 3, 0, [1]), ("P27", 0, 2, [0]))
    assert said(second) == {("Lind", "created", "Tides", True)}
    assert said(first) == {("Ada Lind", "citizenOf", "Rhea", True)}
    types = {entity["name"]: entity["type"] for one in (first, second) for entity in one.record["entities"]}
    assert types == {"Ada Lind": "Person", "Lind": "Person", "Marl": "Place", "Rhea": "Country", "Tides": "Work"}


def test_what_may_be_one_of_several_relations_is_unclear(tmp_path: Path) -> None:
    [first] = read(tmp_path, ("P131", 1, 2, [0]))
    assert said(first) == {("Marl", "locatedIn", "Rhea", False), ("Marl", "basedIn", "Rhea", False)}


def test_a_name_of_no_known_type_is_no_mention(tmp_path: Path) -> None:
    [first] = read(tmp_path)
    assert {entity["name"] for entity in first.record["entities"]} == {"Ada Lind", "Marl", "Rhea"}


def test_every_relation_is_one_of_the_ontology() -> None:
    tables: list[Any] = [redocred._RELATIONS.values(), *redocred._UNCLEAR.values()]
    used = {relation for table in tables for relation, _ in table}
    assert used <= set(ONTOLOGY.properties)
    assert used >= redocred.COMPLETE
