"""Documents that mean harm: each is read as what it says, or refused with a fix; none reaches out, grows or hangs."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import kg
from kg.documents import read_documents
from kg.documents.checks import MAX_BYTES
from kg.errors import InputError, VocabularyError
from kg.ontology import load_ontology
from kg.records import Article

SECRET = "The password is swordfish."
ENTITY = "<!DOCTYPE html [<!ENTITY secret SYSTEM '{target}'>]>"
LAUGHS = "<!DOCTYPE html [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)
BODY = "<html><body><article><p>Ann Lee met Bob Ray in the town hall on Friday.</p><p>{}</p></article></body></html>"


def read(path: Path, content: bytes | str) -> tuple[list[Article], list[InputError]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    errors: list[InputError] = []
    return list(read_documents([path], on_error=errors.append)), errors


@pytest.mark.parametrize("target", ["file://{folder}/secret.txt", "secret.txt", "http://127.0.0.1:9/secret"])
def test_external_entities_are_not_looked_up(tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    monkeypatch.setattr("socket.socket.connect", lambda *given: pytest.fail("reaches out"))
    page = ENTITY.format(target=target.format(folder=tmp_path)) + BODY.format("It said &secret; to all.")
    articles, _ = read(tmp_path / "a.html", page)
    assert all("swordfish" not in article.text for article in articles)
    assert articles[0].text.startswith("Ann Lee met Bob Ray")


def test_what_a_page_includes_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *given: pytest.fail("reaches out"))
    (tmp_path / "secret.txt").write_text(SECRET)
    includes = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{tmp_path}/secret.txt" parse="text"/>'
        f'<iframe src="file://{tmp_path}/secret.txt"></iframe><object data="secret.txt"></object>'
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><img src="http://127.0.0.1:9/x.png">'
    )
    [article], _ = read(tmp_path / "a.html", BODY.format(includes))
    assert "swordfish" not in article.text


def test_a_billion_laughs_stay_one(tmp_path: Path) -> None:
    started = time.monotonic()
    articles, errors = read(tmp_path / "a.html", LAUGHS + BODY.format("&a11;"))
    assert time.monotonic() - started < 30
    assert len(articles) + len(errors) == 1
    assert all(len(article.text) < 10_000 for article in articles)


def test_a_yaml_bomb_stays_small(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.monotonic()
    for front in ("\n".join([*lines, "title: A title"]), "\n".join([*lines, "title: *a11"])):
        articles, errors = read(tmp_path / "a.md", f"---\n{front}\n---\nAnn Lee met Bob Ray.\n")
        assert len(articles) + len(errors) == 1
        assert all(len(article.title) < 1000 for article in articles)
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_archives_are_not_unpacked(tmp_path: Path, name: str) -> None:
    """A zip bomb under another name is binary, and that is all."""
    bomb = tmp_path / "bomb"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", bytes(10_000_000))
    for data in (bomb.read_bytes(), gzip.compress(bytes(10_000_000))):
        articles, [error] = read(tmp_path / name, data)
        assert not articles
        assert "binary" in error.message


IDS = [
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    ".",
    "a/../../b",
    "C:\\x",
    "%2e%2e%2f",
    "a#b?c",
    "<x>",
    "';DROP--",
    "\u202e",
]


@pytest.mark.usefixtures("reader")
def test_ids_are_no_paths(tmp_path: Path) -> None:
    """No id of an article makes a file, and each comes back from the graph as it was."""
    lines = [json.dumps({"id": id, "text": f"Ann Lee met Bob Ray. Number {n}."}) for n, id in enumerate(IDS)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    graph = kg.build([tmp_path / "a.jsonl"], tmp_path / "graph")
    assert {record.article.id for record in graph.records()} == set(IDS)
    assert {row[0] for row in graph.query("SELECT ?id { ?a dcterms:identifier ?id }").rows} == set(IDS)
    graph.export(tmp_path / "out.trig")
    known = {"a.jsonl", "graph", "out.trig"}
    assert {path.name for path in tmp_path.iterdir()} == known
    assert {path.name for path in (tmp_path / "graph").iterdir()} <= {
        "articles.db",
        "history",
        "identity.npz",
        "run.json",
        "store",
        "vocabulary",
        "writer.lock",
    }
    assert not [one for one in graph.validate() if one.severity == "violation"]
    assert kg.remove(graph, IDS[1:]).summary().articles == 1


@pytest.mark.usefixtures("reader")
def test_scripts_in_names_stay_text(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    line = {"id": "x", "title": f"{evil}<img src=x onerror=alert(1)>", "text": "Ann Lee met Bob Ray.", "source": evil}
    (tmp_path / "a.jsonl").write_text(json.dumps(line))
    graph = kg.build([tmp_path / "a.jsonl"], tmp_path / evil.replace("/", "_"))
    page = graph.html()
    assert "<script>alert(1)" not in page
    assert "onerror=alert" not in page.replace("\\u003c", "<").split("</script>")[-1]
    for suffix in ("ttl", "trig", "nq", "jsonld", "rdf", "graphml", "gexf", "csv", "jsonl"):
        graph.export(tmp_path / f"out.{suffix}")


def test_controls_and_halves_of_pairs_never_reach_an_article(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md", "a.html"):
        articles, errors = read(tmp_path / name, BODY.format("A\x01B\x1b[31mC\x7fD\ufffeE" * 20))
        assert len(articles) + len(errors) == 1
        for article in articles:
            assert not set(article.text) & {"\x01", "\x1b", "\ufffe"}
    for text in ("\\ud83d", "\\u0000", "\\u001b[31m"):
        articles, errors = read(tmp_path / "a.jsonl", f'{{"text": "Ann Lee met {text} Bob."}}')
        assert not articles
        assert "surrogate" in errors[0].message or "control" in errors[0].message


@pytest.mark.parametrize(
    "data",
    [
        "Ann Lee met Zoë Žižek.".encode() + "caf\u00e9".encode("latin-1"),
        "Ann Lee met Zoë.".encode("utf-16-le") + b"plain",
        b"\xef\xbb\xbf" + "Zoë".encode("utf-16"),
    ],
    ids=["utf-8 and latin-1", "utf-16 without mark", "two marks"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_mixed_encodings_are_refused_not_guessed(tmp_path: Path, name: str, data: bytes) -> None:
    articles, errors = read(tmp_path / name, data)
    assert not articles
    assert errors and errors[0].fix


def test_utf_32_is_not_taken_for_utf_16(tmp_path: Path) -> None:
    [article], _ = read(tmp_path / "a.txt", "Ann Lee met Bob.".encode("utf-32"))
    assert article.text == "Ann Lee met Bob."


#: Tells the most memory it held.
BIG = """
import sys
from kg.documents import read_documents
from kg.memory import most_memory
errors = []
articles = list(read_documents([sys.argv[1]], on_error=errors.append))
print(len(articles), len(errors), most_memory() >> 20)
print(errors[0].message)
"""


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_a_line_of_100_megabytes_is_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b'{"text": "' if name.endswith("jsonl") else b"<html><body><p>")
        for _ in range(100):
            file.write(b"word " * 200_000)
    root = Path(kg.__file__).parents[1]
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", BIG, path], cwd=root, capture_output=True, text=True, check=True)
    count, faults, megabytes = map(int, done.stdout.splitlines()[0].split())
    assert (count, faults) == (0, 1)
    assert megabytes < 400
    assert "longer than" in done.stdout or "larger than" in done.stdout
    assert time.monotonic() - started < 60
    assert MAX_BYTES < 100_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<div>" * 50_000 + "Ann Lee met Bob Ray." + "</div>" * 50_000),
        ("a.html", "<table><tr><td>" * 5_000 + "Ann Lee met Bob Ray."),
        ("a.html", "<p>Ann Lee met Bob Ray.</p>" + "<a href=x>" * 20_000),
        ("a.html", "<meta " + "a" * 500_000 + "charset=utf-8><p>Ann Lee met Bob Ray.</p>"),
        ("a.html", "<!--" * 100_000 + "<p>Ann Lee met Bob Ray.</p>"),
        ("a.html", "&" * 200_000 + "<p>Ann Lee met Bob Ray.</p>"),
        ("a.md", ">" * 5_000 + " Ann Lee met Bob Ray."),
        ("a.md", "[" * 20_000 + "Ann Lee met Bob Ray." + "](x)" * 20_000),
        ("a.md", "*a **b " * 20_000),
        ("a.md", "| a " * 20_000 + "\n" + "|---" * 20_000 + "\n\nAnn Lee met Bob Ray."),
        ("a.md", "---\n" + "a: {" * 2_000 + "\n---\nAnn Lee met Bob Ray."),
        ("a.md", "- " * 5_000 + "Ann Lee met Bob Ray."),
        ("a.md", "`" * 50_000 + "Ann Lee met Bob Ray."),
        ("a.jsonl", '{"text": ' * 50_000),
        ("a.jsonl", '{"text": "Ann Lee met Bob Ray.", "n": 1' + "0" * 100_000 + "}"),
        ("a.jsonl", '{"text": "Ann Lee met Bob Ray.", "id": 1' + "0" * 100_000 + "}"),
        ("a.txt", "\n" * 500_000 + "Ann Lee met Bob Ray."),
        ("a.txt", ("a" * 149 + "\n") * 3_000),
        ("a.txt", " " * 400_000 + "x" + " " * 400_000),
    ],
    ids=lambda value: value[:24].replace("\n", "_") if len(value) > 8 else value,
)
def test_deep_and_odd_documents_end_soon(tmp_path: Path, name: str, content: str) -> None:
    started = time.monotonic()
    articles, errors = read(tmp_path / name, content)
    assert len(articles) + len(errors) == 1
    assert all(error.fix for error in errors)
    assert time.monotonic() - started < 60


RDF_XML = """<?xml version="1.0"?>{doctype}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
  xmlns:owl="http://www.w3.org/2002/07/owl#">
<owl:Class rdf:about="https://example.com/own#Club"><rdfs:label>{label}</rdfs:label>
<rdfs:subClassOf rdf:resource="https://w3id.org/newskg/ontology#Organization"/></owl:Class></rdf:RDF>"""


@pytest.mark.parametrize(
    ("doctype", "label"),
    [
        ("<!DOCTYPE x [<!ENTITY s SYSTEM 'file://{folder}/secret.txt'>]>", "&s;"),
        ("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>", "club"),
        (LAUGHS.replace("DOCTYPE html", "DOCTYPE x"), "&a11;"),
    ],
    ids=["external entity", "external definitions", "billion laughs"],
)
def test_an_ontology_in_xml_reaches_nothing_and_stays_small(
    tmp_path: Path, doctype: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *given: pytest.fail("reaches out"))
    (tmp_path / "secret.txt").write_text(SECRET)
    path = tmp_path / "own.rdf"
    path.write_text(RDF_XML.format(doctype=doctype.replace("{folder}", str(tmp_path)), label=label))
    started = time.monotonic()
    try:
        found = load_ontology(path)
    except VocabularyError as error:
        assert "swordfish" not in str(error)
        assert len(str(error)) < 5_000
    else:
        assert "swordfish" not in found.classes["Club"].label
        assert len(found.classes["Club"].label) < 1_000
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "context", ['"http://127.0.0.1:9/c"', '[{"a": "b:c"}, "http://127.0.0.1:9/c"]', '["c.jsonld"]']
)
def test_an_ontology_in_json_reaches_nothing(tmp_path: Path, context: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *given: pytest.fail("reaches out"))
    path = tmp_path / "own.jsonld"
    path.write_text(f'{{"@context": {context}, "@id": "https://example.com/own#Club"}}')
    with pytest.raises(VocabularyError, match="context from elsewhere"):
        load_ontology(path)
