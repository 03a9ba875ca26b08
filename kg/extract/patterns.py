"""Frames of the lexicon matched on a dependency parse (Universal Dependencies)."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.lexicon import Entry, Sense


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a sentence: what attribution, modality and qualifiers are asked about.

    ``subject`` and ``object`` are spans of ``doc.spans["mentions"]`` (``label_`` the type, ``id_`` the chain).
    """

    #: The word that expresses the relation: "met", "president", "talks", "married".
    trigger: Token
    #: The predicate that carries the trigger's tense, negation and modals. The trigger itself where that is a verb or a
    #: copular predicate; the light verb of "held talks"; the governing verb of an event noun ("denied the *attack*");
    #: the trigger where the phrase stands alone (titles, appositions).
    clause: Token
    entry: Entry
    sense: Sense
    subject: Span
    object: Span
    #: How the arguments were reached: "active", "passive", "relative", "title", "apposition", "copula", "nominal", "possessive"…
    construction: str
    #: The title as it is written where the trigger is one ("Deputy Foreign Minister"), for the qualifier ``position``.
    title: Span | None = None
