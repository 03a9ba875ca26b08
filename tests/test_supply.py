"""What kg is made of is known: every dependency is locked, with hashes, in a version that pyproject.toml allows."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "dev.txt"
LINE = re.compile(
    r"^(?P<pin>[\w.\[\]-]+==\S+)(?: ; (?P<marker>[^\\]+?))? \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.M,
)
PYTHONS = ("3.11", "3.12", "3.13")
RELOCK = "run: requirements/lock"


def locked(python: str) -> dict[str, str]:
    """The versions that the lock holds for a Python on Linux."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.5",
        "sys_platform": "linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    found = {}
    for line in LINE.finditer(LOCK.read_text(encoding="utf-8")):
        if line["marker"] is None or Marker(line["marker"]).evaluate(environment):
            name, version = line["pin"].split("==")
            found[canonicalize_name(name.split("[")[0])] = version
    return found


def wanted() -> list[Requirement]:
    """What pyproject.toml names, with what its extra for development takes from the others."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    found, names, seen = [*map(Requirement, project["dependencies"])], ["dev"], set()
    while names:
        name = names.pop()
        seen.add(name)
        for requirement in map(Requirement, extras[name]):
            if requirement.name == project["name"]:
                names += requirement.extras - seen
            else:
                found.append(requirement)
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_is_locked_in_a_version_that_will_do(python: str) -> None:
    pins = locked(python)
    for requirement in wanted():
        version = pins.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not locked; {RELOCK}"
        assert requirement.specifier.contains(version, prereleases=True), (
            f"{requirement} is locked as {version}; {RELOCK}"
        )


def test_every_line_of_the_lock_has_hashes() -> None:
    text = LOCK.read_text(encoding="utf-8")
    pins = re.findall(r"^\w\S*==", text, re.M)
    assert len(pins) == len(LINE.findall(text)) > 100
    assert not re.search(r"^(-e|git\+|https?:)", text, re.M)


def test_no_dependency_comes_from_elsewhere_than_an_index() -> None:
    assert not [requirement for requirement in wanted() if requirement.url]


def audit() -> ModuleType:
    loader = SourceFileLoader("audit", str(ROOT / ".ci" / "audit"))
    spec = spec_from_loader("audit", loader)
    assert spec is not None
    found = module_from_spec(spec)
    loader.exec_module(found)
    return found


GOOD = {"name": "good", "version": "1", "vulns": []}
BAD = {
    "name": "bad",
    "version": "2",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}, {"id": "X", "fix_versions": []}],
}
SKIPPED = {"name": "private", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([GOOD], 0, "1 locked packages have no known vulnerability, says pypi"),
        ([GOOD, BAD], 1, r"bad 2: PYSEC-1 \(mended in 3\), X \(mended in no version\)"),
        ([SKIPPED, BAD], 1, "bad 2"),
        ([SKIPPED], 2, "NOT AUDITED: pypi could not be reached"),
        ([], 2, "NOT AUDITED: .* no route to host"),
        ([GOOD, SKIPPED], 2, "NOT AUDITED in full: pypi does not know private"),
    ],
)
def test_an_audit_that_asked_nobody_does_not_pass(packages: list[dict[str, object]], code: int, said: str) -> None:
    found, lines = audit().verdict("pypi", packages, "" if packages else "no route to host")
    assert found == code
    assert re.search(said, "\n".join(lines))


ADVISORY = """id: PYSEC-0000-1
modified: '2026-11-20T00:00:00Z'
affected:
- package: {name: Py_YAML, ecosystem: PyPI}
  ranges:
  - type: GIT
    events: [{introduced: '0'}]
  - type: ECOSYSTEM
    events: [{introduced: '%s'}, {fixed: '%s'}]
  versions: [%s]
"""


@pytest.mark.parametrize(
    ("introduced", "fixed", "versions", "today", "code"),
    [
        ("0", "1.10", "", "2026-11-27", 1),
        ("1.2", "1.10", "", "2026-11-27", 1),
        ("0", "1.9", "", "2026-11-27", 0),
        ("1.10", "1.11", "", "2026-11-27", 0),
        ("0", "1", "'1.9'", "2026-11-27", 1),
        ("0", "1", "'1.90'", "2026-12-24", 2),
    ],
)
def test_advisories_can_be_looked_up_where_no_service_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, introduced: str, fixed: str, versions: str, today: str, code: int
) -> None:
    (tmp_path / "lock.txt").write_text("py.yaml==1.9 \\\n    --hash=sha256:0\nother==3 ; python_version < '4'\n")
    (tmp_path / "vulns" / "py-yaml").mkdir(parents=True)
    (tmp_path / "vulns" / "py-yaml" / "PYSEC-0000-1.yaml").write_text(ADVISORY % (introduced, fixed, versions))
    script = audit()
    monkeypatch.setattr(script, "LOCK", tmp_path / "lock.txt")
    found, lines = script.looked_up(tmp_path, dt.date.fromisoformat(today))
    assert found == code
    assert ("py.yaml 1.9: PYSEC-0000-1" in lines[0]) == (code == 1)
    assert ("since 2026-11-20" in lines[-1]) == (code == 2)


def test_a_folder_without_advisories_is_no_audit(tmp_path: Path) -> None:
    assert audit().looked_up(tmp_path, dt.date(2026, 11, 27))[0] == 2
