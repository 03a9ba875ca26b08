from __future__ import annotations

import doctest

import pytest

from kg import naming
from kg.naming import abbreviates, is_acronym, organization_words, person_words, shortens_organization, shortens_person


def test_the_examples_in_the_documentation() -> None:
    assert doctest.testmod(naming).failed == 0


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("Lindqvist", "Maria Lindqvist", True),
        ("Maria", "Maria Lindqvist", True),
        ("de Rooij", "Anne de Rooij", True),
        ("al-Masri", "Omar al-Masri", True),
        ("Dr. Lindqvist", "Maria Lindqvist", True),
        ("Maria Lindqvist", "Maria Elena Lindqvist", True),
        ("Elena", "Maria Elena Lindqvist", False),
        ("al", "Omar al-Masri", False),
        ("Maria Lindqvist", "Maria Lindqvist", False),
        ("Lind", "Maria Lindqvist", False),
    ],
)
def test_short_names_of_persons(short: str, full: str, expected: bool) -> None:
    assert shortens_person(person_words(short), person_words(full)) is expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("Harbour Authority", "Rotterdam Harbour Authority", True),
        ("Court of Audit", "European Court of Audit", True),
        ("Audit", "Court of Audit", False),
        ("Rotterdam", "Rotterdam Harbour Authority", False),
        ("the Security Council", "United Nations Security Council", True),
    ],
)
def test_short_names_of_organizations(short: str, full: str, expected: bool) -> None:
    assert shortens_organization(organization_words(short), organization_words(full)) is expected


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("WHO", "World Health Organization", True),
        ("ECB", "European Central Bank", True),
        ("UN", "United Nations", True),
        ("WHO", "World Trade Organization", False),
        ("Who", "World Health Organization", False),
    ],
)
def test_acronyms(acronym: str, name: str, expected: bool) -> None:
    assert (is_acronym(acronym) and abbreviates(acronym, name)) is expected


@pytest.mark.parametrize("text", ["I", "Hamas", "United Nations", "iPhone"])
def test_what_is_no_acronym(text: str) -> None:
    assert not is_acronym(text)
