"""Articles to records: what is counted, and that a fault of one article does not stop the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from factory import doc
from spacy.tokens import Doc

from kg.errors import EvidenceError, KGError, VocabularyError
from kg.reading import Reader, coverage, load_reader
from kg.records import Article, ArticleRecord, Coverage, Evidence, Mention, Span, Statement
from kg.vocabulary import load_vocabulary

SENTENCES = """
Ann/PROPN/nsubj/2 met=meet/VERB/root/0 Bob/PROPN/obj/2 ./PUNCT/punct/2
They/PRON/nsubj/2 ate=eat/VERB/root/0 ./PUNCT/punct/2
"""


def statement(trigger: Span) -> Statement:
    sentence = Span(0, 12, "Ann met Bob.")
    ann = Mention(0, 3, "Ann", "a", "name", "Person", "c1")
    bob = Mention(8, 11, "Bob", "a", "name", "Person", "c2")
    return Statement("s", ann, "metWith", bob, Evidence("a", (sentence,), ann.span, bob.span, trigger))


def test_coverage_counts_words_without_punctuation_and_sentences_by_their_triggers() -> None:
    said = statement(Span(4, 7, "met"))
    assert coverage(doc(SENTENCES), [said, said], {"domain": 3}) == Coverage(5, 2, 1, 2, {"domain": 3})
    assert coverage(doc(SENTENCES), [], {}) == Coverage(5, 2, 0, 0, {})


def test_a_noun_of_an_unknown_class_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        """@prefix : <https://example.org/ships#> . @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
        @prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
        :tug a ontolex:Word ; lexinfo:partOfSpeech lexinfo:noun ; ontolex:denotes :Boat ;
            ontolex:canonicalForm [ ontolex:writtenRep "tug"@en ] ."""
    )
    with pytest.raises(VocabularyError, match="'tug' denotes Boat"):
        load_vocabulary(lexicons=[path])


@pytest.mark.model
def test_articles_to_records_with_the_shipped_model(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = load_reader(load_vocabulary())
    texts = ["President Ann Lee met Bob Ray in Paris on Friday.", "BREAK", "Carol Fox was born in Canada."]
    articles = [Article(f"a{number}", "", text) for number, text in enumerate(texts)]
    first, *_, last = records = list(reader.read(articles))
    assert [record.article for record in records] == articles
    assert ("Ann Lee", "metWith", "Bob Ray") in triples(first)
    assert ("Carol Fox", "bornIn", "Canada") in triples(last)

    whole = Reader.record

    def breaking(self: Reader, doc: object, article: Article) -> ArticleRecord:
        if article.text == "BREAK":
            raise EvidenceError("broken", where=article.id)
        return whole(self, doc, article)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "record", breaking)
    errors: list[KGError] = []
    assert [record.article.id for record in reader.read(articles, on_error=errors.append)] == ["a0", "a2"]
    assert [error.where for error in errors] == ["a1"]
    with pytest.raises(EvidenceError):
        list(reader.read(articles))


@pytest.mark.model
def test_the_lexicon_alone_when_asked() -> None:
    vocabulary = load_vocabulary()
    article = Article("a", "", "President Ann Lee met Bob Ray of the National Bank in Paris on Friday.")
    both, alone = (load_reader(replace(vocabulary, learned=learned)) for learned in (True, False))
    origins = [
        {s.relation: s.origin for s in next(iter(reader.read([article]))).statements} for reader in (both, alone)
    ]
    assert "learned" in origins[0]["metWith"]
    assert not any("learned" in origin for origin in origins[1].values())
    assert alone.vocabulary.model != both.vocabulary.model
    assert "kg_relations" not in alone.nlp.pipe_names


@pytest.mark.model
def test_what_the_scorer_finds_can_be_stored_with_the_doc() -> None:
    nlp = load_reader(load_vocabulary()).nlp
    doc = nlp("President Ann Lee met Bob Ray in Paris on Friday.")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [tuple(one) for one in again.user_data["relations"]] == [tuple(one) for one in doc.user_data["relations"]]


def triples(record: ArticleRecord) -> set[tuple[str, str, str]]:
    return {(it.subject.text, it.relation, it.object.text) for it in record.statements}
