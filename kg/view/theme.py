"""How things look: a silhouette and a pictogram for each type, a line for each degree of certainty.

Colours live in ``page/colours.css`` (two themes); what is here must not depend on colour. Paths are SVG path data in a
box of 24 × 24, drawn on the canvas and in the legend alike, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Tier = Literal["fact", "claim", "possible", "planned", "wanted", "negated"]

_CIRCLE = "M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z"
_SQUARE = "M6 2h12a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z"
_FLAT_HEXAGON = "M.7 12L6.3 2.2h11.4L23.3 12l-5.6 9.8H6.3z"
_POINTED_HEXAGON = "M12 .7l9.8 5.6v11.4L12 23.3l-9.8-5.6V6.3z"
_PIN = "M12 23.6C8 18.6 2.8 15.2 2.8 9.7a9.2 9.2 0 0 1 18.4 0c0 5.5-5.2 8.9-9.2 13.9z"
_DIAMOND = (
    "M10.2 1.3a2.5 2.5 0 0 1 3.6 0l8.9 8.9a2.5 2.5 0 0 1 0 3.6l-8.9 8.9"
    "a2.5 2.5 0 0 1-3.6 0l-8.9-8.9a2.5 2.5 0 0 1 0-3.6z"
)
_PAGE = "M6 1h8.5L20 6.5V21a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2z"

_DISC = "M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z"
_BUST = "M12 4.8a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 1 0 0-7.2zM5.6 18.8c0-3.7 2.9-5.6 6.4-5.6s6.4 1.9 6.4 5.6z"
_BUSTS = (
    "M8.9 6.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6zM3.9 17.8c0-3.1 2.2-4.8 5-4.8s5 1.7 5 4.8z"
    "M15.9 6.9a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8z"
    "M15.1 17.8c.1-2-.5-3.5-1.5-4.5c.7-.3 1.4-.5 2.3-.5c2.5 0 4.4 1.7 4.4 5z"
)
_COLUMNS = (
    "M12 4.6l7.2 3.7v1.5H4.8V8.3zM6.3 11h2.1v5H6.3zM10.95 11h2.1v5h-2.1zM15.6 11h2.1v5h-2.1zM4.8 17.2h14.4v2H4.8z"
)
_FLAG = "M7.2 5h1.8v14H7.2zM9 5.6h9l-2 3.3 2 3.3H9z"
_HOLE = "M12 6.2a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z"
_BOLT = "M13.4 4.8l-5.4 8.4h3.4l-.8 6 5.4-8.4h-3.4z"
_LINES = "M7.2 9.8h9.6v1.7H7.2zM7.2 13.2h9.6v1.7H7.2zM7.2 16.6h6.4v1.7H7.2z"
_CUBE = "M12 5l6 3.3-6 3.3-6-3.3zM5.4 9.7l5.8 3.2v6.4l-5.8-3.2zM18.6 9.7l-5.8 3.2v6.4l5.8-3.2z"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How the entities of one type are drawn. ``colour`` names a CSS variable, ``--type-…``."""

    label: str
    colour: str
    outline: str
    glyph: str


@dataclass(frozen=True, slots=True)
class TierStyle:
    """How surely a statement is made: the line's dashes (in pixels), the words for the legend and for the panel."""

    label: str
    sentence: str
    dashes: tuple[int, ...]


TYPES: Mapping[str, TypeStyle] = {
    "Person": TypeStyle("Person", "person", _CIRCLE, _BUST),
    "Group": TypeStyle("Group", "group", _CIRCLE, _BUSTS),
    "Organization": TypeStyle("Organization", "organization", _SQUARE, _COLUMNS),
    "Country": TypeStyle("Country", "country", _FLAT_HEXAGON, _FLAG),
    "Place": TypeStyle("Place", "place", _PIN, _HOLE),
    "Event": TypeStyle("Event", "event", _DIAMOND, _BOLT),
    "Work": TypeStyle("Work", "work", _PAGE, _LINES),
    "Product": TypeStyle("Product", "product", _POINTED_HEXAGON, _CUBE),
}

TIERS: Mapping[Tier, TierStyle] = {
    "fact": TierStyle("Stated", "Stated by the article itself", ()),
    "claim": TierStyle("Claimed", "Claimed by a source", (9, 5)),
    "possible": TierStyle("Possible", "Said to be possible", (4, 5)),
    "planned": TierStyle("Planned", "Planned or promised, not done", (2, 4)),
    "wanted": TierStyle("Wanted", "Asked for or wanted, not done", (2, 8)),
    "negated": TierStyle("Denied", "Denied, or said not to be so", (9, 5, 2, 5)),
}


def type_style(name: str, base: str | None = None) -> TypeStyle:
    """The look of a type; a user's own class takes that of the shipped type it descends from, under its own name."""
    style = TYPES.get(name) or TYPES.get(base or "")
    if style is None:
        return TypeStyle(name, "other", _CIRCLE, _DISC)
    return style if name in TYPES else TypeStyle(name, style.colour, style.outline, style.glyph)


def tier_of(modality: str, *, attributed: bool) -> Tier:
    """The tier of a statement: the modality, where ``actual`` in somebody else's mouth is a claim.

    :raises ValueError: for a modality that is none of the five.
    """
    match modality:
        case "actual":
            return "claim" if attributed else "fact"
        case "possible" | "planned" | "wanted" | "negated":
            return modality
    raise ValueError(f"unknown modality {modality!r}")


def tiers_as_json() -> dict[str, dict[str, object]]:
    """The table of tiers for the page."""
    return {name: asdict(style) for name, style in TIERS.items()}
