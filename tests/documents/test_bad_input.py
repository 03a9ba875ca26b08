"""What cannot be read: one error each, with place and fix; the good article beside it is read all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.documents import read_documents
from kg.documents.checks import MAX_LENGTH
from kg.errors import InputError

GOOD = '{"id": "good", "text": "Ann met Bob."}'
LATIN = "caf\u00e9".encode("latin-1")

CASES = [
    # name, content, message, place after the file's name
    ("a.txt", b"", "is empty", ""),
    ("a.txt", b" \n\t ", "is empty", ""),
    ("a.txt", b"...\n123", "holds no text", ""),
    ("a.txt", b"%PDF\x00\x01\x02", "is binary", ""),
    ("a.txt", LATIN, "is not UTF-8: byte 0xe9 at offset 3", ""),
    ("a.txt", b"\xff\xfeA", "is not UTF-16", ""),
    ("a.txt", b"word " * (MAX_LENGTH // 4), "has 1,249,999 characters", ""),
    ("a.pdf", b"%PDF", ".pdf files are not read", ""),
    ("README", b"words", "a file without a suffix is not read", ""),
    ("a.md", b"---\n: [\n---\nwords", "front matter is not YAML", ""),
    ("a.md", b"---\n- a\n---\nwords", "front matter has no keys", ""),
    ("a.md", b"---\ndate: last week\n---\nwords", "date 'last week' is not understood", ""),
    ("a.md", b"---\ntitle: x\n---\n", "holds no text", ""),
    ("a.md", b"---\nlanguage: fr\n---\nMots.", "language 'fr'", ""),
    ("a.html", b"<html><body><script>var words;</script></body></html>", "no article text", ""),
    ("a.html", b"words without any tags", "no article text", ""),
    ("a.html", b"<html><meta charset=klingon><p>words", "unknown charset", ""),
    ("a.html", b"<html lang='de'><p>Worte", "language 'de'", ""),
    ("a.html", b"<html><meta charset=utf-8><p>" + LATIN, "is not UTF-8", ""),
    ("a.jsonl", b"", "is empty", ""),
    ("a.jsonl", b'{"text": "Ann', "is not JSON", ":1"),
    ("a.jsonl", b"[" * 100_000, "is not JSON", ":1"),
    ("a.jsonl", b"\n\n[1]", 'no "text"', ":3"),
    ("a.jsonl", b'{"id": "x"}', 'no "text"', ":1"),
    ("a.jsonl", b'{"text": 5}', 'no "text"', ":1"),
    ("a.jsonl", b'{"text": ""}', "holds no text", ":1"),
    ("a.jsonl", b'{"text": "Ann \\ud83d met."}', "half of a surrogate pair, U+D83D, at offset 4", ":1"),
    ("a.jsonl", b'{"text": "Ann \\u0000 met."}', "a control character, U+0000, at offset 4", ":1"),
    ("a.jsonl", b'{"text": "Ann", "title": "\\u0007"}', "a control character", ":1"),
    ("a.jsonl", b'{"text": "Ann", "title": ["x"]}', '"title" is list', ":1"),
    ("a.jsonl", b'{"text": "Ann", "date": "24/10/2024"}', "date '24/10/2024' is not understood", ":1"),
    ("a.jsonl", b'{"text": "Ann", "date": "2024-10-' + b"9" * 5000 + b'"}', "date '2024-10-9999", ":1"),
    ("a.jsonl", b'{"text": "Ann", "language": "' + b"x" * 5000 + b'"}', "language 'xxxx", ":1"),
    ("a.html", b"<html><meta charset=" + b"x" * 3000 + b"><p>words", "unknown charset", ""),
    ("a.jsonl", b'{"text": "Ann", "date": {"a": 1}}', "is not understood", ":1"),
    ("a.jsonl", b'{"text": "Ann", "id": "a b"}', "has spaces", ":1"),
    ("a.jsonl", b'{"text": "Ann", "id": true}', '"id" is bool', ":1"),
    ("a.jsonl", b'{"text": "' + LATIN + b'"}', "is not UTF-8", ":1"),
    ("a.jsonl", b'{"text": "Ann"}\n{"text": "Ann"}', "was already read", ""),
    ("a.jsonl", b'{"text": "Ann", "id": "good"}', "the article id 'good' was already read", ""),
]


@pytest.mark.parametrize(("name", "content", "message", "place"), CASES, ids=[case[2] for case in CASES])
def test_bad_input(tmp_path: Path, name: str, content: bytes, message: str, place: str) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / name
    good.write_text(GOOD)
    bad.write_bytes(content)
    errors: list[InputError] = []
    articles = list(read_documents([good, bad], on_error=errors.append))
    assert articles[0].id == "good"
    [error] = errors
    assert message in error.message
    assert error.where == f"{bad}{place}"
    assert error.fix
    assert len(str(error)) < 500
    with pytest.raises(InputError):
        list(read_documents([good, bad]))


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    errors: list[InputError] = []
    (tmp_path / "folder").mkdir()
    assert not list(read_documents([tmp_path / "none.txt", tmp_path / "folder"], on_error=errors.append))
    assert [error.message for error in errors] == ["there is no such file or folder", "the folder holds no articles"]


def test_a_path_that_the_system_refuses(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened: File name too long"):
        list(read_documents([tmp_path / ("x" * 300 + ".txt")]))


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Ann met Bob.")
    [article] = read_documents([path])
    assert (article.title, article.source) == ("caf", "caf .txt")


def test_a_line_too_long_is_skipped_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.documents.jsonl.MAX_LINE", 64)
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "' + "long " * 100 + '"}\n' + GOOD)
    errors: list[InputError] = []
    [article] = read_documents([path], on_error=errors.append)
    assert article.id == "good"
    [error] = errors
    assert "longer than 64 bytes" in error.message
    assert error.where == f"{path}:1"


def test_a_file_of_broken_lines_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("broken\n" * 99 + GOOD + "\n" + "broken\n" * 5000)
    errors: list[InputError] = []
    assert len(list(read_documents([path], on_error=errors.append))) == 1
    assert len(errors) == 99 + 100 + 1
    assert "100 lines in a row cannot be read" in errors[-1].message
    assert errors[-1].where == f"{path}:201"


def test_good_lines_of_a_broken_file_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{GOOD}\nbroken\n{{"text": "Carol left."}}\n')
    errors: list[InputError] = []
    assert len(list(read_documents([path], on_error=errors.append))) == 2
    assert [error.where for error in errors] == [f"{path}:2"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_forbidden_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("words")
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be opened: Permission denied"):
        list(read_documents([path]))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(InputError, match="is no regular file"):
        list(read_documents([tmp_path / "a.txt"]))
