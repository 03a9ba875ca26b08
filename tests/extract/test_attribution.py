# ruff: noqa: E501  (a parse is a line)
from __future__ import annotations

from collections.abc import Mapping

import pytest
from factory import doc, word
from stance_words import stance

from kg.extract.attribution import attribute, read_reports
from kg.extract.stance import find_cues
from kg.records import Attribution, Mention


def attribution(
    parse: str, trigger: str, mentions: Mapping[str, str] | None = None, subject: str = ""
) -> Attribution | None:
    parsed = doc(parse, mentions=mentions)
    records = [
        Mention(span.start_char, span.end_char, span.text, "a", "name", span.label_, span.id_)
        for span in parsed.spans["mentions"]
    ]
    reports = read_reports(parsed, find_cues(parsed, stance()), records)
    head = parsed[word(parsed, subject)] if subject else None
    return attribute(parsed[word(parsed, trigger)], reports, subject=head)


# source, kind, trigger, parse
CASES = [
    (None, None, "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2"),
    ("Ito", "said", "met", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 they/PRON/nsubj/4 met=meet/VERB/ccomp/2 Berg/PROPN/obj/4"),
    ("The ministry", "said", "met", "They/PRON/nsubj/2 met=meet/VERB/ccomp/4 ,/PUNCT/punct/2 said=say/VERB/root/0 The/DET/det/6 ministry/NOUN/nsubj/4"),
    ("officials", "said", "met", "They/PRON/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2 ,/PUNCT/punct/6 officials/NOUN/nsubj/6 said=say/VERB/parataxis/2"),
    ("the ministry", "said", "met", "They/PRON/nsubj/2 met=meet/VERB/root/0 ,/PUNCT/punct/7 as/SCONJ/mark/7 the/DET/det/6 ministry/NOUN/nsubj/7 confirmed=confirm/VERB/advcl/2"),
    ("Ito", "said", "met", "Ito/PROPN/nsubj/2 told=tell/VERB/root/0 Berg/PROPN/obj/2 that/SCONJ/mark/6 they/PRON/nsubj/6 met=meet/VERB/ccomp/2"),
    ("Ito", "alleged", "killing", "Ito/PROPN/nsubj/2 accused=accuse/VERB/root/0 Berg/PROPN/obj/2 of/SCONJ/mark/5 killing=kill/VERB/advcl/2 Ames/PROPN/obj/5"),
    ("Oria", "alleged", "killing", "Berg/PROPN/nsubj:pass/3 is/AUX/aux:pass/3 accused=accuse/VERB/root/0 by/ADP/case/5 Oria/PROPN/obl:agent/3 of/SCONJ/mark/7 killing=kill/VERB/advcl/3 Ames/PROPN/obj/7"),
    ("Oria", "denied", "attack", "Oria/PROPN/nsubj/2 denied=deny/VERB/root/0 the/DET/det/4 attack/NOUN/obj/2"),
    ("Oria", "demanded", "release", "Oria/PROPN/nsubj/2 called=call/VERB/root/0 for/ADP/case/5 the/DET/det/5 release/NOUN/obl/2"),
    ("police", "accordingTo", "died", "Two/NUM/nsubj/2 died=die/VERB/root/0 ,/PUNCT/punct/6 according=accord/VERB/case/6 to/ADP/fixed/4 police/NOUN/obl/2"),
    ("police", "accordingTo", "killed", "According=accord/VERB/case/3 to/ADP/fixed/1 police/NOUN/obl/6 two/NUM/nsubj:pass/6 were/AUX/aux:pass/6 killed=kill/VERB/root/0"),
    ("media", "reported", "left", "Local/ADJ/amod/3 media/NOUN/compound/3 report/NOUN/root/0 that/SCONJ/mark/6 Ito/PROPN/nsubj/6 left=leave/VERB/ccomp/3"),
    # the source stands elsewhere
    ("Ito", "said", "met", "Ito/PROPN/nsubj/2 left=leave/VERB/root/0 ,/PUNCT/punct/4 saying=say/VERB/advcl/2 they/PRON/nsubj/6 met=meet/VERB/ccomp/4"),
    ("Ito", "said", "met", "Ito/PROPN/nsubj/2 left=leave/VERB/root/0 and/CCONJ/cc/4 said=say/VERB/conj/2 they/PRON/nsubj/6 met=meet/VERB/ccomp/4"),
    ("a letter", "said", "met", "He/PRON/nsubj/2 sent=send/VERB/root/0 a/DET/det/4 letter/NOUN/obj/2 saying=say/VERB/acl/4 they/PRON/nsubj/7 met=meet/VERB/ccomp/5"),
    ("an official", "said", "met", "He/PRON/nsubj/2 quoted=quote/VERB/root/0 an/DET/det/4 official/NOUN/obj/2 who/PRON/nsubj/6 said=say/VERB/acl:relcl/4 they/PRON/nsubj/8 met=meet/VERB/ccomp/6"),
    ("Oria", "alleged", "helped", "Ito/PROPN/nsubj/2 left=leave/VERB/root/0 over/ADP/case/6 Oria/PROPN/nmod:poss/6 's/PART/case/4 allegations=allegation/NOUN/obl/2 that/SCONJ/mark/9 he/PRON/nsubj/9 helped=help/VERB/acl/6"),
    # all that is said, coordinated or under what is said
    ("Ito", "said", "left", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 they/PRON/nsubj/4 met=meet/VERB/ccomp/2 and/CCONJ/cc/7 Berg/PROPN/nsubj/7 left=leave/VERB/conj/4"),
    ("Ito", "said", "killed", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 they/PRON/nsubj/4 hit/VERB/ccomp/2 rebels/NOUN/obj/4 who/PRON/nsubj/7 killed=kill/VERB/acl:relcl/5 Berg/PROPN/obj/7"),
    ("Ito", "said", "died", "Ito/PROPN/nsubj/2 confirmed=confirm/VERB/root/0 this/PRON/obj/2 ,/PUNCT/punct/8 and/CCONJ/cc/8 that/SCONJ/mark/8 two/NUM/nsubj/8 died=die/VERB/conj/2"),
    ("Ito", "said", "leave", "Ito/PROPN/nsubj/2 promised=promise/VERB/root/0 to/PART/mark/4 leave/VERB/xcomp/2 Oria/PROPN/obj/4"),
    ("Ito", "said", "met", "As/SCONJ/mark/2 reported=say/VERB/advcl/6 by/ADP/case/4 Ito/PROPN/obl:agent/2 they/PRON/nsubj/6 met=meet/VERB/root/0"),
    # not what is said
    (None, None, "fell", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 they/PRON/nsubj/4 met=meet/VERB/ccomp/2 after/SCONJ/mark/7 Kesh/PROPN/nsubj/7 fell=fall/VERB/advcl/4"),
    (None, None, "led", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 Berg/PROPN/nsubj/7 ,/PUNCT/punct/6 who/PRON/nsubj/6 led=lead/VERB/acl:relcl/3 left=leave/VERB/ccomp/2"),
    (None, None, "suspected", "Oria/PROPN/nsubj/2 freed=free/VERB/root/0 men=man/NOUN/obj/2 suspected=suspect/VERB/acl/3 of/SCONJ/mark/6 spying=spy/VERB/advcl/4"),
    (None, None, "met", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 so/ADV/advmod/2 after/SCONJ/mark/6 he/PRON/nsubj/6 met=meet/VERB/advcl/2 Berg/PROPN/obj/6"),
    (None, None, "accused", "Ito/PROPN/nsubj/2 accused=accuse/VERB/root/0 Berg/PROPN/obj/2"),
    (None, None, "minister", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 that/SCONJ/mark/6 minister/NOUN/nmod:desc/5 Berg/PROPN/nsubj/6 left=leave/VERB/ccomp/2"),
    (None, None, "visit", "Ito/PROPN/nsubj/2 plans=plan/VERB/root/0 to/PART/mark/4 visit/VERB/xcomp/2 Oria/PROPN/obj/4"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind", "trigger", "parse"), CASES, ids=[f"{c[0]}-{c[3][:50]}" for c in CASES])
def test_nearest_source(source: str | None, kind: str | None, trigger: str, parse: str) -> None:
    found = attribution(parse, trigger)
    assert (found.source.text if found else None, found.kind if found else None) == (source, kind)


def test_the_source_is_the_mention_with_that_head() -> None:
    parse = "Vice/ADJ/amod/2 President/PROPN/compound/3 Ito/PROPN/nsubj/4 said=say/VERB/root/0 they/PRON/nsubj/6 met=meet/VERB/ccomp/4"
    found = attribution(parse, "met", {"Ito": "Person c7"})
    assert found is not None and found.mention is not None
    assert (found.source.text, found.mention.chain, found.cue and found.cue.text) == ("Ito", "c7", "said")


def test_the_name_after_a_title_is_the_source() -> None:
    parse = "Orian/ADJ/amod/3 foreign/ADJ/amod/3 minister/NOUN/nsubj/5 Ito/PROPN/flat/3 says=say/VERB/root/0 they/PRON/nsubj/7 met=meet/VERB/ccomp/5"
    found = attribution(parse, "met", {"Ito": "Person c7"})
    assert found is not None and found.source.text == "Ito"


def test_sources_further_out_are_kept_nearest_first() -> None:
    parse = "Ito/PROPN/nsubj/2 said=say/VERB/root/0 Berg/PROPN/nsubj/4 claimed=claim/VERB/ccomp/2 they/PRON/nsubj/6 met=meet/VERB/ccomp/4"
    found = attribution(parse, "met")
    assert found is not None
    assert (found.source.text, [span.text for span in found.chain]) == ("Berg", ["Ito"])


def test_who_acts_by_announcing_is_no_source() -> None:
    mentions = {"Oria": "Organization c1", "it": "Organization c1", "Anders": "Organization c2"}
    act = "Oria/PROPN/nsubj/2 announced=announce/VERB/root/0 sanctions=sanction/NOUN/obj/2 on/ADP/case/5 Anders/PROPN/nmod/3"
    own = {"Oria": "Organization c1", "Anders": "Organization c2"}
    assert attribution(act, "sanctions", own, subject="Oria") is None
    assert attribution(act, "sanctions", own, subject="Anders") is not None
    report = "Oria/PROPN/nsubj/2 announced=announce/VERB/root/0 it/PRON/nsubj/5 had/AUX/aux/5 bought=buy/VERB/ccomp/2 Anders/PROPN/obj/5"
    assert attribution(report, "bought", mentions, subject="it") is not None
    plan = "Oria/PROPN/nsubj/2 announced=announce/VERB/root/0 plans=plan/NOUN/obj/2 to/PART/mark/5 buy/VERB/acl/3 Anders/PROPN/obj/5"
    assert attribution(plan, "buy", own, subject="Oria") is not None


QUOTED = """
    "/PUNCT/punct/4 They/PRON/nsubj/3 met=meet/VERB/ccomp/8 Berg/PROPN/obj/3 twice/ADV/advmod/3 ,/PUNCT/punct/7 "/PUNCT/punct/3 said=say/VERB/root/0 Ito/PROPN/nsubj/8 ./PUNCT/punct/8
    "/PUNCT/punct/3 Then/ADV/advmod/4 Berg/PROPN/nsubj/4 left=leave/VERB/root/0 the/DET/det/6 country/NOUN/obj/4 ./PUNCT/punct/4 "/PUNCT/punct/4
    He/PRON/nsubj/2 slept=sleep/VERB/root/0 ./PUNCT/punct/2
"""


@pytest.mark.parametrize(("trigger", "source"), [("met", "Ito"), ("left", "Ito"), ("slept", None)])
def test_a_quotation_goes_on_over_sentences(trigger: str, source: str | None) -> None:
    found = attribution(QUOTED, trigger)
    assert (found.source.text if found else None) == source


def test_a_quotation_left_open_over_sentences_keeps_its_speaker() -> None:
    parse = """
        Ito/PROPN/nsubj/2 said=say/VERB/root/0 :/PUNCT/punct/6 "/PUNCT/punct/6 We/PRON/nsubj/6 met=meet/VERB/ccomp/2 Berg/PROPN/obj/6 ./PUNCT/punct/2
        Then/ADV/advmod/3 he/PRON/nsubj/3 left=leave/VERB/root/0 ./PUNCT/punct/3 "/PUNCT/punct/3
    """
    found = attribution(parse, "left")
    assert found is not None and found.source.text == "Ito"


def test_quotation_marks_around_a_phrase_are_no_speech() -> None:
    parse = """
        Ito/PROPN/nsubj/2 praised=praise/VERB/root/0 an/DET/det/5 "/PUNCT/punct/5 army/NOUN/obj/2 "/PUNCT/punct/5 that/PRON/nsubj/8 attacked=attack/VERB/acl:relcl/5 Oria/PROPN/obj/8 ,/PUNCT/punct/11 said=say/VERB/advcl/2 nothing/PRON/obj/11
    """
    assert attribution(parse, "army") is None


HEADLINES = [
    ("Ito", "left", {"Ito": "Person c1", "Oria": "Country c2"}, "Ito/PROPN/root/0 :/PUNCT/punct/1 Oria/PROPN/nsubj/4 left=leave/VERB/parataxis/1"),
    ("police", "left", {"police": "Organization c1", "Oria": "Country c2"}, "Oria/PROPN/nsubj/2 left=leave/VERB/root/0 :/PUNCT/punct/4 police/NOUN/parataxis/2"),
    ("report", "left", {"Oria": "Country c2"}, "Oria/PROPN/nsubj/2 left=leave/VERB/root/0 :/PUNCT/punct/4 report/NOUN/parataxis/2"),
    ("minister", "left", {"minister": "Person c1", "Oria": "Country c2"}, "Oria/PROPN/nsubj/2 left=leave/VERB/ccomp/4 ,/PUNCT/punct/2 says=say/VERB/root/0 minister/NOUN/nsubj/2"),
    # a topic, a list and the name of what is told of are no speakers
    (None, "left", {"Oria": "Country c1", "Berg": "Person c2"}, "Oria/PROPN/root/0 :/PUNCT/punct/1 Berg/PROPN/nsubj/4 left=leave/VERB/parataxis/1"),
    (None, "met", {"Berg": "Person c2"}, "He/PRON/nsubj/2 met=meet/VERB/root/0 one/NUM/obj/2 :/PUNCT/punct/5 Berg/PROPN/appos/3 ./PUNCT/punct/2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "trigger", "mentions", "parse"), HEADLINES, ids=[f"{h[0]}-{h[1]}" for h in HEADLINES]
)
def test_headlines_name_who_speaks(source: str | None, trigger: str, mentions: Mapping[str, str], parse: str) -> None:
    found = attribution(parse, trigger, mentions)
    assert (found.source.text if found else None) == source
