"""Finding an entity of a network by any of its names."""

from __future__ import annotations

import networkx as nx

from kg.errors import NotFoundError


def find(network: nx.MultiDiGraph[str], name: str) -> str:
    """The id of the node that ``name`` means: an id, else a label, else an alias; of several the best connected.

    :raises NotFoundError: if there is none.
    """
    if name in network:
        return name
    wanted = name.casefold().strip()
    by_label = [node for node, data in network.nodes(data=True) if data["label"].casefold() == wanted]
    by_alias = [
        node
        for node, data in network.nodes(data=True)
        if wanted in (alias.casefold() for alias in data.get("aliases") or ())
    ]
    for found in (by_label, by_alias):
        if found:
            return str(min(found, key=lambda node: (-network.degree(node), node)))
    raise NotFoundError(
        f"no entity is called {name!r}", fix="give the name as the graph has it; `kg query GRAPH entities` lists them"
    )
