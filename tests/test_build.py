"""Build, add and remove with a reader that needs no language model; all other stages are the real ones."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_factory import FakeReader

import kg
from kg.archive import Archive
from kg.errors import GraphError, InputError, KGError, NotFoundError, OutputError, VocabularyError
from kg.graph import Graph
from kg.ids import BASE_IRI
from kg.records import Article
from kg.sources import Progress, check_base

pytestmark = pytest.mark.usefixtures("reader")

MET = "SELECT ?a ?b { ?x kg:metWith ?y . ?x rdfs:label ?a . ?y rdfs:label ?b } ORDER BY ?a ?b"


def meetings(graph: Graph) -> set[tuple[object, ...]]:
    """Who met whom, each pair once."""
    return {tuple(sorted(map(str, row))) for row in graph.query(MET).rows}


def exported(graph: Graph, path: Path) -> bytes:
    graph.export(path)
    return path.read_bytes()


def test_build_from_files_of_all_sorts(articles: Path, tmp_path: Path) -> None:
    graph = kg.build([articles], tmp_path / "g")
    assert meetings(graph) == {("Ann Lee", "Bob Ray"), ("Ann Lee", "Eve Hill"), ("Bob Ray", "Dora Kim")}
    assert {entity.name for entity in graph.entities()} == {"Ann Lee", "Bob Ray", "Carol Fox", "Dora Kim", "Eve Hill"}
    assert len(graph.statements()) == 4
    assert [record.article.title for record in graph.records()].count("A visit to Paris") == 1


def test_summary(articles: Path, tmp_path: Path) -> None:
    summary = kg.build([articles], tmp_path / "g").summary()
    assert summary.articles == 3
    assert dict(summary.entities) == {"Person": 4}
    assert dict(summary.relations) == {"metWith": 4}
    assert dict(summary.modalities) == {"actual": 4}
    assert summary.attributed == 1
    assert (summary.coverage.sentences, summary.coverage.statements) == (5, 4)


def test_articles_can_be_given_as_records_and_the_graph_be_temporary(tmp_path: Path) -> None:
    graph = kg.build([Article("a", "T", "Ann Lee met Bob Ray."), Article("b", "T", "Ann Lee met Eve Hill.")])
    assert meetings(graph) == {("Ann Lee", "Bob Ray"), ("Ann Lee", "Eve Hill")}
    assert graph.folder.is_dir()


def test_open_needs_no_reader(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kg.build([articles], tmp_path / "g")
    monkeypatch.delattr("kg.reading.load_reader")
    graph = kg.open(tmp_path / "g")
    assert len(meetings(graph)) == 3
    assert graph.networkx().number_of_edges() == 4
    assert "Ann Lee" in graph.html()
    assert "srcdoc" in graph._repr_html_()
    assert len(graph.dataset) > 10


def test_the_same_articles_give_the_same_bytes_however_the_graph_came_about(articles: Path, tmp_path: Path) -> None:
    at_once = kg.build([articles], tmp_path / "g1")
    files = sorted(articles.glob("*.*"), reverse=True)
    kg.build([files[-1]], tmp_path / "g2")
    for file in files[:-1]:
        if file.suffix != ".rst":
            kg.add(tmp_path / "g2", [file])
    for suffix in ("ttl", "trig", "jsonl", "csv", "graphml"):
        first, second = tmp_path / f"1.{suffix}", tmp_path / f"2.{suffix}"
        at_once.export(first)
        kg.open(tmp_path / "g2").export(second)
        assert filecmp.cmp(first, second, shallow=False), suffix


def test_what_is_known_is_not_read_again(articles: Path, tmp_path: Path, reader: FakeReader) -> None:
    kg.build([articles], tmp_path / "g")
    assert len(reader.seen) == 3
    kg.build([articles], tmp_path / "g")
    kg.add(tmp_path / "g", [articles])
    assert len(reader.seen) == 3
    (articles / "new.txt").write_text("Fay Orr met Guy Wood.")
    graph = kg.add(tmp_path / "g", [articles])
    assert len(reader.seen) == 4
    assert ("Fay Orr", "Guy Wood") in meetings(graph)


def test_a_new_model_reads_everything_again_when_building(articles: Path, tmp_path: Path, reader: FakeReader) -> None:
    kg.build([articles], tmp_path / "g")
    reader.model = "fake-2"
    kg.add(tmp_path / "g", [articles / "claim.txt"])
    assert len(reader.seen) == 4
    kg.build([articles / "claim.txt"], tmp_path / "g")
    assert len(reader.seen) == 6


def test_an_article_with_a_known_id_takes_its_place(tmp_path: Path) -> None:
    kg.build([Article("a", "T", "Ann Lee met Bob Ray.")], tmp_path / "g")
    graph = kg.add(tmp_path / "g", [Article("a", "T", "Ann Lee met Eve Hill.")])
    assert meetings(graph) == {("Ann Lee", "Eve Hill")}


def test_remove_takes_away_what_only_that_article_said(articles: Path, tmp_path: Path) -> None:
    graph = kg.build([articles], tmp_path / "g")
    whole = exported(graph, tmp_path / "whole.trig")
    graph = kg.remove(graph, ["j1"])
    assert meetings(graph) == {("Ann Lee", "Bob Ray"), ("Bob Ray", "Dora Kim")}
    assert {entity.name for entity in graph.entities()} == {"Ann Lee", "Bob Ray", "Carol Fox", "Dora Kim"}
    again = kg.add(graph, [articles / "more.jsonl"])
    assert exported(again, tmp_path / "again.trig") == whole


def test_remove_of_an_unknown_article_removes_nothing(articles: Path, tmp_path: Path) -> None:
    graph = kg.build([articles], tmp_path / "g")
    with pytest.raises(NotFoundError, match="'j2'"):
        kg.remove(graph, ["j1", "j2"])
    assert graph.summary().articles == 3


def test_a_build_that_was_cut_off_goes_on(articles: Path, tmp_path: Path, reader: FakeReader) -> None:
    (articles / "zz.txt").write_text("STOP here. Fay Orr met Guy Wood.")
    with pytest.raises(KeyboardInterrupt):
        kg.build([articles], tmp_path / "g")
    assert len(meetings(kg.open(tmp_path / "g"))) == 3  # what was read is there
    (articles / "zz.txt").write_text("Go on. Fay Orr met Guy Wood.")
    reader.seen.clear()
    graph = kg.build([articles], tmp_path / "g")
    assert len(reader.seen) == 1
    assert len(meetings(graph)) == 4


def test_a_failure_while_deriving_is_made_up_for_when_opening(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build([articles], tmp_path / "g")
    with monkeypatch.context() as patch:
        patch.setattr("kg.rdf.Store.write", lambda *given, **rest: (_ for _ in ()).throw(OutputError("disk full")))
        with pytest.raises(OutputError, match="disk full"):
            kg.add(tmp_path / "g", [Article("a", "T", "Fay Orr met Guy Wood.")])
    assert ("Fay Orr", "Guy Wood") in meetings(kg.open(tmp_path / "g"))


@pytest.mark.parametrize("damage", [shutil.rmtree, lambda store: (store / "current").write_text("generation-0")])
def test_a_store_that_is_lost_is_derived_again(
    articles: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    graph = kg.build([articles], tmp_path / "g")
    whole = exported(graph, tmp_path / "whole.trig")
    for mend in (kg.open, lambda folder: kg.add(folder, [articles])):
        damage(tmp_path / "g" / "store")
        assert exported(mend(tmp_path / "g"), tmp_path / "again.trig") == whole


def test_an_article_with_an_unfit_text_is_told_and_the_others_are_built() -> None:
    texts = {
        "a": "Ann Lee met Bob Ray.",
        "b": "word " * 200_001,
        "c": "Ann\x00 Lee.",
        "d": "\ud83d left.",
        "e": "-" * 99,
    }
    articles = [Article(id, "Title", text) for id, text in texts.items()]
    errors: list[KGError] = []
    graph = kg.build(articles, on_error=errors.append)
    assert meetings(graph) == {("Ann Lee", "Bob Ray")}
    assert [(error.where, error.message.split()[0]) for error in errors] == [
        ("article b", "has"),
        ("article c", "holds"),
        ("article d", "holds"),
        ("article e", "holds"),
    ]
    with pytest.raises(InputError, match="1,000,005 characters"):
        kg.build(articles)


def test_bad_sources_are_reported_and_the_others_built(articles: Path, tmp_path: Path) -> None:
    (articles / "bad.jsonl").write_text("broken\n")
    (articles / "break.txt").write_text("BREAK. Fay Orr met Guy Wood.")
    errors: list[KGError] = []
    graph = kg.build([articles, tmp_path / "none.txt"], tmp_path / "g", on_error=errors.append)
    assert len(meetings(graph)) == 3
    assert len(errors) == 3
    with pytest.raises(InputError):
        kg.build([articles], tmp_path / "g")
    assert len(meetings(kg.open(tmp_path / "g"))) == 3


def test_nothing_to_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no article could be read"):
        kg.build([tmp_path / "none.txt"], tmp_path / "g", on_error=lambda error: None)
    assert not (tmp_path / "g").exists()


def test_add_needs_a_graph(tmp_path: Path, articles: Path) -> None:
    with pytest.raises(GraphError, match="no graph"):
        kg.add(tmp_path / "g", [articles])
    assert not (tmp_path / "g").exists()


def test_a_second_writer_is_refused(articles: Path, tmp_path: Path) -> None:
    graph = kg.build([articles], tmp_path / "g")
    with Archive(tmp_path / "g", write=True), pytest.raises(GraphError, match="another process is writing"):
        kg.add(graph, [Article("a", "T", "Fay Orr met Guy Wood.")])
    assert len(meetings(graph)) == 3


def test_progress_tells_every_step(articles: Path, tmp_path: Path) -> None:
    steps: list[Progress] = []
    kg.build([articles], tmp_path / "g", progress=steps.append)
    assert [step.stage for step in steps] == ["documents"] * 3 + ["articles"] * 4 + ["entities"] * 2
    assert [step.record.article.id for step in steps if step.record][-1] == "j1"
    assert all(step.total == 3 for step in steps if step.stage != "documents")


def test_own_vocabulary_goes_with_the_graph(articles: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(OWN)
    graph = kg.build([articles], tmp_path / "g", ontologies=[own])
    own.unlink()
    moved = graph.folder.rename(tmp_path / "moved")
    assert "outwitted" in kg.open(moved).ontology().properties
    kg.add(moved, [Article("a", "T", "Fay Orr met Guy Wood.")])
    with Archive(moved) as archive:
        assert archive.manifest.ontologies == ("vocabulary/ontology-1-own.ttl",)


def test_a_graph_remembers_that_the_lexicon_alone_read_it(articles: Path, tmp_path: Path) -> None:
    kg.build([articles], tmp_path / "g", learned=False)
    kg.add(tmp_path / "g", [Article("a", "T", "Fay Orr met Guy Wood.")])
    with Archive(tmp_path / "g") as archive:
        assert not archive.manifest.learned


OWN = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix own: <https://example.com/own#> .
own:outwitted a owl:ObjectProperty ; rdfs:label "outwitted"@en ; rdfs:comment "was cleverer than"@en ;
  rdfs:domain kg:Agent ; rdfs:range kg:Agent .
"""


def test_a_faulty_vocabulary_stops_before_anything_is_written(articles: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(OWN.replace("kg:Agent", "kg:Agnet"))
    with pytest.raises(VocabularyError):
        kg.build([articles], tmp_path / "g", ontologies=[own])
    assert not (tmp_path / "g").exists()


def test_base_iri(articles: Path, tmp_path: Path) -> None:
    entity = "SELECT ?s { ?s rdfs:label 'Ann Lee' }"
    graph = kg.build([articles], tmp_path / "g")
    assert graph.query(entity).rows[0][0].startswith(BASE_IRI)
    moved = kg.build([articles], tmp_path / "g", base_iri="https://news.example.com/kg#")
    assert moved.query(entity).rows[0][0].startswith("https://news.example.com/kg#entity/")
    again = kg.add(moved, [Article("a", "T", "Fay Orr met Guy Wood.")])
    assert again.query(entity).rows[0][0].startswith("https://news.example.com/kg#entity/")


@pytest.mark.parametrize("base", ["https://a.example/", "urn:x:kg/", "https://a.example/x#"])
def test_bases_that_will_do(base: str) -> None:
    assert check_base(base) == base


@pytest.mark.parametrize("base", ["", "kg/", "https://a.example", "https://a b/", "https://a/<x>/", "https://a/\n"])
def test_bases_that_will_not_do(base: str) -> None:
    with pytest.raises(InputError, match="base IRI"):
        check_base(base)


def test_show_and_path(articles: Path, tmp_path: Path) -> None:
    graph = kg.build([articles], tmp_path / "g")
    dossier = graph.show("bob ray")
    assert (dossier.name, dossier.type) == ("Bob Ray", "Person")
    assert [said.quote for said in dossier.statements].count("Carol Fox said that Bob Ray met Dora Kim.") == 1
    steps = graph.path("Eve Hill", "Dora Kim")
    assert [(step.subject, step.object, step.speaker) for step in steps] == [
        ("Ann Lee", "Eve Hill", None),
        ("Ann Lee", "Bob Ray", None),
        ("Bob Ray", "Dora Kim", "Carol Fox"),
    ]
    with pytest.raises(NotFoundError):
        graph.show("Nobody")
    kg.add(graph, [Article("a", "T", "Fay Orr met Guy Wood.")])
    with pytest.raises(NotFoundError, match="connects"):
        kg.open(tmp_path / "g").path("Ann Lee", "Fay Orr")


def test_validate_finds_nothing_wrong(articles: Path, tmp_path: Path) -> None:
    violations = kg.build([articles], tmp_path / "g").validate()
    assert not [one for one in violations if one.severity == "violation"]
