from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from small_graph import store

from kg import ids
from kg.errors import GraphError, OutputError
from kg.rdf.checksums import write_sums
from kg.rdf.generation import KEYS
from kg.rdf.publishing import CURRENT
from kg.rdf.store import Store
from kg.rdf.view import dataset


def quad(word: str, graph: str = "http://x.example/graph/a/facts") -> ox.Quad:
    x = "http://x.example/"
    return ox.Quad(ox.NamedNode(x + "s"), ox.NamedNode(x + "p"), ox.NamedNode(x + word), ox.NamedNode(graph))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    written = Store(tmp_path / "store", create=True)
    assert len(written) == 0
    written.replace(store().quads())
    assert set(written.quads()) == set(store().quads())
    assert set(Store(tmp_path / "store").quads()) == set(store().quads())


def test_many_may_read_while_one_writes(tmp_path: Path) -> None:
    writer = Store(tmp_path, create=True)
    writer.replace([quad("old")])
    readers = [Store(tmp_path) for _ in range(3)]
    writer.replace([quad("new")])
    assert [set(reader.quads()) for reader in readers] == [{quad("old")}] * 3
    assert set(Store(tmp_path).quads()) == {quad("new")}


def test_a_write_that_fails_changes_nothing(tmp_path: Path) -> None:
    written = Store(tmp_path, create=True)
    written.replace([quad("old")])

    def broken() -> Iterator[ox.Quad]:
        yield quad("new")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        written.replace(broken())
    assert set(Store(tmp_path).quads()) == {quad("old")}
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_old_generations_go(tmp_path: Path) -> None:
    written = Store(tmp_path, create=True)
    for n in range(4):
        written.replace([quad(str(n))])
    assert len(list(tmp_path.glob("generation-*"))) == 2


@pytest.mark.parametrize("content", [None, "", "generation-gone", "/etc", "\0"])
def test_what_is_no_store_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / CURRENT).write_text(content)
    with pytest.raises(GraphError) as caught:
        Store(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert caught.value.fix


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    Store(tmp_path, create=True).replace([quad("x")])
    for file in tmp_path.glob("generation-*/index/MANIFEST-*"):
        file.write_bytes(b"rubbish")
    with pytest.raises(GraphError, match="cannot be read"):
        Store(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of memory")
def test_files_cut_short_are_refused_in_little_memory(tmp_path: Path) -> None:
    """All but the logs that RocksDB writes for people: of the index, of the named graphs, of the lines and the keys."""
    written = Store(tmp_path, create=True)
    written.replace(store().quads())
    written.named_database  # noqa: B018  made when it is first asked for
    script = Path(__file__).with_name("damaged_stores.py")
    done = subprocess.run(
        [sys.executable, script, tmp_path, "120", "7"], capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["refused"] > 100
    assert found["answered"] < 12  # a log of RocksDB's


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        Store(tmp_path / "file" / "store", create=True).replace([quad("x")])


def test_merged_graphs_do_not_show() -> None:
    assert not [graph for graph in store().graphs() if "merged" in graph.value]
    assert not [one for one in store().quads() if "merged" in str(one.graph_name)]


def test_the_base_is_found_in_the_graph() -> None:
    assert store().base == ids.BASE_IRI
    base = "https://news.example/#"
    assert Store.of([quad("x", ids.articles_graph_iri(base))]).base == base
    assert Store().base == ids.BASE_IRI


def test_the_rdflib_view_has_the_same_quads() -> None:
    view = dataset(store())
    assert {graph.identifier.toPython() for graph in view.graphs()} >= {graph.value for graph in store().graphs()}
    assert sum(1 for _ in view.quads()) == len(store())
    count = next(iter(view.query("SELECT (COUNT(*) AS ?n) { ?who kg:metWith ?whom }")))
    assert int(count[0]) == 2  # type: ignore[index, arg-type]
    assert {str(row[0]) for row in view.query('SELECT ?n { ?x rdfs:label "Ann Lee" ; skos:altLabel ?n }')} == {"Lee"}  # type: ignore[index]


def test_reading_takes_no_rdflib() -> None:
    code = "import sys, kg.rdf, kg.query; sys.exit(1 if {'rdflib', 'spacy', 'networkx'} & set(sys.modules) else 0)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_store_without_the_tables_of_this_kg_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    Store(tmp_path, create=True).replace([quad("old")])
    [keys] = tmp_path.glob(f"generation-*/{KEYS}")
    keys.rename(keys.with_name("keys.db"))
    write_sums(keys.parent)
    with pytest.raises(GraphError, match="made by an older kg"):
        Store(tmp_path)


@pytest.mark.parametrize("name", ["../other/{}", "{}/../../other/{}", "", ".", "generation-0", "\0"])
def test_a_store_leads_to_no_files_but_its_own(tmp_path: Path, name: str) -> None:
    for folder in ("here", "other"):
        Store(tmp_path / folder, create=True).replace([quad(folder)])
    [generation] = (tmp_path / "other").glob("generation-*")
    (tmp_path / "here" / CURRENT).write_text(name.format(generation.name, generation.name))
    with pytest.raises(GraphError):
        Store(tmp_path / "here")
