"""Which statement is meant: by id, by what other commands print, by its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_factory import FakeReader

from kg.errors import InputError, NotFoundError
from kg.explain import explain, find
from kg.graph import Graph
from kg.ids import BASE_IRI, statement_iri


@pytest.fixture
def opened(built: Path) -> Graph:
    return Graph(built)


def test_found_by_id_and_by_what_other_commands_print(opened: Graph) -> None:
    wanted = next(one for one in opened.statements() if one.attribution)
    for which in (
        wanted.id,
        wanted.id[:6],
        f"statement:{wanted.id}",
        f"<{statement_iri(BASE_IRI, wanted.id)}>",
        statement_iri(BASE_IRI, wanted.id),
        "Bob Ray met with Dora Kim  [according to Carol Fox]",
        "bob ray  met with dora kim",
        "Bob Ray metWith Dora Kim",
    ):
        record, statement = find(opened, which)
        assert statement == wanted, which
        assert statement in record.statements


@pytest.mark.parametrize("which", ["ffffffffffffffff", "Dora Kim met with Carol Fox", "", "statement:"])
def test_what_is_not_there_is_not_found(opened: Graph, which: str) -> None:
    with pytest.raises(NotFoundError, match="no statement"):
        find(opened, which)


def test_several_are_told_with_their_ids(opened: Graph) -> None:
    same = [one for one in opened.statements() if (one.subject.text, one.object.text) == ("Ann Lee", "Bob Ray")]
    assert len(same) == 2
    with pytest.raises(InputError, match="may mean 2 statements") as error:
        find(opened, "Ann Lee met with Bob Ray")
    assert all(one.id in str(error.value) for one in same)


def test_what_reads_differently_now_is_explained_from_the_graph(reader: FakeReader, opened: Graph) -> None:
    found = explain(opened, "Bob Ray met with Dora Kim")
    assert (found.subject.name, found.relation, found.object.name) == ("Bob Ray", "met with", "Dora Kim")
    assert found.trace is None
    assert found.article.text.startswith("Carol Fox")
