# ruff: noqa: E501  (a parse is a line)
from __future__ import annotations

import pytest
from factory import doc, word

from kg.extract.subjects import surface_subject

# who acts, verb, parse
CASES = [
    ("Ito", "left", "Ito/PROPN/nsubj/2 left=leave/VERB/root/0"),
    # what the object of the verb above does
    ("Berg", "arming", "Ito/PROPN/nsubj/2 accused=accuse/VERB/root/0 Berg/PROPN/obj/2 of/SCONJ/mark/5 arming=arm/VERB/advcl/2 rebels/NOUN/obj/5"),
    ("Ito", "bombing", "Ito/PROPN/nsubj/2 killed=kill/VERB/root/0 Berg/PROPN/obj/2 by/SCONJ/mark/5 bombing=bomb/VERB/advcl/2 Oria/PROPN/obj/5"),
    ("Ito", "met", "Ito/PROPN/nsubj/2 denied=deny/VERB/root/0 having=have/AUX/aux/4 met=meet/VERB/ccomp/2 Berg/PROPN/obj/4"),
    ("Oria", "free", "Ito/PROPN/nsubj/2 called=call/VERB/root/0 for/ADP/case/4 Oria/PROPN/obl/2 to/PART/mark/6 free/VERB/advcl/2 Berg/PROPN/obj/6"),
    ("Oria", "arrest", "Ito/PROPN/nsubj/2 helped=help/VERB/root/0 Oria/PROPN/obj/4 arrest/VERB/ccomp/2 Berg/PROPN/obj/4"),
    ("Ito", "visiting", "Ito/PROPN/nsubj/2 has=have/VERB/root/0 plans/NOUN/obj/2 for/SCONJ/mark/5 visiting=visit/VERB/acl/3 Oria/PROPN/obj/5"),
    # headlines
    ("Berg", "left", "Ito/PROPN/nsubj/4 :/PUNCT/punct/1 Berg/PROPN/appos/1 left=leave/VERB/root/0 Oria/PROPN/obj/4"),
    ("Ito", "meet", "Ito/PROPN/root/0 to/PART/mark/3 meet/VERB/acl/1 Berg/PROPN/obj/3"),
    # subjects that the parser crossed or misnamed
    ("Oria", "freed", "Oria/PROPN/nsubj/6 had/AUX/aux/3 freed=free/VERB/ccomp/6 Berg/PROPN/obj/3 Ito/PROPN/nsubj/3 said=say/VERB/root/0"),
    ("Ito", "killed", "Ito/PROPN/nsubj/5 killed=kill/VERB/root/0 Berg/PROPN/obj/2 police/NOUN/nsubj/5 believe/VERB/advcl/2"),
    ("Ito", "sued", "Ito/PROPN/obl/2 sued=sue/VERB/root/0 Berg/PROPN/obj/2"),
    # what stands behind a gerund is its object
    ("Ito", "funding", "Ito/PROPN/nsubj:pass/3 was/AUX/aux:pass/3 accused=accuse/VERB/root/0 of/SCONJ/mark/5 funding=fund/VERB/advcl/3 rebels/NOUN/nsubj/5"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "verb", "parse"), CASES, ids=[f"{c[0]}-{c[2][:50]}" for c in CASES])
def test_who_acts(subject: str, verb: str, parse: str) -> None:
    sentence = doc(parse)
    found = surface_subject(sentence[word(sentence, verb)])
    assert found is not None and found[0].text == subject


def test_the_object_of_who_cannot_act_does_nothing() -> None:
    parse = "Ito/PROPN/nsubj/2 served=serve/VERB/root/0 a/DET/det/4 sentence/NOUN/obj/2 for/SCONJ/mark/6 entering=enter/VERB/advcl/2 Oria/PROPN/obj/6"
    sentence = doc(parse)
    found = surface_subject(sentence[word(sentence, "entering")])
    assert found is not None and found[0].text == "Ito"
