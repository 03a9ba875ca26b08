"""Each shape is broken once and told in words; tampered evidence is found; a sound graph has nothing to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, SH, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from records_factory import reading, resolution, said
from small_graph import CAPTIVES, RECORDS, RUN, ontology, store

from kg import ids
from kg.ontology import load_ontology, vocabulary_path
from kg.rdf import Store, graphs, quads
from kg.rdf.validate import check_evidence, conformance
from kg.rdf.view import dataset
from kg.records import ArticleRecord, Attribution, Mention, Span, Violation

KG = Namespace("https://w3id.org/newskg/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
BASE = ids.BASE_IRI
ANN, BO, DAN, RED, NORLAND = (
    URIRef(ids.entity_iri(BASE, name)) for name in ("Ann_Lee", "Bo_Ray", "Dan_Orr", "Red_Front", "Norland")
)
#: Statements of the small graph to change: Ann met Bo (a fact).
MET = URIRef(ids.statement_iri(BASE, CAPTIVES.statements[3].id))


@pytest.fixture
def data() -> Dataset:
    return dataset(store())


def put(data: Dataset, subject: Node, predicate: Node, value: Node | None) -> None:
    """Give a node this value and no other, in the graph that describes it; ``None`` takes it away."""
    for graph in data.graphs():
        if (subject, predicate, None) in graph:
            graph.remove((subject, predicate, None))
            if value is not None:
                graph.add((subject, predicate, value))


def add(data: Dataset, subject: Node, predicate: Node, value: Node) -> None:
    """Give a node one more value, in the graph of articles, where nothing plain is."""
    data.graph(URIRef(ids.articles_graph_iri(BASE))).add((subject, predicate, value))


def test_a_sound_graph_conforms(data: Dataset) -> None:
    before = len(data)
    assert conformance(data, ontology()) == []
    assert len(data) == before


def test_union_graph_conforms_too(data: Dataset) -> None:
    graph = Graph()
    for triple in data:
        graph.add(triple[:3])
    assert conformance(graph, ontology()) == []


Change = Callable[["Case"], object]


@dataclass(frozen=True)
class Case:
    """One copy of the article in a graph of many copies, and the nodes of its statements."""

    id: str
    data: Dataset
    record: ArticleRecord

    def statement(self, relation: str) -> URIRef:
        made = next(statement for statement in self.record.statements if statement.relation == relation)
        return URIRef(ids.statement_iri(BASE, made.id))

    @property
    def met(self) -> URIRef:
        """Ann met Bo: a fact."""
        return self.statement("metWith")

    @property
    def held(self) -> URIRef:
        """Orr may be held, Ann said: a claim whose source is an entity."""
        return self.statement("heldBy")

    @property
    def captured(self) -> URIRef:
        """Officials say that Orr was captured on Monday: a claim with a time."""
        return self.statement("capturedBy")

    @property
    def article(self) -> URIRef:
        return URIRef(ids.article_iri(BASE, self.id))

    def span(self, role: str) -> Node:
        return next(iter(self.data.objects(self.met, KG[role])))

    def state(self, tier: str, *triple: URIRef) -> None:
        """Add a plain triple."""
        subject, predicate, obj = triple
        self.data.graph(URIRef(ids.graph_iri(BASE, self.id, tier))).add((subject, predicate, obj))


#: What is done to a copy, and what is then told of it.
WRONG: dict[str, tuple[Change, str]] = {
    "no subject": (lambda c: put(c.data, c.met, RDF.subject, None), "exactly one subject"),
    "two objects": (lambda c: add(c.data, c.met, RDF.object, RED), "exactly one object"),
    "no predicate": (lambda c: put(c.data, c.met, RDF.predicate, None), "exactly one predicate"),
    "foreign predicate": (lambda c: put(c.data, c.met, RDF.predicate, SCHEMA.knows), "the predicate is no relation of"),
    "reflexive": (lambda c: put(c.data, c.met, RDF.object, ANN), "relates an entity to itself"),
    "no modality": (lambda c: put(c.data, c.met, KG.modality, None), "exactly one modality"),
    "unknown modality": (lambda c: put(c.data, c.met, KG.modality, KG.certain), "exactly one modality"),
    "confidence of 2": (
        lambda c: put(c.data, c.met, KG.confidence, Literal("2.0", datatype=XSD.decimal)),
        "exactly one confidence",
    ),
    "confidence in words": (lambda c: put(c.data, c.met, KG.confidence, Literal("high")), "exactly one confidence"),
    "two origins": (lambda c: add(c.data, c.met, KG.origin, Literal("other")), "at most one origin"),
    "no article": (lambda c: put(c.data, c.met, PROV.wasDerivedFrom, None), "exactly one article"),
    "an article of elsewhere": (lambda c: put(c.data, c.met, PROV.wasDerivedFrom, ANN), "exactly one article"),
    "no run": (lambda c: put(c.data, c.met, PROV.wasGeneratedBy, None), "exactly one run"),
    "no quote": (lambda c: put(c.data, c.met, KG.quote, None), "quotes the text"),
    "no sentence": (lambda c: put(c.data, c.met, KG.sentence, None), "one or two sentences"),
    "no subject span": (lambda c: put(c.data, c.met, KG.subjectSpan, None), "exactly one subject span"),
    "no object span": (lambda c: put(c.data, c.met, KG.objectSpan, None), "exactly one object span"),
    "two triggers": (lambda c: add(c.data, c.met, KG.trigger, c.span("subjectSpan")), "exactly one trigger"),
    "trigger without a position": (lambda c: put(c.data, c.met, KG.trigger, Literal("met")), "exactly one trigger"),
    "two kinds": (lambda c: add(c.data, c.held, KG.attributionKind, KG.denied), "at most one kind of attribution"),
    "unknown kind": (lambda c: put(c.data, c.held, KG.attributionKind, KG.whispered), "none of the ontologies in use"),
    "kind without a source": (lambda c: put(c.data, c.held, KG.attributedTo, None), "has a source: an entity"),
    "source without a kind": (lambda c: put(c.data, c.held, KG.attributionKind, None), "in what way the source"),
    "source that is no entity": (lambda c: put(c.data, c.held, KG.attributedTo, c.article), "at most one source, an"),
    "source in two ways": (lambda c: add(c.data, c.captured, KG.attributedToPhrase, Literal("aides")), "in words"),
    "source nowhere": (lambda c: put(c.data, c.held, KG.attributionSpan, None), "where its source is named"),
    "time without words": (lambda c: put(c.data, c.captured, KG.time, None), "keeps the words"),
    "time in words": (lambda c: put(c.data, c.captured, KG.timeStart, Literal("Monday")), "starts on one xsd:date"),
    "time ends in words": (lambda c: put(c.data, c.captured, KG.timeEnd, Literal("Monday")), "ends on one xsd:date"),
    "time backwards": (
        lambda c: put(c.data, c.captured, KG.timeEnd, Literal("2024-03-01", datatype=XSD.date)),
        "does not end before it starts",
    ),
    "fortnight": (lambda c: put(c.data, c.captured, KG.timeGranularity, Literal("fortnight")), "one granularity"),
    "two times": (lambda c: add(c.data, c.captured, KG.time, Literal("on Tuesday")), "at most one time"),
    "two places": (lambda c: add(c.data, c.met, KG.place, Literal("Rome")), "at most one place"),
    "empty position": (lambda c: add(c.data, c.met, KG.position, Literal("")), "at most one position"),
    "status as IRI": (lambda c: add(c.data, c.met, KG.status, KG.certain), "at most one status"),
    "number as number": (lambda c: add(c.data, c.met, KG.number, Literal(12)), "at most one number"),
    "span backwards": (lambda c: put(c.data, c.span("trigger"), OA.end, Literal(0)), "at one position, before it ends"),
    "span before the text": (lambda c: put(c.data, c.span("trigger"), OA.start, Literal(-3)), "starts at one position"),
    "span without end": (lambda c: put(c.data, c.span("trigger"), OA.end, None), "ends at one position"),
    "span without words": (lambda c: put(c.data, c.span("trigger"), OA.exact, None), "has its words"),
    "article without id": (lambda c: put(c.data, c.article, DCTERMS.identifier, None), "exactly one identifier"),
    "article without label": (lambda c: put(c.data, c.article, RDFS.label, None), "an article has exactly one label"),
    "date in words": (lambda c: put(c.data, c.article, SCHEMA.datePublished, Literal("May")), "at most one date"),
    "two languages": (lambda c: add(c.data, c.article, SCHEMA.inLanguage, Literal("de")), "is in one language"),
    "two types": (lambda c: add(c.data, ANN, RDF.type, KG.Place), "exactly one type"),
    "no name": (lambda c: put(c.data, ANN, RDFS.label, None), "exactly one name"),
    "fact of nobody": (
        lambda c: c.state("facts", ANN, KG.leads, RED),
        "Ann_Lee leads Red_Front is among the facts, but no statement of the article says so in its own voice",
    ),
    "claim as fact": (
        lambda c: c.state("facts", DAN, KG.heldBy, RED),
        "Dan_Orr heldBy Red_Front is among the facts, but no statement of the article says so in its own voice",
    ),
    "plan as claim": (
        lambda c: (put(c.data, c.met, KG.modality, KG.planned), c.state("claims", ANN, KG.metWith, BO)),
        "Ann_Lee metWith Bo_Ray is among the claims, but no statement of the article says so by attribution",
    ),
}  # fmt: skip
#: The nodes that these cases change belong to no article or no longer do.
HOMELESS = frozenset({"no article", "an article of elsewhere", "article without id", "two types", "no name"})


@pytest.fixture(scope="module")
def told() -> list[Violation]:
    """All that is told of a graph in which each copy of the article has its own fault: one run for all cases."""
    records = [copy(CAPTIVES, case.replace(" ", "-")) for case in WRONG]
    data = dataset(Store.of(quads(graphs(records, resolution(records), ontology(), run=RUN))))
    for record, (change, _) in zip(records, WRONG.values(), strict=True):
        change(Case(record.article.id, data, record))
    return conformance(data, ontology())


def copy(record: ArticleRecord, id: str) -> ArticleRecord:
    """The same article by another id."""

    def mention(old: Mention) -> Mention:
        return replace(old, article=id)

    def attribution(old: Attribution | None) -> Attribution | None:
        return replace(old, mention=mention(old.mention) if old.mention else None) if old else None

    statements = [
        replace(
            old,
            subject=mention(old.subject),
            object=mention(old.object),
            evidence=replace(old.evidence, article=id),
            attribution=attribution(old.attribution),
        )
        for old in record.statements
    ]
    renamed = tuple(
        replace(new, id=ids.statement_id(new.subject, new.relation, new.object, new.attribution, new.modality))
        for new in statements
    )
    return replace(
        record,
        article=replace(record.article, id=id),
        mentions=tuple(map(mention, record.mentions)),
        statements=renamed,
    )


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told(case: str, told: list[Violation]) -> None:
    article = None if case in HOMELESS else case.replace(" ", "-")
    found = [violation.message for violation in told if violation.article == article]
    assert any(WRONG[case][1] in message for message in found), found


def test_every_written_shape_is_broken_by_a_case() -> None:
    written = {str(text) for text in Graph().parse(vocabulary_path("shapes.ttl")).objects(None, SH.message)}
    waited = [told for _, told in WRONG.values()]
    assert {text for text in written if not any(part in text for part in waited)} == set()


def test_a_violation_names_article_and_sentence(data: Dataset) -> None:
    put(data, MET, KG.modality, KG.certain)
    (found,) = (violation for violation in conformance(data, ontology()) if "modality" in violation.message)
    assert (found.severity, found.focus, found.article) == ("violation", str(MET), "captives")
    assert found.sentence == "Lee, president of Norland, met Bo Ray in Oslo."
    assert "certain" in found.message


def test_an_entity_related_to_itself_is_a_warning(data: Dataset) -> None:
    put(data, MET, RDF.object, ANN)
    severities = {v.severity for v in conformance(data, ontology()) if "itself" in v.message}
    assert severities == {"warning"}


def test_domain_and_range_hold_for_statements_of_any_modality(data: Dataset) -> None:
    """Bo's visit is only planned and gives no plain triple; the country he will visit becomes a person."""
    put(data, NORLAND, RDF.type, KG.Person)
    found = conformance(data, ontology())
    told = {(violation.article, violation.message) for violation in found}
    assert told == {
        ("denial/2", "visited has Country or Place as its object; 'Norland' is Person"),
        ("captives", "leads has Organization or Country or Place or Event as its object; 'Norland' is Person"),
    }
    assert {violation.sentence for violation in found} == {
        "Ray will visit Norland in May.",
        "Lee, president of Norland, met Bo Ray in Oslo.",
    }


def test_plain_triples_alone_are_checked() -> None:
    graph = Graph()
    for name, kind in ((ANN, KG.Person), (RED, KG.Organization)):
        graph.add((name, RDF.type, kind))
        graph.add((name, RDFS.label, Literal(name.rpartition("/")[2])))
    graph.add((RED, KG.bornIn, ANN))
    assert {violation.message for violation in conformance(graph, ontology())} == {
        "bornIn has Person as its subject; 'Red_Front' is Organization",
        "bornIn has Country or Place as its object; 'Ann_Lee' is Person",
    }


def test_relation_shapes_follow_a_users_ontology(tmp_path: Path) -> None:
    path = tmp_path / "my.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> . @prefix ex: <https://example.org/my#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'ex:Ship a owl:Class ; rdfs:subClassOf kg:Product ; rdfs:label "ship" .\n'
        'ex:sails a owl:ObjectProperty ; rdfs:label "sails" ; rdfs:domain kg:Person ; rdfs:range ex:Ship .\n'
    )
    mine = load_ontology(path)
    record = reading(
        "[[Ann Lee|ann:Person]] sails the [[Aurora|aurora:Ship]] and owns the [[Aurora|aurora]].",
        said("ann", "sails", "aurora", "sails"),
        said("ann", "owns", "aurora", "owns"),
    )
    data = dataset(Store.of(quads(graphs([record], resolution([record]), mine, run=RUN))))
    assert conformance(data, mine) == []
    put(data, URIRef(ids.entity_iri(BASE, "Aurora")), RDF.type, KG.Product)
    assert {violation.message for violation in conformance(data, mine)} == {
        "sails has Ship as its object; 'Aurora' is Product"
    }
    assert any("no relation of the ontologies" in violation.message for violation in conformance(data, ontology()))


# ── evidence


def test_true_evidence_is_found_true() -> None:
    assert check_evidence(RECORDS) == []


def moved(span_: Span, by: int = 1) -> Span:
    return replace(span_, start=span_.start + by, end=span_.end + by)


def test_a_changed_article_betrays_every_span() -> None:
    """One letter more at the start of the text: nothing stands where it stood."""
    record = replace(CAPTIVES, article=replace(CAPTIVES.article, text=" " + CAPTIVES.article.text))
    roles = {violation.message.split("'")[0] for violation in check_evidence([record])}
    assert roles == {
        "the mention ",
        "the sentence ",
        "the subject ",
        "the object ",
        "the trigger ",
        "the speaker ",
        "the cue ",
    }
    assert {violation.article for violation in check_evidence([record])} == {"captives"}


HELD_RECORD = CAPTIVES.statements[0]
ATTRIBUTION = HELD_RECORD.attribution or Attribution(Span(0, 0, ""), "")
OTHER = Mention(0, 7, "Dan Orr", "captives", "name", "Person", "someone")
TAMPERED = {
    "modality": (replace(HELD_RECORD, modality="actual"), "the id does not fit"),
    "relation": (replace(HELD_RECORD, relation="capturedBy"), "the id does not fit"),
    "attribution": (replace(HELD_RECORD, attribution=None), "the id does not fit"),
    "speaker": (
        replace(HELD_RECORD, attribution=replace(ATTRIBUTION, source=moved(ATTRIBUTION.source))),
        "the speaker 'Ann Lee' does not stand at",
    ),
    "cue": (
        replace(HELD_RECORD, attribution=replace(ATTRIBUTION, cue=Span(0, 4, "said"))),
        "the cue 'said' does not stand at 0-4: there is 'Dan '",
    ),
    "chain": (
        replace(HELD_RECORD, attribution=replace(ATTRIBUTION, chain=(Span(-4, 0, "they"),))),
        "the speaker 'they' does not stand at -4-0",
    ),
    "mention": (replace(HELD_RECORD, subject=OTHER), "is no mention of the article"),
    "article": (
        replace(HELD_RECORD, evidence=replace(HELD_RECORD.evidence, article="other")),
        "the evidence is of the article 'other'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TAMPERED)
def test_tampered_evidence_is_found(case: str) -> None:
    statement, said_ = TAMPERED[case]
    found = check_evidence([replace(CAPTIVES, statements=(statement, *CAPTIVES.statements[1:]))])
    assert any(said_ in violation.message for violation in found), found
    assert {(violation.article, violation.focus) for violation in found} == {("captives", statement.id)}
    assert found[0].sentence == "Dan Orr is held by Red Front, Ann Lee said."


def test_a_statement_that_is_there_twice_is_told_once() -> None:
    record = replace(CAPTIVES, statements=(*CAPTIVES.statements, CAPTIVES.statements[2]))
    (found,) = check_evidence([record])
    assert "more than once" in found.message and found.focus == CAPTIVES.statements[2].id
