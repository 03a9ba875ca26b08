"""The wheel carries all that kg needs, and works outside the checkout."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
MAX_BYTES = 60 * 10**6  # well under what package indexes take

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=CHECKOUT, check=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content; what it depends on is taken from the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder, wheel]
    subprocess.run(pip, check=True)
    return folder


def kg(installed: Path, cwd: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_in_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "kg/ontologies/news.ttl",
        "kg/ontologies/lexicon-en.ttl",
        "kg/language/model/model.onnx",
        "kg/extract/comparison.onnx",
        "kg/language/model/tokenizer.json",
        "kg/queries/who-met-whom.rq",
        "kg/view/page/template.html",
        "kg/py.typed",
    ):
        assert name in names
    assert not [name for name in names if name.startswith(("tests", "data", "notebooks", ".venv"))]
    assert wheel.stat().st_size < MAX_BYTES


def test_it_carries_digests_of_model_and_vocabulary(wheel: Path) -> None:
    packed = zipfile.ZipFile(wheel)
    lines = dict(line.split("  ")[::-1] for line in packed.read("kg/SHA256SUMS").decode().splitlines())
    folders = ("kg/ontologies/", "kg/language/model/", "kg/extract/")
    shipped = {name for name in packed.namelist() if name.startswith(folders) and not name.endswith(("/", ".py"))}
    assert {f"kg/{name}" for name in lines} == shipped
    for name, digest in lines.items():
        assert hashlib.sha256(packed.read(f"kg/{name}")).hexdigest() == digest


@pytest.mark.parametrize("name", ["ontologies/news.ttl", "language/model/model.onnx", "extract/verdict.json"])
def test_a_file_that_was_changed_is_refused(installed: Path, tmp_path: Path, name: str) -> None:
    path = installed / "kg" / name
    before = path.read_bytes()
    path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    try:
        (tmp_path / "visit.txt").write_text("Ann Lee met Bob Ray.\n")
        command = [sys.executable, "-m", "kg", "build", "visit.txt", "-o", "graph"]
        environment = {**os.environ, "PYTHONPATH": str(installed)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 3
        assert "not the file that was released" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        path.write_bytes(before)


def test_it_works_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text("Prime Minister Ann Lee of Canada met President Bob Ray in Paris on Friday.\n")
    code = "import kg, pathlib; print(pathlib.Path(kg.__file__).parent)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert where.stdout.strip() == str(installed / "kg")
    assert "no faults" in kg(installed, tmp_path, "ontology", "check")
    kg(installed, tmp_path, "build", "visit.txt", "-o", "graph")
    assert "Ann Lee" in kg(installed, tmp_path, "query", "graph", "who-met-whom")
    kg(installed, tmp_path, "view", "graph")
    assert (tmp_path / "graph.html").stat().st_size > 100_000
