"""``kg train``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from kg.cli import coreference, scorers
from kg.cli.options import PathType, note, quiet_option
from kg.cli.scorers import corpora_argument, training_extra
from kg.logs import show_logs


@click.group("train")
def command() -> None:
    """Train the language model, and measure it. Needs the packages of the extra "train" and the corpora."""


@command.command("language")
@corpora_argument
@click.option("-o", "--output", metavar="FOLDER", required=True, type=PathType(), help="Where the model goes.")
@click.option(
    "--config",
    metavar="FILE",
    type=PathType(),
    help="Another configuration (TOML).  [default: the one of the shipped model]",
)
@click.option("--start", metavar="FOLDER", type=PathType(), help="Begin with the weights of an earlier run.")
@click.option(
    "--teacher",
    "teachers",
    metavar="FOLDER",
    multiple=True,
    type=PathType(),
    help="Learn from the model of another run, too; may be repeated.",
)
@click.option(
    "--seed", type=int, help="Of the first weights and the order of the texts.  [default: the configuration's]"
)
@click.option("--name", metavar="VERSION", help="The version that statements will cite.  [default: today's date]")
@quiet_option
def language(
    corpora: Path,
    output: Path,
    config: Path | None,
    start: Path | None,
    teachers: tuple[Path, ...],
    seed: int | None,
    name: str | None,
    quiet: bool,
) -> None:
    """Train the joint model: sentence starts, parts of speech, dependencies, names, noun phrases.

    CORPORA is the folder that the paths of the configuration are relative to. Training takes a GPU where there is one,
    saves its state in FOLDER, and goes on from there if it is run again. Afterwards `kg train coreference`,
    `kg train clusters` and `kg train relations` add their scorers. A model whose encoder has a vocabulary of its own
    can only teach.

    \b
    Example:
      kg train language corpora/ -o runs/language
    """
    with training_extra():
        from kg.training import export, train
        from kg.training.config import read_config
    if not quiet:
        show_logs("%(message)s")
    file = config or Path(train.__file__).with_name("language.toml")
    settings = read_config(file, corpora, start=start, teachers=teachers, seed=seed)
    model = train.train(settings, output)
    if settings.pieces != settings.encoder:
        note(f"the run to learn from (--teacher) is in {output}", quiet=quiet)
        return
    export.export(model, settings.pieces, output / "model", version=_version(name), run=output)
    note(f"the model is in {output / 'model'}", quiet=quiet)


@command.command("average")
@click.argument("parts", metavar="FOLDER=SHARE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FOLDER", required=True, type=PathType(), help="Where the model goes.")
@click.option("--name", metavar="VERSION", help="The version that statements will cite.  [default: today's date]")
@quiet_option
def average(parts: tuple[str, ...], output: Path, name: str | None, quiet: bool) -> None:
    """Make one model of several: the average of the weights of runs that began with the same.

    \b
    Example:
      kg train average runs/21=0.25 runs/22=0.25 runs/first=0.5 -o runs/average
    """
    with training_extra():
        from kg.training import export, runs
        from kg.training.config import encoder_folder
    shares: dict[Path, float] = {}
    for part in parts:
        folder, _, share = part.rpartition("=")
        try:
            shares[Path(folder)] = float(share)
        except ValueError as error:
            raise click.BadParameter(f"{part!r}: give FOLDER=SHARE, as runs/one=0.5") from error
    model = runs.average(shares, output)
    export.export(model, encoder_folder(None), output / "model", version=_version(name), run=output)
    note(f"the model is in {output / 'model'}", quiet=quiet)


def _version(name: str | None) -> str:
    return name or f"{date.today():%Y.%m.%d}"


@command.command("evaluate")
@corpora_argument
@click.option("--model", metavar="FOLDER", type=PathType(), help="A trained model.  [default: the shipped one]")
@click.option("--card", is_flag=True, help="Write the model card (README.md) beside the model.")
@click.option(
    "--beside",
    metavar="FOLDER",
    type=PathType(exists=True, file_okay=False),
    help="A spaCy pipeline to measure beside it, as benchmarks/spacy_cnn.py trains one.",
)
@quiet_option
def evaluate(corpora: Path, model: Path | None, card: bool, beside: Path | None, quiet: bool) -> None:
    """Measure a language model on the parts of the corpora held out for development.

    CORPORA is the folder that holds corpora/ud, corpora/coref and corpus/dev.jsonl.

    \b
    Example:
      kg train evaluate ../shared --model runs/language/model
    """
    from kg.language import load
    from kg.language.encoder import MODEL
    from kg.training import beside as others
    from kg.training.card import table, write_card
    from kg.training.evaluate import check_corpora, parse_scores, reference_scores, statement_scores

    folder = model or MODEL
    check_corpora(corpora)
    nlp = load(model=folder)
    rows = others.compared(folder, beside, corpora)
    click.echo(f"{others.table(rows)}\n")
    parses = parse_scores(nlp, corpora)
    click.echo(table(parses))
    references = reference_scores(nlp, corpora)
    click.echo(f"\n{table(references)}")
    statements = statement_scores(corpora, model=folder)
    click.echo(f"\n{table(statements)}")
    note(f"\n{rows[-1].performance}", quiet=quiet)
    if card:
        write_card(folder, parses=parses, references=references, statements=statements, compared=rows)


@command.command("compare")
@corpora_argument
@click.argument("models", metavar="NAME=FOLDER...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE", type=PathType(), help="Also write the figures as JSON.")
@quiet_option
def compare(corpora: Path, models: tuple[str, ...], output: Path | None, quiet: bool) -> None:
    """Measure several models side by side: what a change in training was worth.

    The model card shows the comparison in kg/training/ablations.json.

    \b
    Example:
      kg train compare ../shared "one run=runs/one/model" "two runs=runs/two/model" -o kg/training/ablations.json
    """
    from kg.language import load_parser
    from kg.training import evaluate
    from kg.training.card import table

    evaluate.check_corpora(corpora)
    folders = dict(model.partition("=")[::2] for model in models)
    if nameless := [name for name, folder in folders.items() if not name or not folder]:
        raise click.BadParameter(f"{nameless[0]!r}: give NAME=FOLDER")
    rows = evaluate.compare({name: load_parser(model=Path(folder)) for name, folder in folders.items()}, corpora)
    click.echo(table(rows))
    if output:
        output.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        note(f"\nwritten to {output}", quiet=quiet)


for scorer in (
    coreference.coreference,
    coreference.cluster_answers,
    coreference.clusters,
    scorers.answers,
    scorers.relations,
    scorers.verdict,
    scorers.identity,
):
    command.add_command(scorer)
