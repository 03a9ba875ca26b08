"""The table of another network beside ours."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.training.beside import Compared, foreign, lower_root, table
from kg.training.performance import Performance


def performance(speed: float) -> Performance:
    return Performance(speed, speed / 2, 300.0, 2, 100_000_000, 27_340_000)


def test_scores_are_in_percent_and_what_has_none_leaves_them_out() -> None:
    rows = [
        Compared("small", {"UPOS": 0.9512, "names": 0.8}, performance(8123.4)),
        Compared("with more", {}, performance(5000.0)),
    ]
    assert table(rows).splitlines() == [
        "| pipeline | UPOS | names | words/s | words/processor s | MB |",
        "| --- | --: | --: | --: | --: | --: |",
        "| small | 95.1 | 80.0 | 8,123 | 4,062 | 27.3 |",
        "| with more |  |  | 5,000 | 2,500 | 27.3 |",
    ]


def test_the_root_is_named_as_by_universal_dependencies() -> None:
    nlp = spacy.blank("en")
    doc = lower_root(Doc(nlp.vocab, words=["Ada", "met", "Bo"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"]))
    assert [token.dep_ for token in doc] == ["nsubj", "root", "obj"]


def test_a_foreign_pipeline_splits_words_as_ours_does(tmp_path: Path) -> None:
    theirs = spacy.blank("en")
    theirs.add_pipe("parser").add_label("nsubj")
    theirs.initialize()
    theirs.to_disk(tmp_path)
    assert [token.text for token in foreign(tmp_path)("The 1990's")] == ["The", "1990's"]
    assert [token.text for token in theirs("The 1990's")] == ["The", "1990", "'s"]
