from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from served import SETTINGS, Served, serving, write_store


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def served(store_folder: Path) -> Iterator[Served]:
    with serving(store_folder) as server:
        yield server


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


@pytest.fixture
def serve_with(store_folder: Path) -> Iterator[Callable[..., Served]]:
    """A server with other settings."""
    with ExitStack() as stack:

        def serve(**settings: object) -> Served:
            return stack.enter_context(serving(store_folder, replace(SETTINGS, **settings)))  # type: ignore[arg-type]

        yield serve
