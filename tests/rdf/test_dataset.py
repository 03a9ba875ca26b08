from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from records_factory import reading, resolution, said
from small_graph import RECORDS, RUN, ontology, resolved, store

from kg import ids
from kg.ontology import vocabulary_path
from kg.rdf import Store, graphs, quads
from kg.rdf.dataset import moment
from kg.rdf.namespaces import KG, OA, PREFIXES, prefixes
from kg.rdf.serialise import serialise

GOLDEN = Path(__file__).parent / "golden.trig"


def test_a_graph_comes_out_as_recorded() -> None:
    """The file shows what a graph looks like. After a wanted change: KG_RECORD=1 pytest tests/rdf/test_dataset.py"""
    record = reading(
        "[[Ann Lee|ann:Person]] may have met [[Bo Ray|bo:Person]] in May, aides said.\n"
        "[[She|ann]] is of [[Norland|nor:Country]].",
        said("ann", "metWith", "bo", "met", modality="possible", by="aides", cue="said"),
        said("ann", "citizenOf", "nor", "of", confidence=0.75),
        id="one",
        title='A "title"',
    )
    found = quads(graphs([record], resolution([record]), ontology(), run=RUN))
    text = serialise(Store.of(found).lines, "trig", prefixes=prefixes(ids.BASE_IRI)).decode()
    if os.environ.get("KG_RECORD"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def plain_triples(tier: str) -> set[tuple[str, str, str]]:
    found = set()
    for quad in store().quads():
        if str(quad.graph_name).endswith(f"/{tier}>"):
            found.add(tuple(re.split("[/#]", term.value)[-1] for term in quad.triple))
    return found


def test_only_what_the_article_says_itself_is_a_fact() -> None:
    sailors = next(s for s in resolved().entities if s.startswith("twelve"))
    assert plain_triples("facts") == {
        ("Ann_Lee", "leads", "Norland"),
        ("Ann_Lee", "metWith", "Bo_Ray"),
        ("Bo_Ray", "metWith", "Ann_Lee"),
        ("Red_Front", "designatedBy", "Norland"),
        ("Red_Front", "attacked", "Eastport"),
        (sailors, "killedBy", "Red_Front"),
    }


def test_claims_are_apart_and_plans_and_denials_give_no_plain_triple() -> None:
    sailors = next(s for s in resolved().entities if s.startswith("twelve"))
    assert plain_triples("claims") == {
        ("Dan_Orr", "heldBy", "Red_Front"),
        ("Dan_Orr", "capturedBy", "Blue_Guard"),
        (sailors, "killedBy", "Red_Front"),
    }


def test_every_statement_has_a_node_with_its_words() -> None:
    statements = [statement for record in RECORDS for statement in record.statements]
    modalities = [quad for quad in store().quads() if quad.predicate == KG.modality]
    assert len(modalities) == len(statements)
    exact = {quad.object.value for quad in store().quads() if quad.predicate == OA.exact}
    for statement in statements:
        for span in (*statement.evidence.sentences, statement.evidence.subject, statement.evidence.trigger):
            assert span.text in exact


def test_there_are_no_blank_nodes() -> None:
    for quad in store().quads():
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_nothing_is_left_of_an_unnamed_entity_of_which_nothing_is_said() -> None:
    record = reading("[[the crowd|crowd:Group]] saw [[the mayor|mayor:Person]] and [[Ann Lee|ann:Person]].")
    found = Store.of(quads(graphs([record], resolution([record]), ontology(), run=RUN)))
    labels = {quad.object.value for quad in found.quads() if "/entity/" in str(quad.subject)}
    assert labels == {"Ann Lee", PREFIXES["kg"] + "Person"}


def test_one_entity_on_both_ends_gives_a_node_but_no_plain_triple() -> None:
    record = reading("[[Ann Lee|a:Person]] met [[Ann Lee|b:Person]].", said("a", "metWith", "b", "met"))
    found = Store.of(quads(graphs([record], resolution([record]), ontology(), run=RUN)))
    assert not [graph for graph in found.graphs() if graph.value.endswith("/facts")]
    assert [quad for quad in found.quads() if quad.predicate == KG.modality]


@pytest.mark.parametrize(
    ("iso", "text", "datatype"),
    [
        ("2024-03-05", "2024-03-05", "date"),
        ("2024-03-05T10:30", "2024-03-05T10:30:00", "dateTime"),
        ("2024-03-05T10:30:15Z", "2024-03-05T10:30:15Z", "dateTime"),
        ("2024-03-05T10:30+02:00", "2024-03-05T10:30:00+02:00", "dateTime"),
        ("spring", "spring", "string"),
    ],
)
def test_moments_are_typed(iso: str, text: str, datatype: str) -> None:
    expected = ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))
    assert moment(iso) == str(expected)


def test_terms_of_the_record_are_in_the_record_vocabulary() -> None:
    declared = vocabulary_path("records.ttl").read_text(encoding="utf-8")
    missing = [term for term in KG.terms if not re.search(rf"^kg:{term} a ", declared, re.MULTILINE)]
    assert not missing


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError, match="modalty"):
        KG.modalty  # noqa: B018
