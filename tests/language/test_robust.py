"""Hard texts: nothing is lost, time grows with the length and no more, and a ``Doc`` is always the same."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from prose_factory import HARD, prose
from spacy.language import Language
from spacy.tokens import Doc

import kg.language
from kg.language.coreference import CLUSTERS
from kg.language.tokenizer import make_tokenizer
from kg.reading import Reader, load_reader
from kg.records import Article
from kg.vocabulary import load_vocabulary

#: Texts that no reader of documents lets through, but the pipeline is given them all the same.
EMPTY = {"nothing": "", "a space": " ", "a combining mark": "\u0301", "NULs": "\x00\x00"}


@pytest.fixture(scope="module")
def reading() -> Reader:
    return load_reader(load_vocabulary())


@pytest.fixture(scope="module")
def nlp(reading: Reader) -> Language:
    return reading.nlp


@pytest.fixture(scope="module")
def clustering() -> Language:
    return kg.language.load()


@pytest.mark.parametrize("kind", HARD)
def test_hard_texts_are_read_without_loss(reading: Reader, kind: str) -> None:
    text = HARD[kind](200)
    (record,) = reading.read([Article("a", "A", text)])
    doc = reading.nlp(text)
    assert doc.text == text
    assert sum(len(sent) for sent in doc.sents) == len(doc)
    assert all(text[m.start : m.end] == m.text and m.chain for m in record.mentions)
    for statement in record.statements:
        spans = (*statement.evidence.sentences, statement.evidence.trigger, statement.subject, statement.object)
        assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("text", [*(make(200) for make in HARD.values()), *EMPTY.values()], ids=[*HARD, *EMPTY])
def test_clusters_of_hard_texts_are_of_their_words(clustering: Language, text: str) -> None:
    doc = clustering(text)
    groups = [group for key, group in doc.spans.items() if key.startswith(CLUSTERS)]
    assert all(len(group) > 1 and span.text.strip() == span.text for group in groups for span in group)
    ends = [(span.start, span.end) for group in groups for span in group]
    assert len(ends) == len(set(ends))


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_texts_without_words_say_nothing(reading: Reader, text: str) -> None:
    (record,) = reading.read([Article("a", "A", text)])
    assert not record.mentions
    assert not record.statements


def test_no_text_is_too_long(nlp: Language) -> None:
    assert [ent.text for ent in nlp(" " * 1_500_000 + "Ada Bolani left.").ents] == ["Ada Bolani"]


def test_the_scores_of_a_long_text_do_not_pile_up(nlp: Language) -> None:
    """They are some 14 kB a word; what is read of them is a hundredth of that."""
    parser = nlp.get_pipe("kg_tagger_parser")
    docs = {n: nlp.make_doc(prose(n)) for n in (500, 2_000)}
    peaks = {}
    for n, doc in docs.items():
        tracemalloc.start()
        parser(doc)
        peaks[n] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (peaks[2_000] - peaks[500]) / 1_500 < 4_000  # bytes a word


def test_prose_is_understood(reading: Reader) -> None:
    """The texts that this file measures with do make work for all stages."""
    (record,) = reading.read([Article("a", "A", prose(300))])
    assert len(record.mentions) > 40
    assert len(record.statements) > 10


def test_a_hard_article_does_not_stop_the_others(reading: Reader) -> None:
    texts = [HARD["controls"](20), prose(40), "", "x" * 100_000, prose(40)]
    records = list(reading.read(Article(str(i), "A", text) for i, text in enumerate(texts)))
    assert [record.article.id for record in records] == ["0", "1", "2", "3", "4"]
    assert len(records[1].statements) == len(records[4].statements) > 0


# --- time


def growth(work: Callable[[Any], object], small: Any, large: Any) -> float:
    """How many times the processor time of ``small`` the work on ``large`` takes, at best."""

    def seconds(given: Any) -> float:
        started = time.process_time()
        work(given)
        return time.process_time() - started

    work(small)
    return min(seconds(large) for _ in range(3)) / max(min(seconds(small) for _ in range(3)), 1e-3)


@pytest.mark.parametrize(
    "kind", ["prose", "nested quotes", "quotes", "brackets", "hyphens", "full stops", "one token, mixed", "address"]
)
def test_words_are_split_in_linear_time(kind: str) -> None:
    make = HARD[kind]
    assert growth(make_tokenizer(), make(2_000), make(16_000)) < 8 * 3  # the square would be 64


def test_mentions_and_statements_are_found_in_linear_time(reading: Reader) -> None:
    """Four times the words in at most eight times the time; the square would be sixteen."""
    docs = {n: reading.nlp(prose(n)) for n in (700, 2_800)}
    find = reading.nlp.get_pipe("kg_mentions")

    def extract(doc: Doc) -> object:
        return reading.record(doc, Article("a", "A", doc.text))

    assert growth(extract, docs[700], docs[2_800]) < 8
    assert growth(find, docs[700], docs[2_800]) < 8


# --- the same text, the same Doc


def view(doc: Doc) -> list[object]:
    """All that the pipeline sets, whatever the vocabulary numbers it by."""
    tokens = [(t.text, t.pos_, t.dep_, t.head.i, t.lemma_, t.ent_iob_, t.ent_type_, t.is_sent_start) for t in doc]
    spans = {key: [(s.start, s.end, s.label_, s.id_) for s in group] for key, group in doc.spans.items()}
    return [tokens, spans, doc.tensor.tobytes()]


TEXTS = [prose(400, seed=1), HARD["one sentence"](200), "Ada left.", HARD["emoji"](20), "", HARD["capitals"](60)]


def views(docs: Iterable[Doc]) -> list[list[object]]:
    return [view(doc) for doc in docs]


@pytest.fixture(scope="module")
def whole() -> Language:
    """With the clusters of all phrases, which extraction does without."""
    return kg.language.load()


@pytest.fixture(scope="module")
def alone(whole: Language) -> list[list[object]]:
    return views(map(whole, TEXTS))


@pytest.mark.parametrize("size", [1, 2, 32])
def test_a_doc_is_the_same_in_every_batch(whole: Language, alone: list[list[object]], size: int) -> None:
    assert views(whole.pipe(TEXTS, batch_size=size)) == alone


def test_a_doc_is_the_same_in_every_order(whole: Language, alone: list[list[object]]) -> None:
    assert views(whole.pipe(TEXTS[::-1]))[::-1] == alone
    assert views(whole.pipe(TEXTS * 2)) == alone * 2


def test_a_doc_is_the_same_after_others(whole: Language, alone: list[list[object]]) -> None:
    for kind in ("controls", "one token, mixed", "names"):
        whole(HARD[kind](50))
    assert views(map(whole, TEXTS)) == alone


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_doc_is_the_same_on_any_number_of_threads(alone: list[list[object]], threads: int) -> None:
    """And in a pipeline loaded anew, with a session of its own."""
    other = kg.language.load(threads=threads)
    assert views(other.pipe(TEXTS)) == alone
