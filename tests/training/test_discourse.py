"""Readers of the corpora with coreference, on corpora of two sentences."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from kg.training.discourse import read_litbank, read_ontogum

TREES = """# newdoc id = gum-GUM_news_port
1	Mara	Mara	PROPN	_	_	2	nsubj	_	_
2	resigned	resign	VERB	_	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	_	_	2	punct	_	_

1	She	she	PRON	_	_	2	nsubj	_	_
2	blames	blame	VERB	_	_	0	root	_	_
3	the	the	DET	_	_	4	det	_	_
4	board	board	NOUN	_	_	2	obj	_	SpaceAfter=No
5	.	.	PUNCT	_	_	2	punct	_	_

"""
SENTENCES = [["Mara", "resigned", "."], ["She", "blames", "the", "board", "."]]


def write(path: Path, *records: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    return path


def test_ontogum_brings_trees_and_phrases_that_refer_alone(tmp_path: Path) -> None:
    (tmp_path / "ud").mkdir()
    with gzip.open(tmp_path / "ud/train.conllu.gz", "wt", encoding="utf-8") as file:
        file.write(TREES)
    record = {"id": "gum-GUM_news_port", "sents": SENTENCES, "clusters": [[[0, 0, 1], [1, 0, 1]]]}
    path = write(
        tmp_path / "coref/ontogum.jsonl.gz",
        {**record, "split": "train"},
        {**record, "id": "gum-GUM_news_other", "split": "dev"},
    )
    (doc,) = read_ontogum(path)
    assert doc[0].mentions == ((0, 1, "0"),)
    assert doc[1].mentions == ((0, 1, "0"), (2, 4, ""))
    assert doc[1].heads == (1, 1, 3, 1, 1) and doc[0].scheme == "ontonotes"


def test_litbank_mentions_may_nest(tmp_path: Path) -> None:
    record = {"id": "litbank-1", "sents": SENTENCES, "clusters": [[[0, 0, 1], [1, 0, 1]], [[1, 2, 4]], [[1, 2, 3]]]}
    (doc,) = read_litbank(write(tmp_path / "litbank.jsonl.gz", record))
    assert doc[1].mentions == ((0, 1, "0"), (2, 4, "1"), (2, 3, "2"))
    assert doc[1].heads is None and doc[1].scheme == "litbank"
