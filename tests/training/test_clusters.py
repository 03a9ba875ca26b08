"""Training of the scorer of clusters; needs the packages of the extra "train"."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from factory import doc
from spacy.tokens import Doc

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
torch.set_num_threads(1)

from kg.language.coreference import scoring  # noqa: E402
from kg.language.coreference.candidates import Candidates, Text  # noqa: E402
from kg.language.coreference.clusters import ClusterScorer  # noqa: E402
from kg.language.coreference.links import Linked  # noqa: E402
from kg.language.syntax import Syntax  # noqa: E402
from kg.training import clusters  # noqa: E402
from kg.training.antecedent_sources import ONTOGUM, TREES  # noqa: E402
from kg.training.cluster_answers import told  # noqa: E402
from kg.training.cluster_examples import Asked, Example, marked, vectors_of  # noqa: E402

# PyTorch warns of the exporter by tracing, which is the one that takes operators of ONNX Runtime.
pytestmark = pytest.mark.filterwarnings("ignore")

WIDTH = 16
ANN, BOB, PRONOUN = (0, 1), (2, 3), (4, 5)


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "WORDS", 5)


def text(pronoun: str) -> Doc:
    made = doc(f"""Ann/PROPN/nsubj/2 met=meet/VERB/root/0 Bob/PROPN/obj/2 ./PUNCT/punct/2
        {pronoun}/PRON/nsubj/2 left=leave/VERB/root/0 ./PUNCT/punct/2""")
    made.tensor = np.zeros((len(made), WIDTH), dtype=np.float16)
    for span, place in ((ANN, 0), (BOB, 1)):
        made.tensor[span[0], place] = 3.0
    return made


def example(pronoun: str) -> Example:
    """A text in which "she" is Ann, "he" is Bob and "they" neither."""
    made = text(pronoun)
    asked = Asked.of(made)
    entities = {"She": {ANN: 0, PRONOUN: 0}, "He": {BOB: 0, PRONOUN: 0}, "They": {}}
    return marked(vectors_of(made, asked), asked, entities[pronoun])


def answered(pronoun: str) -> Example:
    """The same as teachers tell it."""
    one = example(pronoun)
    assert one.same is not None
    left, same = one.arguments[3].numpy(), one.same.numpy().astype(np.float32)
    none = (np.bincount(left, same, len(one.arguments[0])) == 0).astype(np.float32)
    return Example(one.words, one.arguments, told=told(same, none, left))


def trained(tmp_path: Path, variants: list[Example], lessons: list[Example]) -> ClusterScorer:
    model = clusters.train([variants], lessons, epochs=80, rate=5e-3, size=16)
    (tmp_path / "meta.json").write_text(json.dumps({"sha256": {}}))
    clusters.export(model, tmp_path, name="clusters", told={"seed": 1})
    return ClusterScorer(tmp_path)


def found(scorer: ClusterScorer, pronoun: str) -> list[set[str]]:
    made = text(pronoun)
    return [{span.text for span in cluster} for cluster in scorer(made, Syntax.of(made))]


def test_what_is_learned_is_what_runs(tmp_path: Path) -> None:
    scorer = trained(tmp_path, [example(word) for word in ("She", "He", "They")] * 4, [])
    assert found(scorer, "She") == [{"Ann", "She"}]
    assert found(scorer, "He") == [{"Bob", "He"}]
    assert found(scorer, "They") == []
    meta = json.loads((tmp_path / "meta.json").read_text())
    assert meta["clusters"] == {"seed": 1} and list(meta["sha256"]) == ["clusters.onnx"]


def test_what_teachers_tell_is_learned_too(tmp_path: Path) -> None:
    """Nothing annotated tells of "he" here."""
    scorer = trained(tmp_path, [example("She"), example("They")] * 2, [answered("He"), answered("She")] * 2)
    assert found(scorer, "He") == [{"Bob", "He"}]


def test_an_example_tells_what_refers_to_the_same() -> None:
    she, they = example("She"), example("They")
    assert she.same is not None and she.refers is not None and they.same is not None
    left, right = she.arguments[3:5]
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    spans = [tuple(span) for span in she.arguments[0].tolist()]
    same = [(spans[a], spans[b]) for (a, b), same in zip(pairs, she.same.tolist(), strict=True) if same]
    assert same == [(PRONOUN, ANN)]
    assert [span for span, refers in zip(spans, she.refers.tolist(), strict=True) if refers] == [ANN, PRONOUN]
    assert not they.same.any()


def test_a_long_text_scores_as_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs are scored block by block."""
    scorer, made = trained(tmp_path, [example("She")], []), text("She")
    read = Text.of(made, Syntax.of(made))
    linked = Linked.of(Candidates.of(read), read)
    whole = scorer.score(made, read, linked).scores
    monkeypatch.setattr(scoring, "BLOCK", 1)
    assert scorer.score(made, read, linked).scores == pytest.approx(whole, abs=1e-5)


CONLLU = """# newdoc id = gum-GUM_news_oria
# text = Ada met Ben.
1\tAda\tAda\tPROPN\t_\t_\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\t_\t_\t0\troot\t_\t_
3\tBen\tBen\tPROPN\t_\t_\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# text = She left.
1\tShe\tshe\tPRON\t_\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""


def test_the_command_learns_from_documents_whose_licence_is_clear(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from kg.cli import main
    from kg.language import load
    from kg.language.encoder import MODEL
    from kg.training.corpora import UNCLEAR_LICENCE

    unclear = UNCLEAR_LICENCE[0] + "x"
    sentences = [["Ada", "met", "Ben", "."], ["She", "left", "."]]
    record = {"id": "gum-GUM_news_oria", "split": "train", "sents": sentences, "clusters": [[[0, 0, 1], [1, 0, 1]]]}
    records = [record, record | {"split": "dev"}, record | {"id": unclear}]
    for name, content in {
        ONTOGUM: "".join(json.dumps(record) + "\n" for record in records),
        TREES: CONLLU + CONLLU.replace("gum-GUM_news_oria", unclear),
        "corpora/ud/dev.conllu.gz": CONLLU,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(content.encode()))
    model, curve = tmp_path / "model", tmp_path / "curve.json"
    shutil.copytree(MODEL, model)
    arguments = ["train", "clusters", str(tmp_path), "--model", str(model), "--epochs", "2", "--curve", str(curve)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads((model / "meta.json").read_text())["clusters"] == {
        "documents": 1,
        "answered": 0,
        "epochs": 2,
        "seed": 1,
    }
    assert [*json.loads(curve.read_text())][-1] == "all, and 0 texts with answers"
    assert load(model=model)("Ada met Ben. She left.").spans["mentions"]
