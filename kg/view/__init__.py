"""The explorer: one HTML file that holds the graph, the sentences behind it and all it needs to show them.

Nothing is fetched from anywhere, and what articles say is data on the page, never markup: it travels as JSON and the
scripts set it as text. The Content-Security-Policy allows just the scripts and the style that the page carries, by
their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["render"]

#: In the order in which they run; each adds its part to ``explorer``.
SCRIPTS = (
    # what the page knows
    *("model.js", "facets.js", "walk.js", "dom.js"),
    # the picture
    *("groups.js", "lines.js", "labels.js", "parts.js", "arrange.js", "scene.js", "bodies.js", "paint.js"),
    *("stage-vis.js", "stage-canvas.js", "picture.js"),
    # around it
    *("panel.js", "evidence.js", "dossier.js", "search.js", "filters.js", "timeline.js", "table.js", "words.js"),
    *("svg.js", "turtle.js", "take-away.js", "address.js", "main.js"),
)
VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"


def render(
    network: nx.MultiDiGraph[str], *, title: str, focus: str | None = None, depth: int = 1, note: str | None = None
) -> str:
    """The page as a string, to be written as UTF-8. The same network gives the same bytes.

    :param network: nodes and edges with the plain attributes of :func:`kg.network.network`.
    :param title: shown at the top and in the browser's tab.
    :param focus: an entity's id, name or alias: show only what lies within ``depth`` steps of it, in either direction.
    :param note: words on the page that tell which part of a graph this is.
    :raises NotFoundError: if no entity answers to ``focus``.
    """
    from kg.view.data import page_data  # lays out: brings along numpy and networkx, which our tables do without

    data = page_data(network, title=title, focus=focus, depth=depth, note=note)
    style = _own("colours.css") + _own("explorer.css")
    scripts = [_own(name) for name in SCRIPTS]
    if data["renderer"] == "vis":
        scripts.insert(0, _vis_network())
    page = Template(_own("template.html")).substitute(
        policy=_policy(scripts, style),
        title=html.escape(_clean(title)),
        style=style,
        data=_as_script_data(data),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )
    return page


def _policy(scripts: list[str], style: str) -> str:
    """The Content-Security-Policy: what is on the page runs, nothing else does, and nothing is requested."""
    hashes = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _as_script_data(data: Any) -> str:
    """JSON that no HTML parser takes for anything else, whatever the articles say."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return _clean(text)


def _clean(text: str) -> str:
    """``text`` with lone surrogates and NUL, which no UTF-8 page can carry, replaced by U+FFFD."""
    return re.sub("[\ud800-\udfff\0]", "\ufffd", text)


@cache
def _own(name: str) -> str:
    return resources.files(__package__).joinpath("page", name).read_text(encoding="utf-8")


@cache
def _vis_network() -> str:
    """The vis-network that pyvis bundles, licence header kept. Its style sheet serves toolbars that we do not show."""
    script = resources.files("pyvis").joinpath(*VIS_NETWORK.split("/")).read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", script)  # developer tools would ask for that file
