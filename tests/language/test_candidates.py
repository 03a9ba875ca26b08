"""What of a text may be taken up, and what is known of pairs."""

from __future__ import annotations

import numpy as np
import pytest
from factory import doc
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.language.coreference.candidates import EVENTS, TYPES, Candidates, Text, event_words, link
from kg.language.coreference.links import CANDIDATE_FEATURES, PAIR_FEATURES, candidate_features, pair_features
from kg.language.referring import Parsed, describe
from kg.language.syntax import Syntax

PORT = """Rebels/NOUN/nsubj/2 seized=seize/VERB/root/0 the/DET/det/4 port/NOUN/obj/2 ./PUNCT/punct/2
    This/PRON/nsubj/3 was/AUX/cop/3 news/NOUN/root/0 ./PUNCT/punct/3"""


def text_of(made: Doc) -> Text:
    return Text.of(made, Syntax.of(made))


def words_of(text: Text, found: Candidates) -> list[str]:
    return [" ".join(text.parsed.words[start:end]) for start, end in found.spans]


def pairs_of(made: Doc) -> dict[str, list[str]]:
    """What each candidate may take up, the farthest first."""
    text = text_of(made)
    found = Candidates.of(text)
    words = words_of(text, found)
    pairs = link(found, describe(found.spans, text.parsed), text.parsed)
    taken: dict[str, list[str]] = {}
    for left, right in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
        taken.setdefault(words[left], []).append(words[right])
    return taken


def test_phrases_and_the_verbs_of_clauses_are_candidates() -> None:
    text = text_of(doc(PORT))
    found = Candidates.of(text)
    assert words_of(text, found) == ["Rebels", "seized", "the port", "This", "was", "news"]
    assert [word for word, event in zip(words_of(text, found), found.events, strict=True) if event] == ["seized", "was"]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Talks/NOUN/nsubj/3 may/AUX/aux/3 fail/VERB/root/0", "fail"),
        ("It/PRON/nsubj:pass/4 has/AUX/aux/4 been/AUX/aux:pass/4 sold=sell/VERB/root/0", "been"),
        ("She/PRON/nsubj/3 is/AUX/cop/3 ill/ADJ/root/0", "is"),
        ("They/PRON/nsubj/2 did/AUX/root/0", "did"),
    ],
)
def test_a_clause_is_taken_up_by_one_word(clause: str, expected: str) -> None:
    parsed = text_of(doc(clause)).parsed
    assert [parsed.words[i] for i in event_words(parsed)] == [expected]


def test_a_name_that_the_parse_broke_is_a_candidate_as_a_whole() -> None:
    made = doc(
        "The/DET/det/2 Harbour/PROPN/nsubj/3 Lights=light/VERB/root/0 Band/PROPN/obj/3 ./PUNCT/punct/3",
        ents={"Harbour Lights Band": "Organization"},
    )
    text = text_of(made)
    assert "The Harbour Lights Band" in words_of(text, Candidates.of(text))


def test_a_phrase_that_holds_a_name_is_not_one_with_the_name_beside_it() -> None:
    """What a name's phrase tells beside it belongs to it; who is named with others is one alone, and all are one."""
    made = doc(
        """Port/PROPN/nsubj/6 Oria/PROPN/flat/1 ,/PUNCT/punct/5 which/PRON/nsubj/5 burned=burn/VERB/acl:relcl/1
            closed=close/VERB/root/0
            Ada/PROPN/nsubj/5 Lind/PROPN/flat/1 and/CCONJ/cc/4 Tor/PROPN/conj/1 left=leave/VERB/root/0""",
        ents={"Port Oria": "Place", "Ada Lind": "Person"},
    )
    text = text_of(made)
    found = Candidates.of(text)
    nouns = [word for word, event in zip(words_of(text, found), found.events, strict=True) if not event]
    assert nouns == ["Port Oria , which burned", "Ada Lind and Tor", "Ada Lind", "Tor"]


def test_only_what_may_stand_for_an_event_is_compared_with_verbs() -> None:
    taken = pairs_of(doc(PORT))
    assert taken["This"] == ["Rebels", "seized", "the port"]
    assert taken["news"] == ["Rebels", "the port", "This"]
    assert taken["the port"] == ["Rebels", "seized"]
    assert not {"seized", "was", "Rebels"} & set(taken)


def test_of_many_verbs_the_nearest_are_looked_at() -> None:
    lines = [f"Rain/NOUN/nsubj/2 fell{n}=fall/VERB/root/0" for n in range(EVENTS + 3)]
    taken = pairs_of(doc("\n".join([*lines, "That/PRON/nsubj/2 stopped=stop/VERB/root/0"])))
    assert [word for word in taken["That"] if word != "Rain"] == [f"fell{n}" for n in range(3, EVENTS + 3)]


def test_white_space_is_left_out() -> None:
    text = text_of(doc("Rain/NOUN/nsubj/3 _/SPACE/dep/1 fell=fall/VERB/root/0"))
    assert text.index == [0, 2] and text.parsed.heads == [1, 1]


def test_what_a_name_or_a_phrase_is_lies_with_its_head() -> None:
    made = doc("Ada/PROPN/nsubj/3 Lind/PROPN/flat/1 left=leave/VERB/root/0", ents={"Ada Lind": "Person"})
    made.spans["names"] = list(made.ents)
    assert [TYPES[number] for number in text_of(made).types] == ["Person", "", ""]


def features_of(made: Doc) -> dict[str, list[int]]:
    text = text_of(made)
    found = Candidates.of(text)
    features = candidate_features(found, describe(found.spans, text.parsed), text)
    return dict(zip(words_of(text, found), features.tolist(), strict=True))


def test_number_is_read_off_the_head() -> None:
    told = features_of(
        doc("""Rebels/NOUN/nsubj/2 met=meet/VERB/root/0 Ada/PROPN/obj/2 and/CCONJ/cc/5 Tor/PROPN/conj/3
            the/DET/det/2 bus/NOUN/nsubj/3 hit/VERB/root/0 them/PRON/obj/3""")
    )
    number = {phrase: values[4] for phrase, values in told.items()}
    assert number["Rebels"] == number["them"] == number["Ada and Tor"] == 2
    assert number["the bus"] == number["Tor"] == 1


def test_a_part_of_a_name_is_told_from_the_name() -> None:
    told = features_of(
        doc(
            """The/DET/det/2 University/PROPN/nsubj/5 of/ADP/case/4 Oria/PROPN/nmod/2 closed=close/VERB/root/0
            students/NOUN/nsubj/2 left=leave/VERB/root/0""",
            ents={"University of Oria": "Organization"},
        )
    )
    named = {phrase: values[7] for phrase, values in told.items()}
    assert named["The University of Oria"] == 1 and named["Oria"] == 3 and named["students"] == 0


def test_who_speaks_in_one_quotation_may_be_another_in_the_next() -> None:
    made = doc("""“/PUNCT/punct/3 I/PRON/nsubj/3 left=leave/VERB/root/0 ”/PUNCT/punct/3 ,/PUNCT/punct/3
        he/PRON/nsubj/2 said=say/VERB/root/0
        “/PUNCT/punct/3 I/PRON/nsubj/3 stayed=stay/VERB/root/0 ”/PUNCT/punct/3""")
    text = text_of(made)
    found = Candidates.of(text)
    phrases = describe(found.spans, text.parsed)
    pairs = link(found, phrases, text.parsed)
    links = pair_features(pairs, candidate_features(found, phrases, text), found, text)
    words = words_of(text, found)
    told = {
        (words[left], words[right]): row[-1]
        for left, right, row in zip(pairs.left.tolist(), pairs.right.tolist(), links.tolist(), strict=True)
    }
    assert told == {("he", "I"): 4, ("I", "I"): 2, ("I", "he"): 3}


WORDS = st.sampled_from(
    """the/DET/det Ada/PROPN/nsubj port/NOUN/obj it/PRON/nsubj this/PRON/obj "/PUNCT/punct seized/VERB/root old/ADJ/amod
    was/AUX/cop was/AUX/aux:pass Oria/PROPN/nmod ships/NOUN/conj and/CCONJ/cc 12/NUM/nummod""".split()
)


@given(st.lists(st.tuples(WORDS, st.integers(0, 20), st.booleans()), min_size=1, max_size=25))
def test_features_stay_within_their_sizes(drawn: list[tuple[str, int, bool]]) -> None:
    words, upos, deps = zip(*(word.split("/") for word, _, _ in drawn), strict=True)
    n = len(words)
    heads = [
        i if dep == "root" else min(head, i) for i, (dep, (_, head, _)) in enumerate(zip(deps, drawn, strict=True))
    ]
    sentences = np.cumsum([starts for _, _, starts in drawn]).tolist()
    names = [(i, min(i + 2, n)) for i in range(0, n, 5)]
    parsed = Parsed(words, upos, deps, heads, sentences)
    text = Text(list(range(n)), parsed, names, np.arange(n) % len(TYPES), np.arange(n) % 3)
    found = Candidates.of(text)
    phrases = describe(found.spans, parsed)
    pairs = link(found, phrases, parsed)
    assert sorted(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)) == list(
        zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    )
    features = candidate_features(found, phrases, text)
    links = pair_features(pairs, features, found, text)
    for table, sizes in ((features, CANDIDATE_FEATURES), (links, PAIR_FEATURES)):
        assert table.shape[1] == len(sizes)
        assert (table >= 0).all() and (table < np.asarray(sizes)).all()
