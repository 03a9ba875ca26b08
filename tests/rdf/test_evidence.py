"""Which statements their evidence holds: both ends and the trigger in one or two sentences of the article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from records_factory import reading, said

from kg.rdf.evidence import unsupported
from kg.records import ArticleRecord, Evidence, Span, Statement

RECORD = reading(
    "[[Ann Lee|ann:Person]] met [[Bo Ray|bo:Person]].\n[[They|they:Group]] parted.", said("ann", "metWith", "bo", "met")
)
[HELD] = RECORD.statements


def forged(**changes: object) -> Evidence:
    """Evidence that its constructor would refuse, as a file changed by hand or a careless copy may bring it."""
    made = object.__new__(Evidence)
    for name in Evidence.__slots__:
        object.__setattr__(made, name, changes.get(name, getattr(HELD.evidence, name)))
    return made


def judged(statement: Statement, record: ArticleRecord = RECORD) -> int:
    return len(unsupported(replace(record, statements=(statement,))))


def test_statements_with_their_words_are_held() -> None:
    assert unsupported(RECORD) == ()


OTHER = Span(len("Ann Lee met Bo Ray."), len("Ann Lee met Bo Ray. They parted."), "\nThey parted.")
CASES = {
    "the words stand elsewhere": forged(trigger=Span(8, 11, "saw")),
    "only another sentence is cited": forged(sentences=(OTHER,)),
    "no sentence": forged(sentences=()),
    "three sentences": forged(sentences=(*HELD.evidence.sentences * 2, OTHER)),
    "another article": forged(article="b"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_statement_whose_evidence_lacks_its_words_is_found(case: str) -> None:
    assert judged(replace(HELD, evidence=CASES[case])) == 1


def test_a_second_sentence_may_hold_an_end() -> None:
    assert judged(replace(HELD, evidence=forged(sentences=(*HELD.evidence.sentences, OTHER)))) == 0


def test_the_ends_are_those_of_the_statement() -> None:
    they = next(mention for mention in RECORD.mentions if mention.text == "They")
    assert judged(replace(HELD, object=they)) == 1


def test_a_text_that_has_shifted_holds_nothing() -> None:
    moved = replace(RECORD, article=replace(RECORD.article, text=" " + RECORD.article.text))
    assert unsupported(moved) == moved.statements
