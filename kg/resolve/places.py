"""Large cities, the states of the USA and countries by name, with their GeoNames ids. Data in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.naming import name_words

GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True, slots=True)
class Spot:
    """A city, state or country. ``sure``: its name alone means it, in any text. ``state`` is of the USA."""

    kind: str
    id: str
    name: str
    country: str
    state: str
    sure: bool

    @property
    def link(self) -> str:
        """The IRI that GeoNames gives it."""
        return f"{GEONAMES}{self.id}/"


@dataclass(frozen=True, slots=True)
class Places:
    """Cities and states by the folded words of their names, the largest first; countries' ids by their code."""

    by_words: Mapping[tuple[str, ...], tuple[Spot, ...]]
    countries: Mapping[str, Spot]

    def named(self, words: tuple[str, ...]) -> Spot | None:
        """The one place that a name surely means."""
        found = self.by_words.get(words, ())
        return found[0] if found and found[0].sure else None

    def state(self, words: tuple[str, ...]) -> Spot | None:
        """The state of the USA that is called so, or shortened so."""
        return next((spot for spot in self.by_words.get(words, ()) if spot.kind == "state"), None)

    def within(self, words: tuple[str, ...], countries: frozenset[str], states: frozenset[str]) -> Spot | None:
        """The one city of that name in the country, or state, that is known; or what the name alone means."""
        if not countries and not states:
            return self.named(words)
        near = [
            spot
            for spot in self.by_words.get(words, ())
            if spot.kind == "city" and spot.country in countries and (not states or spot.state in states)
        ]
        return near[0] if len(near) == 1 else None


@lru_cache(maxsize=1)
def load_places() -> Places:
    """The shipped table of places."""
    by_words: dict[tuple[str, ...], list[Spot]] = {}
    countries: dict[str, Spot] = {}
    for spot, names, _ in sorted(_lines(), key=lambda line: (-line[2], int(line[0].id))):
        if spot.kind == "country":
            countries[spot.country] = spot
            continue
        for words in dict.fromkeys(map(name_words, names)):
            by_words.setdefault(words, []).append(spot)
    return Places({words: tuple(spots) for words, spots in by_words.items()}, countries)


def _lines() -> Iterator[tuple[Spot, list[str], int]]:
    """Each place with its names and its people."""
    for line in files("kg.resolve").joinpath("places.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, id, name, other, country, state, people, sure = line.split("\t")
        names = [name, *(part for part in other.split("|") if part)]
        yield Spot(kind, id, name, country, state, sure == "sure"), names, int(people)
