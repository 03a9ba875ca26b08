"""Articles to records: the language model and extraction, with nothing stored and nothing resolved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.extract import extract
from kg.extract.comparison import load_weights
from kg.language import load
from kg.language.mentions import mentions
from kg.ontology import ENTITY_TYPES
from kg.records import Article, ArticleRecord, Coverage, Statement
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.tracing import Trace

BATCH = 8  # articles that the model sees at once: more is no faster on a CPU, and holds more documents in memory


@dataclass(frozen=True, slots=True)
class Reader:
    """The language model with a vocabulary: all that reading an article depends on."""

    nlp: Language
    vocabulary: Vocabulary

    def read(
        self, articles: Iterable[Article], *, on_error: Callable[[KGError], None] | None = None
    ) -> Iterator[ArticleRecord]:
        """What each article says, in the order of the articles.

        :param on_error: called with the fault of an article that cannot be read, after which reading goes on.
        :raises KGError: the first fault, where ``on_error`` is not given.
        :raises MissingError: if what weighs the witnesses is not there.
        """
        if self.vocabulary.learned:
            load_weights()
        pairs = ((article.text, article) for article in articles)
        for doc, article in self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
            try:
                yield self.record(doc, article)
            except KGError as error:
                if on_error is None:
                    raise
                on_error(error)

    def record(self, doc: Doc, article: Article) -> ArticleRecord:
        """What a parsed article says: ``doc`` is its text, with ``doc.spans["mentions"]``."""
        found = mentions(doc, article.id)
        ontology, lexicon = self.vocabulary.ontology, self.vocabulary.lexicon
        extraction = extract(doc, article, found, ontology, lexicon)
        counts = coverage(doc, extraction.statements, extraction.dropped)
        return ArticleRecord(article, tuple(found), tuple(extraction.statements), counts)

    def trace(self, article: Article, statement: str) -> Trace | None:
        """Read an article again and tell how the statement with this id comes about; ``None`` if it does not."""
        from kg.extract.tracing import trace

        doc = self.nlp(article.text)
        ontology, lexicon = self.vocabulary.ontology, self.vocabulary.lexicon
        return trace(doc, article, mentions(doc, article.id), ontology, lexicon, id=statement)


def load_reader(vocabulary: Vocabulary, *, model: Path | None = None, threads: int | None = None) -> Reader:
    """A language model with ``vocabulary``.

    :param model: a folder with a trained model; default: the shipped one.
    :param threads: processors to use; default: all that this process may use.
    :raises MissingError: if the model is not there.
    """
    ontology = vocabulary.ontology
    classes = [name for name in ontology.classes if any(above in ENTITY_TYPES for above in ontology.ancestors(name))]
    types = {name: ontology.base_type(name) for name in classes}
    nlp = load(
        model=model,
        threads=threads,
        nouns=vocabulary.files,
        clusters=False,
        relations=vocabulary.learned,
        types=types,
    )
    return Reader(nlp, vocabulary)


def coverage(doc: Doc, statements: Sequence[Statement], dropped: Mapping[str, int]) -> Coverage:
    """How much of a document was turned into statements."""
    sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    triggers = sorted(statement.evidence.trigger.start for statement in statements)
    telling = sum(bisect_left(triggers, start) < bisect_left(triggers, end) for start, end in sentences)
    words = sum(not (token.is_punct or token.is_space) for token in doc)
    return Coverage(words, len(sentences), telling, len(statements), dict(dropped))
