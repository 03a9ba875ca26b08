"""The files of a folder and of the folders in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from kg.documents.checks import unopenable
from kg.errors import InputError


def files_within(folder: Path, suffixes: Collection[str], report: Callable[[InputError], None]) -> Iterator[Path]:
    """The files with one of the suffixes in a folder and, at any depth, in its folders; hidden ones are left out.

    A link to a file of the folder gives that file once more; none leads out of the folder. Whoever may put a link into
    it, as an upload or an unpacked archive does, might not read what it leads to, while this process might.

    :param report: called with each folder that cannot be opened and each link that leads out or nowhere.
    :raises OSError: if the folder itself cannot be opened.
    """
    root = folder.resolve()
    waiting = [folder]  # no recursion: folders may lie in each other deeper than Python may call
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            if here is folder:
                raise
            report(unopenable(here, error))
            continue
        for entry in found:
            path = here / entry.name
            fits = path.suffix.lower() in suffixes
            if entry.is_symlink():
                if (fits or path.is_dir()) and (fault := _astray(path, root)):
                    report(fault)
                elif fits and path.is_file():
                    yield path
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif fits and entry.is_file(follow_symlinks=False):
                yield path


def _astray(link: Path, root: Path) -> InputError | None:
    """What is wrong with a link: it leads nowhere or out of the folder."""
    if not link.exists():
        return InputError("is a link that leads nowhere", where=str(link), fix="take it away, or mend it")
    if link.resolve().is_relative_to(root):
        return None
    return InputError(
        "is a link that leads out of the folder",
        where=str(link),
        fix="give what it leads to as a source of its own, or take the link away",
    )
