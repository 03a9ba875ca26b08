"""Good input, format by format."""

from __future__ import annotations

import codecs
import datetime as dt
import json
from pathlib import Path

import pytest

from kg.documents import READERS, read_documents
from kg.ids import article_id
from kg.records import Article


def read_one(path: Path, content: str | bytes) -> Article:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    [article] = read_documents([path])
    return article


@pytest.mark.parametrize(
    ("name", "content", "title", "text", "date"),
    [
        ("visit.txt", "Ann met Bob.\nThey ate.\n", "visit", "Ann met Bob.\nThey ate.", None),
        ("2024-10-24-state-visit.txt", "Ann met Bob.", "state visit", "Ann met Bob.", dt.date(2024, 10, 24)),
        ("2024-99-24.txt", "Ann met Bob.", "2024-99-24", "Ann met Bob.", None),
        ("a.txt", "Ann meets Bob\n\nThey ate.\n\nThey left.", "Ann meets Bob", "They ate.\n\nThey left.", None),
        ("a.txt", "Ann met Bob.\n\nThey ate.", "a", "Ann met Bob.\n\nThey ate.", None),
        ("a.txt", "Ann meets Bob\n\n", "a", "Ann meets Bob", None),
        ("a.txt", "x" * 151 + "\n\nThey ate.", "a", "x" * 151 + "\n\nThey ate.", None),
        ("a.txt", "Ann\r\nmet\rBob \x07there.\fNext.", "a", "Ann\nmet\nBob  there.\n\nNext.", None),
        ("A.TXT", "Ann met Bob.", "A", "Ann met Bob.", None),
    ],
)
def test_text(tmp_path: Path, name: str, content: str, title: str, text: str, date: dt.date | None) -> None:
    article = read_one(tmp_path / name, content)
    assert (article.title, article.text, article.date) == (title, text, date)
    assert article.source == name
    assert article.id == article_id(name, text)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "Zoë met Žižek.".encode(),
        "Zoë met Žižek.".encode(),
        "Zoë met Žižek.".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Zoë met Žižek.".encode("utf-16-be"),
    ],
    ids=["utf-8 with mark", "utf-8", "utf-16", "utf-16-be"],
)
def test_encodings_that_say_what_they_are(tmp_path: Path, data: bytes) -> None:
    assert read_one(tmp_path / "a.txt", data).text == "Zoë met Žižek."


MARKDOWN = """---
title: A *plain* title
date: 2024-10-24
source: The Courier
---

# A *plain* title

Ann met **Bob** in [Paris](https://example.org/x
"t"), said `Carol` &amp; others.
A second line.

![a picture](x.png)

- First item.
- Second item.

```
code stays out
```

<div onclick="evil()">raw</div>

| a | table |
|---|---|
| c | d |

> Quoted words.
"""


def test_markdown(tmp_path: Path) -> None:
    article = read_one(tmp_path / "a.md", MARKDOWN)
    assert article.title == "A *plain* title"
    assert article.date == dt.date(2024, 10, 24)
    assert article.source == "The Courier"
    assert article.text.split("\n\n") == [
        "A plain title",
        "Ann met Bob in Paris, said Carol & others. A second line.",
        "First item.",
        "Second item.",
        "Quoted words.",
    ]


@pytest.mark.parametrize(
    ("content", "id", "title", "text"),
    [
        ("# Heading\n\nBody.", None, "Heading", "Body."),
        ("---\ntitle: Heading\nid: m1\n---\n# Heading\nBody.", "m1", "Heading", "Body."),
        ("---\ntitle: Other\n---\n# Heading\nBody.", None, "Other", "Heading\n\nBody."),
        ("Body.\n\n# Heading", None, "own name", "Body.\n\nHeading"),
    ],
)
def test_markdown_title(tmp_path: Path, content: str, id: str | None, title: str, text: str) -> None:
    article = read_one(tmp_path / "own-name.md", content)
    assert (article.title, article.text) == (title, text)
    assert article.id == (id or article_id("own-name.md", text))


PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="{charset}"><title>Ann meets Bob | The Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2024-10-24T08:00:00Z">
<script>var x = "Ann hates Bob";</script></head><body><nav><a href="/">Home</a><a href="/s">Sport</a></nav>
<article><h1>Ann meets Bob</h1><p>{body}</p>
<p>The minister said &lt;script&gt;alert(1)&lt;/script&gt; was a caf\u00e9.</p></article>
<footer>Copyright. All rights reserved.</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize(
    "body", ["Ann met <b>Bob</b> in <a href='/p'>Paris</a> on Friday. " * 8, "Ann met <b>Bob</b>."]
)
def test_html(tmp_path: Path, charset: str, body: str) -> None:
    page = PAGE.format(charset=charset, body=body)
    article = read_one(tmp_path / "a.html", page.encode(charset))
    assert article.title == "Ann meets Bob"
    assert article.date == dt.date(2024, 10, 24)
    assert article.source == "The Courier"
    first, *_, last = article.text.split("\n\n")
    assert first.startswith("Ann met Bob")
    assert last == "The minister said <script>alert(1)</script> was a caf\u00e9."
    assert "Home" not in article.text
    assert "hates" not in article.text


def test_jsonl_takes_the_text_as_it_stands(tmp_path: Path) -> None:
    text = "  Ann met\r\nBob.\t\U0001f600 "
    lines = [
        {"id": "j1", "title": "T", "date": "2024-10-24", "text": text, "source": "S", "entities": [{"id": "e1"}]},
        {"text": "No id."},
        {"id": 7, "text": "A number.", "title": None, "date": "2024-10-24T10:00:00+02:00"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second, third = read_documents([path])
    assert first == Article("j1", "T", text, dt.date(2024, 10, 24), "S")
    assert second == Article(article_id("a.jsonl", "No id."), "", "No id.", None, "a.jsonl")
    assert third == Article("7", "", "A number.", dt.date(2024, 10, 24), "a.jsonl")


def test_folders_are_read_in_order_and_each_file_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".git/d.txt", "sub/.hidden.txt", "photo.png", "notes.rst"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Words of {name}.")
    titles = [article.title for article in read_documents([tmp_path, tmp_path / "b.txt", str(tmp_path / "sub" / "..")])]
    assert titles == ["a", "b", "c"]


def test_every_suffix_has_a_reader() -> None:
    assert {".txt", ".md", ".html", ".htm", ".jsonl"} <= set(READERS)
