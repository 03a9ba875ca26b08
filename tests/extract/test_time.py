# ruff: noqa: E501  (a parse is a line)
from __future__ import annotations

import datetime as dt

import pytest
from factory import doc, word
from stance_words import stance

from kg.extract.stance import find_cues
from kg.extract.time import find

#: A Thursday.
DATE = dt.date(2024, 11, 7)

# text, start, trigger, parse
CASES = [
    ("Wednesday", "2024-11-06", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 on/ADP/case/5 Wednesday/PROPN/obl/2"),
    ("last week", "2024-10-28", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 last/ADJ/amod/5 week/NOUN/obl:unmarked/2"),
    ("yesterday", "2024-11-06", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 yesterday/NOUN/obl:unmarked/2"),
    ("7 October 2023", "2023-10-07", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 on/ADP/case/6 7/NUM/nummod/6 October/PROPN/obl/2 2023/NUM/nmod:unmarked/6"),
    ("October 7, 2023", "2023-10-07", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 on/ADP/case/4 October/PROPN/obl/2 7/NUM/nummod/4 ,/PUNCT/punct/7 2023/NUM/nmod:unmarked/4 ,/PUNCT/punct/2 twice/ADV/advmod/2"),
    ("2015", "2015-01-01", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 in/ADP/case/5 2015/NUM/obl/2"),
    ("since 2015", "2015-01-01", "leader", "Ito/PROPN/nsubj/3 is/AUX/cop/3 leader/NOUN/root/0 since/ADP/case/5 2015/NUM/obl/3"),
    ("Tuesday", "2024-11-05", "bombing", "Tuesday/PROPN/nmod:poss/3 's/PART/case/1 bombing/NOUN/nsubj/4 failed=fail/VERB/root/0"),
    ("7 October", "2024-10-07", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 on/ADP/case/4 7/NUM/obl/2 October/PROPN/nmod:unmarked/4"),
    ("Monday", "2024-11-04", "with", "Talks=talk/NOUN/nsubj/4 with/ADP/case/3 Oria/PROPN/nmod/1 began=begin/VERB/root/0 on/ADP/case/6 Monday/PROPN/obl/4"),
    ("October 7", "2024-10-07", "attack", "the/DET/det/4 October/PROPN/compound/4 7/NUM/nummod/2 attack/NOUN/root/0"),
    ("during the war", None, "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 during/ADP/case/6 the/DET/det/6 war/NOUN/obl/2"),
    ("two weeks after the attack", None, "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 two/NUM/nummod/5 weeks=week/NOUN/obl:unmarked/2 after/ADP/case/8 the/DET/det/8 attack/NOUN/nmod/5"),
    ("the eve of the vote", None, "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 on/ADP/case/6 the/DET/det/6 eve/NOUN/obl/2 of/ADP/case/9 the/DET/det/9 vote/NOUN/nmod/6"),
    ("overnight", "2024-11-06", "struck", "Oria/PROPN/nsubj/2 struck=strike/VERB/root/0 Kesh/PROPN/obj/2 overnight/ADV/advmod/2"),
    ("Q3", "2024-07-01", "bought", "Oria/PROPN/nsubj/2 bought=buy/VERB/root/0 Kesh/PROPN/obj/2 in/ADP/case/5 Q3/PROPN/obl/2"),
    ("the first half of 2024", "2024-01-01", "bought", "Oria/PROPN/nsubj/2 bought=buy/VERB/root/0 Kesh/PROPN/obj/2 in/ADP/case/7 the/DET/det/7 first/ADJ/amod/7 half/NOUN/obl/2 of/ADP/case/9 2024/NUM/nmod/7"),
    ("the 1990s", "1990-01-01", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 in/ADP/case/6 the/DET/det/6 1990s/NOUN/obl/2"),
    # where the time stands with a word that shares its clause
    ("Monday", "2024-11-04", "meet", "Ito/PROPN/nsubj/2 managed=manage/VERB/root/0 to/PART/mark/4 meet/VERB/xcomp/2 Berg/PROPN/obj/4 on/ADP/case/7 Monday/PROPN/obl/2"),
    ("Monday", "2024-11-04", "talks", "They/PRON/nsubj/2 held=hold/VERB/root/0 talks=talk/NOUN/obj/2 on/ADP/case/5 Monday/PROPN/obl/2"),
    ("Monday", "2024-11-04", "left", "On/ADP/case/2 Monday/PROPN/obl/4 Ito/PROPN/nsubj/4 came=come/VERB/root/0 and/CCONJ/cc/6 left=leave/VERB/conj/4"),
    # none of its own
    (None, None, "attack", "On/ADP/case/2 Monday/PROPN/obl/4 Ito/PROPN/nsubj/4 condemned=condemn/VERB/root/0 the/DET/det/6 attack/NOUN/obj/4"),
    (None, None, "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 in/ADP/case/5 Oria/PROPN/obl/2"),
    (None, None, "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 in/ADP/case/6 her/PRON/nmod:poss/6 30s/NOUN/obl/2"),
    (None, None, "took", "It/PRON/nsubj/2 took=take/VERB/root/0 the/DET/det/4 day/NOUN/obj/2"),
    (None, None, "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 for/ADP/case/6 a/DET/det/6 second/ADJ/amod/6 time/NOUN/obl/2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "trigger", "parse"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_time_in_the_clause_of_the_trigger(text: str | None, start: str | None, trigger: str, parse: str) -> None:
    sentence = doc(parse)
    time = find(sentence[word(sentence, trigger)], DATE, cues=find_cues(sentence, stance()))
    assert (time.text if time else None, time.start if time else None) == (text, start)


def test_what_is_going_on_looks_ahead_like_a_plan() -> None:
    sentence = doc(
        "Ito/PROPN/nsubj/3 is/AUX/aux/3 meeting=meet/VERB/root/0 Berg/PROPN/obj/3 on/ADP/case/6 Friday/PROPN/obl/3"
    )
    time = find(sentence[2], DATE)
    assert time is not None and time.start == "2024-11-08"


def test_plans_lie_ahead() -> None:
    sentence = doc("Ito/PROPN/nsubj/3 will/AUX/aux/3 leave/VERB/root/0 on/ADP/case/5 Wednesday/PROPN/obl/3")
    time = find(sentence[2], DATE, modality="planned")
    assert time is not None and (time.start, time.anchor) == ("2024-11-13", "2024-11-07")
