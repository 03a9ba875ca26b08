"""``kg train relations``, ``answers``, ``verdict`` and ``identity``: what learns on a language model as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.cli.options import PathType, note, quiet_option
from kg.errors import MissingError
from kg.logs import show_logs

#: The folder of the corpora.
corpora_argument = click.argument("corpora", metavar="CORPORA", type=PathType())
#: The model that a scorer works with, into whose folder it goes.
model_option = click.option(
    "--model", metavar="FOLDER", type=PathType(), help="A trained language model.  [default: shipped]"
)
#: More to learn relations from.
prose_option = click.option(
    "--prose",
    metavar="FOLDER",
    type=PathType(exists=True, file_okay=False),
    multiple=True,
    help="Annotated articles of your own, in the form of data/training. May be repeated.",
)
#: What teachers said.
answers_option = click.option(
    "--answers",
    metavar="FILE",
    type=PathType(exists=True, dir_okay=False),
    help="What larger models said of texts that nobody annotated.",
)
#: What a teacher begins with, and where its answers go.
encoder_option = click.option(
    "--encoder",
    metavar="FOLDER",
    required=True,
    type=PathType(exists=True, file_okay=False),
    help="A larger pretrained encoder, in the Hugging Face format.",
)
output_option = click.option(
    "-o", "--output", metavar="FILE", required=True, type=PathType(), help="Where the answers go (.jsonl.gz)."
)


@contextmanager
def training_extra() -> Iterator[None]:
    """For imports that need the packages of the extra "train".

    :raises MissingError: if one is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        fix = "pip install 'newskg[train]'"
        raise MissingError(f"training needs the package {error.name}", fix=fix) from error


@click.command("relations")
@corpora_argument
@model_option
@click.option("--epochs", default=28, show_default=True, help="How often each article is seen.")
@click.option("--seed", default=1, show_default=True, help="Of the first weights and the order of the articles.")
@prose_option
@answers_option
@click.option("--redocred", is_flag=True, help="Learn from Re-DocRED too. The shipped one did not, as it did not help.")
@quiet_option
def relations(
    corpora: Path,
    model: Path | None,
    epochs: int,
    seed: int,
    prose: tuple[Path, ...],
    answers: Path | None,
    redocred: bool,
    quiet: bool,
) -> None:
    """Train the scorer of relations on the vectors of a language model, into whose folder it goes.

    Afterwards `kg train verdict` weighs it against the lexicon anew.

    \b
    Example, as the shipped one was made:
      kg train relations CORPORA --prose data/training --answers data/training/relation-answers.jsonl.gz
    """
    with training_extra():
        from kg.training.relations import train_scorer
    from kg.language.encoder import MODEL

    if not quiet:
        show_logs("%(message)s")
    train_scorer(corpora, model or MODEL, epochs=epochs, seed=seed, prose=prose, answers=answers, redocred=redocred)
    note(f"the scorer is in {model or MODEL}", quiet=quiet)


@click.command("answers")
@corpora_argument
@model_option
@encoder_option
@click.option(
    "--items",
    metavar="FILE",
    required=True,
    type=PathType(exists=True, dir_okay=False),
    help="Annotations of items of the Current Events portal that are not asked about.",
)
@prose_option
@click.option("--epochs", default=16, show_default=True, help="How often each article is seen.")
@output_option
@quiet_option
def answers(
    corpora: Path,
    model: Path | None,
    encoder: Path,
    items: Path,
    prose: tuple[Path, ...],
    epochs: int,
    output: Path,
    quiet: bool,
) -> None:
    """Train two larger models on relations, and write what they say of texts that nobody annotated.

    `kg train relations --answers FILE` learns from it. Minutes on a GPU, which is taken where there is one.

    \b
    Example, as the shipped answers were made:
      kg train answers CORPORA --encoder all-mpnet-base-v2 --items data/training/current-events.jsonl \\
        --prose data/training -o data/training/relation-answers.jsonl.gz
    """
    with training_extra():
        from kg.training.relation_teacher import answer
    from kg.language.encoder import MODEL

    if not quiet:
        show_logs("%(message)s")
    answer(corpora, model or MODEL, output, encoder=encoder, annotations=items, prose=prose, epochs=epochs)
    note(f"the answers are in {output}", quiet=quiet)


@click.command("verdict")
@corpora_argument
@click.option(
    "--items",
    metavar="FILE",
    type=PathType(exists=True, dir_okay=False),
    help="Annotations of items of the Current Events portal, which the scorer has not learned from either.",
)
@prose_option
@quiet_option
def verdict(corpora: Path, items: Path | None, prose: tuple[Path, ...], quiet: bool) -> None:
    """Fit how likely mentions are ones, how much the lexicon and the scorer of relations are to be believed, alone and
    together, and beside the other candidates of an article.

    Reads the articles of corpus/train.jsonl in CORPORA: for mentions those that taught the scorer, and what --prose
    gives, else the others. To be done after each change of the language model, the scorer or the lexicon.

    \b
    Example, as the shipped weights were made:
      kg train verdict CORPORA --items data/training/current-events.jsonl --prose data/training
    """
    from kg.training.corpora import check_files
    from kg.training.relation_sources import ITEMS, NEWS

    check_files(corpora, NEWS, *([ITEMS] if items else []))
    with training_extra():
        from kg.training.weighing import weigh
    note(weigh(corpora, items=items, prose=prose), quiet=quiet)


@click.command("identity")
@corpora_argument
@quiet_option
def identity(corpora: Path, quiet: bool) -> None:
    """Learn what tells two people of one name from one person: the weights of what is known beside names.

    Reads the articles of corpus/train.jsonl in CORPORA from their texts; what is annotated in them is not used.
    """
    from kg.reading import load_reader
    from kg.resolve.evidence import FILE
    from kg.training.corpora import check_files
    from kg.training.given import article_of
    from kg.training.identity import fit, pairs, write
    from kg.training.relation_sources import NEWS, read_news
    from kg.vocabulary import load_vocabulary

    check_files(corpora, NEWS)
    articles = [article_of(it.record) for it in read_news(corpora / NEWS)]
    same, other = pairs(load_reader(load_vocabulary()).read(articles))
    weights, penalty = fit(same, other)
    write(FILE, weights, source=NEWS, same=len(same), other=len(other), penalty=penalty)
    note(f"{len(same)} pairs of one entity and {len(other)} of two weighed; the weights are in {FILE}", quiet=quiet)
