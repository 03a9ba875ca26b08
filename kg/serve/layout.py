"""What all pages have: the frame, and text that stays text."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Template


def esc(text: object) -> str:
    """Text as HTML shows it; lone surrogates, which no page can carry, become U+FFFD."""
    return html.escape(str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), quote=True)


def layout(
    heading: str, title: str, body: str, *, script: str = "", alternates: Mapping[str, str] | None = None
) -> str:
    """A page.

    :param title: what the graph is called.
    :param body: HTML.
    :param alternates: addresses of the same in other formats.
    """
    links = "".join(f'<link rel="alternate" href="{href}">' for href in (alternates or {}).values())
    return Template(own("layout.html")).substitute(
        heading=esc(heading),
        title=esc(title),
        head=links + (f'<script src="{script}" defer></script>' if script else ""),
        body=body,
    )


@cache
def own(name: str) -> str:
    """A file of ours."""
    return resources.files("kg.serve").joinpath("page", name).read_text(encoding="utf-8")
