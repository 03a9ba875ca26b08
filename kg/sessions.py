"""Model files in ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

from kg.errors import MissingError
from kg.integrity import check_file


def session(path: Path) -> onnxruntime.InferenceSession:
    """A model file, loaded to run on one thread.

    :raises MissingError: if there is no such file, or it is not the one that was released.
    """
    if not path.is_file():
        raise missing(path)
    check_file(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def missing(path: Path) -> MissingError:
    """The error of a file of the language model that is not there."""
    fix = "reinstall the package, or train: kg train"
    return MissingError("the language model is missing", where=str(path), fix=fix)
