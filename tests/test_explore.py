"""Dossiers and connections, over networks made by hand."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from kg.errors import NotFoundError
from kg.explore import connection, dossier


def network(*edges: tuple[str, str, str, dict[str, Any]]) -> nx.MultiDiGraph[str]:
    """A network of people; an edge is subject, relation, object and what is special about it."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, (subject, relation, obj, special) in enumerate(edges):
        for name in (subject, obj):
            made.add_node(name, label=name.title(), type="Person", aliases=[f"{name}!"], iri=f"urn:{name}", links=[])
        plain = {
            "relation": relation,
            "label": relation,
            "modality": "actual",
            "speaker": None,
            "confidence": 0.8,
            "article": f"a{number}",
            "title": "T",
            "date": None,
            "evidence": [{"text": f"{subject} {relation}\n {obj}."}],
        }
        made.add_edge(subject, obj, key=f"s{number}", **(plain | special))
    return made


NETWORK = network(
    ("ann", "met", "bob", {"date": "2024-02-01", "place": "Paris", "time": None}),
    ("bob", "met", "cy", {"modality": "possible"}),
    ("ann", "met", "dee", {"speaker": "Eve"}),
    ("dee", "met", "cy", {}),
    ("ann", "met", "cy", {"modality": "planned"}),
    ("ann", "met", "cy", {"modality": "negated"}),
    ("eve", "met", "eve", {}),
    ("ann", "saw", "bob", {"date": "2024-01-01", "confidence": 0.3}),
    ("ann", "heard", "bob", {"date": "2024-03-01", "confidence": 0.9}),
)


def test_a_dossier_has_all_that_is_said_by_date() -> None:
    found = dossier(NETWORK, "BOB")
    assert (found.id, found.name, found.aliases) == ("bob", "Bob", ("bob!",))
    assert [(it.subject, it.relation, it.date) for it in found.statements] == [
        ("Bob", "met", None),
        ("Ann", "saw", "2024-01-01"),
        ("Ann", "met", "2024-02-01"),
        ("Ann", "heard", "2024-03-01"),
    ]
    assert found.statements[2].qualifiers == {"place": "Paris"}
    assert found.statements[2].quote == "ann met bob."


def test_a_statement_about_itself_is_listed_once() -> None:
    assert len(dossier(NETWORK, "eve!").statements) == 1


def test_connections_go_by_the_surest_statement_and_in_either_direction() -> None:
    assert [(it.subject, it.relation, it.object) for it in connection(NETWORK, "ann", "bob")] == [
        ("Ann", "heard", "Bob")
    ]
    assert [it.id for it in connection(NETWORK, "cy", "dee")] == ["s3"]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ((("a", "met", "b", {}), ("b", "met", "c", {}), ("a", "met", "c", {"modality": "planned"})), ["s0", "s1"]),
        ((("a", "met", "b", {}), ("b", "met", "c", {}), ("a", "met", "c", {"modality": "possible"})), ["s2"]),
        (
            (
                ("a", "met", "b", {}),
                ("b", "met", "c", {"speaker": "X"}),
                ("a", "met", "d", {}),
                ("d", "met", "c", {}),
            ),
            ["s2", "s3"],
        ),
        ((("a", "met", "b", {"modality": "possible"}), ("a", "met", "b", {})), ["s1"]),
    ],
    ids=["a plan connects nothing", "a claim does", "facts are nearer than claims", "the fact of a pair is shown"],
)
def test_connections(way: tuple[tuple[str, str, str, dict[str, Any]], ...], expected: list[str]) -> None:
    end = way[-1][2]
    assert [it.id for it in connection(network(*way), "a", end)] == expected


@pytest.mark.parametrize(("start", "end"), [("ann", "eve"), ("ann", "nobody"), ("nobody", "ann")])
def test_what_is_not_there_or_not_connected(start: str, end: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        connection(NETWORK, start, end)
    assert raised.value.fix
