"""What a command that reads articles does not import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: What spaCy imports wherever it is installed, to run models that are made with it. Ours run in ONNX Runtime.
UNUSED = ("cupy", "torch")


@contextmanager
def without_torch() -> Iterator[None]:
    """Within, spaCy is imported as if PyTorch were not there: that takes a second less, and 200 MB of memory.

    What was imported before stays. Afterwards all can be imported as ever, but spaCy runs no PyTorch models any more:
    for commands alone, whose process ends with them.
    """
    hidden = [name for name in UNUSED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # so Python knows that it is not there
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
