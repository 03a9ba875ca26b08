"""The sample articles and their gold annotations agree with each other, with the readers and with the ontology."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.documents import read_documents
from kg.ontology import load_ontology
from kg.records import Article
from kg.training.annotation import read_annotations

DATA = Path(__file__).parent.parent / "data"
GOLD = list(read_annotations(DATA / "gold"))
PROSE = list(read_annotations(DATA / "training"))
REGENERATE = "python -m kg.training.annotation data/gold > data/gold/gold.jsonl"

Record = dict[str, Any]
each_article = pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {article.title: article for article in read_documents([DATA / "articles"])}


def named(gold: Record, entity: str) -> Any:
    return next(e["name"] for e in gold["entities"] if e["id"] == entity)


def test_every_article_is_annotated_in_every_format(articles: dict[str, Article]) -> None:
    assert sorted(articles) == sorted(gold["title"] for gold in GOLD)
    assert len(articles) >= 12
    assert {file.suffix for file in (DATA / "articles").iterdir()} == {".md", ".txt", ".html", ".jsonl"}


def test_the_jsonl_is_what_the_sources_say() -> None:
    lines = (DATA / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == GOLD, f"run: {REGENERATE}"


@each_article
def test_the_annotated_text_is_the_text_that_is_read(gold: Record, articles: dict[str, Article]) -> None:
    article = articles[gold["title"]]
    assert article.text == gold["text"]
    assert str(article.date) == gold["date"]
    assert gold["id"].startswith(gold["date"])


@each_article
def test_articles_have_the_length_of_news(gold: Record) -> None:
    assert 150 <= len(gold["text"].split()) <= 350


@each_article
def test_types_and_relations_are_the_ontologys(gold: Record) -> None:
    ontology = load_ontology()
    types = {entity["id"]: entity["type"] for entity in gold["entities"]}
    for s in gold["statements"]:
        ends = types[s["subject"]], types[s["object"]]
        assert ontology.allows(s["relation"], *ends), (named(gold, s["subject"]), s["relation"], *ends)


@each_article
def test_names_stand_in_the_text(gold: Record) -> None:
    for entity in gold["entities"]:
        texts = {m["text"] for m in gold["mentions"] if m["entity"] == entity["id"]}
        # A country may be spoken of by its adjective alone; it is named all the same.
        assert entity["name"] in texts or entity["type"] == "Country", entity


@each_article
def test_statements_say_each_thing_once_with_the_words_of_their_sentence(gold: Record) -> None:
    keys = [(s["subject"], s["relation"], s["object"], s["attribution"], s["modality"]) for s in gold["statements"]]
    assert len(keys) == len(set(keys))
    for s in gold["statements"]:
        sentence = gold["text"][slice(*s["sentence"])]
        assert all(words in sentence for words in s["qualifiers"].values()), s
        here = {m["entity"] for m in gold["mentions"] if s["sentence"][0] <= m["start"] < s["sentence"][1]}
        assert here & {s["subject"], s["object"]}, s


def test_every_relation_and_every_modality_occurs() -> None:
    statements = [s for gold in GOLD for s in gold["statements"]]
    assert {s["relation"] for s in statements} == set(load_ontology().properties)
    assert {s["modality"] for s in statements} == {"actual", "possible", "planned", "wanted", "negated"}


def test_both_accounts_of_who_holds_trufanov_have_their_speaker() -> None:
    gold = next(gold for gold in GOLD if "abu-marzouk" in gold["id"])
    accounts = {
        (s["relation"], named(gold, s["object"]), named(gold, s["attribution"]), s["modality"])
        for s in gold["statements"]
        if named(gold, s["subject"]) == "Alexander Trufanov" and s["attribution"]
    }
    assert accounts == {
        ("heldBy", "Islamic Jihad", "Musa Abu Marzouk", "possible"),
        ("capturedBy", "Hamas fighters", "Israeli media", "actual"),
    }


# What the scorer of relations learns from, beside the corpora -------------------------------------------------------


def test_training_prose_has_each_article_once_and_is_no_gold() -> None:
    ids = [article["id"] for article in PROSE]
    assert len(ids) == len(set(ids)) >= 400
    assert not {article["text"] for article in PROSE} & {gold["text"] for gold in GOLD}


def test_training_prose_says_what_the_ontology_knows() -> None:
    ontology = load_ontology()
    for article in PROSE:
        types = {entity["id"]: entity["type"] for entity in article["entities"]}
        for s in article["statements"]:
            assert ontology.allows(s["relation"], types[s["subject"]], types[s["object"]]), (article["id"], s)


def test_training_prose_shows_every_relation_often() -> None:
    counts = Counter(s["relation"] for article in PROSE for s in article["statements"])
    assert {name for name in load_ontology().properties if counts[name] < 10} == set()


def test_statements_of_training_prose_are_told_apart_and_have_the_words_of_their_sentence() -> None:
    for article in PROSE:
        keys = [
            tuple(s[key] for key in ("subject", "relation", "object", "attribution", "modality"))
            for s in article["statements"]
        ]
        assert len(keys) == len(set(keys)), article["id"]
        for s in article["statements"]:
            sentence = article["text"][slice(*s["sentence"])]
            assert all(words in sentence for words in s["qualifiers"].values()), (article["id"], s)
