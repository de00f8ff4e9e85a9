"""Trains the detector: a network that hears which words are wrong, in a text alone or beside the other."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from aligner.model import LANGUAGES
from aligner.training.detector.examples import (
    Corpora,
    Example,
    alone,
    learned,
    other_systems,
    read,
    real_translations,
    reviews,
    synthetic,
)

logger = logging.getLogger(__name__)

REAL_ROUNDS = 4
"""Real errors are few: they are learned from so many times."""
IDENTITY = {head: dict.fromkeys(("alone", "bead"), (1.0, 0.0)) for head in ("wrong", "edited")}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, beside the corpora; ``share`` scales the examples made on purpose."""

    seed: int = 1
    layers: int = 6
    pieces: int = 36_000
    share: float = 1.0
    learning_rate: float = 2e-4


def train(data: Path, out: Path, recipe: Recipe | None = None) -> dict[str, float]:
    """Learn from the corpora in ``data``; ``out`` becomes a folder that ``detector.load`` reads.

    Beside the model it keeps ``training/``: the float32 weights and, until the end, a checkpoint that
    an interrupted run goes on from. Returns figures on what was kept back. Raises InputError when a
    corpus, or the package that holds the pretrained network, is missing.
    """
    from aligner.training.detector import calibrate, network
    from aligner.training.detector.fit import Schedule, fit
    from aligner.training.detector.pieces import rows

    recipe = recipe or Recipe()
    held = read(data)
    tongues = learned(held, recipe.seed)
    examples = [*synthetic(held, tongues, recipe.seed, recipe.share), *real(held)]
    logger.info("%d examples", len(examples))
    net, tokenizer = network.fresh(_texts(held), recipe.seed, recipe.layers, recipe.pieces)
    work = out / "training"
    work.mkdir(parents=True, exist_ok=True)
    schedule = Schedule(learning_rate=recipe.learning_rate, seed=recipe.seed)
    fit(net, rows(examples, tokenizer), schedule, work / "checkpoint.pt")
    network.save(net, tokenizer, work)
    network.export(net, out)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    version = hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()[:12]
    card = {"version": version, "types": network.TYPES, "recipe": asdict(recipe)}
    calibrate.write_card(out, card | {"calibration": IDENTITY})
    measured = calibrate.calibrate(out, held, tongues, recipe.seed)
    calibrate.write_card(out, card | measured)
    (work / "checkpoint.pt").unlink(missing_ok=True)
    return measured["figures"]  # type: ignore[return-value]


def real(held: Corpora) -> list[Example]:
    """Errors that people marked, each bead several times and its translated side once alone."""
    news, products = list(real_translations(held.wce)), list(reviews(held.reviews))
    return [
        *(news + products) * REAL_ROUNDS,
        *other_systems(held.wce),
        *(alone(example, "en") for example in news),
        *(alone(example, "fr") for example in products),
    ]


def _texts(held: Corpora) -> Iterator[str]:
    """What the vocabulary is chosen by: news first."""
    for pairs in (held.europarl[::3], held.tatoeba[::2], *[held.news] * 3):
        for pair in pairs:
            yield from pair
    for language in LANGUAGES:
        yield from held.articles[language]
