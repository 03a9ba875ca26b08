"""Corpora of relations as records in the vocabulary of the ontology."""

from __future__ import annotations

import json
from pathlib import Path

from kg.ontology import load_ontology
from kg.training import relation_sources
from kg.training.relation_sources import read_core, read_knowledgenet, read_prose


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


def test_prose_of_our_own_is_complete_and_its_statements_are_of_the_mentions_nearest_to_each_other(
    tmp_path: Path,
) -> None:
    (tmp_path / "one.txt").write_text(
        """# id: own-01
# title: A visit
# date: 2020-01-01
# entities
e1 Person Ann Lee
e2 Country Chile
e3 Person Bob Ray
# marked
1 [[Ann Lee|e1]], [[the president of [[Chile|e2]]|e1]], arrived.
2 [[She|e1]] met [[Bob Ray|e3]].
# statements
e1 leads e2 @1
e1 metWith e3 @2
e3 basedIn e2 @2
"""
    )
    (article,) = read_prose(tmp_path)
    assert (article.complete, article.weight) == (None, 1.0)
    text = article.record["text"]
    spans = [[s["subject_span"], s["object_span"]] for s in article.record["statements"]]
    words = [[span and text[slice(*span)] for span in ends] for ends in spans]
    assert words == [["the president of Chile", "Chile"], ["She", "Bob Ray"], [None, None]]
