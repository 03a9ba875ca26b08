"""Pages, the things in the graph under their own addresses, and what browsers are told."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from rdflib import RDF, Graph, URIRef
from records_factory import reading, resolution, said
from served import serving
from small_graph import RUN, ontology

from kg.rdf import Store, graphs, quads

BASE = "https://example.org/kg/"
ANN = URIRef(BASE + "entity/Ann_Lee")


class Links(HTMLParser):
    """The links of a page; fails where a tag is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []
        self.scripts = 0
        self.feed(page)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "input", "br", "img"}:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"{name} in a tag"
            if name in ("href", "src", "action"):
                self.links.append(value or "")
        self.scripts += tag == "script"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_start_finds_entities_by_a_part_of_a_name(client: httpx.Client) -> None:
    page = client.get("/", params={"name": "lee"})
    assert "Ann Lee" in page.text and "Dan Orr" not in page.text
    assert "/entity/Ann_Lee" in Links(page.text).links
    assert "A &lt;small&gt; graph" in page.text


def test_all_links_within_lead_somewhere(client: httpx.Client) -> None:
    seen, todo = set[str](), ["/", "/entity/Ann_Lee", "/article/captives", "/sparql", "/api"]
    while todo:
        address = todo.pop().partition("#")[0]
        if address in seen or not address.startswith("/") or len(seen) > 60:
            continue
        seen.add(address)
        found = client.get(address, headers={"Accept": "text/html, */*;q=0.5"}, follow_redirects=True)
        assert found.status_code == 200, address
        if found.headers["content-type"].startswith("text/html") and not address.startswith("/explorer"):
            todo += Links(found.text).links
    assert len(seen) > 30


def test_an_entity_has_its_statements_with_sentence_and_speaker(client: httpx.Client) -> None:
    page = client.get("/entity/Dan_Orr.html").text
    words = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
    assert "Dan Orr held by Red Front" in words
    assert "Possible · Ann Lee" in words
    assert '<mark class="subject">Dan Orr</mark> is <mark class="trigger">held</mark>' in page


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("application/json", "json"),
        ("", "html"),
    ],
)
@pytest.mark.parametrize("path", ["/entity/Ann_Lee", "/article/denial%2F2"])
def test_the_iri_of_a_thing_leads_to_the_document_that_fits(
    client: httpx.Client, path: str, accept: str, suffix: str
) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 303
    assert response.headers["location"] == f"{path}.{suffix}"
    assert response.headers["vary"] == "Accept"
    assert client.get(response.headers["location"]).status_code == 200


def test_nothing_fits_a_picture(client: httpx.Client) -> None:
    assert client.get("/entity/Ann_Lee", headers={"Accept": "image/png"}).status_code == 406


def test_documents_keep_claims_from_being_facts(client: httpx.Client) -> None:
    found = Graph().parse(data=client.get("/entity/Dan_Orr.ttl").text, format="turtle")
    orr, kg = URIRef(BASE + "entity/Dan_Orr"), "https://w3id.org/newskg/ontology#"
    assert len([*found.subjects(RDF.subject, orr)]) == 2  # as statements, with who says so
    assert (orr, URIRef(kg + "heldBy"), None) not in found
    found = Graph().parse(data=client.get("/entity/Ann_Lee.ttl").text, format="turtle")
    assert (ANN, URIRef(kg + "leads"), URIRef(BASE + "entity/Norland")) in found


@pytest.mark.parametrize("suffix", ["turtle", "nt", "json-ld", "xml"])
def test_all_formats_say_the_same(client: httpx.Client, suffix: str) -> None:
    names = {"turtle": "ttl", "nt": "nt", "json-ld": "jsonld", "xml": "rdf"}
    found = Graph().parse(data=client.get(f"/entity/Ann_Lee.{names[suffix]}").content, format=suffix)
    assert set(found) == set(Graph().parse(data=client.get("/entity/Ann_Lee.nt").content, format="nt"))


@pytest.mark.parametrize(
    "path",
    [
        "/entity/Nobody.html",
        "/entity/Nobody.ttl",
        "/entity/..%2F..%2Fetc%2Fpasswd.html",
        "/entity/%00.html",
        "/entity/%3Cscript%3E.html",
        "/entity/a%20b%3E.ttl",
        "/article/.html",
        "/statement/0.json",
        "/person/Ann_Lee",
        "/static/..%2Fapp.py",
        "/static/layout.html",
        "/explorer?focus=Nobody",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_people_get_faults_as_pages(client: httpx.Client) -> None:
    response = client.get("/entity/Nobody.html", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "there is no entity" in response.text
    Links(response.text)


@pytest.mark.parametrize("path", ["/", "/entity/Ann_Lee.html", "/explorer", "/sparql", "/api", "/api/summary", "/nope"])
def test_browsers_are_told_what_our_pages_may_do(client: httpx.Client, path: str) -> None:
    headers = client.get(path, headers={"Accept": "text/html, */*;q=0.1"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_the_explorer_shows_the_graph(client: httpx.Client) -> None:
    page = client.get("/explorer")
    assert page.status_code == 200 and "Blue Guard" in page.text and "vis" in page.text
    assert client.get("/explorer", params={"focus": "Ann_Lee", "depth": "1"}).status_code == 200


def test_a_page_is_not_sent_twice(client: httpx.Client) -> None:
    first = client.get("/entity/Ann_Lee.html")
    again = client.get("/entity/Ann_Lee.html", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert again.headers["x-content-type-options"] == "nosniff"


def test_a_graph_that_has_changed_is_seen_at_once(tmp_path: Path) -> None:
    def write(who: str) -> None:
        record = reading(f"[[{who}|a:Person]] met [[Bo Ray|b:Person]].", said("a", "metWith", "b", "met"))
        found = quads(graphs([record], resolution([record]), ontology(), run=RUN))
        Store(tmp_path / "store", create=True).replace(found)

    write("Ann Lee")
    with serving(tmp_path / "store") as server, server.client() as client:
        before = client.get("/", params={"name": "Lee"})
        assert "Ann Lee" in before.text
        write("Cy Lee")
        after = client.get("/", params={"name": "Lee"}, headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert "Cy Lee" in after.text and "Ann Lee" not in after.text


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_what_articles_say_is_no_markup(tmp_path: Path) -> None:
    record = reading(
        f"[[{HOSTILE}|a:Person]] met [[javascript:alert(3)|b:Person]], [[the & man|c:Person]] said.",
        said("a", "metWith", "b", "met", by="the & man", cue="said"),
        title=f"</title>{HOSTILE}",
        source="javascript:alert(4)",
        id=f"x/{HOSTILE}",
    )
    found = resolution([record], links={HOSTILE: ("javascript:alert(5)",)})
    Store(tmp_path / "store", create=True).write(graphs([record], found, ontology(), run=RUN))
    with serving(tmp_path / "store", title=HOSTILE) as server, server.client() as client:
        entities = client.get("/api/entities").json()["items"]
        assert len(entities) >= 2
        paths = ["/", "/sparql", f"/?name={HOSTILE}", *(f"/entity/{it['id']}.html" for it in entities)]
        article = client.get("/api/articles").json()["items"][0]["id"]
        paths.append(f"/article/{httpx.QueryParams({'x': article})['x']}.html".replace("<", "%3C").replace('"', "%22"))
        for path in paths:
            response = client.get(path, headers={"Accept": "text/html"})
            page = Links(response.text)
            assert "<img src=x" not in response.text
            assert page.scripts == (2 if path == "/sparql" else 0)  # the editor's script and its data
            assert not any(link.lower().startswith("javascript:") for link in page.links)
