"""Which mentions of an article speak of the same entity. The spaCy component ``kg_coreference``.

Rules from the surest to the weakest: names that are spelled alike or shorten one another, what stands in apposition or
after a copula, definite descriptions, pronouns. Precision first: where two antecedents are as good, none is taken.
A neural model may take the place of this component; what it must keep: every span of ``doc.spans["mentions"]`` gets
its chain in ``span.id_`` ("c1", "c2", …) and the type of its chain as ``span.label_``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.gazetteer import ClassNouns, Gazetteer, load_gazetteer, load_nouns
from kg.language.coreference.chains import Chains
from kg.language.coreference.descriptions import resolve_description
from kg.language.coreference.grammar import join_neighbours, join_predicates
from kg.language.coreference.names import is_digest, join_names
from kg.language.coreference.nodes import read_nodes
from kg.language.coreference.pronouns import resolve_pronoun
from kg.language.mentions import MENTIONS
from kg.language.syntax import Syntax


@Language.factory("kg_coreference", requires=["token.dep", "doc.spans"], assigns=["doc.spans"])
def make_coreference(nlp: Language, name: str) -> Coreference:
    """The component."""
    return Coreference(nouns=load_nouns(), gazetteer=load_gazetteer())


class Coreference:
    """Gives every mention its chain. A pronoun whose antecedent is not found names nothing and is left out."""

    def __init__(self, *, nouns: ClassNouns, gazetteer: Gazetteer) -> None:
        self.nouns, self.gazetteer = nouns, gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Set the chains of ``doc``."""
        spans = list(doc.spans[MENTIONS])
        syntax = Syntax.of(doc)
        nodes = read_nodes(spans, syntax, nouns=self.nouns, gazetteer=self.gazetteer)
        chains = Chains(nodes)
        join_names(chains)
        chains.digest = is_digest(chains)
        join_neighbours(chains, syntax)
        for node in nodes:
            if node.kind == "nominal":
                resolve_description(node, chains, syntax)
            elif node.kind == "pronoun":
                resolve_pronoun(node, chains, syntax)
        join_predicates(chains, syntax)
        doc.spans[MENTIONS] = _relabel(doc, chains)
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
