"""GraphML and GEXF, for Gephi, Cytoscape, yEd and others: flat attributes, and only characters that XML has."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import networkx as nx

from kg.rdf.serialise import XML_FORBIDDEN


def graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network as GraphML."""
    out = io.BytesIO()
    nx.write_graphml_xml(_flat(graph), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue()


def gexf(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network as GEXF 1.2, without the day it was written on: the same graph gives the same bytes."""
    out = io.BytesIO()
    flat = _flat(graph)
    for _, _, data in flat.edges(data=True):
        data["edge_label"] = data["label"]  # GEXF has a place of its own for the label, where not all programs look
    nx.write_gexf(flat, out, encoding="utf-8", prettyprint=True, version="1.2draft")
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)


def _flat(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        flat.add_node(node, **_attributes(data))
    for start, end, key, data in graph.edges(keys=True, data=True):
        evidence = data["evidence"]
        sentence = " … ".join(part["text"] for part in evidence)
        rest = {name: value for name, value in data.items() if name != "evidence"}
        places = [{role: value for role, value in part.items() if role != "text"} for part in evidence]
        flat.add_edge(start, end, key=key, id=key, **_attributes({**rest, "sentence": sentence, "evidence": places}))
    return flat


def _attributes(data: dict[str, Any]) -> dict[str, str | int | float | bool]:
    """Values that both formats have: no ``None``, lists of words joined by ``|``, other lists as JSON."""
    flat: dict[str, str | int | float | bool] = {}
    for name, value in data.items():
        if value is None:
            continue
        if isinstance(value, list):
            words = all(isinstance(item, str) for item in value)
            value = "|".join(value) if words else json.dumps(value, ensure_ascii=False)
        flat[name] = XML_FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value
    return flat
