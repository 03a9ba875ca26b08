"""The model card: written by the program from what it measured, never by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from kg.language.encoder import read_meta
from kg.training import beside
from kg.training.beside import Compared

#: What `kg train compare` measured of earlier and other models.
ABLATIONS = Path(__file__).with_name("ablations.json")
#: What `kg train clusters --curve` measured.
LEARNING = Path(__file__).with_name("learning.json")


def table(scores: Mapping[str, Mapping[str, float]]) -> str:
    """Scores by data set as a Markdown table; shares of 1 in percent."""
    columns = list(dict.fromkeys(name for row in scores.values() for name in row))
    lines = ["| on | " + " | ".join(columns) + " |", "| --- " + "| --: " * len(columns) + "|"]
    for name, row in scores.items():
        cells = [f"{100 * row[column]:.1f}" if column in row else "" for column in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write_card(
    folder: Path,
    *,
    parses: Mapping[str, Mapping[str, float]],
    references: Mapping[str, Mapping[str, float]],
    statements: Mapping[str, Mapping[str, float]],
    compared: Sequence[Compared],
) -> None:
    """Write ``README.md`` beside the model in ``folder``.

    :param compared: other pipelines, and last the whole of the model's.
    """
    performance = compared[-1].performance
    meta = read_meta(folder)
    card = Template(Path(__file__).with_name("card.md").read_text(encoding="utf-8"))
    text = card.substitute(
        version=meta["version"],
        checksum=meta["sha256"]["model.onnx"],
        runs=_runs(meta["history"]),
        ablations=table(json.loads(ABLATIONS.read_text(encoding="utf-8"))),
        learning=table(json.loads(LEARNING.read_text(encoding="utf-8"))),
        documents=meta["antecedents"]["documents"],
        fiction=meta["antecedents"]["others"],
        rounds=meta["antecedents"]["epochs"],
        cluster_epochs=meta["clusters"]["epochs"],
        cluster_answers=f"{meta['clusters']['answered']:,}",
        size=f"{(folder / 'model.onnx').stat().st_size / 1e6:.1f}",
        parses=table(parses),
        references=table(references),
        statements=table(statements),
        compared=beside.table(compared),
        articles=meta["relations"]["articles"],
        prose=meta["relations"]["prose"],
        passages=f"{meta['relations']['passages']:,}",
        answered=f"{meta['relations']['answered']:,}",
        epochs=meta["relations"]["epochs"],
        length=f"{performance.words_per_article:.0f}",
        threads=performance.processors,
        memory=f"{performance.memory / 1e6:.0f}",
        disk=f"{performance.disk / 1e6:.1f}",
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _runs(history: Sequence[Mapping[str, Any]]) -> str:
    """The training runs as a Markdown table."""
    sources = list(dict.fromkeys(name for run in history for name in run["sources"]))
    columns = ["run", "words", "seed", "rates", *sources]
    lines = [" | ".join(columns), " | ".join(["---"] + ["--:"] * (len(columns) - 1))]
    for number, run in enumerate(history, start=1):
        rates = f"{run['rates']['encoder']:.0e} / {run['rates']['heads']:.0e}"
        shares = [f"{run['sources'][name]:.2f}" if name in run["sources"] else "" for name in sources]
        lines.append(" | ".join([str(number), f"{run['words'] / 1e6:.1f} M", str(run["seed"]), rates, *shares]))
    return "\n".join(f"| {line} |" for line in lines)
