from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.extract.bearers import BORNE, DEEDS
from kg.lexicon import Lexicon, head_word, load_lexicon, read_lexicon
from kg.ontology import Ontology, load_ontology

PREFIXES = """
@prefix : <https://example.org/words#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix synsem: <http://www.w3.org/ns/lemon/synsem#> .
"""
VISIT = """
:visit a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:canonicalForm [ ontolex:writtenRep "visit"@en ] ;
  synsem:synBehavior [ a lexinfo:TransitiveFrame ; lexinfo:subject :s ; lexinfo:directObject :o ] ;
  ontolex:sense [ ontolex:reference kg:visited ; synsem:subjOfProp :s ; synsem:objOfProp :o ] .
"""


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def shipped(ontology: Ontology) -> Lexicon:
    return load_lexicon(ontology)


def read(tmp_path: Path, ontology: Ontology, text: str) -> Lexicon:
    path = tmp_path / "words.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return read_lexicon(ontology, [path])


def test_an_entry_becomes_plain_objects(tmp_path: Path, ontology: Ontology) -> None:
    (entry,) = read(tmp_path, ontology, VISIT).find("verb", "visit")
    (sense,) = entry.senses
    assert (entry.id, entry.lemma, entry.words, entry.pos) == ("visit", "visit", ("visit",), "verb")
    assert (sense.relation, sense.frame.kind, sense.modality) == ("visited", "TransitiveFrame", "actual")
    assert [a.role for a in sense.subject] == ["subject"]
    assert [a.role for a in sense.object] == ["directObject"]


def test_a_sense_holds_in_each_frame_with_its_arguments(tmp_path: Path, ontology: Ontology) -> None:
    another = """lexinfo:directObject :o ] , [ a lexinfo:TransitivePPFrame ; lexinfo:subject :s ;
        lexinfo:directObject :o ; lexinfo:prepositionalAdjunct [ synsem:marker "with"@en ] ]"""
    text = VISIT.replace("lexinfo:directObject :o ]", another)
    (entry,) = read(tmp_path, ontology, text).find("verb", "visit")
    assert {sense.frame.kind for sense in entry.senses} == {"TransitiveFrame", "TransitivePPFrame"}


def test_markers_are_entries_or_plain_words(tmp_path: Path, ontology: Ontology) -> None:
    text = """
    :with a ontolex:Word ; lexinfo:partOfSpeech lexinfo:preposition ;
      ontolex:canonicalForm [ ontolex:writtenRep "with"@en ] .
    :w synsem:marker :with, "alongside"@en .
    :speak a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ;
      ontolex:canonicalForm [ ontolex:writtenRep "speak"@en ] ;
      synsem:synBehavior [ a lexinfo:IntransitivePPFrame ; lexinfo:subject :s ; lexinfo:prepositionalAdjunct :w ] ;
      ontolex:sense [ ontolex:reference kg:spokeWith ; synsem:subjOfProp :s ; synsem:objOfProp :w ] .
    """
    (entry,) = read(tmp_path, ontology, text).find("verb", "speak")
    assert entry.senses[0].object[0].markers == {"with", "alongside"}


def test_an_argument_may_ask_for_words(tmp_path: Path, ontology: Ontology) -> None:
    (entry,) = read(tmp_path, ontology, VISIT + ':o kg:filler "Port"@en, "town"@en .').find("verb", "visit")
    assert [sense.object[0].fillers for sense in entry.senses] == [{"port", "town"}]


def test_a_sense_may_be_narrowed_weakened_and_vouched_for(tmp_path: Path, ontology: Ontology) -> None:
    text = VISIT.replace(
        "synsem:objOfProp :o ]",
        "synsem:objOfProp :o ; synsem:propertyDomain kg:Person ; synsem:propertyRange kg:Place, kg:Country ; "
        "kg:modality kg:planned ; kg:confidence 0.4 ; kg:attributedTo :s ]",
    )
    (entry,) = read(tmp_path, ontology, text).find("verb", "visit")
    (sense,) = entry.senses
    assert (sense.domain, sense.range) == ({"Person"}, {"Place", "Country"})
    assert (sense.modality, sense.confidence) == ("planned", 0.4)
    assert sense.attributed_to == sense.subject[0].id


def test_terms_of_the_record_vocabulary_are_stance(tmp_path: Path, ontology: Ontology) -> None:
    text = """
    :allege a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ;
      ontolex:canonicalForm [ ontolex:writtenRep "allege"@en ] ;
      ontolex:sense [ ontolex:reference kg:alleged ], [ ontolex:reference kg:possible ] .
    """
    lexicon = read(tmp_path, ontology, text)
    assert [(s.lemma, s.pos, s.kind) for s in lexicon.stance] == [
        ("allege", "verb", "alleged"),
        ("allege", "verb", "possible"),
    ]
    assert lexicon.find("verb", "allege") == ()


FAULTS = {
    "no canonical form": ('ontolex:canonicalForm [ ontolex:writtenRep "visit"@en ] ;', "", "has no canonical form"),
    "unknown relation": ("kg:visited", "kg:vistied", "refers to vistied"),
    "unknown frame": ("lexinfo:TransitiveFrame", "lexinfo:TransitivFrame", "unknown frame (TransitivFrame)"),
    "unknown argument": ("lexinfo:directObject", "lexinfo:object", "unknown argument lexinfo:object"),
    "frame lacks an argument": (" ; lexinfo:directObject :o ]", " ]", "TransitiveFrame lacks its argument"),
    "frame of another part of speech": ("lexinfo:verb", "lexinfo:noun", "is a noun with the verb frame"),
    "unknown part of speech": ("lexinfo:verb", "lexinfo:werb", "part of speech, has werb"),
    "sense without an object": ("; synsem:objOfProp :o ]", "]", "does not map both ends"),
    "argument of no frame": ("synsem:objOfProp :o", "synsem:objOfProp :x", "no frame holds both arguments"),
    "unknown class": (
        "synsem:objOfProp :o",
        "synsem:objOfProp :o ; synsem:propertyRange kg:Plaice",
        "narrowed to Plaice",
    ),
    "unknown modality": ("synsem:objOfProp :o", "synsem:objOfProp :o ; kg:modality kg:maybe", "unknown modality maybe"),
    "words that are no text": (
        "lexinfo:verb ;",
        "lexinfo:verb . :o kg:filler :port . :visit",
        "kg:filler that is no text",
    ),
    "no Turtle": ("ontolex:Word ;", "ontolex:Word", "is not Turtle"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_names_file_entry_and_fix(case: str, tmp_path: Path, ontology: Ontology) -> None:
    old, new, message = FAULTS[case]
    with pytest.raises(VocabularyError) as caught:
        read(tmp_path, ontology, VISIT.replace(old, new, 1))
    told = str(caught.value)
    assert message in told
    assert "words.ttl" in told
    assert "fix: " in told
    assert case == "no Turtle" or "entry visit" in told


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path, ontology: Ontology) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(PREFIXES + VISIT.replace("kg:visited", "kg:vistied"), encoding="utf-8")
    two.write_text(PREFIXES + VISIT.replace(":visit a", ":tour a").replace("kg:visited", "kg:turoed"), encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        read_lexicon(ontology, [one, two, tmp_path / "none.ttl"])
    where = [Path(str(fault.where).split(",")[0]).name for fault in caught.value.faults]
    assert sorted(where) == ["none.ttl", "one.ttl", "two.ttl"]


def test_the_shipped_lexicon_covers_every_relation(shipped: Lexicon, ontology: Ontology) -> None:
    entries = [entry for entry in shipped.entries if entry.senses]
    assert len(entries) >= 350
    said = {sense.relation for entry in entries for sense in entry.senses}
    stated = {name for name, relation in ontology.properties.items() if relation.domain}
    assert stated <= said


def test_every_sense_of_the_shipped_lexicon_can_be_met(shipped: Lexicon, ontology: Ontology) -> None:
    """A narrowing that leaves no types the relation allows would be an entry that never matches."""

    def left(types: frozenset[str]) -> list[str]:
        return [c for c in ontology.classes if not types or any(ontology.is_a(c, t) for t in types)]

    senses = {(entry.id, sense) for entry in shipped.entries for sense in entry.senses}
    never = [
        (entry, sense.relation)
        for entry, sense in senses
        if not any(ontology.allows(sense.relation, s, o) for s in left(sense.domain) for o in left(sense.range))
        and not (sense.domain <= BORNE and ontology.properties[sense.relation].group == DEEDS)
    ]
    assert never == []


def test_light_verbs_and_modifiers_have_their_places(shipped: Lexicon) -> None:
    assert {"hold", "carry out"} <= shipped.light_verbs
    assert shipped.modifiers["former"].senses[0].relation == "formerlyOf"


@pytest.mark.parametrize(
    ("words", "pos", "head"),
    [
        (("take", "over"), "verb", "take"),
        (("prime", "minister"), "noun", "minister"),
        (("chief", "of", "staff"), "noun", "chief"),
        (("memorandum", "of", "understanding"), "noun", "memorandum"),
    ],
)
def test_head_of_a_phrase(words: tuple[str, ...], pos: str, head: str) -> None:
    assert words[head_word(words, pos)] == head
