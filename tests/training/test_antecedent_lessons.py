"""What teachers tell the scorer of antecedents. Needs the extra "train"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from factory import doc

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from kg.errors import InputError  # noqa: E402
from kg.training import antecedents  # noqa: E402
from kg.training.antecedent_lessons import _asked, learn_from, taught  # noqa: E402
from kg.training.antecedent_sources import Example, Texts, read_phrases  # noqa: E402

WIDTH = 16


def text(pronoun: str, entities: dict[tuple[int, int], int]) -> Example:
    made = doc(f"""Ann/PROPN/nsubj/2 met=meet/VERB/root/0 Bob/PROPN/obj/2 ./PUNCT/punct/2
        {pronoun}/PRON/nsubj/2 left=leave/VERB/root/0 ./PUNCT/punct/2""")
    made.tensor = np.zeros((len(made), 2 * WIDTH), dtype=np.float16)
    made.tensor[0, 0] = made.tensor[2, 1] = 3.0
    return read_phrases(made, entities)


ANN, BOB = ({(0, 1): 1, (4, 5): 1}, {(2, 3): 1, (4, 5): 1})


def test_what_teachers_find_is_believed_by_its_mean() -> None:
    silent = [text("She", {})]
    pairs = len(silent[0].arguments[3])
    one, other = (torch.full((pairs + 3,), value) for value in (0.2, 0.6))
    made = taught(Texts(((),), ()), silent, [[(one, torch.ones(3))], [(other, torch.zeros(3))]])
    (told,) = made.silent
    assert told.told is not None
    assert torch.allclose(told.told, torch.full((pairs + 3,), 0.4)) and told.refers.tolist() == [0.5] * 3
    assert told.tokens == silent[0].tokens and str(made).endswith("1 that nobody annotated")


def test_a_scorer_learns_what_a_teacher_tells_of_silent_texts() -> None:
    annotated = [text("She", ANN), text("He", BOB)]
    teacher = antecedents.train(Texts((tuple(annotated * 6),), ()), epochs=30, rate=5e-3, size=16)
    silent = [text("She", {}), text("He", {})]
    told = [_asked(teacher, example) for example in silent]
    left, right = (values.tolist() for values in silent[0].arguments[3:5])
    to_ann = list(zip(left, right, strict=True)).index((2, 0))
    assert told[0][0][to_ann] > 0.6 > 0.4 > told[1][0][to_ann]
    assert torch.allclose(told[0][0].sum(), torch.tensor(3.0))  # of each phrase one thing is true
    # Of what is annotated, the pupil sees only that "it" refers to nothing.
    texts = taught(Texts(((text("It", {}),),), ()), [replace(example) for example in silent * 12], [told * 12])
    pupil = antecedents.train(texts, epochs=30, rate=5e-3, size=16)
    assert _asked(pupil, text("She", {}))[0][to_ann] > 0.5
    assert _asked(pupil, text("It", {}))[0][to_ann] < 0.4


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no run"):
        learn_from([tmp_path], None, Texts((), ()), tmp_path, pieces=tmp_path, seed=1)  # type: ignore[arg-type]
