"""Readers of the training corpora, on small files of our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from kg.training.corpora import join, read_conllu, read_docred, read_tagged

CONLLU = """\
# newdoc id = one
# sent_id = one-1
# text = She isn't here.
1\tShe\tshe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tisn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tis\tbe\tAUX\tVBZ\t_\t4\tcop\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\there\there\tADV\tRB\t_\t0\troot\t_\t_
4.1\tgone\t_\t_\t_\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = one-2
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_

# newdoc id = two
# sent_id = two-1
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""


def test_conllu_gives_documents_of_sentences_without_ranges_and_empty_nodes(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    docs = list(read_conllu(path))
    assert [[len(sentence.words) for sentence in doc] for doc in docs] == [[5, 1], [1]]
    assert docs[0][0].heads == (3, 3, 3, 3, 3)
    assert docs[0][0].deps == ("nsubj", "cop", "advmod", "root", "punct")


def test_joined_sentences_keep_their_trees(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(CONLLU)
    whole = join(next(read_conllu(path)))
    assert whole.words == ("She", "is", "n't", "here", ".", "Go")
    assert whole.starts == (0, 5)
    assert whole.heads == (3, 3, 3, 3, 3, 5)


def test_tagged_and_docred_files(tmp_path: Path) -> None:
    tagged = tmp_path / "t.jsonl"
    tagged.write_text(json.dumps({"id": "x", "tokens": ["Oslo"], "tags": ["B-geo"]}) + "\n")
    assert next(read_tagged(tagged, "gmb"))[0].tags == {"gmb": ("B-geo",)}
    docred = tmp_path / "d.jsonl"
    docred.write_text(json.dumps({"id": "d", "sents": [["Oslo", " "]], "tags": [["B-LOC", "O"]]}) + "\n")
    assert next(read_docred(docred))[0].words == ("Oslo", "_")
