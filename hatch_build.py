"""What a build of the wheel adds: the digests of model, weights and vocabulary (see ``kg/integrity.py``)."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Where the files lie in the source, and where in the wheel's package.
FOLDERS = {"kg/language/model": "language/model", "kg/extract": "extract", "ontologies": "ontologies"}


class SumsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``kg/SHA256SUMS`` into the wheel; an editable install has none, for its files are worked on."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is put together."""
        if version == "editable":
            return
        root = Path(self.root)
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {target}/{path.relative_to(root / folder).as_posix()}\n"
            for folder, target in FOLDERS.items()
            for path in sorted((root / folder).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".py"
        ]
        sums = Path(tempfile.mkdtemp(prefix="kg-sums-")) / "SHA256SUMS"
        sums.write_text("".join(lines), encoding="utf-8")
        build_data["force_include"][str(sums)] = "kg/SHA256SUMS"
