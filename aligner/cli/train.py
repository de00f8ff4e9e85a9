"""`aligner train`: how every shipped weight was made, and how to make one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from aligner.cli.help import WordedGroup
from aligner.cli.language import language
from aligner.cli.options import start_logging, ui_option
from aligner.model import InputError, Language


@click.group(cls=WordedGroup)
@ui_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option("--verbose", "-v", is_flag=True, help="Log what is done, and show where a fault is.")
def train(quiet: bool, verbose: bool, ui: Language) -> None:  # noqa: ARG001 (read from the command line)
    """Rebuild or adapt a shipped model on your own data."""
    start_logging(verbose=verbose, quiet=quiet)


def _data_and_out(command: Callable[..., Any]) -> Callable[..., Any]:
    data = click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        required=True,
        metavar="DIR",
        help="The folder that holds the training corpora.",
    )
    out = click.option(
        "--out", type=click.Path(path_type=Path), required=True, help="Where the model is written."
    )
    return data(out(command))


_garbled_folder = click.option(
    "--garbled",
    metavar="DIR",
    default="corpora/garbled",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of garbled passages.",
)


@train.command()
@_data_and_out
def encoder(data: Path, out: Path) -> None:
    """Train the sentence encoder; --out is a folder that sentence-transformers can load."""
    from aligner.lab.train.encoder import train as train_encoder

    _train(train_encoder, data, out)


@train.command()
@_data_and_out
@click.option(
    "--start",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A detector to go on from; else the shipped one.",
)
@_garbled_folder
@click.option(
    "--batches",
    type=click.IntRange(min=1),
    default=6200,
    show_default=True,
    help="Batches of 1,100 pieces to learn from; one takes about a second.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another draw of texts and faults.")
def detector(data: Path, out: Path, start: Path | None, garbled: Path, batches: int, seed: int) -> None:
    """Train the detector of wrong words, in hours; --out is a folder, gone on from if interrupted."""
    from aligner.detector import default_folder
    from aligner.lab.train.detector import train as train_detector

    _needs("onnx", "simplemma", "scipy", extra="train")
    start = start or default_folder()
    work = partial(train_detector, start=start, garbled=garbled, batches=batches, seed=seed)
    _train(work, data, out)


@train.command()
@_data_and_out
@_garbled_folder
def evidence(data: Path, out: Path, garbled: Path) -> None:
    """Measure how often each rule of grammar and each wording is right; --out is a JSON file."""
    from aligner.lab.train.evidence import train as train_evidence

    _needs("scipy", extra="train")
    _train(partial(train_evidence, garbled=garbled), data, out)


@train.command()
@_data_and_out
def splitter(data: Path, out: Path) -> None:
    """Learn the parameters of the sentence splitter; --out is a JSON file."""
    from aligner.lab.train.splitter import train as train_splitter

    _train(train_splitter, data, out)


@train.command()
@_data_and_out
def lexicon(data: Path, out: Path) -> None:
    """Count the words that the checks consult; --out is a folder."""
    from aligner.lab.train.lexicon import train as train_lexicon

    _train(train_lexicon, data, out)


@train.command()
@_data_and_out
@_garbled_folder
def wordings(data: Path, out: Path, garbled: Path) -> None:
    """Count the calques whose words good translations have too; --out is a folder."""
    from aligner.lab.train.wordings import train as train_wordings

    _train(partial(train_wordings, garbled=garbled), data, out)


@train.command()
@_data_and_out
def morphology(data: Path, out: Path) -> None:
    """Make the tables of what a word may be, from dictionaries and news; --out is a folder."""
    from aligner.lab.train.morphology import train as train_morphology

    _train(train_morphology, data, out)


@train.command()
@_data_and_out
def grade(data: Path, out: Path) -> None:
    """Fit the curves of `aligner grade` to the detector and the encoder; --out is a JSON file."""
    from aligner.lab.train.grade import train as train_grade

    _train(train_grade, data, out)


def _needs(*modules: str, extra: str) -> None:
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise InputError(
            f"this needs {' and '.join(missing)}: pip install '.[{extra}]' in a clone of aligner"
        )


def _train(work: Callable[[Path, Path], Mapping[str, float] | None], data: Path, out: Path) -> None:
    from aligner.reporters.labels import label

    try:
        figures = work(data, out)
    except FileNotFoundError as error:
        raise InputError(f"{error.filename}: no such file; --data must hold it") from error
    click.echo(label("wrote", language(), file=str(out)))
    for name, value in (figures or {}).items():
        click.echo(f"{name}: {value:.4f}")
