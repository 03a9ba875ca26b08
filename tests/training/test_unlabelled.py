"""Texts that nobody annotated: what is asked about them, and what is left out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.training.unlabelled import read_unlabelled

TEXT = "Ada Lind met envoys of Norway in Oslo. She praised their minister."
OTHER = "The envoys left. Ada Lind flew to Bergen with them."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder as that of corpora, beside that of the articles that judge the model."""
    (tmp_path / "corpus").mkdir()
    folder = tmp_path / "corpora" / "texts"
    folder.mkdir(parents=True)
    return folder


def test_documents_ask_by_turns_about_phrases_and_relations(corpora: Path) -> None:
    path = corpora / "items.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in (TEXT, OTHER)))
    first, second = read_unlabelled(path)
    assert [" ".join(example.words) for example in first] == [
        "Ada Lind met envoys of Norway in Oslo .",
        "She praised their minister .",
    ]
    assert all(example.unlabelled and not example.starts and not example.tags for example in (*first, *second))
    assert {example.scheme for example in first} == {"ontonotes"}
    assert (0, 2, "") in (first[0].mentions or ())
    assert first[0].pairs is None
    assert {example.scheme for example in second} == {"news"}
    flew = second[1]
    ends = [mention[:2] for mention in flew.mentions or ()]
    assert {(ends[p.subject], ends[p.object]) for p in flew.pairs or ()} >= {((0, 2), (4, 5)), ((4, 5), (0, 2))}
    assert not any(pair.relations or pair.unclear for pair in flew.pairs or ())
    assert first[0].joined == (False,) * 8 + (True,)


def test_words_and_paragraphs_are_put_together(corpora: Path) -> None:
    words = corpora / "words.jsonl"
    words.write_text("".join(json.dumps({"tokens": ["Rain", "fell", "."]}) + "\n" for _ in range(13)))
    documents = list(read_unlabelled(words))
    assert [sum(len(example.words) for example in document) for document in documents] == [18, 18]
    assert documents[0][0].joined is None
    plain = corpora / "plain.txt.gz"
    plain.write_bytes(gzip.compress(b"Rain fell on Oslo.\n" * 6))
    (document,) = read_unlabelled(plain)
    assert sum(len(example.words) for example in document) == 30


def test_what_judges_the_model_is_left_out(corpora: Path) -> None:
    judging = corpora.parents[1] / "corpus/dev.jsonl"
    judging.write_text(json.dumps({"text": f"Oslo. {TEXT}"}) + "\n")
    path = corpora / "items.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in (TEXT, OTHER)))
    ((first, *_),) = read_unlabelled(path)
    assert first.words == ("The", "envoys", "left", ".")
