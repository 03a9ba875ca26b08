"""What the explorer can show of a graph: all of a small one, of a large one what lies around an entity."""

from __future__ import annotations

import networkx as nx

from kg.errors import NotFoundError
from kg.network import edge_attributes, network, node_attributes
from kg.rdf.namespaces import KG, RDF
from kg.rdf.near import Near
from kg.rdf.terms import Term
from kg.serve.answers import node
from kg.serve.desk import Desk
from kg.view import render

WHOLE = 5_000  # statements that are shown at once
AROUND = 400  # statements of one entity that are followed
STEPS = 2


def explorer(desk: Desk, *, focus: str = "", depth: int = 1) -> str:
    """The page, with nothing to fetch.

    :raises NotFoundError: if there is no such entity, or the graph is too large to be shown at once.
    """
    from kg.serve.answers import summary

    count = int(summary(desk)["statements"] or 0)
    if count <= WHOLE:
        return render(network(desk.store), title=desk.title, focus=focus or None, depth=depth)
    if not focus:
        raise NotFoundError(
            f"the graph has {count:,} statements, more than the explorer shows at once",
            fix="search for somebody and choose “Explore around” on their page",
        )
    return render(around(desk.near, focus, min(depth, STEPS)), title=f"{desk.title}: {focus}", focus=focus, depth=depth)


def around(look: Near, id: str, depth: int) -> nx.MultiDiGraph[str]:
    """The statements within so many steps of an entity, as :func:`kg.network.network` has them."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    edge_of_known: set[Term] = {node(look, "entity", id)}
    known = set(edge_of_known)
    for _ in range(depth):
        found: set[Term] = set()
        for entity in sorted(edge_of_known, key=str):
            for it in sorted(look.statements(entity), key=str)[:AROUND]:
                ends = [look.one(it, end) for end in (RDF.subject, RDF.object)]
                present = [end for end in ends if end is not None]
                for one in (*present, *look.all(it, KG.attributedTo)):
                    if look.id(one, "entity") not in graph:
                        graph.add_node(look.id(one, "entity"), **node_attributes(look, one))
                subject, obj = (look.id(end, "entity") for end in present)
                key = look.id(it, "statement")
                if not graph.has_edge(subject, obj, key):
                    graph.add_edge(subject, obj, key=key, **edge_attributes(look, it))
                    for end in {subject, obj}:
                        graph.nodes[end]["statements"] += 1
                found.update(present)
        edge_of_known = found - known
        known |= found
    return graph
