"""Readers of the training corpora, on small files of our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from kg.training.corpora import iob, join, read_conllu, read_docred, read_news, read_tagged

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


def test_tagged_and_docred_files(tmp_path: Path) -> None:
    tagged = tmp_path / "t.jsonl"
    tagged.write_text(json.dumps({"id": "x", "tokens": ["Oslo"], "tags": ["B-geo"]}) + "\n")
    assert next(read_tagged(tagged, "gmb"))[0].tags == {"gmb": ("B-geo",)}
    docred = tmp_path / "d.jsonl"
    docred.write_text(json.dumps({"id": "d", "sents": [["Oslo", " "]], "tags": [["B-LOC", "O"]]}) + "\n")
    assert next(read_docred(docred))[0].words == ("Oslo", "_")


def test_a_span_tags_every_word_it_touches() -> None:
    assert iob([0, 5, 6], [4, 6, 9], [(0, 6, "A")]) == ("B-A", "I-A", "O")
