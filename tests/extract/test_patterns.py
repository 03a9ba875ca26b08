"""Each construction once, on hand-built parses: who does what to whom, whatever the words stand like."""

from __future__ import annotations

import pytest
from factory import doc

from kg.extract.arguments import Arguments
from kg.extract.mentions import MentionIndex
from kg.extract.patterns import matches
from kg.lexicon import Lexicon
from kg.ontology import Ontology

PEOPLE = {"Abbas": "Person", "Putin": "Person"}

CASES = {
    "active": (
        "Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Putin/PROPN/obj/2",
        PEOPLE,
        {"Abbas metWith Putin"},
    ),
    "oblique": (
        "Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 with/ADP/case/4 Putin/PROPN/obl/2",
        PEOPLE,
        {"Abbas metWith Putin"},
    ),
    "reciprocal": (
        "Abbas/PROPN/nsubj/4 and/CCONJ/cc/3 Putin/PROPN/conj/1 met=meet/VERB/root/0",
        PEOPLE,
        {"Abbas metWith Putin"},
    ),
    "passive": (
        "Trufanov/PROPN/nsubj:pass/3 was/AUX/aux:pass/3 captured=capture/VERB/root/0 "
        "by/ADP/case/5 Hamas/PROPN/obl:agent/3",
        {"Trufanov": "Person", "Hamas": "Organization"},
        {"Trufanov capturedBy Hamas"},
    ),
    "passive without an agent": (
        "Trufanov/PROPN/nsubj:pass/3 was/AUX/aux:pass/3 captured=capture/VERB/root/0",
        {"Trufanov": "Person"},
        set(),
    ),
    "reduced passive": (
        "men=man/NOUN/root/0 arrested=arrest/VERB/acl/1 by/ADP/case/4 police/NOUN/obl:agent/2",
        {"men": "Group", "police": "Organization"},
        {"men capturedBy police"},
    ),
    "subject relative": (
        "Abbas/PROPN/root/0 ,/PUNCT/punct/4 who/PRON/nsubj/4 met=meet/VERB/acl:relcl/1 Putin/PROPN/obj/4",
        PEOPLE,
        {"Abbas metWith Putin"},
    ),
    "object relative with a pronoun": (
        "men=man/NOUN/root/0 whom/PRON/obj/4 police/NOUN/nsubj/4 arrested=arrest/VERB/acl:relcl/1",
        {"men": "Group", "police": "Organization"},
        {"men capturedBy police"},
    ),
    "what stands right before a preposition, whatever that hangs on": (
        "mosque/NOUN/nsubj/4 in/ADP/case/3 Graz/PROPN/obl/4 burned=burn/VERB/root/0",
        {"mosque": "Place", "Graz": "Place"},
        {"mosque locatedIn Graz"},
    ),
    "a preposition hung on the noun before it": (
        "raid/NOUN/root/0 in/ADP/case/1 Graz/PROPN/nmod/1",
        {"raid": "Event", "Graz": "Place"},
        {"raid locatedIn Graz"},
    ),
    "preposition and article hung on the noun before them": (
        "Oria/PROPN/nmod:poss/3 's/PART/case/1 raid/NOUN/root/0 on/ADP/case/3 the/DET/det/3 port/NOUN/nmod/3",
        {"Oria": "Country", "raid": "Event", "port": "Place"},
        {"Oria organized raid", "Oria attacked port", "raid affected port", "raid locatedIn port"},
    ),
    "who is included": (
        "police/NOUN/nsubj/2 arrested=arrest/VERB/root/0 men=man/NOUN/obj/2 ,/PUNCT/punct/3 "
        "including=include/VERB/case/6 Ito/PROPN/obl/2",
        {"police": "Organization", "men": "Group", "Ito": "Person"},
        {"men capturedBy police", "Ito capturedBy police", "Ito memberOf men"},
    ),
    "a title and a name that are both called subject": (
        "president/NOUN/nsubj/3 Ito/PROPN/nsubj/3 appoints=appoint/VERB/root/0 Ng/PROPN/obj/3",
        {"Ito": "Person", "Ng": "Person"},
        {"Ito appointed Ng"},
    ),
    "who tells is no subject": (
        "according/VERB/case/3 to/ADP/fixed/1 police/NOUN/nsubj/6 ,/PUNCT/punct/3 raids=raid/NOUN/nsubj/6 "
        "killed=kill/VERB/root/0 Ito/PROPN/obj/6",
        {"police": "Organization", "raids": "Event", "Ito": "Person"},
        {"Ito killedBy raids"},
    ),
    "harms in a row share who did it": (
        "men=man/NOUN/nsubj:pass/3 were/AUX/aux:pass/3 killed=kill/VERB/root/0 and/CCONJ/cc/6 five/NUM/nsubj:pass/6 "
        "injured=injure/VERB/conj/3 by/ADP/case/8 rebels=rebel/NOUN/obl:agent/6",
        {"men": "Group", "five": "Group", "rebels": "Group"},
        {"men killedBy rebels", "five injuredBy rebels"},
    ),
    "who did what is no mention": (
        "men=man/NOUN/nsubj:pass/3 were/AUX/aux:pass/3 killed=kill/VERB/root/0 in/ADP/case/6 a/DET/det/6 "
        "raid/NOUN/obl/3 by/ADP/case/8 police/NOUN/nmod/6",
        {"men": "Group", "police": "Organization"},
        {"men killedBy police"},
    ),
    "names joined by a dash": (
        "the/DET/det/5 Oria/PROPN/compound/5 –/PUNCT/punct/4 Gral/PROPN/compound/5 talks=talk/NOUN/root/0",
        {"Oria": "Country", "Gral": "Country"},
        {"Oria negotiatedWith Gral"},
    ),
    "what is over": (
        "Acme/PROPN/root/0 ,/PUNCT/punct/4 once/ADV/advmod/4 led=lead/VERB/acl/1 by/ADP/case/6 Ito/PROPN/obl:agent/4",
        {"Acme": "Organization", "Ito": "Person"},
        {"Ito formerlyOf Acme"},
    ),
    "whose a thing is that was attacked": (
        "rebels=rebel/NOUN/nsubj/2 sank=sink/VERB/root/0 Oria/PROPN/nmod:poss/5 's/PART/case/3 tanker/NOUN/obj/2",
        {"rebels": "Group", "Oria": "Country", "tanker": "Product"},
        {"rebels attacked Oria", "Oria owns tanker"},
    ),
    "at an event": (
        "Ito/PROPN/nsubj/2 spoke=speak/VERB/root/0 at/ADP/case/5 the/DET/det/5 summit/NOUN/obl/2",
        {"Ito": "Person", "summit": "Event"},
        {"Ito participatedIn summit"},
    ),
    "between them, behind the verb": (
        "clashes=clash/NOUN/nsubj/2 erupted=erupt/VERB/root/0 between/ADP/case/4 police/NOUN/obl/2 and/CCONJ/cc/6 "
        "rebels=rebel/NOUN/conj/4",
        {"clashes": "Event", "police": "Organization", "rebels": "Group"},
        {"police participatedIn clashes", "rebels participatedIn clashes"},
    ),
    "who did what others suffered from": (
        "men=man/NOUN/nsubj:pass/3 were/AUX/aux:pass/3 killed=kill/VERB/root/0 when/ADV/advmod/6 "
        "rebels=rebel/NOUN/nsubj/6 attacked=attack/VERB/advcl/3 Graz/PROPN/obj/6",
        {"men": "Group", "rebels": "Group", "Graz": "Place"},
        {"men killedBy rebels", "rebels attacked Graz"},
    ),
    "when somebody killed is no killer": (
        "police/NOUN/nsubj/2 killed=kill/VERB/root/0 Ito/PROPN/obj/2 during/ADP/case/6 the/DET/det/6 war/NOUN/obl/2",
        {"police": "Organization", "Ito": "Person", "war": "Event"},
        {"Ito killedBy police"},
    ),
    "what happened in a place": (
        "attack/NOUN/root/0 in/ADP/case/3 Graz/PROPN/nmod/1 that/PRON/nsubj/5 killed=kill/VERB/acl:relcl/3 "
        "Ito/PROPN/obj/5",
        {"attack": "Event", "Graz": "Place", "Ito": "Person"},
        {"attack locatedIn Graz", "Ito killedBy attack"},
    ),
    "a point in a place": (
        "jets=jet/NOUN/nsubj/2 hit/VERB/root/0 targets=target/NOUN/obj/2 in/ADP/case/5 Graz/PROPN/nmod/3",
        {"jets": "Organization", "Graz": "Place"},
        {"jets attacked Graz"},
    ),
    "asked to do it, misnamed": (
        "court/NOUN/nsubj/2 ordered=order/VERB/root/0 Acme/PROPN/nsubj/2 to/PART/mark/5 pay=compensate/VERB/xcomp/2 "
        "Ito/PROPN/obj/5",
        {"court": "Organization", "Acme": "Organization", "Ito": "Person"},
        {"court asked Acme", "Acme aided Ito"},
    ),
    "a series of what happened": (
        "series/NOUN/nsubj/5 of/ADP/case/4 Orian/ADJ/amod/4 strikes=strike/NOUN/nmod/1 hit/VERB/root/0 "
        "Graz/PROPN/obj/5",
        {"series": "Event", "Orian": "Country", "Graz": "Place"},
        {"Orian organized series", "series affected Graz"},
    ),
    "object relative without a pronoun": (
        "men=man/NOUN/root/0 police/NOUN/nsubj/3 arrested=arrest/VERB/acl:relcl/1",
        {"men": "Group", "police": "Organization"},
        {"men capturedBy police"},
    ),
    "shared subject": (
        "Abbas/PROPN/nsubj/2 travelled=travel/VERB/root/0 and/CCONJ/cc/4 met=meet/VERB/conj/2 Putin/PROPN/obj/4",
        PEOPLE,
        {"Abbas metWith Putin"},
    ),
    "shared object": (
        "Hamas/PROPN/nsubj/2 kidnapped=kidnap/VERB/root/0 and/CCONJ/cc/4 killed=kill/VERB/conj/2 Trufanov/PROPN/obj/4",
        {"Trufanov": "Person", "Hamas": "Organization"},
        {"Trufanov capturedBy Hamas", "Trufanov killedBy Hamas"},
    ),
    "coordinated objects": (
        "Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Putin/PROPN/obj/2 and/CCONJ/cc/5 Xi/PROPN/conj/3",
        {**PEOPLE, "Xi": "Person"},
        {"Abbas metWith Putin", "Abbas metWith Xi"},
    ),
    "subject control": (
        "Abbas/PROPN/nsubj/2 agreed=agree/VERB/root/0 to/PART/mark/4 meet/VERB/xcomp/2 Putin/PROPN/obj/4",
        PEOPLE,
        {"Abbas metWith Putin"},
    ),
    "object control": (
        "Xi/PROPN/nsubj/2 asked=ask/VERB/root/0 Abbas/PROPN/obj/2 to/PART/mark/5 meet/VERB/xcomp/2 Putin/PROPN/obj/5",
        {**PEOPLE, "Xi": "Person"},
        {"Xi asked Abbas", "Abbas metWith Putin"},
    ),
    "raising of a passive": (
        "Abbas/PROPN/nsubj:pass/3 is/AUX/aux:pass/3 expected=expect/VERB/root/0 to/PART/mark/5 "
        "visit/VERB/xcomp/3 Moscow/PROPN/obj/5",
        {"Abbas": "Person", "Moscow": "Place"},
        {"Abbas visited Moscow"},
    ),
    "participle clause": (
        "Visiting=visit/VERB/advcl/5 Moscow/PROPN/obj/1 ,/PUNCT/punct/1 Abbas/PROPN/nsubj/5 spoke=speak/VERB/root/0",
        {"Abbas": "Person", "Moscow": "Place"},
        {"Abbas visited Moscow"},
    ),
    "title": (
        "Russian/ADJ/amod/4 Deputy/ADJ/amod/4 Foreign/ADJ/amod/4 Minister/PROPN/nmod:desc/5 "
        "Bogdanov/PROPN/nsubj/6 spoke=speak/VERB/root/0",
        {"Russian": "Country", "Bogdanov": "Person"},
        {"Bogdanov officialOf Russian (Deputy Foreign Minister)"},
    ),
    "title of a company's head": (
        "Apple/PROPN/compound/3 CEO/NOUN/nmod:desc/3 Cook/PROPN/nsubj/4 spoke=speak/VERB/root/0",
        {"Apple": "Organization", "Cook": "Person"},
        {"Cook leads Apple (CEO)"},
    ),
    "a group has no title": (
        "a/DET/det/3 Fatah/PROPN/compound/3 delegation/NOUN/nsubj/4 left=leave/VERB/root/0",
        {"delegation": "Group", "Fatah": "Organization"},
        {"delegation partOf Fatah"},
    ),
    "former": (
        "former/ADJ/amod/3 French/ADJ/amod/3 President/PROPN/nmod:desc/4 Sarkozy/PROPN/root/0",
        {"French": "Country", "Sarkozy": "Person"},
        {"Sarkozy formerlyOf French (President)"},
    ),
    "apposition": (
        "Abbas/PROPN/nsubj/7 ,/PUNCT/punct/3 chairman/NOUN/appos/1 of/ADP/case/5 "
        "Fatah/PROPN/nmod/3 ,/PUNCT/punct/3 spoke=speak/VERB/root/0",
        {"Abbas": "Person", "Fatah": "Organization"},
        {"Abbas leads Fatah (chairman)"},
    ),
    "copula": (
        "Abbas/PROPN/nsubj/4 is/AUX/cop/4 the/DET/det/4 chairman/NOUN/root/0 of/ADP/case/6 Fatah/PROPN/nmod/4",
        {"Abbas": "Person", "Fatah": "Organization"},
        {"Abbas leads Fatah (chairman)"},
    ),
    "possessive": (
        "Abbas/PROPN/nmod:poss/3 's/PART/case/1 wife/NOUN/nsubj/4 spoke=speak/VERB/root/0",
        {"Abbas": "Person", "wife": "Person"},
        {"wife spouseOf Abbas"},
    ),
    "nominalisation, possessive agent": (
        "Abbas/PROPN/nmod:poss/3 's/PART/case/1 visit/NOUN/nsubj/6 to/ADP/case/5 "
        "Moscow/PROPN/nmod/3 ended=end/VERB/root/0",
        {"Abbas": "Person", "Moscow": "Place"},
        {"Abbas visited Moscow"},
    ),
    "nominalisation, agent with by": (
        "the/DET/det/2 arrest/NOUN/root/0 of/ADP/case/4 Trufanov/PROPN/nmod/2 by/ADP/case/6 Hamas/PROPN/nmod/2",
        {"Trufanov": "Person", "Hamas": "Organization"},
        {"Trufanov capturedBy Hamas"},
    ),
    "light verb": (
        "Abbas/PROPN/nsubj/2 held=hold/VERB/root/0 talks=talk/NOUN/obj/2 with/ADP/case/5 Putin/PROPN/nmod/3",
        PEOPLE,
        {"Abbas metWith Putin"},
    ),
    "agent before a hyphen": (
        "Iran/PROPN/compound/3 -/PUNCT/punct/3 backed=back/VERB/amod/4 Houthis/PROPN/root/0",
        {"Iran": "Country", "Houthis": "Organization"},
        {"Iran supports Houthis"},
    ),
    "adjective": (
        "Abbas/PROPN/nsubj/3 is/AUX/cop/3 married/ADJ/root/0 to/ADP/case/5 Amina/PROPN/obl/3",
        {"Abbas": "Person", "Amina": "Person"},
        {"Abbas spouseOf Amina"},
    ),
    "preposition": (
        "the/DET/det/2 summit/NOUN/root/0 in/ADP/case/4 Kazan/PROPN/nmod/2",
        {"summit": "Event", "Kazan": "Place"},
        {"summit locatedIn Kazan"},
    ),
    "each other": (
        "Abbas/PROPN/nsubj/4 and/CCONJ/cc/3 Putin/PROPN/conj/1 accuse/VERB/root/0 each/DET/det/6 other/ADJ/obj/4",
        PEOPLE,
        {"Abbas accused Putin", "Putin accused Abbas"},
    ),
    "the object of a verb given to the gerund behind it": (
        "Abbas/PROPN/nsubj/2 accuses=accuse/VERB/root/0 Putin/PROPN/nsubj/5 of/SCONJ/mark/5 lying=lie/VERB/xcomp/2",
        PEOPLE,
        {"Abbas accused Putin"},
    ),
    "whose it is": (
        "Abbas/PROPN/nsubj/2 criticised=criticise/VERB/root/0 Putin/PROPN/nmod:poss/5 "
        "'s/PART/case/3 refusal/NOUN/obj/2",
        PEOPLE,
        {"Abbas criticized Putin"},
    ),
    "a particle makes another verb": (
        "Abbas/PROPN/nsubj/2 picked=pick/VERB/root/0 up/ADP/compound:prt/2 Putin/PROPN/obj/2",
        PEOPLE,
        set(),
    ),
    "the only country of the sentence": (
        "President/PROPN/nmod:desc/2 Tokayev/PROPN/nsubj/3 left=leave/VERB/root/0 Kazakhstan/PROPN/obj/3",
        {"Tokayev": "Person", "Kazakhstan": "Country"},
        {"Tokayev leads Kazakhstan (President)"},
    ),
    "the object of a verb given to the infinitive behind it": (
        "Oslo/PROPN/nsubj/3 has/AUX/aux/3 urged=urge/VERB/root/0 Latvia/PROPN/obj/6 to/PART/mark/6 "
        "ask/VERB/xcomp/3 Estonia/PROPN/obj/6",
        {"Oslo": "Organization", "Latvia": "Country", "Estonia": "Country"},
        {"Oslo asked Latvia", "Latvia asked Estonia"},
    ),
    "the only object of a verb of giving": (
        "Latvia/PROPN/nsubj/4 does/AUX/aux/4 not/PART/advmod/4 ask/VERB/root/0 Estonia/PROPN/iobj/4 "
        "for/ADP/case/7 money/NOUN/obl/4",
        {"Latvia": "Country", "Estonia": "Country"},
        {"Latvia asked Estonia"},
    ),
    "a state told of whom a participle modifies": (
        "sailors=sailor/NOUN/root/0 held=hold/VERB/acl/1 hostage/NOUN/obj/2 by/ADP/case/5 pirates=pirate/NOUN/obl/2 "
        "in/ADP/case/8 the/DET/det/8 harbour/NOUN/nmod/3",
        {"sailors": "Group", "hostage": "Person", "pirates": "Group", "the harbour": "Place"},
        {"sailors heldBy pirates", "sailors heldIn the harbour"},
    ),
    "a state told of an object": (
        "Pirates=pirate/NOUN/nsubj/2 took=take/VERB/root/0 sailors=sailor/NOUN/obj/2 hostage/NOUN/xcomp/2",
        {"sailors": "Group", "Pirates": "Group", "hostage": "Person"},
        {"sailors heldBy Pirates", "sailors capturedBy Pirates"},
    ),
    "a state told in a passive": (
        "Sailors=sailor/NOUN/nsubj:pass/3 were/AUX/aux:pass/3 taken=take/VERB/root/0 hostage/NOUN/obj/3 "
        "by/ADP/case/6 pirates=pirate/NOUN/obl:agent/3",
        {"Sailors": "Group", "pirates": "Group", "hostage": "Person"},
        {"Sailors heldBy pirates", "Sailors capturedBy pirates"},
    ),
    "company is no agent": (
        "Ng/PROPN/nsubj:pass/9 ,/PUNCT/punct/6 along/ADP/case/6 with/ADP/case/6 her/PRON/nmod:poss/6 "
        "sons=son/NOUN/obl:agent/9 ,/PUNCT/punct/6 was/AUX/aux:pass/9 kidnapped=kidnap/VERB/root/0 "
        "by/ADP/case/11 rebels=rebel/NOUN/obl:agent/9",
        {"Ng": "Person", "her sons": "Group", "rebels": "Group"},
        {"Ng capturedBy rebels", "her sons capturedBy rebels"},
    ),
    "a part is no agent": (
        "Guards=guard/NOUN/nsubj:pass/3 were/AUX/aux:pass/3 shot=shoot/VERB/root/0 ,/PUNCT/punct/6 "
        "including/VERB/case/6 Ng/PROPN/obl:agent/3",
        {"Guards": "Group", "Ng": "Person"},
        {"Ng memberOf Guards"},
    ),
    "recognised as a threat": (
        "Latvia/PROPN/nsubj/2 recognised=recognise/VERB/root/0 Boko/PROPN/obj/2 as/ADP/case/7 a/DET/det/7 "
        "terrorist/NOUN/compound/7 group/NOUN/obl/2",
        {"Latvia": "Country", "Boko": "Organization"},
        {"Boko designatedBy Latvia"},
    ),
    "recognised as a threat, passive and of several": (
        "Boko/PROPN/nsubj:pass/5 and/CCONJ/cc/3 Haram/PROPN/conj/1 were/AUX/aux:pass/5 "
        "recognized=recognize/VERB/root/0 by/ADP/case/7 Latvia/PROPN/obl:agent/5 "
        "as/ADP/case/9 extremists=extremist/NOUN/obl/5",
        {"Latvia": "Country", "Boko": "Organization", "Haram": "Organization"},
        {"Boko designatedBy Latvia", "Haram designatedBy Latvia"},
    ),
    "recognised as anything else": (
        "Latvia/PROPN/nsubj/2 recognised=recognise/VERB/root/0 Samoa/PROPN/obj/2 as/ADP/case/6 a/DET/det/6 "
        "state/NOUN/obl/2",
        {"Latvia": "Country", "Samoa": "Country"},
        {"Latvia recognizes Samoa"},
    ),
    "on somebody's list of threats": (
        "Boko/PROPN/nsubj/6 is/AUX/cop/6 on/ADP/case/6 Latvia/PROPN/nmod:poss/6 's/PART/case/4 list/NOUN/root/0 "
        "of/ADP/case/9 extremist/ADJ/amod/9 groups=group/NOUN/nmod/6",
        {"Latvia": "Country", "Boko": "Organization"},
        {"Boko designatedBy Latvia"},
    ),
    "on somebody's list of anything else": (
        "Boko/PROPN/nsubj/6 is/AUX/cop/6 on/ADP/case/6 Latvia/PROPN/nmod:poss/6 's/PART/case/4 list/NOUN/root/0 "
        "of/ADP/case/8 donors=donor/NOUN/nmod/6",
        {"Latvia": "Country", "Boko": "Organization"},
        set(),
    ),
    "a person of a party": (
        "Ng/PROPN/nsubj/6 of/ADP/case/5 the/DET/det/5 Green/ADJ/amod/5 Party/PROPN/nmod/1 spoke=speak/VERB/root/0",
        {"Ng": "Person", "Green Party": "Organization"},
        {"Ng memberOf Green Party"},
    ),
    "a person of another organization": (
        "Ng/PROPN/nsubj/4 of/ADP/case/3 Oxfam/PROPN/nmod/1 spoke=speak/VERB/root/0",
        {"Ng": "Person", "Oxfam": "Organization"},
        {"Ng worksFor Oxfam"},
    ),
    "who launches does not own": (
        "Latvia/PROPN/nsubj/2 launched=launch/VERB/root/0 two/NUM/nummod/4 rockets=rocket/NOUN/obj/2",
        {"Latvia": "Country", "two rockets": "Product"},
        set(),
    ),
    "standing together is no relation": (
        "Abbas/PROPN/nsubj/4 and/CCONJ/cc/3 Putin/PROPN/conj/1 slept=sleep/VERB/root/0",
        PEOPLE,
        set(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_construction(case: str, ontology: Ontology, lexicon: Lexicon) -> None:
    text, ents, expected = CASES[case]
    parsed = doc(text, ents=ents)
    found = {
        f"{m.subject.text} {m.sense.relation} {m.object.text}" + (f" ({m.title.text})" if m.title else "")
        for m in matches(parsed, Arguments(MentionIndex(parsed, ontology), lexicon), [])
    }
    assert found == expected


def test_who_a_happening_is_of_attacks_what_it_hits(ontology: Ontology, lexicon: Lexicon) -> None:
    parsed = doc(
        "Orian=orian/ADJ/amod/2 strikes=strike/NOUN/nsubj/3 hit/VERB/root/0 Graz/PROPN/obj/3",
        mentions={"Orian strikes": "Event", "Orian": "Country", "Graz": "Place"},
    )
    found = matches(parsed, Arguments(MentionIndex(parsed, ontology), lexicon), [])
    assert {f"{m.subject.text} {m.sense.relation} {m.object.text}" for m in found} == {
        "Orian organized Orian strikes",
        "Orian strikes affected Graz",
        "Orian attacked Graz",
    }
