"""Whether confidence means what it says: of statements with confidence 0.8, four in five should be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement's confidence, the lexicon entry or construction that it comes from, and whether it is right."""

    confidence: float
    origin: str
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Statements that belong together: ``confidence`` is their mean, ``precision`` the share that is right."""

    name: str
    count: int
    right: int
    confidence: float

    @property
    def precision(self) -> float:
        """Share of the statements that is right."""
        return self.right / self.count

    @property
    def interval(self) -> tuple[float, float]:
        """Where the precision lies with 95 % certainty (Wilson 1927)."""
        z, n, p = 1.96, self.count, self.precision
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))

    @property
    def is_calibrated(self) -> bool:
        """Whether the confidence may be the precision, as far as that many statements tell."""
        low, high = self.interval
        return low <= self.confidence <= high


def bands(judged: Iterable[Judged], *, width: float = 0.1) -> list[Band]:
    """The statements by confidence, from the surest band down; bands without statements are left out."""

    def name(one: Judged) -> str:
        low = min(int(one.confidence / width + 1e-9), round(1 / width) - 1) * width
        return f"{low:.2f}-{low + width:.2f}"

    return sorted(_grouped(judged, name), key=lambda band: band.name, reverse=True)


def origins(judged: Iterable[Judged]) -> list[Band]:
    """The statements by origin, the most misleading first: by how many fewer or more are right than confidence says."""
    found = _grouped(judged, lambda one: one.origin)
    return sorted(found, key=lambda band: (-abs(band.confidence * band.count - band.right), band.name))


def _grouped(judged: Iterable[Judged], name: Callable[[Judged], str]) -> Iterator[Band]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[name(one)].append(one)
    for key, ones in groups.items():
        mean = sum(one.confidence for one in ones) / len(ones)
        yield Band(key, len(ones), sum(one.right for one in ones), mean)


def expected_error(found: Sequence[Band]) -> float:
    """By how much precision differs from confidence, over all statements (expected calibration error)."""
    total = sum(band.count for band in found)
    return sum(band.count * abs(band.precision - band.confidence) for band in found) / total if total else 0.0


def reliability_svg(found: Sequence[Band], *, size: int = 360) -> str:
    """A reliability plot: precision over confidence, with 95 % intervals; the diagonal is what should be.

    :param size: pixels of a side.
    """
    margin = 44
    side = size - 2 * margin

    def x(value: float) -> float:
        return round(margin + value * side, 1)

    def y(value: float) -> float:
        return round(size - margin - value * side, 1)

    most = max((band.count for band in found), default=1)
    parts = [f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" fill="none" stroke="#444"/>']
    parts.append(f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4 4"/>')
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts.append(f'<text x="{x(tick)}" y="{size - margin + 16}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{margin - 6}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    for band in found:
        low, high = band.interval
        at = x(band.confidence)
        parts.append(f'<path d="M{at} {y(low)}V{y(high)}" stroke="#2a6"/>')
        radius = round(3 + 7 * sqrt(band.count / most), 1)
        title = f"{band.name}: {band.right} of {band.count} right"
        parts.append(
            f'<circle cx="{at}" cy="{y(band.precision)}" r="{radius}" fill="#2a6"><title>{title}</title></circle>'
        )
    parts.append(f'<text x="{x(0.5)}" y="{size - 8}" text-anchor="middle">confidence</text>')
    parts.append(f'<text transform="translate(12 {y(0.5)}) rotate(-90)" text-anchor="middle">precision</text>')
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="11">'
    )
    return "\n".join([head, *parts, "</svg>\n"])
