"""Annotated texts as examples: layers of mentions, and items whose annotations lie apart from their text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.training.annotated import iob, read_items, read_news


def test_news_gives_nested_mentions_in_layers(tmp_path: Path) -> None:
    text = "The Oslo Chamber met envoys of Norway.\n\nIt agreed."
    spans = {"Oslo Chamber": "e1", "Oslo": "e2", "envoys of Norway": "e3", "Norway": "e4", "It": "e1"}
    mentions = [{"start": text.index(t), "end": text.index(t) + len(t), "entity": e} for t, e in spans.items()]
    types = {"e1": "Organization", "e2": "Place", "e3": "Group", "e4": "Country"}
    entities = [{"id": e, "type": t} for e, t in types.items()]
    record = {"id": "n", "text": text, "mentions": mentions, "entities": entities}
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(record) + "\n")
    (first, second) = next(read_news(path))
    assert first.tags["names"] == ("O", "B-Organization", "I-Organization", "O", "O", "O", "B-Country", "O")
    assert first.tags["inner"] == ("O", "B-Place", "O", "O", "O", "O", "O", "O")
    assert first.tags["nominals"] == ("O", "O", "O", "O", "B-Group", "I-Group", "I-Group", "O")
    assert second.words == ("It", "agreed", ".")
    assert set(second.tags["names"]) == {"O"}


TEXT = "Ada Lind met envoys of Norway in Oslo."
ITEM = {
    "id": "i1",
    "entities": {"e1": "Person", "e2": "Group", "e3": "Country"},
    "mentions": [[0, 8, "e1"], [13, 29, "e2"], [23, 29, "e3"]],
    "statements": [["metWith", 0, 1], ["officialOf", 1, 2]],
}


def items(folder: Path, *texts: dict[str, str]) -> tuple[Path, Path]:
    for name, records in (("texts", texts), ("annotations", [ITEM])):
        (folder / name).write_text("".join(json.dumps(record) + "\n" for record in records))
    return folder / "texts", folder / "annotations"


def test_items_meet_their_texts(tmp_path: Path) -> None:
    ((example,),) = read_items(*items(tmp_path, {"id": "i0", "text": "Rain."}, {"id": "i1", "text": TEXT}))
    assert example.doc == "i1"
    assert example.mentions == ((0, 2, "e1"), (3, 6, "e2"), (5, 6, "e3"))
    assert example.types == ("Person", "Group", "Country")
    stated = {(p.subject, p.object): p.relations for p in example.pairs or () if p.relations}
    # Who meets is met.
    assert stated == {(0, 1): {"metWith"}, (1, 0): {"metWith"}, (1, 2): {"officialOf"}}


def test_an_item_without_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text for i1"):
        list(read_items(*items(tmp_path, {"id": "i0", "text": "Rain."})))


def test_a_span_tags_every_word_it_touches() -> None:
    assert iob([0, 5, 6], [4, 6, 9], [(0, 6, "A")]) == ("B-A", "I-A", "O")
