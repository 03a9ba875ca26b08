# ruff: noqa: E501  (a parse is a line)
from __future__ import annotations

import pytest
from factory import doc, word
from stance_words import stance

from kg.extract.modality import modality_of
from kg.extract.stance import find_cues

# modality, trigger, parsed sentence. The trigger's last occurrence counts.
CASES = [
    ("actual", "met", "Ito/PROPN/nsubj/2 met=meet/VERB/root/0 Berg/PROPN/obj/2"),
    # auxiliaries
    ("planned", "meet", "Ito/PROPN/nsubj/3 will/AUX/aux/3 meet/VERB/root/0 Berg/PROPN/obj/3"),
    ("possible", "meet", "Ito/PROPN/nsubj/3 may/AUX/aux/3 meet/VERB/root/0 Berg/PROPN/obj/3"),
    ("wanted", "meet", "Ito/PROPN/nsubj/3 should/AUX/aux/3 meet/VERB/root/0 Berg/PROPN/obj/3"),
    ("planned", "meet", "Ito/PROPN/nsubj/4 is/AUX/aux/4 to/PART/mark/4 meet/VERB/root/0 Berg/PROPN/obj/4"),
    ("planned", "meet", "Ito/PROPN/nsubj/3 is/AUX/aux/3 going=go/VERB/root/0 to/PART/mark/5 meet/VERB/xcomp/3 Berg/PROPN/obj/5"),
    # negation
    ("negated", "meet", "Ito/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 meet/VERB/root/0 Berg/PROPN/obj/4"),
    ("negated", "met", "Ito/PROPN/nsubj/3 never/ADV/advmod/3 met=meet/VERB/root/0 Berg/PROPN/obj/3"),
    ("negated", "meet", "Ito/PROPN/nsubj/4 will/AUX/aux/4 not/PART/advmod/4 meet/VERB/root/0 Berg/PROPN/obj/4"),
    ("negated", "agreement", "No/DET/det/2 agreement/NOUN/nsubj:pass/4 was/AUX/aux:pass/4 reached=reach/VERB/root/0"),
    ("negated", "meeting", "Ito/PROPN/nsubj/2 left=leave/VERB/root/0 without/SCONJ/mark/4 meeting=meet/VERB/advcl/2 Berg/PROPN/obj/4"),
    ("actual", "met", "Ito/PROPN/nsubj/4 not/PART/advmod/4 only/ADV/advmod/2 met=meet/VERB/root/0 Berg/PROPN/obj/4"),
    ("negated", "member", "Oria/PROPN/nsubj/5 is/AUX/cop/5 not/PART/advmod/5 a/DET/det/5 member/NOUN/root/0 of/ADP/case/8 the/DET/det/8 bloc/NOUN/nmod/5"),
    ("negated", "call", "Ito/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 meet/VERB/root/0 or/CCONJ/cc/6 call/VERB/conj/4 Berg/PROPN/obj/6"),
    ("actual", "left", "Ito/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 speak/VERB/root/0 and/CCONJ/cc/6 left=leave/VERB/conj/4 Oria/PROPN/obj/6"),
    # implicatives, denials
    ("negated", "meet", "Ito/PROPN/nsubj/2 failed=fail/VERB/root/0 to/PART/mark/4 meet/VERB/xcomp/2 Berg/PROPN/obj/4"),
    ("negated", "meet", "Ito/PROPN/nsubj/2 refused=refuse/VERB/root/0 to/PART/mark/4 meet/VERB/xcomp/2 Berg/PROPN/obj/4"),
    ("actual", "reach", "Ito/PROPN/nsubj/2 managed=manage/VERB/root/0 to/PART/mark/4 reach/VERB/xcomp/2 Berg/PROPN/obj/4"),
    ("negated", "met", "Ito/PROPN/nsubj/2 denied=deny/VERB/root/0 having=have/AUX/aux/4 met=meet/VERB/xcomp/2 Berg/PROPN/obj/4"),
    ("negated", "attack", "Oria/PROPN/nsubj/2 denied=deny/VERB/root/0 an/DET/det/4 attack/NOUN/obj/2"),
    ("possible", "attack", "Oria/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 deny/VERB/root/0 an/DET/det/6 attack/NOUN/obj/4"),
    ("negated", "meeting", "Ito/PROPN/nsubj/2 called=call/VERB/root/0 off/ADP/compound:prt/2 a/DET/det/5 meeting/NOUN/obj/2"),
    ("negated", "meeting", "Ito/PROPN/nsubj/2 called=call/VERB/root/0 a/DET/det/4 meeting/NOUN/obj/2 off/ADP/compound:prt/2"),
    ("negated", "entering", "Oria/PROPN/nsubj/2 barred=bar/VERB/root/0 him/PRON/obj/2 from/SCONJ/mark/5 entering=enter/VERB/advcl/2 it/PRON/obj/5"),
    ("negated", "support", "Ito/PROPN/nsubj/2 ceased=cease/VERB/root/0 to/PART/mark/4 support/VERB/advcl/2 Oria/PROPN/obj/4"),
    ("negated", "meeting", "Ito/PROPN/nsubj/2 avoided=avoid/VERB/root/0 meeting=meet/VERB/advcl/2 Berg/PROPN/obj/3"),
    ("negated", "met", "It/PRON/expl/4 is/AUX/cop/4 not/PART/advmod/4 true/ADJ/root/0 that/SCONJ/mark/7 Ito/PROPN/nsubj/7 met=meet/VERB/ccomp/4 Berg/PROPN/obj/7"),
    ("negated", "met", "Ito/PROPN/nsubj/2 disputed=dispute/VERB/root/0 the/DET/det/4 claim/NOUN/obj/2 that/SCONJ/mark/7 he/PRON/nsubj/7 met=meet/VERB/acl/4 Berg/PROPN/obj/7"),
    ("negated", "met", "I/PRON/nsubj/4 do/AUX/aux/4 not/PART/advmod/4 believe/VERB/root/0 Ito/PROPN/nsubj/6 met=meet/VERB/ccomp/4 Berg/PROPN/obj/6"),
    ("negated", "ratify", "Ito/PROPN/nsubj/2 has=have/VERB/root/0 yet/ADV/advmod/2 to/PART/mark/5 ratify/VERB/xcomp/2 it/PRON/obj/5"),
    ("actual", "support", "Ito/PROPN/nsubj/2 continues=continue/VERB/root/0 to/PART/mark/4 support/VERB/advcl/2 Oria/PROPN/obj/4"),
    # hedges
    ("possible", "killed", "Ito/PROPN/nsubj:pass/3 is/AUX/aux:pass/3 suspected=suspect/VERB/root/0 of/SCONJ/mark/6 having=have/AUX/aux/6 killed=kill/VERB/acl/1 Berg/PROPN/obj/6"),
    ("possible", "agreed", "Had/AUX/aux/3 Oria/PROPN/nsubj/3 agreed=agree/VERB/advcl/7 ,/PUNCT/punct/3 Ito/PROPN/nsubj/7 would/AUX/aux/7 leave/VERB/root/0"),
    ("possible", "met", "Ito/PROPN/nsubj/3 allegedly/ADV/advmod/3 met=meet/VERB/root/0 Berg/PROPN/obj/3"),
    ("possible", "meeting", "a/DET/det/3 possible/ADJ/amod/3 meeting/NOUN/root/0 with/ADP/case/5 Berg/PROPN/nmod/3"),
    ("possible", "killing", "Ito/PROPN/nsubj:pass/3 is/AUX/aux:pass/3 accused=accuse/VERB/root/0 of/SCONJ/mark/5 killing=kill/VERB/advcl/3 Berg/PROPN/obj/5"),
    ("possible", "killing", "Ito/PROPN/nsubj:pass/3 was/AUX/aux:pass/3 suspected=suspect/VERB/root/0 of/SCONJ/mark/5 killing=kill/VERB/advcl/3 Berg/PROPN/obj/5"),
    ("possible", "fled", "Ito/PROPN/nsubj:pass/3 is/AUX/aux:pass/3 believed=believe/VERB/root/0 to/PART/mark/6 have/AUX/aux/6 fled=flee/VERB/xcomp/3"),
    ("possible", "met", "if/SCONJ/mark/3 Ito/PROPN/nsubj/3 met=meet/VERB/advcl/7 Berg/PROPN/obj/3 ,/PUNCT/punct/3 they/PRON/nsubj/7 talked=talk/VERB/root/0"),
    ("possible", "meet", "Did/AUX/aux/3 Ito/PROPN/nsubj/3 meet/VERB/root/0 Berg/PROPN/obj/3 ?/PUNCT/punct/3"),
    ("actual", "struck", "Oria/PROPN/nsubj/2 struck=strike/VERB/root/0 Kesh/PROPN/obj/2 ,/PUNCT/punct/6 reportedly/ADV/advmod/2 killing=kill/VERB/advcl/2 Berg/PROPN/obj/6"),
    ("planned", "talks", "They/PRON/nsubj/3 will/AUX/aux/3 hold/VERB/root/0 a/DET/det/5 round/NOUN/obj/3 of/ADP/case/7 talks=talk/NOUN/nmod/5"),
    ("actual", "son", "They/PRON/nsubj/2 tried=try/VERB/root/0 to/PART/mark/4 launch/VERB/xcomp/2 a/DET/det/6 probe/NOUN/obj/4 of/ADP/case/9 his/PRON/nmod:poss/9 son/NOUN/nmod/6"),
    ("actual", "closed", "Oria/PROPN/nsubj/2 closed=close/VERB/root/0 it/PRON/obj/2 due/ADP/case/6 to/ADP/fixed/4 rain/NOUN/obl/2"),
    # plans and wishes
    ("planned", "joins", "Once/SCONJ/mark/3 Oria/PROPN/nsubj/3 joins=join/VERB/advcl/7 ,/PUNCT/punct/3 it/PRON/nsubj/7 will/AUX/aux/7 leave/VERB/root/0"),
    ("actual", "joined", "Once/SCONJ/mark/3 Oria/PROPN/nsubj/3 joined=join/VERB/advcl/7 ,/PUNCT/punct/3 it/PRON/nsubj/7 will/AUX/aux/7 leave/VERB/root/0"),
    ("planned", "meet", "They/PRON/nsubj/3 are/AUX/cop/3 due/ADJ/root/0 to/PART/mark/5 meet/VERB/xcomp/3 Berg/PROPN/obj/5"),
    ("planned", "meet", "Ito/PROPN/nsubj/2 plans=plan/VERB/root/0 to/PART/mark/4 meet/VERB/xcomp/2 Berg/PROPN/obj/4"),
    ("planned", "meet", "Ito/PROPN/nsubj/2 agreed=agree/VERB/root/0 to/PART/mark/4 meet/VERB/xcomp/2 Berg/PROPN/obj/4"),
    ("planned", "meet", "Ito/PROPN/nsubj/2 left=leave/VERB/root/0 to/PART/mark/4 meet/VERB/advcl/2 Berg/PROPN/obj/4"),
    ("planned", "visit", "plans=plan/NOUN/root/0 for/ADP/case/4 a/DET/det/4 visit/NOUN/nmod/1 to/ADP/case/6 Oria/PROPN/nmod/4"),
    ("planned", "visit", "a/DET/det/3 planned/ADJ/amod/3 visit/NOUN/root/0 to/ADP/case/5 Oria/PROPN/nmod/3"),
    ("planned", "talks", "They/PRON/nsubj/3 will/AUX/aux/3 hold/VERB/root/0 talks/NOUN/obj/3"),
    ("planned", "Talks", "Talks=talk/NOUN/nsubj:pass/4 will/AUX/aux/4 be/AUX/aux:pass/4 held=hold/VERB/root/0 on/ADP/case/6 Monday/PROPN/obl/4"),
    ("actual", "attack", "They/PRON/nsubj/3 will/AUX/aux/3 condemn/VERB/root/0 the/DET/det/5 attack/NOUN/obj/3"),
    ("planned", "sign", "They/PRON/nsubj/3 will/AUX/aux/3 meet/VERB/root/0 and/CCONJ/cc/5 sign/VERB/conj/3 it/PRON/obj/5"),
    ("wanted", "leave", "Ito/PROPN/nsubj/2 urged=urge/VERB/root/0 Oria/PROPN/obj/2 to/PART/mark/5 leave/VERB/xcomp/2 it/PRON/obj/5"),
    ("wanted", "release", "Ito/PROPN/nsubj/2 called=call/VERB/root/0 for/ADP/case/5 the/DET/det/5 release/NOUN/obl/2"),
    ("wanted", "leave", "Ito/PROPN/nsubj/2 demanded=demand/VERB/root/0 that/SCONJ/mark/5 Oria/PROPN/nsubj/5 leave/VERB/ccomp/2"),
    ("negated", "visit", "He/PRON/nsubj/2 has/VERB/root/0 no/DET/det/4 plans=plan/NOUN/obj/2 to/PART/mark/6 visit/VERB/acl/4 Oria/PROPN/obj/6"),
    # only who says it, or not in the scope at all
    ("actual", "met", "Ito/PROPN/nsubj/2 said=say/VERB/root/0 they/PRON/nsubj/4 met=meet/VERB/ccomp/2 Berg/PROPN/obj/4"),
    ("actual", "met", "Ito/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 say/VERB/root/0 they/PRON/nsubj/6 met=meet/VERB/ccomp/4"),
    ("possible", "helped", "Ito/PROPN/nsubj/2 alleges=allege/VERB/root/0 Berg/PROPN/nsubj/4 helped=help/VERB/ccomp/2 Oria/PROPN/obj/4"),
    ("actual", "killing", "It/PRON/nsubj/2 sank=sink/VERB/root/0 ,/PUNCT/punct/4 killing=kill/VERB/advcl/2 Berg/PROPN/obj/4"),
    ("possible", "killing", "It/PRON/nsubj/3 could/AUX/aux/3 sink/VERB/root/0 ,/PUNCT/punct/5 killing=kill/VERB/advcl/3 Berg/PROPN/obj/5"),
    ("actual", "met", "Ito/PROPN/nsubj/6 ,/PUNCT/punct/4 who/PRON/nsubj/4 met=meet/VERB/acl:relcl/1 Berg/PROPN/obj/4 left=leave/VERB/root/0"),
]  # fmt: skip


@pytest.mark.parametrize(("modality", "trigger", "parse"), CASES, ids=[f"{case[0]}-{case[2][:40]}" for case in CASES])
def test_weakest_claim_in_scope_wins(modality: str, trigger: str, parse: str) -> None:
    sentence = doc(parse)
    assert modality_of(sentence[word(sentence, trigger)], find_cues(sentence, stance())) == modality


@pytest.mark.parametrize(
    ("argument", "parse"),
    [
        ("country", "No/DET/det/2 country/NOUN/nsubj/3 recognised=recognise/VERB/root/0 Oria/PROPN/obj/3"),
        ("Nobody", "Nobody/PRON/nsubj/2 recognised=recognise/VERB/root/0 Oria/PROPN/obj/2"),
        ("rebels", "It/PRON/nsubj/2 hit/VERB/root/0 Oria/PROPN/obj/2 instead/ADP/case/6 of/ADP/fixed/4 rebels/NOUN/obl/2"),
    ],
)  # fmt: skip
def test_a_negated_argument_negates_the_statement(argument: str, parse: str) -> None:
    sentence = doc(parse)
    cues = find_cues(sentence, stance())
    verb = next(token for token in sentence if token.dep_ == "root")
    assert modality_of(verb, cues) == "actual"
    assert modality_of(verb, cues, arguments=[sentence[word(sentence, argument)]]) == "negated"
