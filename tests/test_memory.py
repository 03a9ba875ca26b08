"""How memory is measured and managed."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from kg.memory import most_memory, most_memory_of_children, no_garbage


def test_no_garbage_is_looked_for_until_the_work_ends_however_it_does() -> None:
    with pytest.raises(ValueError, match="ended"), no_garbage():
        assert not gc.isenabled()
        raise ValueError("ended")
    assert gc.isenabled()
    with no_garbage(), no_garbage():
        pass
    assert gc.isenabled()


def test_who_looks_for_none_is_left_alone() -> None:
    gc.disable()
    try:
        with no_garbage():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_a_child_held_is_told_of_it() -> None:
    subprocess.run([sys.executable, "-c", "bytearray(400 << 20)"], check=True)
    assert 400 << 20 < most_memory_of_children() < 4 << 30
    assert most_memory() > 1 << 20
