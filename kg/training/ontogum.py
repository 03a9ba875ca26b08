"""Coreference on OntoGUM (Zhu, Pradhan and Zeldes 2021), from gold words and gold sentence starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.language.coreference import CLUSTERS
from kg.training.coreference import Cluster, CoreferenceScores, score_clusters
from kg.training.corpora import Example, join
from kg.training.discourse import ontogum_records
from kg.training.treebank import given


@dataclass(frozen=True, slots=True)
class Document:
    """A document's words, with sentence starts and trees, and its clusters as word spans, none of one mention."""

    example: Example
    clusters: tuple[Cluster, ...]

    def entities(self) -> dict[tuple[int, int], int]:
        """The number of the cluster of each mention."""
        return {span: number for number, cluster in enumerate(self.clusters) for span in cluster}


def ontogum_scores(nlp: Language, folder: Path) -> CoreferenceScores | None:
    """Scores of the dev part; ``None`` where the pipeline writes no clusters of noun phrases.

    :param folder: the corpora, with ``coref/ontogum.jsonl.gz`` and, for white space, ``ud/dev.conllu.gz``.
    """
    gold = list(read_documents(folder, "dev"))
    docs = nlp.pipe(given(nlp, document.example, sentences=True) for document in gold)
    found = [clusters_of(doc) for doc in docs]
    return score_clusters(zip((d.clusters for d in gold), found, strict=True)) if any(found) else None


def clusters_of(doc: Doc) -> list[Cluster]:
    """The clusters of a ``Doc`` as word spans, those of one mention left out."""
    groups = [group for key, group in doc.spans.items() if key.startswith(CLUSTERS)]
    found = [frozenset((span.start, span.end) for span in group) for group in groups]
    return [cluster for cluster in found if len(cluster) > 1]


def read_documents(folder: Path, split: str) -> Iterator[Document]:
    """The documents of one part."""
    for record, trees in ontogum_records(folder / "coref/ontogum.jsonl.gz", split):
        yield Document(join(trees), _clusters(record))


def _clusters(record: dict[str, Any]) -> tuple[Cluster, ...]:
    starts = [0]
    for sentence in record["sents"]:
        starts.append(starts[-1] + len(sentence))
    found = [frozenset((starts[s] + a, starts[s] + b) for s, a, b in cluster) for cluster in record["clusters"]]
    return tuple(cluster for cluster in found if len(cluster) > 1)
