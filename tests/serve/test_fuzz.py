"""Made-up requests and queries: every one gets an answer of HTTP, none a server's fault, and the server lives on."""

from __future__ import annotations

import os
import random
import string
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from served import Served
from small_graph import store

from kg.errors import KGError
from kg.query import query, stock
from kg.rdf.results import answered
from kg.serve.negotiation import choose

#: How many requests and queries the large run makes: ``KG_FUZZ=100000 pytest tests/serve/test_fuzz.py -m slow``.
MANY = int(os.environ.get("KG_FUZZ", "2000"))
quick = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

ADDRESSES = """
/ /api /api/summary /api/entities /api/statements /api/articles /api/queries /api/queries/held /openapi.json /sparql
/explorer /entity/Ann_Lee /entity/Ann_Lee.ttl /article/denial%2F2.json /statement/x.html /static/style.css
""".split()
NAMES = """
query name type limit offset facts format default-graph-uri named-graph-uri update focus depth entity relation
""".split()
MEDIA = [
    *"text/html text/turtle application/json application/sparql-query application/x-www-form-urlencoded */*".split(),
    "text/*;q=0",
]
PIECES = [
    *"""
    SELECT CONSTRUCT ASK DESCRIBE WHERE FILTER OPTIONAL UNION MINUS GRAPH SERVICE VALUES BIND EXISTS NOT GROUP BY ORDER
    HAVING LIMIT OFFSET DISTINCT REDUCED FROM NAMED PREFIX BASE AS IN COUNT SUM CONCAT STR REGEX LCASE IF COALESCE UNDEF
    a true 1 -2.5 1e400 { } ( ) . ; , | / ^ * + ? ! = != < > <= >= && || [ ] _:b ?x ?y ?z $x kg:metWith kg:leads
    rdf:type rdfs:label entity:Ann_Lee <http://a.example/b> <b> 'text' "text" @en ^^xsd:integer # é 東 🂡
    """.split(),
    *('"""long"""', "\\u0053", "\\", "\ufeff", "\0", "\u202e", "'\\''", "\n", ""),
]

text = st.text(max_size=40)
address = st.sampled_from(ADDRESSES) | st.text(max_size=30).map(lambda it: "/" + quote(it))
pieces = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
mutated = st.builds(
    lambda it, at, length, other: it[: at % len(it)] + other + it[at % len(it) + length :],
    st.sampled_from([one.text for one in stock().values()]),
    st.integers(0, 10_000),
    st.integers(0, 30),
    text | pieces,
)
sparql = pieces | mutated | text
fields = st.lists(st.tuples(st.sampled_from(NAMES) | text, text | sparql), max_size=4)
accept = st.lists(st.sampled_from(MEDIA), max_size=3).map(", ".join) | st.text(string.printable.strip(), max_size=30)


def check(response: httpx.Response) -> None:
    assert response.status_code in (200, 303, 304, 400, 403, 404, 405, 406, 413, 414, 415, 421, 431, 504), response.text
    if response.status_code >= 400:
        assert response.headers["content-type"].startswith(("application/problem+json", "text/html", "text/plain"))
        assert "Traceback" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.fixture(scope="module")
def http(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client
    assert served.alive()


@quick
@given(path=address, query=fields, accept=accept)
def test_any_address(http: httpx.Client, path: str, query: list[tuple[str, str]], accept: str) -> None:
    check(http.get(path, params=query or None, headers={"Accept": accept}))


@quick
@given(body=sparql | st.binary(max_size=60), kind=st.sampled_from(MEDIA) | st.text(string.ascii_letters, max_size=10))
def test_any_body(http: httpx.Client, body: str | bytes, kind: str) -> None:
    content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    check(http.post("/sparql", content=content, headers={"Content-Type": kind}))


@quick
@given(data=st.binary(max_size=200) | st.text(string.printable, max_size=200).map(str.encode))
def test_any_bytes(served: Served, data: bytes) -> None:
    answer = served.raw(data + b"\r\n\r\n", timeout=5)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert not answer.startswith(b"HTTP/1.1 500")


@settings(quick, max_examples=400)
@given(text=sparql, facts=st.booleans(), accept=accept)
def test_any_query(text: str, facts: bool, accept: str) -> None:
    ask(text, facts, accept)


@quick
@given(name=st.sampled_from(sorted(stock())), value=text, other=text)
def test_any_value_of_a_parameter(name: str, value: str, other: str) -> None:
    parameters = dict.fromkeys(stock()[name].parameters, value) | ({"other": other} if name == "between" else {})
    try:
        query(store(), name, parameters=parameters)
    except KGError as error:
        assert str(error)


def ask(text: str, facts: bool, accept: str) -> None:
    """A query of any text is answered, or refused with an error of ours."""
    if text.upper().count("?X") + text.upper().count("?Y") + text.count("?z") > 12:
        return  # many patterns of variables alone may take for ever; the server stops them, a test would wait
    try:
        answered(store(), text, partial(choose, accept), facts=facts, most=100_000)
    except KGError as error:
        assert error.message


@pytest.mark.slow
def test_many_queries() -> None:
    chance = random.Random(1)
    texts = [one.text for one in stock().values()]
    for _ in range(MANY):
        ask(made_up(chance, texts), chance.random() < 0.3, chance.choice(MEDIA))


@pytest.mark.slow
def test_many_requests(served: Served) -> None:
    chance = random.Random(2)
    texts = [one.text for one in stock().values()]
    with served.client() as client:
        for _ in range(MANY):
            names = [chance.choice(NAMES) for _ in range(chance.randrange(4))]
            values = [(name, made_up(chance, texts)[: chance.choice((3, 30, 3000))]) for name in names]
            headers = {"Accept": chance.choice(MEDIA), "Content-Type": chance.choice(MEDIA)}
            if chance.random() < 0.6:
                check(client.get(chance.choice(ADDRESSES), params=values or None, headers=headers))
            else:
                body = made_up(chance, texts).encode("utf-8", "surrogatepass")
                check(client.post("/sparql", content=body, headers=headers))
    assert served.alive()


def made_up(chance: random.Random, texts: list[str]) -> str:
    """Pieces of SPARQL in any order, or a stock query with a hole, a patch or a piece twice."""
    if chance.random() < 0.3:
        return " ".join(chance.choices(PIECES, k=chance.randrange(12)))
    it = chance.choice(texts)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(it) + 1)
        end = min(len(it), at + chance.randrange(40))
        it = (
            it[:at]
            + chance.choice(("", it[at:end] * 2, chance.choice(PIECES), chr(chance.randrange(0x2FFF))))
            + it[end:]
        )
    return it
