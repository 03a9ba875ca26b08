"""The queries that come with kg, each a file of ``kg/queries`` whose leading comments describe it and its parameters.

::

    # Who is said to have met whom.
    # @name? a part of the name of one of them

A parameter is a variable of the query; ``?`` marks one that may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

HEADER: Final = re.compile(r"# (?:@(?P<name>\w+)(?P<optional>\?)? )?(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Stock:
    """A query that comes with kg. ``parameters`` maps a name to what it means; those in ``required`` must be given."""

    name: str
    description: str
    parameters: Mapping[str, str]
    required: frozenset[str]
    text: str


@cache
def stock() -> Mapping[str, Stock]:
    """The stock queries by name."""
    files = (file for file in resources.files("kg").joinpath("queries").iterdir() if file.name.endswith(".rq"))
    found = (_read_stock(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files)
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def _read_stock(name: str, text: str) -> Stock:
    """A stock query with what its leading comments say."""
    description: list[str] = []
    parameters: dict[str, str] = {}
    required: set[str] = set()
    for line in text.splitlines():
        found = HEADER.fullmatch(line)
        if not found:
            break
        if found["name"]:
            parameters[found["name"]] = found["text"]
            if not found["optional"]:
                required.add(found["name"])
        else:
            description.append(found["text"])
    return Stock(name, " ".join(description), parameters, frozenset(required), text)
