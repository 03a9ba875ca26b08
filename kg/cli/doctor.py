"""``kg doctor``."""

from __future__ import annotations

import dataclasses
import hashlib
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import click
from packaging.requirements import Requirement

from kg.cli.options import format_option, print_json, quiet_option
from kg.errors import KGError, MissingError
from kg.version import __version__

DISTRIBUTION = "newskg"
NOT_INSTALLED = 3
MARKS = {
    "ok": click.style("ok      ", fg="green"),
    "missing": click.style("missing ", fg="red"),
    "optional": "optional",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``state`` is ``ok``, ``missing``, or ``optional`` for what is missing and not needed."""

    state: str
    what: str
    detail: str = ""
    fix: str = ""


@click.command("doctor")
@format_option("text", "json")
@quiet_option
def command(format: str, quiet: bool) -> None:
    """Check what is installed: Python, packages, language model, vocabulary, disk.

    Each fault comes with the command that mends it. If something that kg needs is missing, the exit code is 3.
    """
    checks = [check for look in LOOKS for check in look()]
    if format == "json":
        print_json([dataclasses.asdict(check) for check in checks])
    else:
        for check in checks:
            if quiet and check.state == "ok":
                continue
            detail = check.detail.replace("\n", f"\n{'':10}")
            click.echo(f"{MARKS[check.state]}  {check.what:20} {detail}".rstrip())
            if check.fix:
                click.echo(f"          fix: {check.fix}")
    if any(check.state == "missing" for check in checks):
        click.get_current_context().exit(NOT_INSTALLED)


def look_at_python() -> Iterator[Check]:
    """The interpreter."""
    state = "ok" if sys.version_info >= (3, 11) else "missing"
    yield Check(
        state, "Python", f"{platform.python_version()} {sys.executable}", "" if state == "ok" else "install Python 3.11"
    )
    yield Check("ok", "kg", f"{__version__} {Path(__file__).parents[1]}")


def look_at_packages() -> Iterator[Check]:
    """What kg requires, in versions that it works with; and what only training needs."""
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Check("missing", DISTRIBUTION, "kg runs from a folder that is not installed", "pip install -e .")
        return
    for line in lines:
        requirement = Requirement(line)
        extra = requirement.marker is not None and "extra" in str(requirement.marker)
        if extra and not (requirement.name == "torch" and "train" in str(requirement.marker)):
            continue
        yield _package(requirement, extra=extra)


def _package(requirement: Requirement, *, extra: bool) -> Check:
    try:
        found = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        if extra:
            return Check("optional", requirement.name, "only for kg train", f"pip install '{DISTRIBUTION}[train]'")
        return Check("missing", requirement.name, "", f"pip install '{requirement.name}{requirement.specifier}'")
    if not requirement.specifier.contains(found, prereleases=True):
        wanted = f"pip install '{requirement.name}{requirement.specifier}'"
        return Check("missing", requirement.name, f"{found}, but kg needs {requirement.specifier}", wanted)
    return Check("ok", requirement.name, found)


def look_at_model() -> Iterator[Check]:
    """The files of the language model, and whether they are whole."""
    from kg.language.encoder import MODEL, read_meta

    fix = f"pip install --force-reinstall --no-deps {DISTRIBUTION}"
    try:
        meta = read_meta(MODEL)
        found = {name: hashlib.sha256((MODEL / name).read_bytes()).hexdigest() for name in meta["sha256"]}
    except (MissingError, OSError, ValueError) as error:
        yield Check("missing", "language model", str(error).partition("\n")[0], fix)
        return
    if damaged := [name for name, digest in meta["sha256"].items() if found[name] != digest]:
        yield Check("missing", "language model", f"{', '.join(damaged)}: damaged, the checksum differs", fix)
        return
    yield Check("ok", "language model", f"{meta['version']} {MODEL}")


def look_at_vocabulary() -> Iterator[Check]:
    """The shipped ontology and lexicon."""
    from kg.lexicon import load_lexicon
    from kg.ontology import load_ontology

    try:
        ontology = load_ontology()
        lexicon = load_lexicon(ontology)
    except KGError as error:
        yield Check("missing", "vocabulary", str(error), f"pip install --force-reinstall --no-deps {DISTRIBUTION}")
        return
    yield Check("ok", "vocabulary", f"{len(ontology.properties)} relations, {len(lexicon.entries)} lexicon entries")


def look_at_system() -> Iterator[Check]:
    """A place for temporary files, and a browser for the tests of the page."""
    try:
        with tempfile.NamedTemporaryFile(prefix="kg-") as file:
            file.write(b"x")
        yield Check("ok", "temporary files", tempfile.gettempdir())
    except OSError as error:
        yield Check("missing", "temporary files", str(error), "set TMPDIR to a folder that can be written")
    for program in ("chromium", "chromedriver"):
        path = shutil.which(program)
        if path:
            yield Check("ok", program, path)
        else:
            yield Check("optional", program, "only for tests of the page", "sudo apt install chromium chromium-driver")


LOOKS: tuple[Callable[[], Iterator[Check]], ...] = (
    look_at_python,
    look_at_packages,
    look_at_model,
    look_at_vocabulary,
    look_at_system,
)
