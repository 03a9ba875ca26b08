"""The shipped pipeline on real sentences and hard input."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

import kg.language
from kg.errors import MissingError
from kg.language import parser

TEXT = (
    "Foreign Minister Elina Valtonen met Polish President Andrzej Duda in Warsaw on Tuesday. "
    'She said: "We will support Ukraine."\n\nThe talks, which lasted two hours, were arranged by the European Union.'
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.language.load()


def test_text_gets_sentences_trees_lemmas_and_names(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [sent.text.strip()[-1] for sent in doc.sents] == [".", '"', "."]
    met = next(token for token in doc if token.text == "met")
    assert (met.pos_, met.dep_, met.lemma_) == ("VERB", "root", "meet")
    assert {child.dep_: child.text for child in met.children if child.dep_ in {"nsubj", "obj"}} == {
        "nsubj": "Valtonen" if met.nbor(-1).dep_ != "flat" else met.nbor(-1).head.text,
        "obj": next(t.text for t in doc if t.dep_ == "obj"),
    }
    assert {(ent.text, ent.label_) for ent in doc.ents} >= {
        ("Elina Valtonen", "Person"),
        ("Andrzej Duda", "Person"),
        ("Warsaw", "Place"),
        ("Ukraine", "Country"),
        ("European Union", "Organization"),
    }
    arranged = next(token for token in doc if token.text == "arranged")
    assert {child.dep_ for child in arranged.children} >= {"nsubj:pass", "obl:agent"}


def test_phrases_that_refer_to_the_same_are_clustered(nlp: Language) -> None:
    doc = nlp("Maria Lopez runs the harbour. She bought a boat last year, and her brother repaired it.")
    groups = [{span.text for span in group} for key, group in doc.spans.items() if key.startswith("coref_clusters_")]
    assert {"Maria Lopez", "She", "her"} in groups
    assert {"a boat", "it"} in groups


def test_sentence_starts_of_a_doc_are_kept(nlp: Language) -> None:
    words = ["Talks", "resumed", "Egypt", "hosted", "them"]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[True, False, True, False, False]))
    assert [sent.text for sent in doc.sents] == ["Talks resumed", "Egypt hosted them"]


def test_some_sentence_starts_of_a_doc_are_kept(nlp: Language) -> None:
    words = ["Talks", "resumed", ".", "Egypt", "hosted", "them", ".", "It", "was", "cold", "."]
    alone = [sent[0].text for sent in nlp(Doc(nlp.vocab, words=words)).sents]
    assert alone == ["Talks", "Egypt", "It"]
    known: list[bool | int | None] = [None, None, None, False, None, True, *[None] * 5]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=known))
    assert [sent[0].text for sent in doc.sents] == ["Talks", "them", "It"]


def test_no_sentence_starts_without_white_space_but_after_final_punctuation() -> None:
    words = ["He", "left", ".", "She", "stayed", "...", "or", "did", "she"]
    joined = [False, False, True, True, False, True, True, False, True]
    text = parser._Text(words, list(range(9)), joined, [False] * 9, [True] * 9, threshold=0.0)
    likely = parser._likely_starts(np.full(8, 5.0, dtype=np.float32), text, 1)
    assert [words[i + 1] for i in np.flatnonzero(likely)] == ["left", "She", "stayed", "did"]


def test_given_words_are_kept(nlp: Language) -> None:
    words = ["Egypt", "hosted", "the", "talks", "."]
    doc = nlp(Doc(nlp.vocab, words=words))
    assert [token.text for token in doc] == words
    assert [token.dep_ for token in doc] == ["nsubj", "root", "det", "obj", "punct"]


def test_a_doc_comes_out_the_same_whatever_its_batch(nlp: Language) -> None:
    texts = [TEXT, "Short.", TEXT * 5, "", "Yes"]
    alone = [nlp(text).to_bytes() for text in texts]
    together = [doc.to_bytes() for doc in nlp.pipe(texts)]
    assert alone == together


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\n\nThe end", "🙂🙂", "word " * 2_000, "x" * 50_000, "A\u200d \u202eB", "НОВОСТИ", "." * 500],
    ids=repr,
)
def test_hard_input_is_parsed_without_loss(nlp: Language, text: str) -> None:
    text = text[:20_000]
    doc = nlp(text)
    assert doc.text == text
    assert sum(len(sent) for sent in doc.sents) == len(doc)


def test_a_missing_model_says_how_to_get_one(tmp_path: object) -> None:
    with pytest.raises(MissingError, match="language model"):
        kg.language.load(model=tmp_path)  # type: ignore[arg-type]
