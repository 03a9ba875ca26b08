"""Where an article itself says that two names are one, and where it only looks so."""

from __future__ import annotations

import pytest
from records_factory import unmark

from kg.records import Mention
from kg.resolve.aliases import said_to_be_one


def test_whose_somebody_is_is_no_name_of_theirs() -> None:
    text = "Bo Lund, who is also Ann Rau's envoy, left."
    bo = Mention(0, 7, "Bo Lund", "a", "name", "Person", "c1")
    ann = Mention(21, 28, "Ann Rau", "a", "name", "Person", "c2")
    assert list(said_to_be_one([bo, ann], text)) == []
    assert list(said_to_be_one([bo, ann], text.replace("'s envoy", ""))) == [(bo, ann)]


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("[[Northline|a:Organization]] will be called [[Sava|b:Organization]] from May.", True),
        ("[[Northline|a:Organization]] has renamed itself [[Sava|b:Organization]].", True),
        ("[[Bo Lund|a:Person]] called [[Ann Rau|b:Person]] from the airport.", False),
        ("[[Bo Lund|a:Person]], the singer better known as [[Red Bo|b:Person]], is back.", True),
        ("[[The singer|a:Person]], whose real name is [[Bo Lund|b:Person]], is back.", True),
        ("[[The singer|a:Person]], now with [[Bo Lund|b:Person]], is back.", False),
        ("[[The mayor|a:Person]] is now [[Bo Lund|b:Person]].", False),  # an office changes hands
    ],
)
def test_phrases_that_give_another_name(text: str, one: bool) -> None:
    plain, marks = unmark(text)
    mentions = [
        Mention(
            start, end, plain[start:end], "a", "nominal" if plain[start:end].startswith("The ") else "name", type_, it
        )
        for start, end, it, type_ in marks
    ]
    assert bool(list(said_to_be_one(mentions, plain))) is one
