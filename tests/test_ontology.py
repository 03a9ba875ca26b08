"""The shipped ontology says what it should, a user's file extends it, and every fault has its place and its fix."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.errors import NotFoundError, VocabularyError
from kg.ontology import ENTITY_TYPES, NAMESPACE, describe, load_ontology, short, vocabulary_path
from kg.records import MODALITIES

AGENT = "Person Organization Country Group Place"
ALL = "Person Organization Country Place Group Event Work Product"

#: relation, domain, range; "=" marks a symmetric one.
RELATIONS = f"""
metWith = | {AGENT}
spokeWith = | {AGENT}
interviewedBy | Person | {AGENT}
negotiatedWith = | {AGENT}
hosted | {AGENT} | {AGENT} Event
visited | {AGENT} | Place Country
participatedIn | {AGENT} | Event
organized | {AGENT} | Event
leads | {AGENT} | Organization Country Place Event
officialOf | Person | Organization Country Place
spokespersonFor | {AGENT} | {AGENT}
represents | {AGENT} | {AGENT}
memberOf | {AGENT} | Organization Group
worksFor | Person | Organization Person
formerlyOf | Person | Organization Country Place
candidateFor | Person | Organization Country Event
founded | {AGENT} | Organization Place
owns | {AGENT} | Organization Place Product Work
partOf | Organization Group | Organization
basedIn | Organization Person | Place Country
educatedAt | Person | Organization
appointed | {AGENT} | Person
dismissed | {AGENT} | Person
succeeded | {AGENT} | {AGENT}
citizenOf | Person Group | Country
bornIn | Person | Place Country
diedIn | Person | Place Country Event
spouseOf = | Person
parentOf | Person | Person
relativeOf = | Person Group
designatedBy | {AGENT} | {AGENT}
sanctionedBy | {AGENT} | {AGENT}
heldBy | Person Group | {AGENT}
heldIn | Person Group | Place Country
capturedBy | Person Group Place | {AGENT}
releasedBy | Person Group | {AGENT}
killedBy | Person Group | {AGENT} Event
injuredBy | Person Group | {AGENT} Event
attacked | {AGENT} | {AGENT}
accused | {AGENT} | {AGENT}
prosecuted | {AGENT} | {AGENT}
protestedAgainst | {AGENT} | {AGENT} Event Work
supports | {AGENT} | {AGENT} Work Event
opposes | {AGENT} | {AGENT} Work Event
criticized | {AGENT} | {AGENT} Work Event
asked | {AGENT} | {AGENT}
threatened | {AGENT} | {AGENT}
aided | {AGENT} | {AGENT}
alliedWith = | {AGENT}
agreedWith = | {AGENT}
recognizes | {AGENT} | {AGENT}
approved | {AGENT} | Work Event
defeated | {AGENT} | {AGENT}
acquired | {AGENT} | Organization Product Work
investedIn | {AGENT} | Organization Place Product Event
created | {AGENT} | Work Product
awarded | {AGENT} | {AGENT}
locatedIn | Place Organization Event | Place Country
affected | Event | {AGENT}
about | Work Event | {ALL}
"""

PREFIXES = """\
@prefix ex: <https://example.org/my#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
"""


def expected() -> dict[str, tuple[frozenset[str], frozenset[str], bool]]:
    table = {}
    for line in RELATIONS.strip().splitlines():
        name, *ends = line.split("|")
        symmetric = name.strip().endswith("=")
        table[name.strip(" =")] = (frozenset(ends[0].split()), frozenset(ends[-1].split()), symmetric)
    return table


def write(folder: Path, turtle: str, name: str = "my.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def relation(name: str, *, ends: str = "rdfs:domain kg:Agent ; rdfs:range kg:Agent", more: str = "") -> str:
    return f'ex:{name} a owl:ObjectProperty ; rdfs:label "{name}"@en ; {ends} {more} .\n'


def faults(*paths: Path) -> list[str]:
    with pytest.raises(VocabularyError) as caught:
        load_ontology(*paths)
    return [str(fault) for fault in caught.value.faults]


# ── the shipped ontology


def test_relations_are_those_of_the_table() -> None:
    found = {name: (p.domain, p.range, p.symmetric) for name, p in load_ontology().properties.items()}
    table = expected()
    assert len(table) == 60
    assert found == table


def test_every_term_reads_well() -> None:
    ontology = load_ontology()
    assert set(ENTITY_TYPES) <= set(ontology.classes)
    for found in ontology.properties.values():
        assert found.iri == NAMESPACE + found.name
        assert found.label and found.definition.endswith(".") and found.example.endswith("."), found.name
        assert bool(found.inverse_label) != found.symmetric, found.name
        assert found.group != "other", found.name
    groups = list(dict.fromkeys(found.group for found in ontology.properties.values()))
    assert groups == [
        "contact", "roles", "persons", "force and law", "politics", "business and works", "places and events",
    ]  # fmt: skip


def test_families_gather_relations_and_are_never_stated() -> None:
    ontology = load_ontology()
    members = {name: {p.name for p in ontology.properties.values() if name in p.parents} for name in ontology.families}
    assert all(len(found) >= 2 for found in members.values()), members
    assert members["harmedBy"] == {"killedBy", "injuredBy"}
    assert not set(ontology.families) & set(ontology.properties)


def test_record_terms_agree_with_the_records() -> None:
    graph = Graph().parse(vocabulary_path("records.ttl"))
    modalities = {str(term) for term in graph.subjects(RDF.type, URIRef(NAMESPACE + "Modality"))}
    assert modalities == {NAMESPACE + name for name in MODALITIES}
    kinds = load_ontology().attribution_kinds
    assert {"said", "accordingTo", "denied", "alleged", "announced", "reported", "demanded"} <= set(kinds)
    assert (kinds["denied"].implies, kinds["said"].implies) == ("negated", None)


def test_shipped_files_define_what_they_use() -> None:
    """A misspelt term of our own namespace, anywhere in the two files, is one that nothing describes."""
    graph = Graph()
    for name in ("news.ttl", "records.ttl"):
        graph.parse(vocabulary_path(name))
    used = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(NAMESPACE)}
    described = {term for term in graph.subjects(RDFS.label) if (term, SKOS.definition, None) in graph}
    assert {term for term in used if term not in described} - {URIRef(NAMESPACE)} == set()


def test_agreement_of_disjoint_types_and_equivalents() -> None:
    graph = Graph().parse(vocabulary_path("news.ttl"))
    for prop in graph.subjects(RDF.type, OWL.SymmetricProperty):
        assert not list(graph.objects(prop, OWL.inverseOf))
    aligned = load_ontology().classes["Person"].matches
    assert "http://xmlns.com/foaf/0.1/Person" in aligned and "https://schema.org/Person" in aligned


# ── asking


def test_classes_and_types() -> None:
    ontology = load_ontology()
    assert ontology.is_a("Person", "Agent") and ontology.is_a("Person", "Entity")
    assert not ontology.is_a("Event", "Agent")
    assert ontology.expand("Agent") == set(AGENT.split())
    assert ontology.base_type("Country") == "Country"
    with pytest.raises(ValueError, match="above"):
        ontology.base_type("Agent")
    with pytest.raises(KeyError):
        ontology.expand("Robot")


@pytest.mark.parametrize(
    ("name", "subject", "obj", "allowed"),
    [
        ("heldBy", "Group", "Organization", True),
        ("heldBy", "Organization", "Group", False),
        ("relativeOf", "Group", "Person", True),
        ("relativeOf", "Person", "Group", True),
        ("about", "Work", "Product", True),
        ("about", "Person", "Work", False),
        ("metWith", "Event", "Person", False),
    ],
)
def test_allows(name: str, subject: str, obj: str, allowed: bool) -> None:
    assert load_ontology().allows(name, subject, obj) is allowed


def test_same_files_are_read_once_and_a_changed_one_again(tmp_path: Path) -> None:
    path = write(tmp_path, relation("praised"))
    before = load_ontology(path)
    assert load_ontology(path) is before
    write(tmp_path, relation("praised") + relation("mocked"))
    after = load_ontology(path)
    assert "mocked" in after.properties and after.digest != before.digest


# ── a user's ontology


USERS = """
ex:Ship a owl:Class ; rdfs:subClassOf kg:Product, schema:Vehicle ; rdfs:label "ship"@en, "Schiff"@de ;
    rdfs:comment "It floats." .
ex:Tanker a owl:Class ; rdfs:subClassOf ex:Ship ; rdfs:label "tanker" .
ex:Carrier a owl:Class ; owl:unionOf ( kg:Organization kg:Country ) ; rdfs:label "carrier"@en .
ex:operates a owl:ObjectProperty ; rdfs:label "operates"@en ; kg:group "shipping" ;
    rdfs:domain ex:Carrier ; rdfs:range ex:Ship ; owl:inverseOf ex:operatedBy .
ex:operatedBy a owl:ObjectProperty ; rdfs:label "operated by"@en ; rdfs:domain ex:Ship ; rdfs:range ex:Carrier .
ex:dined a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:subPropertyOf kg:metWith ; rdfs:label "dined with"@en ;
    rdfs:domain kg:Person ; rdfs:range kg:Person .
ex:leaked a kg:AttributionKind ; rdfs:label "leaked"@en ; kg:impliesModality kg:possible .
"""


def test_user_file_extends_the_shipped_one(tmp_path: Path) -> None:
    ontology = load_ontology(write(tmp_path, USERS))
    assert len(ontology.properties) == 63
    ship, operates, dined = ontology.classes["Ship"], ontology.properties["operates"], ontology.properties["dined"]
    assert (ship.label, ship.definition, ship.parents) == ("ship", "It floats.", ("Product",))
    assert ship.matches == ("https://schema.org/Vehicle",)
    assert ontology.base_type("Tanker") == "Product" and ontology.is_a("Tanker", "Ship")
    assert operates.domain == {"Organization", "Country"} and operates.range == {"Ship", "Tanker"}
    assert (operates.inverse, ontology.properties["operatedBy"].inverse) == ("operatedBy", "operates")
    assert (operates.group, dined.group, dined.parents) == ("shipping", "contact", ("metWith",))
    assert "Tanker" in ontology.properties["owns"].range and "Ship" in ontology.properties["about"].range
    assert ontology.is_a("Country", "Carrier") and ontology.expand("Carrier") == {"Organization", "Country"}
    assert ontology.allows("operates", "Country", "Tanker") and not ontology.allows("operates", "Person", "Tanker")
    assert ontology.attribution_kinds["leaked"].implies == "possible"


def test_foreign_terms_may_be_declared_as_editors_do(tmp_path: Path) -> None:
    header = "<https://example.org/mine> a owl:Ontology ; owl:imports <https://w3id.org/newskg/ontology> .\n"
    foreign = (
        "schema:Vehicle a owl:Class . schema:worksFor a owl:ObjectProperty . <https://example.org/b> a owl:Class .\n"
    )
    ontology = load_ontology(write(tmp_path, header + foreign + USERS))
    assert len(ontology.properties) == 63 and "Vehicle" not in ontology.classes


def test_other_formats_are_read(tmp_path: Path) -> None:
    turtle = write(tmp_path, USERS)
    for suffix, name in ((".owl", "xml"), (".nt", "nt"), (".jsonld", "json-ld")):
        path = tmp_path / f"my{suffix}"
        Graph().parse(turtle).serialize(path, format=name, encoding="utf-8")
        assert load_ontology(path).properties["operates"].range == {"Ship", "Tanker"}


# ── faults: what the file says, where it is told, what is said


FAULTS = {
    "no label": ("ex:a a owl:ObjectProperty ; rdfs:domain kg:Agent ; rdfs:range kg:Agent .", "ex:a: has no label"),
    "no label of a class": ("ex:Ship a owl:Class ; rdfs:subClassOf kg:Product .", "ex:Ship: has no label"),
    "no domain": (relation("a", ends="rdfs:range kg:Agent"), "ex:a: has no rdfs:domain"),
    "no range": (relation("a", ends="rdfs:domain kg:Agent"), "ex:a: has no rdfs:range"),
    "several domains": (
        relation("a", ends="rdfs:domain kg:Person, kg:Group ; rdfs:range kg:Agent"),
        "ex:a: has several rdfs:domain",
    ),
    "unknown class": (
        relation("a", ends="rdfs:domain kg:Persn ; rdfs:range kg:Agent"),
        "ex:a: has the unknown class kg:Persn as its domain\n  fix: did you mean Person?",
    ),
    "foreign class": (
        relation("a", ends="rdfs:domain kg:Person ; rdfs:range schema:Ship"),
        "ex:a: has the unknown class schema:Ship as its range",
    ),
    "unknown class in a union": (
        relation("a", ends="rdfs:domain kg:Person ; rdfs:range [ owl:unionOf ( kg:Place ex:Sea ) ]"),
        "ex:a: has the unknown class ex:Sea as its range",
    ),
    "restriction": (
        relation("a", ends="rdfs:domain kg:Person ; rdfs:range [ a owl:Restriction ; owl:onProperty ex:b ]"),
        "ex:a: has a range that is neither a class nor a union",
    ),
    "literal as a class": (
        relation("a", ends='rdfs:domain kg:Person ; rdfs:range "Place"'),
        "ex:a: has the unknown class Place as its range",
    ),
    "cycle of classes": (
        'ex:A a owl:Class ; rdfs:label "a" ; rdfs:subClassOf kg:Work, ex:B .\n'
        'ex:B a owl:Class ; rdfs:label "b" ; rdfs:subClassOf ex:A .',
        "ex:A: is below itself (A, B)",
    ),
    "cycle of relations": (
        relation("a", more="; rdfs:subPropertyOf ex:b") + relation("b", more="; rdfs:subPropertyOf ex:a"),
        "ex:a: is below itself (a, b)",
    ),
    "clash with the shipped": (relation("metWith"), "ex:metWith: has the local name of another term"),
    "clash with the record": (relation("modality"), "ex:modality: has the local name of another term"),
    "class and relation": (
        relation("a", more="; a owl:Class ; rdfs:subClassOf kg:Work"),
        "ex:a: is both a class and a relation",
    ),
    "outside the eight": ('ex:Ship a owl:Class ; rdfs:label "ship" .', "ex:Ship: is under none of the eight"),
    "under Agent only": (
        'ex:Robot a owl:Class ; rdfs:label "robot" ; rdfs:subClassOf kg:Agent .',
        "ex:Robot: is under none of the eight",
    ),
    "under two of the eight": (
        'ex:App a owl:Class ; rdfs:label "app" ; rdfs:subClassOf kg:Work, kg:Product .',
        "ex:App: is under Work and Product",
    ),
    "unknown parent class": (
        'ex:Ship a owl:Class ; rdfs:label "ship" ; rdfs:subClassOf kg:Product, kg:Prodct .',
        "ex:Ship: has the unknown parent kg:Prodct\n  fix: did you mean Product?",
    ),
    "unknown parent relation": (
        relation("a", more="; rdfs:subPropertyOf kg:met"),
        "ex:a: has the unknown parent kg:met",
    ),
    "wider than its parent": (
        relation("a", more="; rdfs:subPropertyOf kg:worksFor"),
        "ex:a: admits Country, Group, Organization, Place as its domain, which its parent kg:worksFor does not",
    ),
    "symmetric with two ends": (
        relation("a", ends="a owl:SymmetricProperty ; rdfs:domain kg:Person ; rdfs:range kg:Place"),
        "ex:a: is symmetric, but its domain is not its range",
    ),
    "unknown inverse": (relation("a", more="; owl:inverseOf ex:b"), "ex:a: has the unknown inverse ex:b"),
    "two inverses": (
        relation("a", more="; owl:inverseOf ex:b") + relation("b", more="; owl:inverseOf ex:c") + relation("c"),
        "ex:b: is the inverse of ex:a and ex:c, which are not one",
    ),
    "its own inverse": (relation("a", more="; owl:inverseOf ex:a"), "ex:a: is its own inverse"),
    "inverse with other ends": (
        relation("a", more="; owl:inverseOf ex:b") + relation("b", ends="rdfs:domain kg:Person ; rdfs:range kg:Agent"),
        "ex:a: and its inverse ex:b do not mirror",
    ),
    "no local name": (
        '<https://example.org/my#> a owl:Class ; rdfs:label "x" ; rdfs:subClassOf kg:Work .',
        "has no usable local name",
    ),
    "relative IRI": ('<#Ship> a owl:Class ; rdfs:label "x" ; rdfs:subClassOf kg:Work .', "has no absolute IRI"),
    "unknown modality": (
        'ex:swore a kg:AttributionKind ; rdfs:label "swore" ; kg:impliesModality kg:certain .',
        "ex:swore: implies the unknown modality certain",
    ),
    "nothing in it": ("", "describes no class and no relation"),
    "nothing that is read": ("ex:Ship a <org/2002/07/owl#Class> .", "describes no class and no relation"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault(case: str, tmp_path: Path) -> None:
    turtle, said = FAULTS[case]
    path = write(tmp_path, turtle)
    found = faults(path)
    assert any(said in fault for fault in found), found
    assert all(str(path) in fault and "\n  fix: " in fault for fault in found)


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "\n".join(turtle for turtle, _ in (FAULTS["no domain"], FAULTS["outside the eight"])))
    other = write(tmp_path, FAULTS["unknown parent class"][0].replace("ex:Ship", "ex:Boat"), "other.ttl")
    found = faults(path, other)
    assert [fault.split(": ")[0] for fault in found] == [
        f"{path}:7, ex:a",
        f"{path}:9, ex:Ship",
        f"{other}:7, ex:Boat",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", b"@prefix ex: <https://example.org/my#> .\n\nex:a ex:c [ .\n", "a.ttl:3: is not well-formed"),
        ("a.owl", b"<?xml version='1.0'?>\n<rdf:RDF>\n", "a.owl:2: is not well-formed"),
        ("a.jsonld", b'{"@id": \n', "is not well-formed"),
        ("a.ttl", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("a.docx", b"", "is of no known RDF format"),
        ("b.ttl", None, "cannot be read"),
    ],
)
def test_unreadable_file(name: str, content: bytes | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    (fault,) = faults(path)
    assert str(path) in fault and said in fault and "fix:" in fault


# ── telling


def test_short_names_unions() -> None:
    ontology = load_ontology()
    assert short(ontology, ontology.properties["hosted"].range) == "Agent or Event"
    assert short(ontology, ontology.properties["about"].range) == "Entity"
    assert short(ontology, {"Group", "Person"}) == "Person or Group"


def test_describe() -> None:
    ontology = load_ontology()
    rows = describe(ontology)
    assert [row["kind"] for row in rows].count("relation") == 60
    assert len({tuple(row) for row in rows}) == 1
    (row,) = describe(ontology, "kg:heldBy")
    assert (row["subject"], row["object"], row["inverse"], row["parents"]) == (
        "Person or Group", "Agent", "holds", "inPowerOf",
    )  # fmt: skip
    with pytest.raises(NotFoundError, match="metWith"):
        describe(ontology, "meetWith")
