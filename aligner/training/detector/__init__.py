"""Trains the detector: a network that hears which words are wrong, in a text alone or beside the other."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aligner.model import LANGUAGES
from aligner.training.detector.examples import (
    Corpora,
    Example,
    alone,
    learned,
    read,
    real_translations,
    reviews,
    without_edits,
)
from aligner.training.detector.making import Shares, synthetic
from aligner.training.detector.resources import Tongues

logger = logging.getLogger(__name__)


FIRST_STOPS = 9_000
"""Steps of the first pass: the rest would be learned from at a rate too small to count."""
HEADS_FASTER = 5
"""Learning rate of the heads, which start from nothing, to that of the pretrained layers."""


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over examples of its own.

    ``real`` is how often real errors are learned from, ``alone`` their weight in a text alone; ``stop``
    ends the round after so many steps.
    """

    seed: int
    shares: Shares
    learning_rate: float
    real: int
    alone: float
    stop: int | None = None


START = 1
"""Seed of the vocabulary, the heads and the word tables: networks of another start have no mean."""


def rounds(seed: int, *, dense: bool) -> tuple[Round, Round]:
    """Both passes of one network: much, with faults in every few words if ``dense``; then as life is.

    Real errors are learned from once in each: a third time, the network knows them by heart and hears
    others less well.
    """
    much = Shares(
        articles=2, alone={"news": 1.5, "wce": 1, "tatoeba": 0.15, "europarl": 0.08},
        grammar={"fr": 0.8, "en": 0.6},
        beads={"news": 2.5, "wce": 1, "tatoeba": 0.1, "europarl": 0.08}, dense=dense,
    )  # fmt: skip
    last = Shares(
        articles=0.8, alone={"news": 0.8, "wce": 0.5, "tatoeba": 0.06, "europarl": 0.04},
        grammar={"fr": 0.25, "en": 0.25}, fragments={"fr": 0.35, "en": 0.2},
        agreement={"news": 0.8, "wce": 0.4, "tatoeba": 0.08, "europarl": 0.03},
        beads={"news": 0.8, "wce": 0.4, "tatoeba": 0.03, "europarl": 0.03}, slips=2.0,
    )  # fmt: skip
    return (
        Round(seed, much, learning_rate=2e-4, real=1, alone=0.25, stop=FIRST_STOPS),
        Round(seed + 2, last, learning_rate=8e-5, real=1, alone=0.25),
    )


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, beside the corpora.

    Of the pretrained network the lowest ``layers`` are kept, and of its vocabulary the ``pieces`` that
    the corpora use most, and every single character.
    """

    seed: int = 6
    dense: bool = True
    layers: int = 6
    pieces: int = 36_000


def train(
    data: Path, out: Path, averaged_with: Sequence[Path] = (), recipe: Recipe | None = None
) -> Mapping[str, float]:
    """Learn from the corpora in ``data``; ``out`` becomes a folder that ``detector.load`` reads.

    The weights are averaged with those of the detectors in the folders ``averaged_with``, each made by
    this function. Beside the model it keeps ``training/``: the float32 weights and, until the end,
    checkpoints that an interrupted run goes on from. Returns figures on what was kept back. Raises
    InputError when a corpus, or the package that holds the pretrained network, is missing.
    """
    from aligner.training.detector import network
    from aligner.training.detector.fit import Schedule, fit
    from aligner.training.detector.pieces import rows

    recipe = recipe or Recipe()
    held = read(data)
    tongues = learned(held, START)
    net, tokenizer = network.fresh(_texts(held), START, recipe.layers, recipe.pieces)
    passes = rounds(recipe.seed, dense=recipe.dense)
    work = out / "training"
    work.mkdir(parents=True, exist_ok=True)
    for number, each in enumerate(passes, 1):
        examples = list(_examples(held, tongues, each))
        logger.info("round %d of %d: %d examples", number, len(passes), len(examples))
        schedule = Schedule(
            learning_rate=each.learning_rate, head_rate=HEADS_FASTER * each.learning_rate,
            seed=each.seed, stop=each.stop,
        )  # fmt: skip
        fit(net, rows(examples, tokenizer), schedule, work / f"checkpoint-{number}.pt")
    network.save(net, tokenizer, work)
    if averaged_with:
        network.save(*network.average([work, *(folder / "training" for folder in averaged_with)]), work)
    figures = finish(out, held, tongues, recipe, averaged_with)
    for number in range(1, len(passes) + 1):
        (work / f"checkpoint-{number}.pt").unlink(missing_ok=True)
    return figures


def finish(
    out: Path, held: Corpora, tongues: Tongues, recipe: Recipe, averaged_with: Sequence[Path] = ()
) -> Mapping[str, float]:
    """Make the shipped form of the weights in ``out/training``, calibrate it and write its card."""
    from aligner.training.detector import calibrate, network

    net, tokenizer = network.load(out / "training")
    network.export(net, out)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    version = hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()[:12]
    card = {
        "version": version, "types": network.TYPES, "recipe": _told(recipe),
        "averaged with": [_recipe_of(folder) for folder in averaged_with],
    }  # fmt: skip
    as_it_says = dict.fromkeys(("alone", "bead"), calibrate.IDENTITY)
    calibrate.write_card(out, card | {"calibration": {"wrong": as_it_says, "edited": as_it_says}})
    measured = calibrate.calibrate(out, held, tongues, START)
    calibrate.write_card(out, card | asdict(measured))
    return measured.figures


def _told(recipe: Recipe) -> dict[str, Any]:
    passes = rounds(recipe.seed, dense=recipe.dense)
    return asdict(recipe) | {"rounds": [asdict(each) for each in passes]}


def _recipe_of(folder: Path) -> Any:
    return json.loads((folder / "card.json").read_text(encoding="utf-8"))["recipe"]


def _examples(held: Corpora, tongues: Tongues, each: Round) -> Iterator[Example]:
    """Faults made on purpose; errors that people marked, several times in their bead and once alone.

    What a professional would change is learned from real errors alone.
    """
    yield from map(without_edits, synthetic(held, tongues, each.seed, each.shares))
    news, products = list(real_translations(held.wce)), list(reviews(held.reviews))
    yield from (news + products) * each.real
    yield from (alone(example, "en", each.alone) for example in news)
    yield from (alone(example, "fr", each.alone) for example in products)


def _texts(held: Corpora) -> Iterator[str]:
    """What the vocabulary is chosen by: news first."""
    for pairs in (held.europarl[::3], held.tatoeba[::2], *[held.news] * 3):
        for pair in pairs:
            yield from pair
    for language in LANGUAGES:
        yield from held.articles[language]
