"""``kg explain``: what it prints, and its exit codes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factory import doc
from reading_factory import FakeReader

from kg.cli import main
from kg.cli.explain import explanation_json, explanation_lines, marked
from kg.explain import Explanation
from kg.extract.relations import extract
from kg.extract.tracing import trace
from kg.language.mentions import mentions
from kg.lexicon import load_lexicon
from kg.ontology import load_ontology
from kg.records import Article, Entity, Span


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_a_statement_whose_article_reads_differently_now(reader: FakeReader, graph: Path) -> None:
    result = run("explain", graph, "Bob Ray met with Dora Kim")
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "[Carol Fox](speaker) [said](cue) that [Bob Ray](subject) [met](trigger) [Dora Kim](object)." in text
    assert "speaker   Carol Fox (said, by “said”)" in result.stdout
    assert "origin    meet-v" in result.stdout
    assert "does not give this statement" in result.stderr
    data = json.loads(run("explain", graph, "Bob Ray met with Dora Kim", "--format", "json").stdout)
    assert data["statement"]["relation"] == "metWith"
    assert data["trace"] is None


@pytest.mark.parametrize(("which", "code"), [("Nobody met with Dora Kim", 1), ("Ann Lee met with Bob Ray", 2)])
def test_exit_codes(reader: FakeReader, graph: Path, which: str, code: int) -> None:
    assert run("explain", graph, which, "--quiet").exit_code == code


@pytest.fixture(scope="module")
def found() -> Explanation:
    """ "On Wednesday Trufan was reportedly held by Redfront", read on a Friday, as extraction reads it."""
    ontology = load_ontology()
    lexicon = load_lexicon(ontology)
    parsed = doc(
        "On/ADP/case/2 Wednesday/PROPN/obl/6 Trufan/PROPN/nsubj:pass/6 was/AUX/aux:pass/6 reportedly/ADV/advmod/6 "
        "held=hold/VERB/root/0 by/ADP/case/8 Redfront/PROPN/obl:agent/6 ./PUNCT/punct/6",
        ents={"Trufan": "Person", "Redfront": "Organization"},
    )
    article = Article("a", "A title", parsed.text, dt.date(2024, 5, 3))
    [statement] = extract(parsed, article, mentions(parsed, "a"), ontology, lexicon).statements
    made = trace(parsed, article, mentions(parsed, "a"), ontology, lexicon, id=statement.id)
    ends = Entity("Trufan", "Person", "Trufan"), Entity("Redfront", "Organization", "Redfront")
    return Explanation(statement, article, ends[0], "held by", ends[1], made)


def test_everything_is_told(found: Explanation) -> None:
    text = "\n".join(explanation_lines(found))
    for line in (
        "sentence  On Wednesday [Trufan](subject) was reportedly [held](trigger) by [Redfront](object).",
        "— A title, 2024-05-03",
        "origin    hold-v: “hold” (verb) says heldBy, ",
        "frame     TransitiveFrame, passive",
        "subject “Trufan” (Person): directObject",
        "modality  possible, by “reportedly”",
        "speaker   the article itself",
        "time      “Wednesday”: 2024-05-01 (day), counted from 2024-05-03",
        "parse     root         VERB   held  ← trigger",
        "          nsubj:pass   PROPN    Trufan  ← subject",
        "refused   ",
    ):
        assert line in text


def test_json_is_plain_and_without_the_text(found: Explanation) -> None:
    data = json.loads(json.dumps(explanation_json(found)))
    assert data["trace"]["doubts"][0]["text"] == "reportedly"
    assert data["trace"]["parse"][0]["roles"] == ["trigger"]
    assert data["article"] == {"id": "a", "title": "A title", "date": "2024-05-03", "source": None, "language": "en"}


def test_marks_nest(found: Explanation) -> None:
    evidence = found.statement.evidence
    inner = Span(evidence.subject.start, evidence.subject.start + 3, "Tru")
    whole = evidence.subject
    nested = replace(found.statement, evidence=replace(evidence, subject=inner, object=whole))
    assert "[[Tru](subject)fan](object)" in marked(nested)
    nested = replace(
        found.statement, evidence=replace(evidence, subject=whole, object=Span(whole.end - 3, whole.end, "fan"))
    )
    assert "[Tru[fan](object)](subject)" in marked(nested)
