from __future__ import annotations

import pytest

from kg.serve.negotiation import choose

OFFERED = ["text/html", "application/json", "text/turtle"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle ; q=0.9", "text/turtle"),
        ("application/json, text/html;q=0.9", "application/json"),
        ("text/*;q=0.5, application/json;q=0.4", "text/html"),
        ("text/html;q=0, */*;q=0.1", "application/json"),
        ("text/html;q=0", None),
        ("image/png", None),
        ("text/turtle;q=nonsense", None),
        ("text/turtle;charset=utf-8;q=0.7, application/json;q=0.8", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        (",,;;q=,", None),
    ],
)
def test_the_client_gets_what_it_likes_best(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


def test_there_may_be_nothing_on_offer() -> None:
    assert choose("", []) is None
