"""Extraction with entities and mentions given: the gold record's words become the spans that statements connect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import pytest
import spacy
from factory import doc
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import InputError
from kg.language.mentions import MENTIONS
from kg.lexicon import load_lexicon
from kg.ontology import load_ontology
from kg.reading import Reader
from kg.training.given import give_mentions, read_given
from kg.training.score import score
from kg.vocabulary import Vocabulary

TEXT = "Ada Rau met the mayor of Oslo."


def record(*mentions: tuple[str, str]) -> dict[str, Any]:
    return {
        "id": "a",
        "title": "",
        "date": "2024-05-01",
        "text": TEXT,
        "entities": [
            {"id": "e1", "type": "Person", "name": "Ada Rau"},
            {"id": "e2", "type": "Person", "name": "the mayor"},
            {"id": "e3", "type": "Place", "name": "Oslo"},
        ],
        "mentions": [
            {"start": TEXT.index(text), "end": TEXT.index(text) + len(text), "entity": entity, "text": text}
            for text, entity in mentions
        ],
        "statements": [],
    }


MENTIONED = (("Ada Rau", "e1"), ("the mayor of Oslo", "e2"), ("Oslo", "e3"))


def given(*mentions: tuple[str, str]) -> Doc:
    made = spacy.blank("en")(TEXT)
    give_mentions(made, record(*mentions))
    return made


def test_mentions_carry_type_and_entity() -> None:
    made = given(*MENTIONED)
    assert [(span.text, span.label_, span.id_) for span in made.spans[MENTIONS]] == [
        ("Ada Rau", "Person", "e1"),
        ("the mayor of Oslo", "Person", "e2"),
        ("Oslo", "Place", "e3"),
    ]
    assert [(span.text, span.label_) for span in made.ents] == [("Ada Rau", "Person"), ("Oslo", "Place")]


def test_a_piece_of_a_token_takes_the_token_unless_that_is_a_mention_itself() -> None:
    made = given(("sl", "e3"))
    assert [(span.text, span.id_) for span in made.spans[MENTIONS]] == [("Oslo", "e3")]
    for order in (("sl", "e1"), ("Oslo", "e3")), (("Oslo", "e3"), ("sl", "e1")):
        made = given(*order)
        assert [span.id_ for span in made.spans[MENTIONS]] == ["e3"]


@pytest.mark.parametrize("mention", [{"start": 0, "end": 99, "entity": "e1"}, {"start": 0, "end": 3, "entity": "e9"}])
def test_a_mention_that_is_none_is_refused(mention: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="mention at 0-"):
        give_mentions(spacy.blank("en")(TEXT), record() | {"mentions": [mention]})


class Parsed:
    """For a pipeline that parses: it knows one sentence."""

    pipe_names = ("kg_mentions", "lemmatizer")

    def pipe(self, pairs: Iterable[tuple[str, object]], **options: object) -> Iterator[tuple[Doc, object]]:
        assert options["disable"] == ["kg_mentions"]
        for text, context in pairs:
            made = doc(
                "Ada/PROPN/nsubj/3 Rau/PROPN/flat/1 met=meet/VERB/root/0 the/DET/det/5 mayor/NOUN/obj/3 "
                "of/ADP/case/7 Oslo/PROPN/nmod/5 ./PUNCT/punct/3"
            )
            assert made.text.strip() == text
            yield made, context


def test_statements_are_ours_and_the_rest_is_the_gold_record() -> None:
    ontology = load_ontology()
    reader = Reader(cast(Language, Parsed()), Vocabulary(ontology, load_lexicon(ontology)))
    gold = record(*MENTIONED)
    [(found, read)] = read_given(reader, [gold])
    said = {(s["subject"], s["relation"], s["object"]) for s in found["statements"]}
    assert said == {("e1", "metWith", "e2"), ("e2", "leads", "e3")}
    assert {key: found[key] for key in gold if key != "statements"} == {
        key: gold[key] for key in gold if key != "statements"
    }
    assert len(read.statements) == 2
    report = score([gold | {"statements": found["statements"]}], [found], symmetric=["metWith"])
    assert report.strict.f1 == report.names.f1 == 1.0
