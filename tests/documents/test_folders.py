"""Which files of a folder are read: its own, at any depth, and what no link leads out to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.documents import read_documents
from kg.errors import InputError

TEXT = "Ann Lee met Bob Ray."
SECRET = "The password is swordfish."


def read(folder: Path) -> tuple[list[str], list[InputError]]:
    errors: list[InputError] = []
    return [article.text for article in read_documents([folder], on_error=errors.append)], errors


def made(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with a good article, beside a file and a folder that are nobody's business."""
    made(tmp_path, "private/secret.txt", SECRET)
    made(tmp_path, "secret.txt", SECRET)
    made(tmp_path, "inbox/good.txt", TEXT)
    return tmp_path / "inbox"


@pytest.mark.parametrize(
    "target", ["../secret.txt", "{outside}/secret.txt", "../private", "../inbox-2/secret.txt", ".."]
)
def test_links_lead_nowhere_else(inbox: Path, tmp_path: Path, target: str) -> None:
    made(tmp_path, "inbox-2/secret.txt", SECRET)  # its path begins as that of the folder does
    (inbox / "link.txt").symlink_to(target.format(outside=tmp_path))
    texts, [error] = read(inbox)
    assert texts == [TEXT]
    assert error.message == "is a link that leads out of the folder"
    assert error.where == str(inbox / "link.txt")
    with pytest.raises(InputError, match="leads out"):
        list(read_documents([inbox]))


def test_a_link_over_a_link_leads_nowhere_else(inbox: Path) -> None:
    (inbox / "first.bin").symlink_to("../private")
    (inbox / "second.txt").symlink_to("first.bin/secret.txt")
    texts, errors = read(inbox)
    assert texts == [TEXT]
    assert {error.message for error in errors} == {"is a link that leads out of the folder"}


@pytest.mark.parametrize("target", ["nothing.txt", "link.txt", "good.txt/x"])
def test_links_to_nothing_and_to_themselves_are_told(inbox: Path, target: str) -> None:
    (inbox / "link.txt").symlink_to(target)
    texts, [error] = read(inbox)
    assert texts == [TEXT]
    assert error.message == "is a link that leads nowhere"


def test_links_within_the_folder_give_nothing_twice(inbox: Path) -> None:
    made(inbox, "more/other.txt", "Eve Fox left.")
    (inbox / "again.txt").symlink_to("more/other.txt")
    (inbox / "more" / "up").symlink_to("..")
    assert read(inbox) == (["Eve Fox left.", TEXT], [])


def test_links_that_would_not_be_read_are_no_fault(inbox: Path) -> None:
    (inbox / "data.bin").symlink_to("../secret.txt")
    (inbox / ".hidden.txt").symlink_to("../secret.txt")
    assert read(inbox) == ([TEXT], [])


def test_a_link_that_is_given_by_name_is_followed(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").symlink_to("inbox")
    (tmp_path / "file.txt").symlink_to("inbox/good.txt")
    assert read(tmp_path / "folder") == ([TEXT], [])
    assert read(tmp_path / "file.txt") == ([TEXT], [])


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders in each other, beyond what Python calls itself and then beyond the longest path that may be opened."""
    monkeypatch.chdir(tmp_path)
    for depth in range(3_000):
        if depth == 1_500:
            Path("deep.txt").write_text(TEXT)
        os.mkdir("d")
        os.chdir("d")
    yield tmp_path
    for depth in reversed(range(3_000)):  # nobody else's rmtree can
        os.chdir("..")
        os.rmdir("d")
        if depth == 1_500:
            os.remove("deep.txt")


def test_folders_may_lie_in_each_other_as_deep_as_the_system_lets_them(deep: Path) -> None:
    texts, [error] = read(deep)
    assert texts == [TEXT]
    assert error.message == "cannot be opened: File name too long"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(inbox: Path) -> None:
    made(inbox, "closed/x.txt", "Eve Fox left.").parent.chmod(0)
    texts, [error] = read(inbox)
    assert texts == [TEXT]
    assert error.message == "cannot be opened: Permission denied"


def test_no_name_is_no_folder(monkeypatch: pytest.MonkeyPatch, inbox: Path) -> None:
    monkeypatch.chdir(inbox)
    with pytest.raises(InputError, match="the name of a source is empty"):
        list(read_documents([""]))
    assert [article.text for article in read_documents(["."])] == [TEXT]
