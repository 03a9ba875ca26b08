"""``kg export``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import PathType, graph_argument, note, quiet_option
from kg.graph import Graph


@click.command("export")
@graph_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=PathType(),
    help="The file to write; its suffix says the format.",
)
@quiet_option
def command(graph: Path, output: Path, quiet: bool) -> None:
    """Write a graph to a file of another format, by the file's suffix.

    The same graph gives the same bytes, so that a diff of two exports is the news.

    \b
    .ttl      RDF: Turtle, all in one graph
    .trig     RDF: TriG, with the named graphs (articles, facts, claims)
    .nq       RDF: N-Quads
    .jsonld   RDF: JSON-LD
    .rdf      RDF: RDF/XML
    .graphml  network: GraphML (yEd, Gephi, Cytoscape)
    .gexf     network: GEXF (Gephi)
    .csv      one row a statement
    .jsonl    one record an article: text, mentions, entities, statements

    \b
    Example:
      kg export graph -o graph.ttl
    """
    Graph(graph).export(output)
    note(f"wrote {output}", quiet=quiet)
