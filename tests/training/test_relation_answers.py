"""What larger models say of texts: the file of answers, and the lesson that it makes."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from factory import doc

from kg.errors import InputError
from kg.language import load
from kg.language.relation_pairs import blocks
from kg.language.tokenizer import blank
from kg.training.given import give_mentions
from kg.training.relation_answers import EASY, SENTENCES, lesson, read_answers, texts, unseen
from kg.training.relation_sources import ITEMS

ITEM = "Ada Lind met  envoys of Norway."
ANSWER = {
    "id": "i1",
    "mentions": [[0, 8, "Person", "e1"], [13, 29, "Group", "e2"], [23, 29, "Country", "e3"]],
    "answers": [[0, 1, "metWith", 0.9], [1, 2, "memberOf", 0.4], [0, 1, "visited", 0.1]],
}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for name, records in {
        ITEMS: [{"id": "i1", "text": ITEM}, {"id": "i2", "text": "Rain fell on Oslo all day and all of the night."}],
        SENTENCES: [{"tokens": ["Ben", "saw", "Ann", f"{n}", "."]} for n in range(13)],
        "corpus/train.jsonl": [{"text": "They say that rain fell on Oslo all day and all of it."}],
        "corpus/dev.jsonl": [],
    }.items():
        write(tmp_path / name, records)
    return tmp_path


def write(path: Path, records: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def answers(folder: Path, *lines: dict[str, object]) -> Path:
    write(folder / "answers.jsonl", lines)
    return folder / "answers.jsonl"


def test_items_are_texts_and_sentences_are_put_together(corpora: Path) -> None:
    found = dict(texts(corpora, blank().vocab))
    assert list(found) == ["i1", "i2", "gmb-6", "gmb-12"]
    assert found["i1"] == "Ada Lind met envoys of Norway."
    assert len(found["gmb-12"]) == 30


def test_what_the_articles_and_the_annotated_items_hold_is_not_asked_about(corpora: Path) -> None:
    annotations = corpora / "annotations.jsonl"
    annotations.write_text("")
    nlp = load(clusters=False, threads=1)
    assert "i1" in dict(unseen(nlp, corpora, annotations))
    assert "i2" not in dict(unseen(nlp, corpora, annotations))
    long = "Ada Lind met envoys of Norway and of Peru in Oslo."
    write(corpora / ITEMS, [{"id": "i1", "text": long}])
    write(annotations, [{"id": "i1", "entities": {}, "mentions": [], "statements": []}])
    assert "i1" not in dict(unseen(nlp, corpora, annotations))


def test_answers_come_with_their_texts(corpora: Path) -> None:
    ((text, answered),) = read_answers(answers(corpora, ANSWER), corpora, blank().vocab)
    assert text == answered.record["text"] == "Ada Lind met envoys of Norway."
    made = blank()(text)
    give_mentions(made, answered.record)
    assert [(span.text, span.label_, span.id_) for span in made.spans["mentions"]] == [
        ("Ada Lind", "Person", "e1"),
        ("envoys of Norway", "Group", "e2"),
        ("Norway", "Country", "e3"),
    ]
    assert answered.answers == {
        ((0, 8), (13, 29)): {"metWith": 0.9, "visited": 0.1},
        ((13, 29), (23, 29)): {"memberOf": 0.4},
    }


def test_an_answer_to_a_text_that_is_not_there_is_told(corpora: Path) -> None:
    path = answers(corpora, ANSWER | {"id": "i9"})
    with pytest.raises(InputError, match="no text for i9"):
        list(read_answers(path, corpora, blank().vocab))


def test_pairs_without_an_answer_count_for_those_that_are_left_out() -> None:
    names = ["Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Gus", "Hal"]
    rest = " ".join(f"{name}/PROPN/conj/2" for name in names[1:])
    made = doc(f"{names[0]}/PROPN/nsubj/2 met/VERB/root/0 {rest}", ents={name: f"Person {name}" for name in names})
    mentions = list(made.spans["mentions"])
    possible = np.ones((8, 8), dtype=np.bool_)
    found = list(blocks(made, mentions, {"nsubj": 1}, possible, {"Person": "Person"}))
    tokens = [(span.start, span.end) for span in mentions]
    said = {(tokens[0], tokens[1]): {"metWith": 0.8, "unknown": 0.7}}
    pairs, kept, counted = sum(len(block.left) for block in found), 0, 0.0
    for seed in range(40):
        ((block, wanted, counts),) = lesson(found, tokens, said, {"metWith": 0, "visited": 1}, random.Random(seed))
        assert wanted.shape == (len(block.left), 2) == (len(counts), 2)
        assert [len(getattr(block, name)) for name in ("right", "features", "path", "place")] == [len(counts)] * 4
        (row,) = np.flatnonzero(wanted.any(axis=1))
        assert (block.left[row], block.right[row], counts[row]) == (0, 1, 1.0)
        assert wanted[row].tolist() == [pytest.approx(0.8), 0.0]
        assert set(np.delete(counts, row)) <= {EASY}
        kept, counted = kept + len(counts), counted + float(counts.sum())
    assert kept < 40 * pairs / 3
    assert counted / 40 == pytest.approx(pairs, rel=0.15)
