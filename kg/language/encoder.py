"""The encoder and its heads in ONNX Runtime: chunks of words in, scores out.

Each chunk runs by itself, without padding: int8 activations are scaled by the range of the whole input, so a padded or
batched chunk would get other scores than the same chunk alone. Chunks of a batch run side by side on threads instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.language.encoding import Chunk, WordEncoder
from kg.processors import processors
from kg.sessions import missing, session

#: The model that ships with the package.
MODEL = Path(__file__).parent / "model"

Item = TypeVar("Item")
Result = TypeVar("Result")
Scores = Mapping[str, NDArray[np.floating[Any]]]


@dataclass(frozen=True, slots=True)
class Labels:
    """The order of each head's labels."""

    upos: tuple[str, ...]
    deps: tuple[str, ...]
    layers: Mapping[str, tuple[str, ...]]


def read_meta(folder: Path) -> dict[str, Any]:
    """What a model says of itself: its version, the labels of its heads.

    :raises MissingError: if the folder holds no model.
    """
    path = folder / "meta.json"
    if not path.is_file():
        raise missing(path)
    meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return meta


class Encoder:
    """A loaded model. ``version`` names it in the provenance of statements.

    :param folder: holds ``model.onnx``, ``tokenizer.json`` and ``meta.json``.
    :param threads: chunks that run at once; default: one a processor this process may use.
    :raises MissingError: if the folder holds no model.
    """

    def __init__(self, folder: Path = MODEL, *, threads: int | None = None) -> None:
        self._session = session(folder / "model.onnx")
        meta = read_meta(folder)
        self.folder = folder
        self.version: str = meta["version"]
        layers = {layer: tuple(labels) for layer, labels in meta["layers"].items()}
        self.labels = Labels(tuple(meta["upos"]), tuple(meta["deps"]), layers)
        self.words = WordEncoder(folder / "tokenizer.json")
        self._threads = threads or processors()
        self._inputs = [value.name for value in self._session.get_inputs()]
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._pool: ThreadPoolExecutor | None = None

    def run(self, chunk: Chunk) -> Scores:
        """The scores of one chunk, by head; first dimension is the word."""
        values = self._session.run(self._outputs, {name: getattr(chunk, name) for name in self._inputs})
        return dict(zip(self._outputs, values, strict=True))

    def side_by_side(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """What ``work``, which runs chunks, makes of each of ``items``, in order.

        Only results are kept until they are asked for: scores, some 14 kB a word, would fill the memory.
        """
        if len(items) < 2 or self._threads < 2:
            return map(work, items)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="kg-encoder")
        return self._pool.map(work, items)
