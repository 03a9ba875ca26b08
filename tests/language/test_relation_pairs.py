"""Pairs of mentions as the scorer of relations sees them."""

from __future__ import annotations

import numpy as np
from factory import doc, word
from spacy.tokens import Doc

from kg.language.relation_pairs import LONGEST_SENTENCE, OBJECT, PLACES, SUBJECT, TYPES, Block, blocks, feature_sizes

DEPS = {"nsubj": 1, "root": 2, "obj": 3, "nmod": 4}
EVERY = np.ones((8, 8), dtype=np.bool_)
SAME = {name: name for name in TYPES}

TEXT = """
    Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 aides=aide/NOUN/obj/2 of/ADP/case/5 Putin/PROPN/nmod/3 ./PUNCT/punct/2
    He/PRON/nsubj/2 left=leave/VERB/root/0 Kazan/PROPN/obj/2 ./PUNCT/punct/2
"""
MENTIONS = {"Abbas": "Person a", "Putin": "Person p", "Kazan": "Place k"}
OTHER = {"aides of Putin": "Group g", "He": "Person a"}


def made(of: Doc, possible: np.ndarray = EVERY) -> list[Block]:
    return list(blocks(of, list(of.spans["mentions"]), DEPS, possible, SAME))


def pairs(of: Doc, block: Block) -> set[tuple[str, str]]:
    spans = [of.spans["mentions"][i].text for i in block.mentions]
    return {(spans[a], spans[b]) for a, b in zip(block.left, block.right, strict=True)}


def test_pairs_are_of_different_chains_in_one_sentence() -> None:
    of = doc(TEXT, ents=MENTIONS, mentions=OTHER)
    [block] = made(of)
    inner = {("Abbas", "Putin"), ("Abbas", "aides of Putin"), ("Putin", "aides of Putin"), ("He", "Kazan")}
    assert pairs(of, block) == inner | {(b, a) for a, b in inner}


def test_only_types_that_a_relation_connects() -> None:
    of = doc(TEXT, ents=MENTIONS, mentions=OTHER)
    possible = np.zeros((8, 8), dtype=np.bool_)
    possible[TYPES.index("Person"), TYPES.index("Place")] = True
    [block] = made(of, possible)
    assert pairs(of, block) == {("He", "Kazan")}


def test_the_way_between_two_heads() -> None:
    of = doc(TEXT, ents=MENTIONS, mentions=OTHER)
    [block] = made(of)
    spans = [of.spans["mentions"][i].text for i in block.mentions]
    row = next(
        i
        for i, (a, b) in enumerate(zip(block.left, block.right, strict=True))
        if (spans[a], spans[b]) == ("Abbas", "Putin")
    )
    assert {of[i].text for i in np.flatnonzero(block.path[row])} == {"Abbas", "met", "aides", "Putin"}
    assert block.place[row].tolist() == [1, 2, 2, 2, 3, 4, *[PLACES - 1] * 4]
    _, _, distance, nested, between, steps, *deps = block.features[row].tolist()
    assert (distance, nested, between, steps) == (2, 0, 1, 1 * 5 + 2)
    assert deps == [DEPS["nsubj"], DEPS["nmod"], 0, DEPS["obj"]]


def test_nested_mentions_have_no_distance() -> None:
    of = doc(TEXT, ents=MENTIONS, mentions=OTHER)
    [block] = made(of)
    spans = [of.spans["mentions"][i].text for i in block.mentions]
    found = {
        (spans[a], spans[b]): block.features[i, 3] for i, (a, b) in enumerate(zip(block.left, block.right, strict=True))
    }
    assert found["Putin", "aides of Putin"] == 1
    assert found["aides of Putin", "Putin"] == 2


def test_features_stay_within_their_sizes() -> None:
    of = doc(TEXT, ents=MENTIONS, mentions=OTHER)
    sizes = feature_sizes(len(DEPS))
    for block in made(of):
        assert block.features.shape[1] == len(sizes)
        assert (block.features >= 0).all()
        assert (block.features < np.asarray(sizes)).all()


def test_a_sentence_without_end_is_left_out() -> None:
    words = " ".join(f"w{i}/NOUN/{'root/0' if i == 1 else 'dep/1'}" for i in range(1, LONGEST_SENTENCE + 2))
    of = doc(words, mentions={"w1": "Person", "w3": "Person"})
    assert made(of) == []
    assert word(of, "w3") == 2


def test_a_mention_over_the_end_of_its_sentence_has_no_pairs() -> None:
    of = doc(TEXT, ents=MENTIONS, mentions={"Putin . He": "Person x"})
    assert all("Putin. He" not in pair for block in made(of) for pair in pairs(of, block))


def test_the_inner_of_two_mentions_has_its_words() -> None:
    of = doc(TEXT, ents=MENTIONS, mentions=OTHER)
    [block] = made(of)
    spans = [of.spans["mentions"][i].text for i in block.mentions]
    ends = [(spans[a], spans[b]) for a, b in zip(block.left, block.right, strict=True)]
    assert block.place[ends.index(("Putin", "aides of Putin"))].tolist()[:6] == [0, 0, OBJECT, OBJECT, SUBJECT, 4]
    assert block.place[ends.index(("aides of Putin", "Putin"))].tolist()[:6] == [0, 0, SUBJECT, SUBJECT, OBJECT, 4]
