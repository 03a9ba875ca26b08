"""What is worked out while articles come is what resolving would have worked out; what is there is not read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_factory import FakeReader
from records_factory import reading, said

import kg
from kg.archive import Archive
from kg.arrivals import Arrivals
from kg.records import Article, ArticleRecord
from kg.resolve import State, resolve, resolve_changes

RECORDS = [
    reading("[[Ada Lund|c1:Person]] met [[Bo Ray|c2:Person]].", said("c1", "metWith", "c2", "met"), id="a1"),
    reading("[[Lund|c1:Person]] of [[Norway|c2:Country]] slept.", id="a2"),
    reading("[[Ada Lund|c1:Person]] of [[Norway|c2:Country]] spoke.", id="a3"),
]


def arrived(*, decided: bool = False) -> Arrivals:
    arrivals = Arrivals(decided)
    for record in RECORDS:
        arrivals.take(record)
    return arrivals


def test_entities_are_the_same_with_chains_made_before() -> None:
    made = arrived().chains
    assert made.keys() == {"a1", "a2", "a3"}
    by_id = {record.article.id: record for record in RECORDS}
    assert resolve_changes(State(), by_id, by_id, made=made)[0] == resolve(RECORDS)


def test_where_people_have_decided_chains_are_left_to_resolving() -> None:
    assert not arrived(decided=True).chains


def test_records_that_are_known_are_not_read_again(tmp_path: Path) -> None:
    with Archive(tmp_path, write=True) as archive:
        for record in RECORDS:
            archive.put(record)
        found = list(archive.records(known={"a2": RECORDS[1]}))
    assert found == RECORDS
    assert [one is other for one, other in zip(found, RECORDS, strict=True)] == [False, True, False]


def test_what_a_build_has_just_read_it_does_not_read_from_the_archive(
    tmp_path: Path, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(archive: Archive, line: str) -> ArticleRecord:
        raise AssertionError("read again")

    monkeypatch.setattr(Archive, "_read_record", unread)
    kg.build([Article(f"a{number}", "", "Ann Lee met Bob Ray.") for number in range(3)], tmp_path / "graph")
