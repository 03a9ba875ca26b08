"""Training of the scorer of relations; needs the packages of the extra "train"."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from factory import doc
from spacy.tokens import Doc

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from kg.language.relation_scorer import RelationScorer  # noqa: E402
from kg.ontology import load_ontology  # noqa: E402
from kg.training import relations  # noqa: E402
from kg.training.relation_sources import Annotated  # noqa: E402

# PyTorch warns of the exporter by tracing, which is the one that takes operators of ONNX Runtime.
pytestmark = pytest.mark.filterwarnings("ignore")

WIDTH = 16
DEPS = ("nsubj", "obj", "root")


def sentence(verb: str) -> Doc:
    made = doc(f"Ann/PROPN/nsubj/2 {verb}/VERB/root/0 Bob/PROPN/obj/2", ents={"Ann": "Person a", "Bob": "Person b"})
    made.tensor = np.zeros((3, WIDTH), dtype=np.float16)
    made.tensor[1, 0 if verb == "accused" else 1] = 3.0
    return made


def examples(sizes: relations.Sizes) -> list[relations.Example]:
    found = []
    for verb, stated in (("accused", "accused"), ("helped", "aided")):
        made = sentence(verb)
        ends = {"subject_span": [0, 3], "object_span": [made[2].idx, made[2].idx + 3]}
        record = {"text": made.text, "statements": [{"subject": "a", "relation": stated, "object": "b", **ends}]}
        one = relations._example(made, Annotated(record), sizes, set())
        assert one is not None
        found.append(one)
    return found


def test_what_is_learned_is_what_runs(tmp_path: Path) -> None:
    sizes = relations.Sizes.of(load_ontology(), ["accused", "aided"], DEPS)
    model = relations.train(examples(sizes) * 8, examples(sizes), sizes, epochs=40, rate=5e-3)
    (tmp_path / "meta.json").write_text(json.dumps({"deps": DEPS, "sha256": {}}))
    relations.export(model, sizes, tmp_path, told={})
    scorer = RelationScorer(tmp_path)
    for verb, expected in (("accused", "accused"), ("helped", "aided")):
        made = scorer(sentence(verb))
        best = max(made.user_data["relations"], key=lambda found: found.score)
        assert (best.subject, best.relation, best.object, best.trigger) == (0, expected, 1, 1)
        assert best.score > 0


def test_passages_are_put_together_and_none_is_lost() -> None:
    sizes = relations.Sizes.of(load_ontology(), ["accused", "aided"], DEPS)
    passages = examples(sizes) * 40
    groups = relations.together(passages, random.Random(1))
    assert sum(len(group.blocks) for group in groups) == len(passages)
    assert max(len(group.blocks) for group in groups) == relations.PASSAGES


def test_a_relation_that_a_source_does_not_annotate_teaches_nothing() -> None:
    sizes = relations.Sizes.of(load_ontology(), ["accused", "aided"], DEPS)
    record = {"text": "Ann accused Bob", "statements": []}
    one = relations._example(sentence("accused"), Annotated(record, frozenset({"aided"})), sizes, set())
    assert one is not None
    assert one.known[0].all(dim=0).tolist() == [False, True]
