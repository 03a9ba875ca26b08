"""A treebank file to texts, given words and rows of scores."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.training.corpora import Example, join, read_conllu
from kg.training.ontogum import clusters_of, ontogum_scores, read_documents
from kg.training.treebank import given, read_texts, treebank, treebank_scores

CONLLU = """\
# newdoc id = ewt-tide
# text = Boats can't sail.
1	Boats	boat	NOUN	_	_	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	_	_	4	aux	_	_
3	n't	not	PART	_	_	4	advmod	_	_
4	sail	sail	VERB	_	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	_	_	4	punct	_	_

# text = They wait
1	They	they	PRON	_	_	2	nsubj	_	_
2	wait	wait	VERB	_	_	0	root	_	_

# newdoc id = gum-tea
# text = Tea helps
1	Tea	tea	NOUN	_	_	2	nsubj	_	_
2	helps	help	VERB	_	_	0	root	_	_

"""


@Language.component("kg_tagger_parser_stub")
def parse_all_as_one(doc: Doc) -> Doc:
    """Every word a noun on the first word of its sentence."""
    given_starts = doc.has_annotation("SENT_START")
    starts = [i for i, token in enumerate(doc) if i == 0 or (given_starts and token.is_sent_start)]
    for token in doc:
        head = max(start for start in starts if start <= token.i)
        token.pos_, token.head, token.dep_ = "NOUN", doc[head], "root" if head == token.i else "dep"
    return doc


@pytest.fixture
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("kg_tagger_parser_stub", name="kg_tagger_parser")
    return pipeline


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "dev.conllu"
    file.write_text(CONLLU, encoding="utf-8")
    return file


def test_texts(path: Path) -> None:
    assert list(read_texts(path)) == ["Boats can't sail. They wait", "Tea helps"]


def test_given_words_keep_their_space_and_sentences(nlp: Language, path: Path) -> None:
    example = join(next(read_conllu(path)))
    assert given(nlp, example).text.endswith("sail. They wait ")
    assert not given(nlp, example).has_annotation("SENT_START")
    assert [token.text for token in given(nlp, example, sentences=True) if token.is_sent_start] == ["Boats", "They"]


def test_paragraphs_are_apart_in_raw_texts_and_start_sentences(nlp: Language, path: Path) -> None:
    path.write_text(CONLLU.replace("# text = They", "# newpar id = tide-2\n# text = They"), encoding="utf-8")
    assert list(read_texts(path)) == ["Boats can't sail.\n\nThey wait", "Tea helps"]
    doc = given(nlp, join(next(read_conllu(path))))
    assert [token.is_sent_start for token in doc] == [None, None, None, None, None, True, None]


def test_rows(nlp: Language, path: Path) -> None:
    rows = treebank_scores(nlp, path, {"ewt-": "EWT", "gum-": "GUM"})
    assert list(rows)[:4] == [
        "UD EWT dev, gold words and sentences",
        "UD GUM dev, gold words and sentences",
        "UD EWT + GUM dev, gold words and sentences",
        "UD EWT dev, gold words",
    ]
    assert rows["UD GUM dev, gold words"] == {"UPOS": 0.5, "UAS": 0, "LAS": 0, "sentence starts": 0}
    assert rows["UD EWT + GUM dev, raw text"]["words"] == 1
    assert rows["UD EWT + GUM dev, raw text"]["sentences"] == 2 * 1 / (2 + 3)  # one sentence a document
    assert rows["UD EWT + GUM dev, gold words"]["UPOS"] == treebank(nlp, read_conllu(path)).upos


def test_ontogum_has_trees_and_clusters_by_word(tmp_path: Path, path: Path) -> None:
    (tmp_path / "ud").mkdir()
    (tmp_path / "coref").mkdir()
    with gzip.open(tmp_path / "ud/dev.conllu.gz", "wt", encoding="utf-8") as file:
        file.write(CONLLU)
    record = {"id": "ewt-tide", "split": "dev", "sents": [["Boats", "ca", "n't", "sail", "."], ["They", "wait"]]}
    record["clusters"] = [[[0, 0, 1], [1, 0, 1]], [[1, 1, 2]]]
    with gzip.open(tmp_path / "coref/ontogum.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n" + json.dumps(record | {"split": "train"}) + "\n")
    (document,) = read_documents(tmp_path, "dev")
    assert document.example.starts == (0, 5)
    assert document.clusters == (frozenset({(0, 1), (5, 6)}),)
    blank = spacy.blank("en")
    assert ontogum_scores(blank, tmp_path) is None

    def link(doc: Doc) -> Doc:
        doc.spans["coref_clusters_1"] = [doc[0:1], doc[5:6]]
        doc.spans["coref_clusters_2"] = [doc[3:4]]
        return doc

    Language.component("test_link", func=link)
    blank.add_pipe("test_link")
    scores = ontogum_scores(blank, tmp_path)
    assert scores is not None
    assert scores.conll == 1


def test_clusters_of_other_spans_are_none(nlp: Language) -> None:
    doc = given(nlp, Example("x", ("Boats", "sail"), (0,)))
    doc.spans["mentions"] = [doc[0:1], doc[1:2]]
    assert clusters_of(doc) == []
