"""The order of the house: imports go down only, each foreign library stays behind its fence, modules stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"

#: A module imports from lower ranks only; within a rank only from its own package.
RANKS = {
    "errors": 0,
    "version": 0,
    "processors": 0,
    "beside": 1,
    "memory": 0,
    "records": 1,
    "ids": 2,
    "codec": 2,
    "inputs": 3,
    "ontology": 3,
    "archive": 3,
    "lexicon": 4,
    "documents": 4,
    "naming": 4,
    "occupations": 4,
    "gazetteer": 4,
    "language": 5,
    "extract": 5,
    "resolve": 5,
    "rdf": 5,
    "network": 6,
    "query": 6,
    "export": 7,
    "vocabulary": 6,
    "reading": 7,
    "rereading": 6,
    "parallel": 8,
    "arrivals": 6,
    "derive": 7,
    "view": 7,
    "explore": 8,
    "history": 8,
    "logs": 2,
    "integrity": 2,
    "sessions": 3,
    "report": 9,
    "revising": 8,
    "sources": 8,
    "graph": 9,
    "build": 10,
    "explain": 10,
    "identity": 10,
    "serve": 10,
    "training": 10,
    "cli": 11,
    "__init__": 11,
    "__main__": 12,
}

#: Where a library may be imported. One that is not named here may be imported anywhere.
FENCES = {
    "click": {"cli"},
    "tqdm": {"cli"},
    "spacy": {"language", "extract", "training"},
    "thinc": set(),
    "rdflib": {"ontology", "lexicon", "rdf"},
    "pyshacl": {"rdf"},
    "pyoxigraph": {"rdf", "lexicon", "gazetteer"},
    "networkx": {"network", "explore", "export", "serve", "view"},
    "pyvis": {"view"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "torch": {"training"},
    "onnx": {"training"},
    "onnxruntime": {"language", "sessions", "training"},
    "lightgbm": {"training"},
    "tokenizers": {"language", "training"},
    "trafilatura": {"documents"},
    "lxml": {"documents"},
    "yaml": {"documents"},
    "markdown_it": {"documents"},
    "msgspec": {"codec"},
    "rensa": {"resolve"},
    "sqlite3": {"archive", "rdf"},
}

#: A concept takes 70 to 150 lines; what is longer than this is two.
MAX_LINES = 300


@dataclass(frozen=True)
class Import:
    """``typing`` is set where only type checkers see it."""

    path: Path
    line: int
    target: str
    typing: bool

    @property
    def unit(self) -> str:
        return unit(self.path)

    def __str__(self) -> str:
        return f"{self.path.relative_to(PACKAGE.parent)}:{self.line}: {self.target}"


def unit(path: Path) -> str:
    """The module or package right under kg/ that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test).endswith("TYPE_CHECKING")
        for statement in block.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            # `from kg.rdf import store` names the module kg.rdf.store
            origin = node.module or ""
            names = [
                f"{origin}.{alias.name}" if is_module(f"{origin}.{alias.name}") else origin for alias in node.names
            ]
        else:
            continue
        for name in names:
            yield Import(path, node.lineno, name, id(node) in guarded)


def all_imports() -> list[Import]:
    return [found for path in modules() for found in imports(path)]


def test_every_module_has_a_rank() -> None:
    assert {unit(path) for path in modules()} <= RANKS.keys()


def test_imports_go_down_only() -> None:
    wrong = []
    for found in all_imports():
        top, _, rest = found.target.partition(".")
        if top != "kg":
            continue
        target = rest.split(".")[0] or "__init__"
        if target != found.unit and RANKS[target] >= RANKS[found.unit]:
            wrong.append(str(found))
    assert not wrong, "these imports go up or sideways:\n" + "\n".join(wrong)


def test_libraries_stay_behind_their_fences() -> None:
    wrong = [
        str(found)
        for found in all_imports()
        if not found.typing and found.unit not in FENCES.get(found.target.split(".")[0], {found.unit})
    ]
    assert not wrong, "these libraries are imported outside their fence:\n" + "\n".join(wrong)


def test_modules_import_each_other_in_no_ring() -> None:
    """Ranks see to it between packages; this is for the modules within one."""
    graph: dict[str, set[str]] = {}
    names = {module_name(path) for path in modules()}
    for found in all_imports():
        if not found.typing and found.target in names:
            graph.setdefault(module_name(found.path), set()).add(found.target)
    seen: dict[str, int] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, "ring of imports: " + " -> ".join((*way[way.index(name) :], name))
        if name not in seen:
            seen[name] = 1
            for target in graph.get(name, ()):
                visit(target, (*way, name))

    for name in sorted(graph):
        visit(name, ())


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_packages_only_gather_in_their_init() -> None:
    """An ``__init__`` of a package with more modules holds no more than its front door."""
    long = [path for path in modules() if path.name == "__init__.py" and len(path.read_text().splitlines()) > 150]
    assert not long


def test_modules_are_small() -> None:
    lengths = {str(path.relative_to(PACKAGE.parent)): len(path.read_text().splitlines()) for path in modules()}
    long = {name: length for name, length in lengths.items() if length > MAX_LINES}
    assert not long, "look whether these hold two concepts"


def test_the_library_catches_no_bare_exceptions() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE.parent)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception")
    ]
    assert not wrong


@pytest.mark.parametrize("name", ["__init__", "build", "graph", "cli"])
def test_public_names_are_there(name: str) -> None:
    module = __import__("kg" if name == "__init__" else f"kg.{name}", fromlist=["x"])
    for public in getattr(module, "__all__", ()):
        assert hasattr(module, public)
