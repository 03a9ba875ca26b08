"""The REST API, and that it is as it describes itself."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest
from served import serving
from starlette.routing import Route

from kg.query import stock
from kg.serve.api import ROUTES
from kg.serve.openapi import description

ADDRESSES = [
    "/api/summary",
    "/api/entities",
    "/api/entities?name=lee&type=Person&limit=1",
    "/api/entities/Ann_Lee",
    "/api/entities/Red_Front?limit=1&offset=1",
    "/api/statements",
    "/api/statements?entity=Dan_Orr&modality=possible",
    "/api/statements?relation=metWith&limit=1",
    "/api/statements?article=denial%2F2",
    "/api/statements?speaker=Ann_Lee",
    "/api/articles",
    "/api/articles/captives",
    "/api/articles/denial%2F2",
    "/api/queries",
    *(f"/api/queries/{name}?" + "&".join(f"{one}=lee" for one in sorted(it.required)) for name, it in stock().items()),
]


def schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": description()["components"]}


def answer_schema(path: str) -> dict[str, Any]:
    """The schema of what an address answers with, looked up as a client would."""
    parts = path.partition("?")[0].split("/")
    for template, operations in description()["paths"].items():
        names = template.split("/")
        if len(names) == len(parts) and all(a == b or a.startswith("{") for a, b in zip(names, parts, strict=True)):
            content = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            return {**content, "components": description()["components"]}
    raise AssertionError(f"{path} is not described")


def test_the_description_is_what_is_served_and_names_all_addresses(client: httpx.Client) -> None:
    served = client.get("/openapi.json").json()
    assert served == description()
    assert served["openapi"].startswith("3.1.")
    addresses = {route.path.replace(":path", "") for route in ROUTES if isinstance(route, Route)}
    assert addresses - {"/api", "/openapi.json"} == served["paths"].keys() - {"/sparql"}
    for one in served["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(one)


@pytest.mark.parametrize("path", ADDRESSES)
def test_answers_are_as_described(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200, response.text
    jsonschema.validate(response.json(), answer_schema(path))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/entities/Nobody", 404),
        ("/api/statements/0", 404),
        ("/api/articles/0", 404),
        ("/api/queries/nothing", 404),
        ("/api/nothing", 404),
        ("/api/entities?limit=0", 400),
        ("/api/entities?limit=1001", 400),
        ("/api/entities?limit=-1", 400),
        ("/api/entities?limit=1e3", 400),
        ("/api/entities?limit=%D9%A3", 400),
        ("/api/entities?offset=99999999999999999999", 400),
        ("/api/entities?name=" + "x" * 201, 400),
        ("/api/entities?nome=x", 400),
        ("/api/statements?modality=certain", 400),
        ("/api/statements?entity=Nobody", 404),
        ("/api/statements?relation=x%27%20%7D%20DROP%20ALL", 200),
        ("/api/queries/held?facts=perhaps", 400),
        ("/api/queries/held?colour=red", 400),
        ("/api/queries/claims-about", 400),
    ],
)
def test_faults_are_problems(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status, response.text
    if status != 200:
        assert response.headers["content-type"] == "application/problem+json"
        jsonschema.validate(response.json(), schema("Problem"))


def test_numbers(client: httpx.Client) -> None:
    found = client.get("/api/summary").json()
    assert (found["articles"], found["statements"]) == (2, 10)


def test_names_that_match_better_come_first(client: httpx.Client) -> None:
    labels = [it["label"] for it in client.get("/api/entities", params={"name": "or"}).json()["items"]]
    assert labels[0] == "Dan Orr" and set(labels[1:]) == {"Norland", "Eastport", "twelve sailors"}
    assert client.get("/api/entities", params={"name": "ANN LEE"}).json()["items"][0]["id"] == "Ann_Lee"
    assert {it["type"] for it in client.get("/api/entities?type=Person").json()["items"]} == {"Person"}


def test_an_entity_with_its_statements(client: httpx.Client) -> None:
    found = client.get("/api/entities/Dan_Orr").json()
    assert found["aliases"] == ["Orr"] and found["statements"] == 2
    said = {it["relation"]: it for it in found["said"]["items"]}
    held = said["heldBy"]
    assert (held["modality"], held["speaker"], held["object"]["id"]) == ("possible", "Ann Lee", "Red_Front")
    evidence = held["evidence"][0]
    start, end = evidence["subject"]
    assert evidence["text"][start:end] == "Dan Orr"
    assert client.get(f"/api/statements/{held['id']}").json() == held


def test_pages_add_up_to_the_whole(client: httpx.Client) -> None:
    whole = client.get("/api/statements").json()["items"]
    parts, offset = [], 0
    while True:
        page = client.get("/api/statements", params={"limit": 3, "offset": offset}).json()
        parts += page["items"]
        if not page["more"]:
            break
        offset += 3
    assert parts == whole and len({it["id"] for it in parts}) == len(parts) == 10


def test_an_article_in_the_order_of_its_text(client: httpx.Client) -> None:
    found = client.get("/api/articles/captives").json()
    starts = [it["evidence"][0]["start"] for it in found["statements"]]
    assert starts == sorted(starts) and len(starts) == 8


def test_a_stock_query_with_its_parameters(client: httpx.Client) -> None:
    found = client.get("/api/queries/held", params={"name": "red"}).json()
    row = dict(zip(found["columns"], found["items"][0], strict=True))
    assert (row["who"], row["by"], row["speaker"]) == ("Dan Orr", "Red Front", "Ann Lee")
    assert client.get("/api/queries/held", params={"facts": "true"}).json()["items"] == []


def test_pages_of_the_web_may_ask_only_where_allowed(client: httpx.Client, store_folder: Any) -> None:
    from dataclasses import replace

    from served import SETTINGS

    site = {"Origin": "https://news.example"}
    assert "access-control-allow-origin" not in client.get("/api/summary", headers=site).headers
    with (
        serving(store_folder, replace(SETTINGS, origins=("https://news.example",))) as server,
        server.client() as open_,
    ):
        allowed = open_.get("/api/summary", headers=site).headers
        assert allowed["access-control-allow-origin"] == "https://news.example"
        assert allowed["cross-origin-resource-policy"] == "cross-origin"
        other = open_.get("/api/summary", headers={"Origin": "https://other.example"}).headers
        assert "access-control-allow-origin" not in other
        asked = {**site, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        assert open_.options("/sparql", headers=asked).status_code == 200
