"""Adding, correcting and removing: what a graph holds depends on its articles alone, not on the way there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.archive import Archive
from kg.errors import InputError, NotFoundError
from kg.graph import Graph
from kg.records import Article

pytestmark = pytest.mark.usefixtures("reader")

#: Few names for many articles, some of them parts of others: so that entities are shared, and merge and part.
NAMES = st.sampled_from(["Ann Lee", "Bob Ray", "Eve Fox", "Ann Ray", "Bob Lee", "Carol Fox"])
SENTENCE = st.one_of(
    st.builds("{} met {}.".format, NAMES, NAMES),
    st.builds("{} said that {} met {}.".format, NAMES, NAMES, NAMES),
)
TEXT = st.lists(SENTENCE, min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(TEXT, min_size=1, max_size=4)


def articles(prefix: str, texts: list[str]) -> list[Article]:
    return [Article(f"{prefix}{n}", f"Title {n}", text, source="The Courier") for n, text in enumerate(texts)]


def trig(graph: Graph, name: str = "out") -> bytes:
    path = graph.folder.parent / f"{graph.folder.name}-{name}.trig"
    graph.export(path)
    return path.read_bytes()


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, TEXTS, TEXTS)
def test_building_two_sets_and_removing_one_leaves_the_other(
    one: list[str], other: list[str], later: list[str]
) -> None:
    """build(A ∪ B) − B = build(A), byte for byte, also where articles of B were corrected in between."""
    kept, gone = articles("a", one), articles("b", other)
    expected = trig(kg.build(kept))
    graph = kg.build([*kept, *gone])
    for article, text in zip(gone, later, strict=False):
        graph = kg.replace(graph, article.id, Article("x", "Another title", text))
    assert trig(kg.remove(graph, [article.id for article in gone])) == expected


def test_the_same_articles_in_any_order_give_the_same_bytes() -> None:
    given = articles("a", ["Ann Lee met Bob Ray.", "Bob Ray met Eve Fox.", "Eve Fox said that Ann Lee met Bob Ray."])
    grown = kg.build(given[2:])
    for article in given[:2]:
        grown = kg.add(grown, [article])
    assert trig(grown) == trig(kg.build(given))


TRAIL = """
SELECT ?article ?revision ?label ?digest {
  ?article prov:wasRevisionOf+ ?revision . ?article a schema:NewsArticle .
  ?revision a prov:Entity ; rdfs:label ?label ; schema:sha256 ?digest ; prov:specializationOf ?article
} ORDER BY ?revision
"""


def test_a_corrected_article_keeps_its_id_and_a_trail_of_revisions(graph: Path) -> None:
    kg.replace(graph, "j1", Article("other", "More, corrected", "Ann Lee met Gus Orr.", source="S"))
    found = kg.replace(graph, "j1", Article("other", "More, corrected", "Ann Lee met Gus Orr. Gus Orr met Eve Hill."))
    rows = found.query(TRAIL).rows
    assert [row[2] for row in rows] == ["More", "More, corrected"]
    assert [str(row[1]).rpartition("/")[2] for row in rows] == ["j1.1", "j1.2"]
    assert len({row[3] for row in rows}) == 2
    assert "Gus Orr" in {entity.name for entity in found.entities()}
    assert not [one for one in found.validate() if one.severity == "violation"]
    with Archive(graph) as archive:
        assert [event.kind for event in archive.events()][-2:] == ["corrected", "corrected"]
        assert [article.title for article in archive.revisions()["j1"]] == ["More", "More, corrected"]
    assert "wasRevisionOf" not in trig(kg.remove(found, ["j1"])).decode()
    again = kg.add(graph, [Article("j1", "More", "Ann Lee met Eve Hill.")])  # a new start has no trail
    assert not again.query(TRAIL).rows


def test_reading_again_is_no_correction(reader, graph: Path) -> None:  # type: ignore[no-untyped-def]
    reader.model = "fake-2"
    kg.build([Article("new", "T", "Ann Lee met Gus Orr.")], graph)
    with Archive(graph) as archive:
        assert {event.kind for event in archive.events(after=3)} == {"reread", "added"}
        assert archive.moments(after=3) == [(it.number, it.at, it.id) for it in archive.events(after=3)]
        assert not archive.revisions()


def test_a_correction_that_is_given_again_is_not_read_again(reader, graph: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    [id] = [record.article.id for record in kg.open(graph).records() if record.article.title == "A visit to Paris"]
    file = tmp_path / "2024-10-24-visit.txt"
    file.write_text("A visit to Paris\n\nAnn Lee met Gus Orr.\n")
    kg.replace(graph, id, file)
    seen = len(reader.seen)
    again = kg.add(graph, [file])
    assert len(reader.seen) == seen
    assert again.summary().articles == 3


@pytest.mark.parametrize(
    ("text", "update", "articles"),
    [
        ("A visit to Paris\n\nAnn Lee met Gus Orr.\n", True, 3),
        ("A visit to Paris\n\nAnn Lee met Gus Orr.\n", False, 4),
        ("A visit to Rome\n\nAnn Lee met Gus Orr.\n", True, 4),
    ],
    ids=["recognised", "not asked", "another title"],
)
def test_a_correction_is_recognised_by_source_title_and_date(
    graph: Path, tmp_path: Path, text: str, update: bool, articles: int
) -> None:
    file = tmp_path / "2024-10-24-visit.txt"
    file.write_text(text)
    found = kg.add(graph, [file], update=update)
    assert found.summary().articles == articles
    assert bool(found.query(TRAIL).rows) == (articles == 3)


def test_two_alike_are_no_correction_of_one(graph: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2024-10-24-visit.txt").write_text(f"A visit to Paris\n\nAnn Lee met Gus Orr {folder}.\n")
    found = kg.add(graph, [tmp_path / "one", tmp_path / "two"], update=True)
    assert found.summary().articles == 5


def test_what_cannot_be_replaced_changes_nothing(graph: Path, tmp_path: Path) -> None:
    before = trig(kg.open(graph))
    two = tmp_path / "two.jsonl"
    two.write_text('{"text": "Ann Lee met Bob Ray."}\n{"text": "Ann Lee met Gus Orr."}\n')
    with pytest.raises(InputError, match="holds 2 articles"):
        kg.replace(graph, "j1", two)
    with pytest.raises(NotFoundError, match="'j2'"):
        kg.replace(graph, "j2", Article("x", "T", "Ann Lee met Gus Orr."))
    assert trig(kg.open(graph)) == before
