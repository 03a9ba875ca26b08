"""Teachers of relations at a small size. Needs the extra "train"."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
torch.set_num_threads(1)

from kg.language import load_parser  # noqa: E402
from kg.language.encoder import MODEL, read_meta  # noqa: E402
from kg.ontology import load_ontology  # noqa: E402
from kg.training import relation_teacher  # noqa: E402
from kg.training.given import give_mentions  # noqa: E402
from kg.training.model import pretrained_encoder  # noqa: E402
from kg.training.relation_examples import Sizes, annotated_examples  # noqa: E402
from kg.training.relation_sources import Annotated  # noqa: E402
from kg.training.relation_teacher import Teacher, Text, train, write_answers  # noqa: E402


def record(verb: str, relation: str) -> dict[str, object]:
    text = f"Ada Lind {verb}  Ben Moe."
    start = text.index("Ben")
    ends = {"subject": "e1", "object": "e2", "subject_span": [0, 8], "object_span": [start, start + 7]}
    return {
        "id": verb,
        "text": text,
        "entities": [{"id": "e1", "type": "Person"}, {"id": "e2", "type": "Person"}],
        "mentions": [{"start": 0, "end": 8, "entity": "e1"}, {"start": start, "end": start + 7, "entity": "e2"}],
        "statements": [{"relation": relation, **ends}],
    }


RECORDS = [record("accused", "accused"), record("married", "spouseOf")]


def test_what_a_teacher_learns_it_answers(encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation_teacher, "PAIRS", 4)
    nlp = load_parser(threads=1)
    sizes = Sizes.of(load_ontology(), ["accused", "spouseOf"], read_meta(MODEL)["deps"])
    found = annotated_examples(nlp, [Annotated(r) for r in RECORDS], sizes, {"spouseOf"})
    data = [Text.of(doc, example, nlp) for doc, example in found]
    teacher = Teacher(pretrained_encoder(encoder, encoder), len(sizes.deps), len(sizes.labels))
    trained = train(teacher, data * 10, data * 12, epochs=30, rate=3e-3, seed=1)

    def asked() -> list[tuple[str, Doc]]:
        docs = []
        for one in RECORDS:
            made = nlp(str(one["text"]))
            give_mentions(made, one)
            docs.append((str(one["id"]), made))
        return docs

    path = tmp_path / "answers.jsonl.gz"
    write_answers([trained, trained], asked(), sizes, nlp, path)
    accused, married = (json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines())
    assert accused["id"] == "accused"
    assert accused["mentions"] == [[0, 8, "Person", "e1"], [18, 25, "Person", "e2"]]
    likely = {(a, b, label) for one in (accused, married) for a, b, label, share in one["answers"] if share > 0.5}
    assert likely == {(0, 1, "accused"), (0, 1, "spouseOf"), (1, 0, "spouseOf")}
    first = path.read_bytes()
    write_answers([trained, trained], asked(), sizes, nlp, path)
    assert path.read_bytes() == first


def test_a_text_reads_the_same_beside_longer_ones(encoder: Path) -> None:
    nlp = load_parser(threads=1)
    sizes = Sizes.of(load_ontology(), ["accused", "spouseOf"], read_meta(MODEL)["deps"])
    longer = record("accused", "accused")
    longer["text"] = f"{longer['text']} It rained in Oslo all day."
    found = annotated_examples(nlp, [Annotated(RECORDS[0]), Annotated(longer)], sizes, set())
    short, long = (Text.of(doc, example, nlp) for doc, example in found)
    teacher = Teacher(pretrained_encoder(encoder, encoder), len(sizes.deps), len(sizes.labels)).eval()
    with torch.no_grad():
        alone, beside = teacher.vectors([short])[0], teacher.vectors([short, long])[0]
    assert torch.allclose(alone, beside, atol=1e-5)
    blanks = np.flatnonzero([not vector.any() for vector in alone])
    assert blanks.tolist() == [3]  # the second of two spaces
