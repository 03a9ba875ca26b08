"""The scores of ``kg evaluate``, as a table to read and as JSON."""

from __future__ import annotations

import dataclasses
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.cli.quoting import safe
from kg.training.score import Miss, Report, Score

WIDTH = 118  # columns


def report_lines(report: Report, *, relations: bool = False) -> Iterator[str]:
    """The scores as a table."""
    yield f"{'':14}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'found':>8}{'gold':>8}"
    for label, one in _scores(report).items():
        yield _row(label, one)
    yield f"{'coreference':14}{'':14}{report.coref:7.3f}"
    yield f"{'macro':14}{'':14}{report.macro:7.3f}"
    yield f"stance: modality {report.modality:.3f}, attribution {report.attribution:.3f}"
    if relations:
        yield ""
        for name, one in sorted(report.relations.items(), key=lambda item: (-item[1].gold, item[0])):
            yield _row(name, one)


def error_lines(misses: tuple[Miss, ...], *, most: int | None = None) -> Iterator[str]:
    """The missed and the wrong statements by relation, the relation with most of them first.

    :param most: how many of each kind to show for a relation; ``None``: all.
    """
    for relation, kinds in error_classes(misses):
        yield ""
        yield f"{relation}: {len(kinds['missed'])} missed, {len(kinds['wrong'])} wrong"
        for kind in ("missed", "wrong"):
            for miss in kinds[kind][:most]:
                other = "found" if kind == "missed" else "gold"
                instead = f"  ({other}: {', '.join(miss.instead)})" if miss.instead else ""
                yield safe(f"  {kind:6}  {miss.subject} — {miss.object}{instead}  [{miss.article}]")
                yield from textwrap.wrap(
                    safe(miss.sentence), WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 10
                )


def error_classes(misses: tuple[Miss, ...]) -> list[tuple[str, dict[str, list[Miss]]]]:
    """The misses by relation and kind, the largest class first."""
    classes: dict[str, dict[str, list[Miss]]] = defaultdict(lambda: {"missed": [], "wrong": []})
    for miss in misses:
        classes[miss.relation][miss.kind].append(miss)
    return sorted(classes.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0]))


def report_json(report: Report, *, relations: bool) -> dict[str, Any]:
    """The scores for programs."""
    out: dict[str, Any] = {label: _numbers(one) for label, one in _scores(report).items()}
    out |= {name: getattr(report, name) for name in ("coref", "macro", "modality", "attribution")}
    if relations:
        out["relations"] = {name: _numbers(one) for name, one in sorted(report.relations.items())}
    return out


def errors_json(misses: tuple[Miss, ...], *, most: int | None = None) -> list[dict[str, Any]]:
    """The missed and the wrong statements for programs, in the order of :func:`error_lines`."""
    return [
        dataclasses.asdict(miss)
        for _, kinds in error_classes(misses)
        for kind in ("missed", "wrong")
        for miss in kinds[kind][:most]
    ]


def _scores(report: Report) -> dict[str, Score]:
    return {
        "names": report.names,
        "name spans": report.name_spans,
        "statements": report.statements,
        "named": report.named,
        "pairs": report.pairs,
        "strict": report.strict,
    }


def _row(label: str, one: Score) -> str:
    numbers = f"{one.precision:7.3f}{one.recall:7.3f}{one.f1:7.3f}{one.right:8.0f}{one.predicted:8.0f}{one.gold:8.0f}"
    return f"{label:14}{numbers}" if len(label) < 14 else f"{label:14} {numbers[1:]}"


def _numbers(one: Score) -> dict[str, float]:
    return {"precision": one.precision, "recall": one.recall, "f1": one.f1, **dataclasses.asdict(one)}
