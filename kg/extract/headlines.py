"""Who speaks in a headline: "Minister: army leaves town", "Army leaves town: report"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.extract.sources import Report
from kg.records import Mention

#: A longer phrase before a colon is more than a speaker, in tokens.
_LONGEST = 8
_SPEAKING = frozenset({"Person", "Organization", "Group"})
#: Nouns without an article behind the colon that tell where the news is from, although they are no speakers.
_SAYINGS = frozenset({"report", "reports", "study", "studies", "source", "sources", "media", "survey", "poll"})


def headline_speakers(
    doc: Doc, heads: Mapping[int, tuple[Mention, TokenSpan]], ends: Mapping[int, int]
) -> Iterator[tuple[range, Report]]:
    """The stretches of tokens that a headline gives to somebody, with whom.

    :param heads: the mentions by the position of their head.
    :param ends: the head of the mention that ends with a token, by the token's position.
    """
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        colon = next((k for k, token in enumerate(tokens) if token.text == ":"), None)
        if colon is None or not 0 < colon < len(tokens) - 1:
            continue
        before, after = tokens[:colon], tokens[colon + 1 :]
        if len(before) <= _LONGEST and _tells(after) and not _tells(before):
            source = _speaker(before[-1], heads, ends)
            told = after
        elif len(after) <= _LONGEST and _tells(before) and not _tells(after) and not after[-1].is_punct:
            source = after[-1] if after[-1].lower_ in _SAYINGS else _speaker(after[-1], heads, ends)
            told = before
        else:
            continue
        if source is not None:
            yield range(told[0].i, told[-1].i + 1), Report(source, tokens[colon], "said")


def _tells(tokens: list[Token]) -> bool:
    return any(token.pos_ in {"VERB", "AUX"} for token in tokens)


def _speaker(last: Token, heads: Mapping[int, tuple[Mention, TokenSpan]], ends: Mapping[int, int]) -> Token | None:
    """The head of the mention that ends before the colon or with the headline, if that can speak."""
    head = ends.get(last.i)
    if head is None or heads[head][0].type not in _SPEAKING:
        return None
    return last.doc[head]
