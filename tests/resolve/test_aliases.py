"""Where an article itself says that two names are one, and where it only looks so."""

from __future__ import annotations

from kg.records import Mention
from kg.resolve.aliases import said_to_be_one


def test_whose_somebody_is_is_no_name_of_theirs() -> None:
    text = "Bo Lund, who is also Ann Rau's envoy, left."
    bo = Mention(0, 7, "Bo Lund", "a", "name", "Person", "c1")
    ann = Mention(21, 28, "Ann Rau", "a", "name", "Person", "c2")
    assert list(said_to_be_one([bo, ann], text)) == []
    assert list(said_to_be_one([bo, ann], text.replace("'s envoy", ""))) == [(bo, ann)]
