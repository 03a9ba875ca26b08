"""The scorers beside the encoder in the folder of the model that they work with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from kg.language.encoder import read_meta


def note_scorer(path: Path, name: str, told: dict[str, Any]) -> None:
    """Write the checksum of a scorer's file, and under a name what the scorer is, to the ``meta.json`` beside it."""
    meta = read_meta(path.parent)
    meta["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    meta[name] = told
    (path.parent / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
