from __future__ import annotations

import pytest
from records_factory import reading, resolution, said

from kg.ontology import load_ontology
from kg.records import ArticleRecord, Corroboration
from kg.resolve.corroboration import corroborate, outlet

REPORT = (
    "[[Red Front|red:Organization]] bombed [[Eastport|port:Place]].\n"
    "The harbour stayed closed until the smoke had gone and the ships could be seen again.\n"
    "Two hundred traders lost everything they had in the halls that were built a hundred years ago."
)


def bombed(id: str, source: str | None, text: str = "[[Red Front|red:Organization]] bombed [[Eastport|port:Place]].",
           **rest: str) -> ArticleRecord:  # fmt: skip
    return reading(text, said("red", "attacked", "port", "bombed", **rest), id=id, source=source)


def claimed(id: str, source: str, **rest: str) -> ArticleRecord:
    text = "[[Red Front|red:Organization]] bombed [[Eastport|port:Place]], [[Ann Lee|ann:Person]] said."
    return bombed(id, source, text, by="ann", **rest)


def found(*records: ArticleRecord) -> Corroboration:
    return corroborate(records, resolution(records), load_ontology())


def counts(*records: ArticleRecord) -> list[int]:
    counted = found(*records).sources
    return [counted[statement.id] for record in records for statement in record.statements]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([bombed("a", "Post"), bombed("b", "Mail")], 2),
        ([bombed("a", "Post"), bombed("b", "Post")], 1),
        ([bombed("a", "https://www.post.example/1"), bombed("b", "https://post.example/2")], 1),
        ([bombed("a", None), bombed("b", None)], 2),
        ([bombed("a", "Post", REPORT), bombed("b", "Mail", REPORT)], 1),  # one report in two papers
        ([claimed("a", "Post"), claimed("b", "Mail")], 1),  # one speaker in two papers
        ([claimed("a", "Post"), bombed("b", "Mail")], 2),
        ([bombed("a", "Post"), bombed("b", "Mail", modality="possible")], 2),
    ],
)
def test_sources_that_do_not_depend_on_each_other(records: list[ArticleRecord], expected: int) -> None:
    assert counts(*records) == [expected] * len(records)


def test_a_plan_bears_no_fact_out() -> None:
    assert counts(bombed("a", "Post"), bombed("b", "Mail", modality="planned")) == [1, 1]


def test_a_symmetric_relation_is_one_statement_either_way_round() -> None:
    text = "[[Ann Lee|ann:Person]] met [[Bo Ray|bo:Person]]."
    one = reading(text, said("ann", "metWith", "bo", "met"), id="a", source="Post")
    two = reading(text, said("bo", "metWith", "ann", "met"), id="b", source="Mail")
    assert set(found(one, two).sources.values()) == {2}


def test_copies_name_the_first() -> None:
    assert found(bombed("a", "Post", REPORT), bombed("b", "Mail", REPORT)).copies == {"b": "a"}


def test_outlets() -> None:
    article = bombed("a", "The Daily Post").article
    assert outlet(article) == "the daily post"
