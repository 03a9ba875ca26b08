"""Which mentions of an article speak of the same entity. The spaCy component ``kg_coreference``.

From the surest to the weakest: names that are spelled alike or shorten one another, what stands in apposition or after
a copula, definite descriptions, pronouns. Rules say which antecedents grammar and the types allow; which of them is
meant a learned scorer says (:mod:`kg.language.coreference.antecedents`).
Every span of ``doc.spans["mentions"]`` gets its chain in ``span.id_`` ("c1", "c2", …) and the type of its chain as
``span.label_``. Apart from that, ``doc.spans["coref_clusters_1"]`` and so on hold the phrases of any kind that refer to
the same, as the scorer alone sees them.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.gazetteer import ClassNouns, Gazetteer, load_gazetteer, load_nouns
from kg.language.coreference.antecedents import AntecedentScorer
from kg.language.coreference.chains import Chains
from kg.language.coreference.clusters import ClusterScorer
from kg.language.coreference.descriptions import resolve_description
from kg.language.coreference.grammar import join_neighbours, join_predicates
from kg.language.coreference.names import is_digest, join_names
from kg.language.coreference.nodes import read_nodes
from kg.language.coreference.pronouns import resolve_pronoun
from kg.language.encoder import MODEL
from kg.language.mentions import MENTIONS
from kg.language.referring import Parsed
from kg.language.syntax import Syntax

#: What the keys of ``doc.spans`` begin with that hold the clusters of all phrases that refer to the same.
CLUSTERS = "coref_clusters_"


@Language.factory(
    "kg_coreference",
    requires=["token.dep", "doc.spans", "doc.tensor"],
    assigns=["doc.spans"],
    default_config={"model": None, "clusters": True},
)
def make_coreference(nlp: Language, name: str, model: str | None, clusters: bool) -> Coreference:
    """The component; ``model`` is a folder (default: the model shipped with the package)."""
    folder = Path(model) if model else MODEL
    return Coreference(
        nouns=load_nouns(),
        gazetteer=load_gazetteer(),
        scorer=AntecedentScorer(folder),
        clusters=ClusterScorer(folder) if clusters else None,
    )


class Coreference:
    """Gives every mention its chain. A pronoun whose antecedent is not found names nothing and is left out."""

    def __init__(
        self,
        *,
        nouns: ClassNouns,
        gazetteer: Gazetteer,
        scorer: AntecedentScorer | None = None,
        clusters: ClusterScorer | None = None,
    ) -> None:
        """Without a scorer, or on a ``Doc`` of another parser, rules decide alone; clusters are set where they have a
        scorer."""
        self.nouns, self.gazetteer, self.scorer, self.clusters = nouns, gazetteer, scorer, clusters

    def __call__(self, doc: Doc) -> Doc:
        """Set the chains of ``doc``."""
        spans = list(doc.spans[MENTIONS])
        syntax = Syntax.of(doc)
        nodes = read_nodes(spans, syntax, nouns=self.nouns, gazetteer=self.gazetteer)
        scorer = self.scorer if doc.tensor.size else None
        ends = [(span.start, span.end) for span in spans]
        pronouns = [node.index for node in nodes if node.kind == "pronoun"]
        scored = scorer(doc.tensor, ends, Parsed.of(syntax), "news", later=pronouns) if scorer else None
        chains = Chains(nodes, scored)
        join_names(chains, syntax)
        chains.digest = is_digest(chains)
        join_neighbours(chains, syntax)
        for node in nodes:
            if node.kind == "nominal":
                resolve_description(node, chains, syntax)
            elif node.kind == "pronoun":
                resolve_pronoun(node, chains, syntax)
        join_predicates(chains, syntax)
        doc.spans[MENTIONS] = _relabel(doc, chains)
        if self.clusters and doc.tensor.size:
            for number, cluster in enumerate(self.clusters(doc, syntax), start=1):
                doc.spans[f"{CLUSTERS}{number}"] = cluster
        return doc


def _relabel(doc: Doc, chains: Chains) -> list[Span]:
    ids: dict[int, str] = {}
    types: dict[int, str] = {}
    kept: list[Span] = []
    for node in chains.nodes:
        chain = chains.of(node)
        if node.kind == "pronoun" and all(other.kind == "pronoun" for other in chain.nodes):
            continue
        key = id(chain)
        if key not in ids:
            ids[key], types[key] = f"c{len(ids) + 1}", chain.type
        kept.append(Span(doc, node.start, node.end, label=types[key], span_id=ids[key]))
    return kept
