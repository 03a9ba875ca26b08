"""What is known of phrases that may refer, and of pairs of them."""

from __future__ import annotations

import numpy as np
import pytest
from factory import doc

from kg.language.pairs import antecedents
from kg.language.referring import LINK_FEATURES, PHRASE_FEATURES, Parsed, describe, likely, link_features
from kg.language.syntax import Syntax

TEXT = """The/DET/det/2 head/NOUN/nsubj/6 of/ADP/case/5 the/DET/det/5 port/NOUN/nmod/2 left/VERB/root/0 !/PUNCT/dep/6
    She/PRON/nsubj/2 blames/VERB/root/0 her/PRON/nmod:poss/4 deputy/NOUN/obj/2 Tor/PROPN/appos/4 Dahl/PROPN/flat/5"""
THE_HEAD, THE_PORT, SHE, HER_DEPUTY, HER, TOR = (0, 5), (3, 5), (7, 8), (9, 11), (9, 10), (11, 13)
SPANS = [THE_HEAD, THE_PORT, SHE, HER_DEPUTY, HER, TOR]


def parsed() -> Parsed:
    return Parsed.of(Syntax.of(doc(TEXT)))


def test_the_head_of_a_phrase_hangs_on_no_other_word_of_it() -> None:
    assert describe(SPANS, parsed()).heads.tolist() == [1, 4, 7, 10, 9, 11]


def test_phrases_of_one_kind_have_one_number() -> None:
    the_head, the_port, she, her_deputy, her, tor = describe(SPANS, parsed()).features[:, 0].tolist()
    assert the_head == the_port and she == her
    assert len({the_head, she, her_deputy, tor}) == 4


def test_a_longer_phrase_has_a_higher_step_of_length() -> None:
    words = ["word"] * 40
    text = Parsed(words, ["NOUN"] * 40, ["nmod"] * 40, [0] * 40, [0] * 40)
    steps = describe([(0, end) for end in range(1, 41)], text).features[:, 2].tolist()
    assert steps == sorted(steps) and steps[0] == 0 and steps[-1] == PHRASE_FEATURES[2] - 1


@pytest.mark.parametrize("apart", [0, 1, 3, 4, 9, 400])
def test_features_stay_within_their_sizes(apart: int) -> None:
    words = ["Tor", "left", *["."] * apart, "He", "left"]
    n = len(words)
    text = Parsed(words, ["PROPN"] * n, ["list"] * n, list(range(n)), list(range(n)))
    spans = [(0, 1), (n - 2, n - 1)]
    phrases, pairs = describe(spans, text), antecedents(spans, words, "litbank")
    links = link_features(pairs, phrases, text.sentences)
    assert links.shape == (1, len(LINK_FEATURES))
    assert (phrases.features < np.asarray(PHRASE_FEATURES)).all() and (links < np.asarray(LINK_FEATURES)).all()
    assert (links >= 0).all()


def test_what_brings_in_something_new_is_compared_with_what_is_near_or_shares_a_word() -> None:
    words = ["port", *["."] * 9, "Port", "The", "port"]
    spans = [(i, i + 1) for i in range(11)] + [(11, 13)]
    text = Parsed(words, ["NOUN"] * 13, ["obj"] * 13, [*range(12), 12], [0] * 13)
    phrases = describe(spans, text)
    pairs = likely(antecedents(spans, words, "news"), phrases)
    compared = set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert {right for left, right in compared if left == 10} == {0, *range(4, 10)}
    assert {right for left, right in compared if left == 11} == set(range(11))


def test_a_text_without_phrases_has_no_pairs() -> None:
    phrases = describe([], parsed())
    pairs = likely(antecedents([], parsed().words, "news"), phrases)
    assert len(pairs.left) == 0 and link_features(pairs, phrases, parsed().sentences).shape == (0, len(LINK_FEATURES))


def test_sentences_between_two_phrases_are_counted() -> None:
    text = parsed()
    spans = [THE_HEAD, SHE, TOR]
    pairs = antecedents(spans, text.words, "news")
    links = link_features(pairs, describe(spans, text), text.sentences)
    between = dict(zip(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True), links[:, 4].tolist(), strict=True))
    assert between == {(1, 0): 1, (2, 0): 1, (2, 1): 0}


def test_white_space_is_left_out() -> None:
    syntax = Syntax.of(doc("She/PRON/nsubj/2 left/VERB/root/0\nHe/PRON/nsubj/3 _/SPACE/dep/1 stayed/VERB/root/0"))
    text = Parsed.of_words(syntax, [0, 1, 2, 4])
    assert text.words == ["She", "left", "He", "stayed"]
    assert text.heads == [1, 1, 3, 3] and text.sentences == [0, 0, 1, 1]
