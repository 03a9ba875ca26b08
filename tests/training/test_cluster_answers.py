"""What larger models say of what refers to what: the file of answers. Needs the extra "train"."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

torch = pytest.importorskip("torch")

from kg.errors import InputError  # noqa: E402
from kg.language import load_parser  # noqa: E402
from kg.training.cluster_answers import (  # noqa: E402
    FICTION,
    PARAGRAPHS,
    PASSAGES,
    SENTENCES,
    SPEECHES,
    TOGETHER,
    WEB,
    read_answers,
    texts,
    told,
    write_answers,
)
from kg.training.cluster_examples import Asked  # noqa: E402

CONLLU = """# newdoc id = {0}
# sent_id = {0}-1
# text = Ada left.
1\tAda\tAda\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser(threads=1)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    sentence = {"tokens": ["Ada", "left", "."]}
    passage = {"id": "d1", "title": "Oslo", "sents": [["Ada", "met", "Ben", "."], [], ["She", "left", "."]]}
    book = {"id": "b1", "sents": [["Ada", "left", "."]], "clusters": []}
    for name, content in {
        SENTENCES: "".join(json.dumps(sentence) + "\n" for _ in range(2 * TOGETHER + 1)),
        PASSAGES: json.dumps(passage) + "\n",
        SPEECHES: "".join(f"Oslo spoke {n} times.\n" for n in range(8 * PARAGRAPHS)),
        WEB: CONLLU.format("ewt-a") + CONLLU.format("gum-b"),
        FICTION: json.dumps(book) + "\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(content.encode()))
    return tmp_path


def test_texts_of_all_kinds_are_asked_about(corpora: Path, nlp: Language) -> None:
    found = dict(texts(corpora, nlp))
    assert list(found) == ["gmb-0", f"gmb-{2 * TOGETHER}", "d1", "un-0", "ewt-a", "b1"]
    assert [token.text for token in found["d1"] if token.is_sent_start] == ["Ada", "She"]
    assert str(found["un-0"]).split("\n\n")[-1] == f"Oslo spoke {PARAGRAPHS - 1} times."


def test_what_is_written_is_read(corpora: Path, nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl.gz"
    doc = nlp(dict(texts(corpora, nlp))["d1"])
    asked = Asked.of(doc)
    words = [" ".join(asked.text.parsed.words[a:b]) for a, b in asked.found.spans]
    pairs = [(words[left], words[right]) for left, right in asked.pairs.T.tolist()]
    said = {("She", "Ada"): 0.75, ("She", "Ben"): 0.12}
    probabilities = np.asarray([said.get(pair, 0.001) for pair in pairs], dtype=np.float32)
    write_answers([("d1", doc, asked, probabilities)], path)
    (line,) = map(json.loads, gzip.decompress(path.read_bytes()).splitlines())
    assert line["phrases"] == [[0, 3, 1.0], [8, 11, 1.0], [14, 17, 0.13]]
    (example,) = read_answers(path, corpora, nlp)
    assert example.told is not None
    shares = example.told.tolist()
    assert dict(zip(pairs, shares, strict=False)) == pytest.approx(
        {pair: round(said.get(pair, 0.0), 2) for pair in pairs}, abs=1e-6
    )
    nothing = dict(zip(words, shares[len(pairs) :], strict=True))
    assert nothing["Ben"] == 1 and nothing["She"] == pytest.approx(0.13, abs=1e-6)
    first = path.read_bytes()
    write_answers([("d1", doc, asked, probabilities)], path)
    assert path.read_bytes() == first


def test_what_was_too_unlikely_to_be_written_counts_for_the_rest() -> None:
    left = np.asarray([1, 2, 2])
    found = told(np.asarray([0.0, 0.3, 0.1], np.float32), np.asarray([1.0, 1.0, 0.5], np.float32), left)
    assert found.tolist() == pytest.approx([0, 0.375, 0.125, 1, 1, 0.5])


def test_an_answer_about_another_text_is_told(corpora: Path, nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"id": "d9", "phrases": [], "answers": []}) + "\n")
    with pytest.raises(InputError, match="no text for d9"):
        list(read_answers(path, corpora, nlp))
