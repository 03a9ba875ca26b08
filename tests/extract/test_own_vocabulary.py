"""A relation of one's own: an ontology and a lexicon file, no code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from factory import doc

from kg.extract import extract
from kg.lexicon import load_lexicon
from kg.ontology import load_ontology
from kg.records import Article, Mention

ONTOLOGY = """
@prefix : <https://example.org/shipping#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://example.org/shipping> a owl:Ontology .
:Port a owl:Class ; rdfs:subClassOf kg:Place ; rdfs:label "port"@en .
:callsAt a owl:ObjectProperty ; rdfs:label "calls at"@en ; rdfs:domain kg:Product ; rdfs:range :Port .
"""
LEXICON = """
@prefix : <https://example.org/shipping/words#> .
@prefix arg: <https://w3id.org/newskg/lexicon/en/argument#> .
@prefix ship: <https://example.org/shipping#> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix synsem: <http://www.w3.org/ns/lemon/synsem#> .

:dock a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:canonicalForm [ ontolex:writtenRep "dock"@en ] ;
  synsem:synBehavior [ a lexinfo:IntransitivePPFrame ;
    lexinfo:subject arg:subject ; lexinfo:prepositionalAdjunct arg:at-in ] ;
  ontolex:sense [ ontolex:reference ship:callsAt ; synsem:subjOfProp arg:subject ; synsem:objOfProp arg:at-in ] .
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    ontology, lexicon = tmp_path / "shipping.ttl", tmp_path / "words.ttl"
    ontology.write_text(ONTOLOGY, encoding="utf-8")
    lexicon.write_text(LEXICON, encoding="utf-8")
    return ontology, lexicon


@pytest.mark.parametrize(("where", "expected"), [("Port", ["Argo callsAt Odesa"]), ("Place", [])])
def test_a_relation_is_added_by_two_files(files: tuple[Path, Path], where: str, expected: list[str]) -> None:
    ontology = load_ontology(files[0])
    lexicon = load_lexicon(ontology, files[1])
    parsed = doc(
        "The/DET/det/2 Argo/PROPN/nsubj/3 docked=dock/VERB/root/0 in/ADP/case/5 Odesa/PROPN/obl/3 ./PUNCT/punct/3",
        ents={"Argo": "Product", "Odesa": where},
    )
    article = Article("a", "", parsed.text, dt.date(2024, 5, 1))
    mentions = [
        Mention(span.start_char, span.end_char, span.text, "a", "name", span.label_, span.id_)
        for span in parsed.spans["mentions"]
    ]
    found = extract(parsed, article, mentions, ontology, lexicon)
    assert [f"{s.subject.text} {s.relation} {s.object.text}" for s in found.statements] == expected
    assert all(s.origin == "dock" and s.evidence.trigger.text == "docked" for s in found.statements)
