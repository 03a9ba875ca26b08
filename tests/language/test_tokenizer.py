"""Words as the English treebanks split them."""

from __future__ import annotations

import pytest

from kg.language.tokenizer import make_tokenizer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Lisbon–Madrid line", "the Lisbon – Madrid line"),
        ("a non-stop mid-July e-mail", "a non-stop mid-July e-mail"),
        ("Non-Dutch pro-Oslo ex-mayors", "Non - Dutch pro - Oslo ex - mayors"),
        ("a well-known re-election", "a well - known re - election"),
        ("an F-16 and mid-90s jets", "an F - 16 and mid-90s jets"),
        ("Stop!!! Why?! Never...", "Stop !!! Why ?! Never ..."),
        ("call 555-0199 or 202-555-0143", "call 555-0199 or 202-555-0143"),
        ("from 1990-1995", "from 1990 - 1995"),
        ("on 2024-05-01 and 1/5/2024", "on 2024-05-01 and 1/5/2024"),
        ("in the 1980's and '90s", "in the 1980's and '90s"),
        ("$65k at 7:30pm", "$ 65 k at 7:30 pm"),
        ("bread and/or butter", "bread and / or butter"),
        ("the article(s) here", "the article ( s ) here"),
        ("Lt. Bo came Thurs. with Ann et al.", "Lt. Bo came Thurs. with Ann et al."),
        ("DON'T! You couldn't've", "DO N'T ! You could n't 've"),
        ("I wanna go", "I wan na go"),
        ("They wed on Wed.", "They wed on Wed."),
        ("a dash-- here", "a dash -- here"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert [token.text for token in make_tokenizer()(text)] == words.split()


def test_nothing_of_the_text_is_lost() -> None:
    text = "((--!!  'n't' -a-\n\n½–¾ #1 :-) ...@x.org<<>> "
    assert "".join(token.text_with_ws for token in make_tokenizer()(text)) == text
