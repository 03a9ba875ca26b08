"""A small graph for tests: two articles with facts, claims, plans and denials, all invented."""

from __future__ import annotations

from functools import cache

from records_factory import reading, resolution, said

from kg.ontology import Ontology, load_ontology
from kg.rdf import Run, Store, graphs, quads
from kg.records import ArticleRecord, Qualifiers, Resolution, Time

RUN = Run("model 1", "ontology 1", "lexicon 1", "0.0")

CAPTIVES = reading(
    """[[Dan Orr|dan:Person]] is held by [[Red Front|red:Organization]], [[Ann Lee|ann:Person]] said.
But [[officials|off:Group]] say [[Blue Guard|blue:Organization]] captured [[Orr|dan]] on Monday.
[[Lee|ann]], president of [[Norland|nor:Country]], met [[Bo Ray|bo:Person]] in Oslo.
[[Norland|nor]] lists [[Red Front|red]] as a terrorist group.
[[Red Front|red]] bombed [[Eastport|port:Place]], which killed [[twelve sailors|sailors:Group]].
[[Red Front|red]] put it at [[nine dead|sailors]].""",
    said("dan", "heldBy", "red", "held", modality="possible", by="ann", cue="said"),
    said(
        "dan",
        "capturedBy",
        "blue",
        "captured",
        by="officials",
        cue="say",
        qualifiers=Qualifiers(time=Time("on Monday", "2024-03-04", "2024-03-04", "day", "2024-03-05")),
    ),
    said("ann", "leads", "nor", "president", qualifiers=Qualifiers(position="president")),
    said("ann", "metWith", "bo", "met", qualifiers=Qualifiers(place="Oslo"), confidence=0.875),
    said("red", "designatedBy", "nor", "lists", qualifiers=Qualifiers(status="terrorist group")),
    said("red", "attacked", "port", "bombed"),
    said("sailors", "killedBy", "red", "killed", qualifiers=Qualifiers(number="twelve")),
    said("sailors", "killedBy", "red", "put", by="red", qualifiers=Qualifiers(number="nine")),
    id="captives",
    title="Orr's captors",
)
DENIAL = reading(
    """[[Bo Ray|bo:Person]] denied that he met [[Ann Lee|ann:Person]].
[[Ray|bo]] will visit [[Norland|nor:Country]] in May.
A crowd watched [[Cy Fox|cy:Person]].""",
    said("bo", "metWith", "ann", "met", modality="negated", by="bo", kind="denied", cue="denied"),
    said("bo", "visited", "nor", "visit", modality="planned", qualifiers=Qualifiers(time=Time("in May", "2024-05-01"))),
    id="denial/2",
    title="",
    date=None,
    source=None,
)
RECORDS: tuple[ArticleRecord, ...] = (CAPTIVES, DENIAL)


@cache
def ontology() -> Ontology:
    return load_ontology()


@cache
def resolved() -> Resolution:
    return resolution(RECORDS, links={"Norland": ("http://www.wikidata.org/entity/Q0",)})


@cache
def store() -> Store:
    """The graph in memory; do not change it."""
    return Store.of(quads(graphs(RECORDS, resolved(), ontology(), run=RUN)))
