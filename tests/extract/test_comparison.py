"""What the forest is told of each candidate, and what comes of it."""

from __future__ import annotations

import pytest
from factory import doc
from spacy.tokens import Doc

from kg.extract.comparison import FEATURES, UNREAD, Candidate, compared, features
from kg.extract.learned import Proposal, match
from kg.extract.verdict import Witnesses, confidence, fitted

TEXT = (
    "Ito/PROPN/nsubj/2 leads=lead/VERB/root/0 Acme/PROPN/obj/2 ,/PUNCT/punct/5 says/VERB/parataxis/2 Dahl/PROPN/nsubj/5"
)
ENTS = {"Ito": "Person i", "Acme": "Organization a", "Dahl": "Person d"}


@pytest.fixture
def of() -> Doc:
    return doc(TEXT, ents=ENTS)


def candidate(of: Doc, subject: str, relation: str, obj: str, *, learned: float | None = 1.0) -> Candidate:
    spans = {span.text: span for span in of.spans["mentions"]}
    proposal = Proposal(relation, spans[subject], spans[obj], learned or 0.0, of[1])
    witnesses = Witnesses(relation, None if learned is not None else 0.8, learned, ("name", "name"))
    return Candidate(match(proposal, 0.5), witnesses, confidence(witnesses))


def told(of: Doc, *candidates: Candidate) -> list[dict[str, float]]:
    return [dict(zip(FEATURES, row.tolist(), strict=False)) for row in features(candidates, of)]


def test_a_candidate_alone(of: Doc) -> None:
    one = candidate(of, "Ito", "leads", "Acme")
    [row] = told(of, one)
    assert row["verdict"] == pytest.approx(one.verdict)
    assert (row["lexicon"], row["learned"]) == (0.0, 1.0)
    assert (row["words from subject to object"], row["words from word to end"]) == (2.0, 1.0)
    assert (row["sentences"], row["words of the sentence"], row["place in the text"]) == (1.0, 6.0, 0.0)
    assert not any(value for name, value in row.items() if name.startswith("best"))


def test_what_the_scorer_has_not_read_is_told(of: Doc) -> None:
    [row] = told(of, candidate(of, "Ito", "leads", "Acme", learned=None))
    assert row["learned"] == UNREAD
    assert row["lexicon"] == pytest.approx(0.8)


def test_the_relation_is_told_behind_the_features(of: Doc) -> None:
    [row] = features([candidate(of, "Ito", "leads", "Acme")], of)
    assert row[len(FEATURES) :].nonzero()[0].tolist() == [list(fitted().relations).index("leads")]


def test_others_of_the_same_ends_and_relation_are_told(of: Doc) -> None:
    leads, owns = candidate(of, "Ito", "leads", "Acme", learned=3.0), candidate(of, "Ito", "owns", "Acme", learned=-1.0)
    rival, turned = candidate(of, "Dahl", "leads", "Acme", learned=2.0), candidate(of, "Acme", "memberOf", "Ito")
    rows = told(of, leads, owns, rival, turned)
    verdict = [row["verdict"] for row in rows]
    assert rows[0]["best of the same two"] == verdict[1]
    assert rows[1]["best of the same two"] == verdict[0]
    assert rows[0]["best of the same two the other way round"] == verdict[3]
    assert rows[0]["best of object and relation"] == rows[0]["best of the relation"] == verdict[2]
    assert rows[2]["best of object and relation"] == verdict[0]
    assert rows[0]["best of subject and relation"] == rows[2]["best of the same two"] == 0.0


def test_confidences_lie_between_0_and_1_and_follow_the_scorer(of: Doc) -> None:
    sure, unsure = (compared([candidate(of, "Ito", "leads", "Acme", learned=n)], of)[0] for n in (6.0, -4.0))
    assert 0 < unsure < sure < 1
    assert compared([], of) == []
