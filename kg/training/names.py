"""What counts as a proper name in the annotated articles: the scorer's definition."""

from __future__ import annotations

_NOT_NAMES = frozenset(
    (
        "he she they it his her hers their theirs its him them who whom whose which that this these those we us our i "
        "me my you your the a an some many several two three four five six seven eight nine ten both all another "
        "other one no any each more most at police officials authorities"
    ).split()
)
_PRONOUNS = frozenset(
    (
        "he she they it his her hers their theirs its him them who whom whose which that this these those we us our i "
        "me my mine ours you your yours himself herself itself themselves myself ourselves one"
    ).split()
)


def is_name(text: str) -> bool:
    """Whether a mention is a proper name: its first word has a capital and is no function word."""
    words = text.split()
    return bool(words) and words[0][:1].isupper() and words[0].lower().strip("'’s") not in _NOT_NAMES


def is_pronoun(text: str) -> bool:
    """Whether a mention is a pronoun, a possessive one included."""
    return text.lower() in _PRONOUNS
