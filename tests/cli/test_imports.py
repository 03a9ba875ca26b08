"""What spaCy has no use for is not there while a command reads articles, and there again afterwards."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from kg.cli import imports
from kg.cli.imports import without_torch


def test_what_is_not_used_cannot_be_imported_within(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "UNUSED", ("colorsys",))
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with without_torch(), pytest.raises(ImportError):
        import_module("colorsys")
    assert import_module("colorsys").__name__ == "colorsys"


def test_what_is_there_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "UNUSED", ("colorsys",))
    there = import_module("colorsys")
    with without_torch():
        assert import_module("colorsys") is there
    assert sys.modules["colorsys"] is there
