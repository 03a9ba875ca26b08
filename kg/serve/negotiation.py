"""Which of the formats on offer a client would like best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The best of the media types on offer, the first of equals; ``None`` if the client wants none of them.

    >>> choose("text/csv;q=0.5, application/*", ["text/csv", "application/xml"])
    'application/xml'
    >>> choose("image/png", ["text/csv"]) is None
    True
    """
    wanted = [_wanted(part) for part in accept.split(",") if part.strip()]
    if not wanted:
        return offered[0] if offered else None
    best, best_quality = None, 0.0
    for media in offered:
        quality = _quality(media, wanted)
        if quality > best_quality:
            best, best_quality = media, quality
    return best


def _quality(media: str, wanted: Sequence[tuple[str, float]]) -> float:
    """How much the client wants it: what the most exact of its ranges says."""
    for range_ in (media, media.partition("/")[0] + "/*", "*/*"):
        for name, quality in wanted:
            if name == range_:
                return quality
    return 0.0


def _wanted(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return name, quality
