"""Training at a small size: losses, batches, runs that stop and go on, teachers, averages. Needs the extra "train"."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
# Threads that wait for each other take longer than one on models as small as these.
torch.set_num_threads(1)

from kg.errors import InputError  # noqa: E402
from kg.language.encoder import MODEL  # noqa: E402
from kg.language.encoding import WordEncoder  # noqa: E402
from kg.training import runs  # noqa: E402
from kg.training import train as training  # noqa: E402
from kg.training.batches import Batch, Batcher  # noqa: E402
from kg.training.config import Config, Source  # noqa: E402
from kg.training.corpora import Example  # noqa: E402
from kg.training.losses import Lesson, Scores, antecedent_loss, lesson, lesson_losses, losses  # noqa: E402
from kg.training.model import JointModel, Sizes, pretrained_encoder  # noqa: E402
from kg.training.stated import Stated  # noqa: E402
from kg.training.train import train  # noqa: E402

# PyTorch warns of layers without outputs, where a corpus tells no relations.
pytestmark = pytest.mark.filterwarnings("ignore:Initializing zero-element tensors")

TREE = """# newdoc id = d{n}
1	Ada	_	PROPN	_	_	2	nsubj	_	_
2	met	_	VERB	_	_	0	root	_	_
3	envoys	_	NOUN	_	_	2	obj	_	SpaceAfter=No
4	.	_	PUNCT	_	_	2	punct	_	_

"""
NEWS = {
    "text": "Ada Lind met envoys of Norway.",
    "entities": [{"id": "e1", "type": "Person"}, {"id": "e2", "type": "Group"}, {"id": "e3", "type": "Country"}],
    "mentions": [
        {"start": 0, "end": 8, "entity": "e1"},
        {"start": 13, "end": 29, "entity": "e2"},
        {"start": 23, "end": 29, "entity": "e3"},
    ],
    "statements": [
        {"relation": "metWith", "subject": "e1", "object": "e2", "subject_span": [0, 8], "object_span": [13, 29]}
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small corpora, and an untrained encoder with the shipped vocabulary."""
    folder: Path = tmp_path_factory.mktemp("training")
    (folder / "trees.conllu").write_text("".join(TREE.format(n=n) for n in range(40)))
    lines = (json.dumps({"id": f"n{n}", **NEWS}) + "\n" for n in range(20))
    (folder / "news.jsonl").write_text("".join(lines))
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=30522, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder / "encoder")
    (folder / "encoder/tokenizer.json").write_bytes((MODEL / "tokenizer.json").read_bytes())
    return folder


def config(folder: Path, **changes: object) -> Config:
    sources = (
        Source("ud", "conllu", folder / "trees.conllu", 0.5),
        Source("news", "news", folder / "news.jsonl", 0.5, whole=True),
    )
    return replace(Config(folder / "encoder", folder / "encoder", sources, words=400, batch_words=40), **changes)


def weights(run: Path) -> torch.Tensor:
    return torch.cat([value.flatten().float() for value in runs.load_run(run).state_dict().values()])


def batch_of(folder: Path, sizes: Sizes, *examples: Example) -> Batch:
    batcher = Batcher(WordEncoder(folder / "encoder/tokenizer.json"), sizes)
    return batcher.batch([[example] for example in examples], random.Random(1))


@pytest.mark.parametrize("kept", [0, 4])
def test_a_run_that_stopped_goes_on_as_if_it_had_not(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    settings = config(folder, save_every=100, kept=kept)
    train(settings, tmp_path / "whole")
    learn = training._Run.learn

    def learn_a_while(self: training._Run, batch: Batch, told: Lesson | None) -> dict[str, torch.Tensor]:
        if self.seen > 200:
            raise KeyboardInterrupt
        return learn(self, batch, told)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(training._Run, "learn", learn_a_while)
        train(settings, tmp_path / "parts")
    assert 100 < torch.load(tmp_path / "parts/state.pt", weights_only=True)["seen"] < 250
    train(settings, tmp_path / "parts")
    assert torch.equal(weights(tmp_path / "whole"), weights(tmp_path / "parts"))


def test_a_run_ends_by_the_clock(folder: Path, tmp_path: Path) -> None:
    train(config(folder, words=10**9, minutes=0.02), tmp_path / "short")
    (told,) = json.loads((tmp_path / "short/history.json").read_text())
    assert 0 < told["words"] < 10**6


def test_a_model_learns_from_teachers(folder: Path, tmp_path: Path) -> None:
    train(config(folder, words=6000, head_rate=1e-2), tmp_path / "teacher")
    teacher = runs.load_run(tmp_path / "teacher")
    silent = Example("u", ("Ada", "met", "envoys", "."), (), (False, False, False, True), unlabelled=True)
    batch = batch_of(folder, teacher.sizes, silent)
    assert losses(Scores(teacher, batch), batch) == {}
    told = lesson([teacher], batch)
    # It has learned its corpus, and tells what nobody annotated here.
    assert told.heads[0].tolist() == [1, 1, 1, 1]

    def apart(model: JointModel) -> float:
        parts = lesson_losses(Scores(model.eval(), batch), told, batch)
        return sum(value.item() for value in parts.values())

    config_of = config(folder, words=4000, head_rate=1e-2, seed=2, kept=8)
    train(replace(config_of, teachers=(tmp_path / "teacher",), taught=1.0), tmp_path / "taught")
    untrained = JointModel(pretrained_encoder(folder / "encoder", folder / "encoder"), teacher.sizes)
    assert apart(teacher) < apart(runs.load_run(tmp_path / "taught")) < 0.7 * apart(untrained)
    (run,) = json.loads((tmp_path / "taught/history.json").read_text())
    assert run["teachers"] == 1


def test_a_teacher_of_other_labels_is_refused(folder: Path, tmp_path: Path) -> None:
    train(config(folder, sources=config(folder).sources[:1]), tmp_path / "other")
    with pytest.raises(InputError, match="other labels"):
        train(config(folder, teachers=(tmp_path / "other",)), tmp_path / "run")


def test_runs_are_averaged(folder: Path, tmp_path: Path) -> None:
    train(config(folder), tmp_path / "start")
    for seed in (2, 3):
        train(config(folder, start=tmp_path / "start", seed=seed), tmp_path / str(seed))
    shares = {tmp_path / "2": 1.0, tmp_path / "3": 1.0, tmp_path / "start": 2.0}
    runs.average(shares, tmp_path / "mean")
    wanted = sum(share / 4 * weights(run) for run, share in shares.items())
    assert torch.allclose(weights(tmp_path / "mean"), wanted, atol=1e-6)
    history = json.loads((tmp_path / "mean/history.json").read_text())
    assert [run["seed"] for run in history] == [1, 2, 3]
    with pytest.raises(InputError, match="no run"):
        runs.average({tmp_path / "gone": 1.0}, tmp_path / "mean")


def test_batches_are_the_same_however_many_make_them(folder: Path) -> None:
    from torch.utils.data import DataLoader

    settings = config(folder)
    docs = {source.name: source.read() for source in settings.sources}
    found = []
    for workers in (0, 2):
        batches = iter(
            DataLoader(
                training._Batches(docs, training._labels(docs), settings, 1), batch_size=None, num_workers=workers
            )
        )
        found.append([next(batches).ids for _ in range(5)])
    assert all(torch.equal(a, b) for a, b in zip(*found, strict=True))


def test_whole_words_are_hidden(folder: Path) -> None:
    words = ("Kazakhstan", "met", "Tokayev", "in", "Ulaanbaatar") * 20
    batch = batch_of(folder, Sizes((), (), {}), Example("d", words, ()), Example("e", words[:9], ()))
    torch.manual_seed(3)
    found = batch.hidden(0.4, 103)
    assert torch.equal(batch.hidden(0.0, 103).ids, batch.ids)
    changed = found.ids != batch.ids
    assert (found.ids[changed] == 103).all()
    rows = list(zip(found.ids, batch.ids, batch.first, batch.last, batch.known, strict=True))
    hidden = [
        (row[a : b + 1] == 103).tolist()
        for row, _, first, last, known in rows
        for a, b in zip(first[known].tolist(), last[known].tolist(), strict=True)
    ]
    assert all(len(set(pieces)) == 1 for pieces in hidden)
    assert 25 < sum(pieces[0] for pieces in hidden) < 65
    assert sum(len(pieces) for pieces in hidden if pieces[0]) == changed.sum()  # no padding, no special piece


def test_an_encoder_takes_over_a_vocabulary(folder: Path, tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models

    pieces = {"<s>": 0, "<pad>": 1, "</s>": 2, "[UNK]": 3, "ada": 4, "<mask>": 5}
    large = tmp_path / "large"
    config = transformers.MPNetConfig(
        vocab_size=6, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    own = transformers.MPNetModel(config, add_pooling_layer=False)
    own.save_pretrained(large)
    Tokenizer(models.WordPiece(pieces, unk_token="[UNK]")).save(str(large / "tokenizer.json"))
    shipped = Tokenizer.from_file(str(folder / "encoder/tokenizer.json"))
    found = pretrained_encoder(large, folder / "encoder").get_input_embeddings().weight
    assert len(found) == shipped.get_vocab_size()
    for piece, row in (("[CLS]", 0), ("[MASK]", 5), ("ada", 4), ("met", 3)):
        assert torch.equal(found[shipped.token_to_id(piece)], own.get_input_embeddings().weight[row]), piece


def test_the_loss_of_antecedents_is_the_likelihood_of_those_that_are_right() -> None:
    scores = torch.tensor([1.0, 2.0, -1.0])
    left, same = torch.tensor([1, 2, 2]), torch.tensor([True, True, False])
    none, one, two, three = (torch.tensor(x).exp() for x in (0.0, 1.0, 2.0, -1.0))
    wanted = -(torch.log(one / (none + one)) + torch.log(two / (none + two + three))) / 3
    assert torch.isclose(antecedent_loss(scores, left, same, 3), wanted)


def test_pairs_that_are_unclear_train_nothing(folder: Path) -> None:
    sizes = Sizes(("X",), ("root",), {"names": ("Person",)}, ("metWith", "visited"), arc=8, relation=4)
    model = JointModel(pretrained_encoder(folder / "encoder", folder / "encoder"), sizes).eval()
    example = Example(
        "n",
        ("Ada", "met", "Bo"),
        (),
        mentions=((0, 1, "e1"), (2, 3, "e2")),
        scheme="news",
        types=("Person", "Person"),
        pairs=(Stated(0, 1, frozenset({"metWith"}), frozenset({"visited"})),),
    )
    batch = batch_of(folder, sizes, example)
    scores = Scores(model, batch)
    wanted = -scores.stated[0, 0].sigmoid().log()
    assert torch.isclose(losses(scores, batch)["stated"], wanted)
