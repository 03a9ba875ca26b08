"""Annotations in the marked-up form are read to the letter, and every slip is told with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.training.annotation import read_annotation, read_annotations

TEXT = """\
# id: a1
# title: Inspectors reach the plant
# date: 2022-09-01
# entities
e1 Person Rafael Grossi
e2 Organization IAEA
e3 Place Enerhodar
# marked
1 [[Rafael Grossi|e1]], [[the head of the [[IAEA|e2]]|e1]], has arrived.
2 [[He|e1]] “may” stay in [[Enerhodar|e3]].

3 “Not so,” said witnesses.
# statements
e1 leads e2 @1 position="head" time="since 2019"
e1 visited e3 @2 by="witnesses" mod=negated
e1 basedIn e3 @2 by=e1 mod=possible
"""


def test_the_text_is_the_sentences_without_their_marks() -> None:
    record = read_annotation(TEXT)
    assert record["text"] == (
        "Rafael Grossi, the head of the IAEA, has arrived. He “may” stay in Enerhodar.\n\n“Not so,” said witnesses."
    )
    assert (record["id"], record["title"], record["date"]) == ("a1", "Inspectors reach the plant", "2022-09-01")
    assert record["entities"][1] == {"id": "e2", "type": "Organization", "name": "IAEA"}


def test_mentions_keep_their_place_outer_ones_first() -> None:
    record = read_annotation(TEXT)
    found = [(record["text"][m["start"] : m["end"]], m["entity"]) for m in record["mentions"]]
    assert found == [
        ("Rafael Grossi", "e1"),
        ("the head of the IAEA", "e1"),
        ("IAEA", "e2"),
        ("He", "e1"),
        ("Enerhodar", "e3"),
    ]
    assert all(m["text"] == record["text"][m["start"] : m["end"]] for m in record["mentions"])


def test_statements_cite_a_sentence_and_keep_stance_and_qualifiers() -> None:
    record = read_annotation(TEXT)
    first, second, third = record["statements"]
    assert record["text"][slice(*first["sentence"])].startswith("Rafael Grossi, the head")
    assert (first["subject"], first["relation"], first["object"]) == ("e1", "leads", "e2")
    assert (first["attribution"], first["modality"]) == (None, "actual")
    assert first["qualifiers"] == {"position": "head", "time": "since 2019"}
    assert (second["attribution"], second["modality"]) == ("witnesses", "negated")
    assert (third["attribution"], third["modality"]) == ("e1", "possible")


def test_a_dash_is_no_date() -> None:
    assert read_annotation(TEXT.replace("2022-09-01", "-"))["date"] is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# marked", "# text", r"a1:8: unknown heading 'text'"),
        ("# date", "# day", r"a1:3: unknown heading 'day'"),
        ("# entities\n", "", r"a1:4: a line outside the sections"),
        ("e3 Place Enerhodar", "e3 Place", r"a1:7: cannot read 'e3 Place'\n  fix: write: ID Type Name"),
        ("[[Enerhodar|e3]]", "[[Enerhodar", r"a1:10: 1 of the marks \[\[ left open"),
        ("[[Enerhodar|e3]]", "Enerhodar|e3]]", r"a1:10: '\|e3\]\]' closes a mark that is not open"),
        ("[[Enerhodar|e3]]", "Enerhodar", r"a1: never marked: e3"),
        ("[[He|e1]]", "[[He|e9]]", r"a1: not declared: e9"),
        ("by=e1", "by=e9", r"a1: not declared: e9"),
        ("e1 leads e2", "e1 leads e9", r"a1: not declared: e9"),
        ("leads e2 @1", "leads e2 @7", r"a1:14: there is no sentence 7"),
        ("leads e2 @1", "leads e2", r"a1:14: cannot read"),
        ("mod=negated", "mod=denied", r"a1:15: unknown modality 'denied'"),
        ('time="since', 'when="since', r"a1:14: unknown option 'when'"),
    ],
)
def test_a_slip_is_told_with_its_line(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=re.compile(message)):
        read_annotation(TEXT.replace(old, new), where="a1")


def test_a_file_may_hold_several_articles(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a.txt").write_text(TEXT + "\n" + TEXT.replace("id: a1", "id: second"))
    assert [record["id"] for record in read_annotations(tmp_path)] == ["a1", "second", "a1"]
    broken = TEXT.replace("# statements", "# statements\ne1 leads")
    (tmp_path / "a.txt").write_text(TEXT + broken)
    line = (TEXT + broken).splitlines().index("e1 leads") + 1
    with pytest.raises(InputError, match=rf"a\.txt:{line}"):
        list(read_annotations(tmp_path))
