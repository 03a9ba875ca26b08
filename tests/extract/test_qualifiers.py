# ruff: noqa: E501  (a parse is a line)
from __future__ import annotations

from collections.abc import Mapping

import pytest
from factory import doc, word
from spacy.tokens import Doc, Span

from kg.extract.patterns import Match
from kg.extract.qualifiers import qualify
from kg.lexicon import Argument, Entry, Frame, Sense
from kg.records import Qualifiers


def match(parsed: Doc, relation: str, trigger: str, subject: str, object: str, title: str = "") -> Match:
    ends = {" ".join(token.text for token in span): span for span in parsed.spans["mentions"]}
    subject_place, object_place = Argument("s", "subject"), Argument("o", "directObject")
    sense = Sense(relation, Frame("TransitiveFrame", (subject_place, object_place)), subject_place, object_place)
    token = parsed[word(parsed, trigger)]
    titled: Span | None = parsed[word(parsed, title) : word(parsed, title) + 1] if title else None
    return Match(
        token, token, Entry("e", trigger, (trigger,), "verb"), sense, ends[subject], ends[object], "active", titled
    )


HELD = "Oria/PROPN/nsubj/2 held=hold/VERB/root/0 Ito/PROPN/obj/2 "

# relation, trigger, subject, object, qualifiers, mentions, parse
CASES = [
    ("metWith", "met", "Ito", "Berg", {"place": "Oria City"}, {"Ito": "Person", "Berg": "Person", "Oria City": "Place"}, "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 in/ADP/case/6 Oria/PROPN/compound/6 City/PROPN/obl/2"),
    ("attacked", "hit", "Oria", "Anders", {"place": "near Kesh"}, {"Oria": "Country", "Anders": "Organization", "Kesh": "Place"}, "Oria/PROPN/nsubj/2 hit/VERB/root/0 Anders/PROPN/obj/2 near/ADP/case/5 Kesh/PROPN/obl/2"),
    ("visited", "arrived", "Ito", "Oria", {}, {"Ito": "Person", "Oria": "Country"}, "Ito/PROPN/nsubj/2 arrived=arrive/VERB/root/0 in/ADP/case/4 Oria/PROPN/obl/2"),
    ("killedBy", "killed", "at least 12 people", "Oria", {"number": "at least 12"}, {"at least 12 people": "Group", "Oria": "Country"}, "Oria/PROPN/nsubj/2 killed=kill/VERB/root/0 at/ADP/case/4 least/ADJ/nmod/5 12/NUM/nummod/6 people/NOUN/obj/2"),
    ("killedBy", "killed", "dozens of people", "Oria", {"number": "dozens"}, {"dozens of people": "Group", "Oria": "Country"}, "Oria/PROPN/nsubj/2 killed=kill/VERB/root/0 dozens/NOUN/obj/2 of/ADP/case/5 people/NOUN/nmod/3"),
    ("heldBy", "holds", "one of them", "Oria", {}, {"one of them": "Person", "Oria": "Country"}, "Oria/PROPN/nsubj/2 holds=hold/VERB/root/0 one/NUM/obj/2 of/ADP/case/5 them/PRON/nmod/3"),
    ("attacked", "hit", "Oria", "two bases", {"number": "two"}, {"Oria": "Country", "two bases": "Place"}, "Oria/PROPN/nsubj/2 hit/VERB/root/0 two/NUM/nummod/4 bases=base/NOUN/obj/2"),
    ("killedBy", "killed", "a 12 - year - old boy", "Oria", {}, {"a 12 - year - old boy": "Person", "Oria": "Country"}, "Oria/PROPN/nsubj/2 killed=kill/VERB/root/0 a/DET/det/9 12/NUM/nummod/6 -/PUNCT/punct/6 year/NOUN/obl:unmarked/8 -/PUNCT/punct/8 old/ADJ/amod/9 boy/NOUN/obj/2"),
    ("designatedBy", "lists", "Anders", "Oria", {"status": "terrorist group"}, {"Oria": "Country", "Anders": "Organization"}, "Oria/PROPN/nsubj/2 lists=list/VERB/root/0 Anders/PROPN/obj/2 as/ADP/case/7 a/DET/det/7 terrorist/NOUN/compound/7 group/NOUN/obl/2"),
    ("prosecuted", "charged", "Oria", "Ito", {"status": "murder"}, {"Oria": "Country", "Ito": "Person"}, "Oria/PROPN/nsubj/2 charged=charge/VERB/root/0 Ito/PROPN/obj/2 with/ADP/case/5 murder/NOUN/obl/2"),
    ("prosecuted", "sentenced", "Oria", "Ito", {"status": "3 years in prison"}, {"Oria": "Country", "Ito": "Person"}, "Oria/PROPN/nsubj/2 sentenced=sentence/VERB/root/0 Ito/PROPN/obj/2 to/ADP/case/6 3/NUM/nummod/6 years=year/NOUN/obl/2 in/ADP/case/8 prison/NOUN/nmod/6"),
    ("heldBy", "held", "Ito", "Oria", {"status": "spying"}, {"Oria": "Country", "Ito": "Person"}, HELD + "for/SCONJ/mark/5 spying=spy/VERB/advcl/2"),
    ("appointed", "named", "Ito", "Berg", {"position": "prime minister"}, {"Ito": "Person", "Berg": "Person"}, "Ito/PROPN/nsubj/2 named=name/VERB/root/0 Berg/PROPN/obj/2 prime/ADJ/amod/5 minister/NOUN/xcomp/2"),
    ("appointed", "sacked", "Ito", "Berg", {"position": "coach"}, {"Ito": "Person", "Berg": "Person"}, "Ito/PROPN/nsubj/2 sacked=sack/VERB/root/0 Berg/PROPN/obj/2 as/ADP/case/5 coach/NOUN/obl/2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "trigger", "subject", "object", "expected", "mentions", "parse"),
    CASES,
    ids=[f"{case[0]}-{case[1]}" for case in CASES],
)
def test_qualifiers(
    relation: str,
    trigger: str,
    subject: str,
    object: str,
    expected: Mapping[str, str],
    mentions: Mapping[str, str],
    parse: str,
) -> None:
    found = qualify(match(doc(parse, mentions=mentions), relation, trigger, subject, object), None)
    assert found == Qualifiers(**expected)  # type: ignore[arg-type]


def test_what_stands_around_a_description_is_not_its_qualifier() -> None:
    parse = "two/NUM/nummod/3 Orian/ADJ/amod/3 men/NOUN/nsubj/4 left=leave/VERB/root/0 Kesh/PROPN/obj/4 yesterday/NOUN/obl:unmarked/4"
    parsed = doc(parse, mentions={"two Orian men": "Group", "Orian": "Country", "Kesh": "Place"})
    found = qualify(match(parsed, "citizenOf", "Orian", "two Orian men", "Orian"), None, described=True)
    assert found == Qualifiers()


def test_the_title_is_the_position() -> None:
    parsed = doc(
        "minister/NOUN/nmod:desc/2 Ito/PROPN/root/0 of/ADP/case/4 Oria/PROPN/nmod/1",
        mentions={"Ito": "Person", "Oria": "Country"},
    )
    assert (
        qualify(match(parsed, "officialOf", "minister", "Ito", "Oria", title="minister"), None).position == "minister"
    )
