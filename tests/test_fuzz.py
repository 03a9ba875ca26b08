"""Made-up input of all kinds: what comes back is what it says, or an error of ours with a fix, and it comes back soon.

``KG_FUZZ=10000 pytest tests/test_fuzz.py`` tries so many inputs of each kind.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reading_factory import read_meetings
from small_graph import ontology

from kg.archive import Archive
from kg.codec import to_json
from kg.documents import read_documents
from kg.documents.checks import MAX_LENGTH, UNFIT
from kg.errors import EvidenceError, GraphError, InputError, OutputError, VocabularyError
from kg.lexicon import read_lexicon
from kg.ontology import load_ontology
from kg.rdf.patch import load_patch
from kg.records import Article
from kg.resolve.decisions import read_decisions
from kg.resolve.register import read_register

EACH = int(os.environ.get("KG_FUZZ", "40"))
SOON = 60.0  # seconds for one input, on a machine that does other things too
fuzz = settings(
    max_examples=EACH,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking takes minutes for what is parsed slowly
    derandomize="KG_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
seldom = settings(fuzz, max_examples=max(EACH // 10, 8))  # for what opens databases

#: What readers of all kinds trip over, as bytes.
ODD = [
    *(b"", b"\0", b"\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n\n", b"\t", b"\x0b", b"\x1b[31m"),
    *(
        b'"',
        b"'",
        b"\\",
        b"\\u0000",
        b"\\ud83d",
        b"\\u202e",
        b"&#0;",
        b"&#x110000;",
        b"&lt;",
        b"]]>",
        b"<!--",
        b"-->",
        b"<",
    ),
    *(
        b"---\n",
        b"...\n",
        b"!!python/object:os.system",
        b"&a",
        b"*a",
        b"{",
        b"}",
        b"[",
        b"]",
        b"(",
        b")",
        b":",
        b"|",
        b"`",
    ),
    *(b"1e999", b"-0", b"NaN", b"null", b"true", b"9" * 5000, b"0001-01-01", b"9999-12-31", b"2024-02-30", b"a" * 3000),
    *("\u2028 \u0085 \ufeff \U0001f600 \u0130 e\u0301 \u202e \ufffe".encode().split(b" ")),
    *(b"@prefix : <x:> .", b"@base <", b"<http://a b>", b"_:b", b'"x"@en', b"^^", b";", b" .", b" a ", b"owl:Class"),
]


def mutated(*seeds: str | bytes) -> st.SearchStrategy[bytes]:
    """One of the texts with some parts cut, doubled, moved or replaced by odd ones."""
    given = [seed.encode() if isinstance(seed, str) else seed for seed in seeds]
    piece = (
        st.sampled_from(ODD) | st.binary(max_size=6) | st.text(max_size=6).map(lambda it: it.encode("utf-8", "replace"))
    )
    edit = st.tuples(st.integers(0, 1 << 20), st.integers(0, 40) | st.just(1 << 20), piece, st.integers(1, 3))
    return st.builds(_edited, st.sampled_from(given), st.lists(edit, min_size=1, max_size=6)) | st.binary(max_size=200)


def _edited(data: bytes, edits: list[tuple[int, int, bytes, int]]) -> bytes:
    for at, length, piece, times in edits:
        at %= len(data) + 1
        data = data[:at] + piece * times + data[at + length :]
    return data


@contextmanager
def soon() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < SOON


# Documents -----------------------------------------------------------------------------------------------------------

SEEDS = {
    "a.txt": ("A title\n\nAnn Lee met Bob Ray. They ate.\n", "2024-10-24\r\nAnn Lee \u201cmet\u201d Bob.\f"),
    "a.md": (
        "---\ntitle: A title\ndate: 2024-10-24\nid: x1\nsource: S\n---\n# A title\n\nAnn *met* [Bob](x) `y`.\n- one\n",
        "# Title\n\n| a | b |\n|---|---|\n| c | d |\n\n> Quoted <b>words</b>.\n\n```\ncode\n```\n",
    ),
    "a.html": (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>T | S</title>"
        '<meta property="article:published_time" content="2024-10-24T08:00:00Z"></head><body><article><h1>T</h1>'
        f"<p>{'Ann Lee met <b>Bob</b> in Paris. ' * 12}</p><ul><li>One &amp; two</li></ul></article></body></html>",
        "<p>Ann Lee met Bob.</p><table><tr><td>x</td></tr></table><script>1</script>",
    ),
    "a.jsonl": (
        '{"id": "j1", "title": "T", "date": "2024-10-24", "text": "Ann Lee met Bob Ray.", "source": "S"}\n'
        '{"id": 7, "text": "Ann \\ud83d\\ude00 left.", "language": "en-GB"}\n',
    ),
}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("name", SEEDS)
def test_documents(scratch: Path, name: str) -> None:
    path = scratch / name

    @fuzz
    @given(mutated(*SEEDS[name]))
    def check(data: bytes) -> None:
        path.write_bytes(data)
        errors: list[InputError] = []
        with soon():
            articles = list(read_documents([path], on_error=errors.append))
        assert articles or errors or name == "a.jsonl"  # lines of blanks hold nothing to tell
        assert all(type(error) is InputError and error.where and error.fix for error in errors)
        assert all(len(str(error)) < 2000 for error in errors)
        for article in articles:
            assert 0 < len(article.text) <= MAX_LENGTH
            assert not any(
                UNFIT.search(part or "") for part in (article.id, article.title, article.text, article.source)
            )
            assert any(character.isalpha() for character in article.text)

    check()


# Vocabulary, decisions, registers ------------------------------------------------------------------------------------

ONTOLOGY = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix own: <https://example.com/own#> .
own:Club a owl:Class ; rdfs:subClassOf kg:Organization ; rdfs:label "club"@en .
own:outwitted a owl:ObjectProperty ; rdfs:label "outwitted"@en ; rdfs:comment "was cleverer than"@en ;
  rdfs:domain kg:Agent ; rdfs:range [ a owl:Class ; owl:unionOf ( kg:Agent own:Club ) ] ; 
  rdfs:subPropertyOf kg:metWith .
own:wasOutwittedBy a owl:ObjectProperty ; rdfs:label "was outwitted by"@en ; owl:inverseOf own:outwitted ;
  rdfs:domain kg:Agent ; rdfs:range kg:Agent .
"""
LEXICON = """@prefix : <https://example.org/words#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix synsem: <http://www.w3.org/ns/lemon/synsem#> .
:visit a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:canonicalForm [ ontolex:writtenRep "visit"@en ] ;
  synsem:synBehavior [ a lexinfo:TransitivePPFrame ; lexinfo:subject :s ; lexinfo:directObject :o ;
    lexinfo:prepositionalAdjunct [ synsem:marker "with"@en ] ] ;
  ontolex:sense [ ontolex:reference kg:visited ; synsem:subjOfProp :s ; synsem:objOfProp :o ] .
"""


@seldom
@given(mutated(ONTOLOGY))
def test_ontologies(scratch: Path, data: bytes) -> None:
    path = scratch / "own.ttl"
    path.write_bytes(data)
    with soon():
        try:
            found = load_ontology(path)
        except VocabularyError as error:
            assert error.faults and len(str(error)) < 20_000
            return
    assert all(found.base_type(name) for name in found.classes if found.is_a(name, "Agent") and name != "Agent")


@fuzz
@given(mutated(LEXICON))
def test_lexicons(scratch: Path, data: bytes) -> None:
    path = scratch / "words.ttl"
    path.write_bytes(data)
    with soon():
        try:
            read_lexicon(ontology(), [path])
        except VocabularyError as error:
            assert error.faults and len(str(error)) < 20_000


DECISIONS = """judgement,left,right,left_name,right_name,who,when,why
same,a#0-7,b#10-13,Ann Lee,Lee,me,2026-11-26T10:00:00Z,"the same, surely"
not-same,a#0-7,c#0-3,Ann Lee,Lee,,,
"""
REGISTER = "id,type,name,aliases,links\nQ1,Person,Ann Lee,Lee|A. Lee,https://example.org/1 https://example.org/2\n"


@fuzz
@given(mutated(DECISIONS))
def test_decisions(scratch: Path, data: bytes) -> None:
    (scratch / "decisions.csv").write_bytes(data)
    with soon():
        try:
            read_decisions(scratch)
        except InputError as error:
            assert error.where and error.fix


@fuzz
@given(mutated(REGISTER))
def test_registers(scratch: Path, data: bytes) -> None:
    path = scratch / "register.csv"
    path.write_bytes(data)
    with soon():
        try:
            read_register([path])
        except InputError as error:
            assert error.where and error.fix


# What is stored ------------------------------------------------------------------------------------------------------

RECORD = to_json(read_meetings(Article("a", "T", "Ann Lee met Bob Ray. Eve Fox said that Ann Lee met Dora Kim.")))


@pytest.fixture(scope="module")
def archive(scratch: Path) -> Path:
    folder = scratch / "archive"
    with Archive(folder, write=True) as made:
        for text in ("Ann Lee met Bob Ray.", "Ann Lee met Eve Fox."):
            made.put(read_meetings(Article("a", "T", text)))
    return folder


@fuzz
@given(mutated(RECORD))
def test_records_in_an_archive(archive: Path, data: bytes) -> None:
    db = sqlite3.connect(archive / "articles.db")
    with db:
        db.execute(
            "UPDATE articles SET record = ?",
            (data.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode(),),
        )
    db.close()
    with Archive(archive) as found, soon():
        for read in (
            found.records,
            found.articles,
            found.record_or_fault,
            lambda: found.events(until=9),
            found.revisions,
        ):
            try:
                list(read())
            except (GraphError, EvidenceError, OutputError) as error:
                assert error.where


@seldom
@given(st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=40))
def test_bytes_of_an_archive(archive: Path, scratch: Path, edits: list[tuple[int, int]]) -> None:
    folder = scratch / "broken"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(archive, folder)
    data = bytearray((folder / "articles.db").read_bytes())
    for at, value in edits:
        data[at % len(data)] = value
    (folder / "articles.db").write_bytes(data)
    with soon():
        for write in (False, True):
            try:
                with Archive(folder, write=write) as found:
                    list(found.records())
                    list(found.events())
                    assert isinstance(found.readings(), dict)
            except (GraphError, EvidenceError, OutputError) as error:
                assert error.where


@fuzz
@given(mutated(gzip.compress(b'TX .\nA <x:s> <x:p> <x:o> <x:g> .\nD <x:s> <x:p> "o" <x:g> .\nTC .\n', mtime=0)))
def test_patches(scratch: Path, data: bytes) -> None:
    path = scratch / "x.rdfp.gz"
    path.write_bytes(data)
    with soon():
        try:
            list(load_patch(path))
        except GraphError as error:
            assert error.fix
