"""Corpora of relations as records in the vocabulary of the ontology."""

from __future__ import annotations

import json
from pathlib import Path

from kg.ontology import load_ontology
from kg.training import relation_sources
from kg.training.relation_sources import read_core, read_knowledgenet


def write(path: Path, **record: object) -> Path:
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def test_knowledgenet_is_complete_for_what_it_says(tmp_path: Path) -> None:
    text = "Acme was founded by Ito, who was born in Oslo."
    at = {word: [text.index(word), text.index(word) + len(word)] for word in ("Acme", "Ito", "Oslo")}
    facts = [
        {"property": "FOUNDED_BY", "subject": at["Acme"], "object": at["Ito"]},
        {"property": "PLACE_OF_BIRTH", "subject": at["Ito"], "object": at["Oslo"]},
        {"property": "DATE_FOUNDED", "subject": at["Acme"], "object": at["Oslo"]},
    ]
    path = write(tmp_path / "kn.jsonl", id="k", text=text, exhaustive=["FOUNDED_BY", "DATE_FOUNDED"], facts=facts)
    [found] = read_knowledgenet(path)
    names = {entity["id"]: entity["name"] for entity in found.record["entities"]}
    said = {(names[s["subject"]], s["relation"], names[s["object"]]) for s in found.record["statements"]}
    assert said == {("Ito", "founded", "Acme"), ("Ito", "bornIn", "Oslo")}
    assert found.complete == {"founded"}
    founded = found.record["statements"][0]
    assert text[slice(*founded["subject_span"])] == "Ito"
    assert text[slice(*founded["object_span"])] == "Acme"


def test_a_passage_that_is_complete_for_nothing_here_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "kn.jsonl", id="k", text="Acme", exhaustive=["DATE_FOUNDED"], facts=[])
    assert list(read_knowledgenet(path)) == []


def test_core_relations_lead_the_right_way(tmp_path: Path) -> None:
    ends = {"e1_start": 0, "e1_end": 0, "e2_start": 3, "e2_end": 4}
    context = ["Rotor", "bought", "by", "Acme", "Works"]
    for invert, subject in ((0, "Acme Works"), (1, "Rotor")):
        path = write(
            tmp_path / "core.jsonl", id="c", context=context, relation="acquired_by", invert_relation=invert, **ends
        )
        [found] = read_core(path)
        names = {entity["id"]: entity["name"] for entity in found.record["entities"]}
        [statement] = found.record["statements"]
        assert (names[statement["subject"]], statement["relation"]) == (subject, "acquired")


def test_every_meaning_is_a_relation_of_the_ontology_between_such_types() -> None:
    ontology = load_ontology()
    for table in (relation_sources._KNOWLEDGENET, relation_sources._CORE):
        for relation, reverse, *types in table.values():
            subject, obj = reversed(types) if reverse else types
            assert ontology.allows(relation, subject, obj), relation
