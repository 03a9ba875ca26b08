"""Known entities: a name of the register is no proof, what is said of its bearer decides."""

from __future__ import annotations

import pytest
from records_factory import reading

from kg.records import ArticleRecord, Resolution
from kg.resolve import Entry, Register, register_of, resolve

SCULPTOR = Entry(
    "n1", "Person", "Ada Lund", about="Norwegian sculptor, born in 1970", links=("https://example.org/n1",)
)
STRIKER = Entry("n2", "Person", "Ada Lund", about="Peruvian footballer", links=("https://example.org/n2",))
PLAIN = Entry("n3", "Person", "Ada Lund", aliases=("A. Lund",), links=("https://example.org/n3",))
ARTIST = reading("[[Ada Lund|c1:Person]], [[a Norwegian sculptor|c1]], spoke.", id="a1")
PLAYER = reading("[[Ada Lund|c1:Person]], [[a Peruvian striker|c1]], scored.", id="a2")
ANYBODY = reading("[[Ada Lund|c1:Person]] slept.", id="a3")


def links(found: Resolution) -> dict[str, tuple[str, ...]]:
    """What links the entity of each article has."""
    return {id.partition("#")[0]: found.entities[entity].links for id, entity in found.entity_of.items()}


def found(register: Register, *records: ArticleRecord) -> dict[str, str]:
    return {article: "".join(ids)[-2:] for article, ids in links(resolve(records, register=register)).items()}


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        ([SCULPTOR, STRIKER], {"a1": "n1", "a2": "n2", "a3": ""}),  # who of the two slept, nobody knows
        ([SCULPTOR], {"a1": "n1", "a2": "", "a3": "n1"}),
        ([STRIKER], {"a1": "", "a2": "n2", "a3": "n2"}),
    ],
)
def test_mentions_go_to_the_entry_that_they_fit(entries: list[Entry], wanted: dict[str, str]) -> None:
    register = register_of(entries)
    assert found(register, ARTIST, PLAYER, ANYBODY) == wanted


def test_what_could_be_either_is_left_for_people() -> None:
    result = resolve([ARTIST, PLAYER, ANYBODY], register=register_of([SCULPTOR, STRIKER]))
    (neither,) = {result.entity_of[m.id] for m in ANYBODY.mentions}
    assert sum(neither in (pair.left, pair.right) for pair in result.possible) == 2


def test_one_entry_does_not_swallow_a_namesake() -> None:
    again = reading("[[Ada Lund|c1:Person]], [[the Norwegian artist|c1]], left.", id="a4")
    assert found(register_of([PLAIN]), ARTIST, PLAYER, again) == {"a1": "n3", "a2": "", "a4": "n3"}
    assert found(register_of([PLAIN]), ANYBODY, PLAYER) == {"a2": "n3", "a3": "n3"}


def test_a_single_slip_does_not_take_somebody_out_of_the_register() -> None:
    minister = reading("[[Ada Lund|c1:Person]], [[the Norwegian minister|c1]], left.", id="a4")
    abroad = reading("[[A. Lund|c1:Person]], [[the Peruvian minister|c1]], came.", id="a5")
    assert found(register_of([PLAIN]), minister, abroad) == {"a4": "n3", "a5": "n3"}


def test_the_year_of_birth_decides() -> None:
    young = reading("[[Ada Lund|c1:Person]], 20, sang.", id="a1")
    old = reading("[[Ada Lund|c1:Person]], 53, sang.", id="a2")
    assert found(register_of([SCULPTOR]), young, old) == {"a1": "", "a2": "n1"}


def test_a_country_of_a_register_is_one_under_all_its_names() -> None:
    entry = Entry("n4", "Country", "Norway", links=("https://example.org/n4",))
    records = [
        reading("[[Norway|c1:Country]] voted.", id="a1"),
        reading("[[Norwegian|c1:Country]] ships left.", id="a2"),
    ]
    assert found(register_of([entry]), *records) == {"a1": "n4", "a2": "n4"}
