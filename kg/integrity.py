"""Whether shipped files are the ones that were released: model, weights and vocabulary, by their SHA-256 digests.

A wheel carries the digests of its files in ``kg/SHA256SUMS``, in the form of ``sha256sum``. A checkout has none: there,
files are worked on.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from kg.errors import MissingError

PACKAGE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"


def check_file(path: Path) -> None:
    """Refuse a shipped file that is not the one that was released; pass over all others.

    :raises MissingError: if it was changed.
    """
    path = path.resolve()
    if not path.is_relative_to(PACKAGE):
        return
    expected = _sums(PACKAGE / SUMS).get(path.relative_to(PACKAGE).as_posix())
    if expected is None or not path.is_file():
        return
    stat = path.stat()
    if _digest(path, stat.st_mtime_ns, stat.st_size) != expected:
        raise MissingError(
            "is not the file that was released: it was damaged or changed",
            where=str(path),
            fix="pip install --force-reinstall newskg; your own ontologies and lexicons go into files of their own",
        )


@lru_cache(maxsize=1)
def _sums(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.split(None, 1) for line in path.read_text(encoding="utf-8").splitlines())
    return {name.strip().removeprefix("*"): digest for digest, name in lines}


@lru_cache(maxsize=64)
def _digest(path: Path, changed: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
