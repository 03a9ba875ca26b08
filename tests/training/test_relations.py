"""Training of the scorer of relations; needs the packages of the extra "train"."""

from __future__ import annotations

import json
import random
from dataclasses import replace
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
from kg.training.fitting import in_steps  # noqa: E402
from kg.training.relation_examples import Example, Sizes, example_of  # noqa: E402
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


def examples(sizes: Sizes) -> list[Example]:
    found = []
    for verb, stated in (("accused", "accused"), ("helped", "aided")):
        made = sentence(verb)
        ends = {"subject_span": [0, 3], "object_span": [made[2].idx, made[2].idx + 3]}
        record = {"text": made.text, "statements": [{"subject": "a", "relation": stated, "object": "b", **ends}]}
        one = example_of(made, Annotated(record), sizes, set())
        assert one is not None
        found.append(one)
    return found


def test_what_is_learned_is_what_runs(tmp_path: Path) -> None:
    sizes = Sizes.of(load_ontology(), ["accused", "aided"], DEPS)
    model = relations.train(examples(sizes) * 8, examples(sizes), sizes, epochs=400, rate=5e-3)
    (tmp_path / "meta.json").write_text(json.dumps({"deps": DEPS, "sha256": {}}))
    relations.export(model, sizes, tmp_path, told={})
    scorer = RelationScorer(tmp_path)
    for verb, expected in (("accused", "accused"), ("helped", "aided")):
        made = scorer(sentence(verb))
        best = max(made.user_data["relations"], key=lambda found: found.score)
        assert (best.subject, best.relation, best.object, best.trigger) == (0, expected, 1, 1)
        assert best.score > 0


def test_steps_have_pairs_enough_and_none_is_lost() -> None:
    steps = list(in_steps(list(range(1, 30)), float, 40, random.Random(1)))
    assert sorted(number for step in steps for number in step) == list(range(1, 30))
    assert all(sum(step) >= 40 and sum(step[:-1]) < 40 for step in steps[:-1])


def test_answers_teach_where_nothing_is_annotated() -> None:
    sizes = Sizes.of(load_ontology(), ["accused", "aided"], DEPS)
    accused, aided = examples(sizes)
    taught = replace(aided, targets=tuple(0.5 * each for each in aided.targets))
    model = relations.train([accused] * 4, [], sizes, lessons=[taught], epochs=400, rate=5e-3)
    with torch.no_grad():
        logits, _ = model(aided.words[0].float(), *relations.arguments(aided.blocks[0]))
    row = aided.targets[0].any(dim=1).nonzero().item()
    assert logits.sigmoid()[row].tolist() == [pytest.approx(0.0, abs=0.2), pytest.approx(0.5, abs=0.2)]


def test_a_relation_that_a_source_does_not_annotate_teaches_nothing() -> None:
    sizes = Sizes.of(load_ontology(), ["accused", "aided"], DEPS)
    record = {"text": "Ann accused Bob", "statements": []}
    one = example_of(sentence("accused"), Annotated(record, frozenset({"aided"})), sizes, set())
    assert one is not None
    assert one.counts[0].all(dim=0).tolist() == [False, True]
