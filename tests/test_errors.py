from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import MOST, InputError, VocabularyError
from kg.lexicon import read_lexicon
from kg.ontology import load_ontology


def test_of_a_long_message_the_two_ends_are_kept() -> None:
    error = InputError(f"cannot read {'9' * 100_000}: no number", where="a.txt:1", fix="mend it")
    assert str(error).startswith("a.txt:1: cannot read 999")
    assert str(error).endswith("9: no number\n  fix: mend it")
    assert len(error.message) < MOST + 10


def test_a_parser_that_quotes_the_whole_line_is_cut_short(tmp_path: Path) -> None:
    (tmp_path / "words.ttl").write_text(f"@prefix : <x:> .\n:a :b onto{'9' * 100_000}")
    with pytest.raises(VocabularyError, match=r"is not Turtle: .* \(line 2\)") as caught:
        read_lexicon(load_ontology(), [tmp_path / "words.ttl"])
    assert len(str(caught.value)) < 2 * MOST
