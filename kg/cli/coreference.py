"""``kg train coreference``, ``clusters`` and ``cluster-answers``: what tells what refers to the same."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import PathType, note, quiet_option
from kg.cli.scorers import (
    answers_option,
    corpora_argument,
    encoder_option,
    model_option,
    output_option,
    training_extra,
)
from kg.logs import show_logs

seed_option = click.option(
    "--seed", default=1, show_default=True, help="Of the first weights and the order of the documents."
)


@click.command("coreference")
@corpora_argument
@model_option
@click.option("--epochs", default=22, show_default=True, help="How often the documents are seen.")
@seed_option
@quiet_option
def coreference(corpora: Path, model: Path | None, epochs: int, seed: int, quiet: bool) -> None:
    """Train the scorer of antecedents on the vectors of a language model, into whose folder it goes.

    CORPORA is the folder that holds corpora/coref, corpora/ud and the annotated articles in corpus.
    """
    with training_extra():
        from kg.training.antecedent_sources import read_texts
        from kg.training.antecedents import train_scorer
    from kg.language import load_parser
    from kg.language.encoder import MODEL

    if not quiet:
        show_logs("%(message)s")
    folder = model or MODEL
    texts = read_texts(load_parser(model=folder), corpora, seed=seed)
    train_scorer(texts, folder, epochs=epochs, seed=seed)
    note(f"the scorer is in {folder}", quiet=quiet)


@click.command("clusters")
@corpora_argument
@model_option
@click.option("--epochs", default=60, show_default=True, help="How often the documents are seen.")
@seed_option
@answers_option
@click.option(
    "--curve",
    metavar="FILE",
    type=PathType(),
    help="Also train on some of the documents; write as JSON what all are worth, for the model card.",
)
@quiet_option
def clusters(
    corpora: Path, model: Path | None, epochs: int, seed: int, answers: Path | None, curve: Path | None, quiet: bool
) -> None:
    """Train the scorer of clusters, of all phrases that refer to the same, on the vectors of a language model.

    CORPORA is the folder that holds corpora/coref, corpora/ud and, for answers, corpora/ner and corpora/raw.

    \b
    Example, whose steps the shipped one took:
      kg train clusters CORPORA --answers data/training/cluster-answers.jsonl.gz --curve kg/training/learning.json
    """
    with training_extra():
        from kg.training.clusters import train_scorer
    from kg.language.encoder import MODEL
    from kg.training.card import table

    if not quiet:
        show_logs("%(message)s")
    folder = model or MODEL
    rows = train_scorer(corpora, folder, answers=answers, epochs=epochs, seed=seed, curve=curve is not None)
    note(f"the scorer is in {folder}", quiet=quiet)
    if curve:
        curve.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        click.echo(table(rows))


@click.command("cluster-answers")
@corpora_argument
@model_option
@encoder_option
@click.option("--teachers", default=6, show_default=True, help="Number of the larger models.")
@click.option("--epochs", default=16, show_default=True, help="How often each learns from the documents.")
@output_option
@quiet_option
def cluster_answers(
    corpora: Path, model: Path | None, encoder: Path, teachers: int, epochs: int, output: Path, quiet: bool
) -> None:
    """Train larger models on what refers to what, and write what they say of texts that nobody annotated.

    `kg train clusters --answers FILE` learns from it. Minutes on a GPU, which is taken where there is one.

    \b
    Example:
      kg train cluster-answers CORPORA --encoder all-mpnet-base-v2 -o data/training/cluster-answers.jsonl.gz
    """
    with training_extra():
        from kg.training.cluster_teacher import answer
    from kg.language.encoder import MODEL

    if not quiet:
        show_logs("%(message)s")
    answer(corpora, model or MODEL, output, encoder=encoder, teachers=teachers, epochs=epochs)
    note(f"the answers are in {output}", quiet=quiet)
