"""Trains the detector: a network that hears which words are wrong, in a text alone or beside the other."""

from __future__ import annotations

import hashlib
import json
import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from aligner.lab.train.detector.examples import (
    Corpora,
    Example,
    alone,
    learned,
    read,
    real_translations,
    reviews,
    rival_translations,
    without_edits,
)
from aligner.lab.train.detector.making import Maker, synthetic
from aligner.lab.train.detector.recipe import Recipe, Round, ears_of, rounds
from aligner.lab.train.detector.resources import Tongues
from aligner.model import LANGUAGES, InputError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from aligner.lab.train.detector.network import Network
    from aligner.lab.train.detector.pieces import Row

logger = logging.getLogger(__name__)


LAYERS, PIECES = 6, 36_000
"""Of the pretrained network the lowest layers are kept, and of its vocabulary the pieces that the corpora use
most, and every single character."""
SHARED = 1
"""Lower layers that both ears share, so that the whole stays under 30 MB."""
SAMPLE = 400
"""Rows by which the activations are measured before the network is shipped in int8."""

START = 1
"""Seed of the vocabulary, the heads and the word tables: networks of another start have no mean."""


def train(
    data: Path,
    out: Path,
    averaged_with: Sequence[Path] = (),
    recipe: Recipe | None = None,
    *,
    trunk_only: bool = False,
) -> Mapping[str, float]:
    """Learn from the corpora in ``data``; ``out`` becomes a folder that ``detector.load`` reads.

    The weights are averaged with those of the detectors in the folders ``averaged_with``, each made by
    this function. Beside the model it keeps ``training/``: the float32 weights and, until the end,
    checkpoints that an interrupted run goes on from. With ``trunk_only`` nothing more is made: enough to
    start another from, or to average with. Returns figures on what was kept back. Raises InputError when a
    corpus, or the package that holds the pretrained network, is missing.
    """
    from aligner.lab.train.detector import network

    recipe = recipe or Recipe()
    told = _told(recipe, averaged_with)
    held = read(data)
    tongues = learned(held, START)
    net, tokenizer = (
        network.load(_trunk(recipe.start))
        if recipe.start
        else network.fresh(_texts(held), START, LAYERS, PIECES)
    )
    work = _trunk(out)
    work.mkdir(parents=True, exist_ok=True)
    _learn(net, tokenizer, rounds(recipe), held, tongues, work / "checkpoint")
    network.save(net, tokenizer, work)
    if averaged_with:
        network.save(*network.average([work, *map(_trunk, averaged_with)]), work)
    (work / "recipe.json").write_text(json.dumps(told), encoding="utf-8")
    figures = {} if trunk_only else finish(out, held, tongues, recipe.seed)
    for checkpoint in work.glob("checkpoint-*"):
        checkpoint.unlink()
    return figures


def finish(out: Path, held: Corpora, tongues: Tongues, seed: int) -> Mapping[str, float]:
    """Train both ears on the trunk in ``out/training``, then ``ship`` them."""
    from aligner.lab.train.detector import network

    work = _trunk(out)
    for name, ear in ears_of(seed).items():
        start = work
        for number, each in enumerate(ear.passes):
            start = _train_ear(each, held, tongues, start, work / f"{name}-{number}")
        for stage, ways in enumerate(ear.stages, 1):
            ends = [start]
            for letter, way in zip(ascii_lowercase, ways, strict=False):
                reached = start
                for number, each in enumerate(way):
                    reached = _train_ear(
                        each, held, tongues, reached, work / f"{name}-{stage}{letter}{number}"
                    )
                    ends.append(reached)
            start = work / f"{name}-{stage}"
            network.save(*network.average(ends), start)
        network.save(*network.load(start), work / name)
    return ship(out, held, tongues, seed)


def ship(out: Path, held: Corpora, tongues: Tongues, seed: int) -> Mapping[str, float]:
    """Make the shipped form of both ears in ``out/training``, calibrate it and write its card."""
    from aligner.lab.train.detector import calibrate, network
    from aligner.lab.train.detector.shipping import Ears, export

    work, ears = _trunk(out), ears_of(seed)
    (alone, tokenizer), (beside, _) = (network.load(work / name) for name in ears)
    beads = _rows(held, tongues, ears["beside"].passes[0], tokenizer)
    export(Ears(alone, beside, SHARED), random.Random(seed).sample(beads, SAMPLE), out)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    version = hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()[:12]
    card = {
        "version": version,
        "types": network.TYPES,
        "recipe": json.loads((work / "recipe.json").read_text(encoding="utf-8")),
        "ears": {name: asdict(ear) for name, ear in ears.items()} | {"shared layers": SHARED},
    }
    as_it_says = dict.fromkeys(("alone", "bead"), calibrate.IDENTITY)
    calibrate.write_card(out, card | {"calibration": {"wrong": as_it_says, "edited": as_it_says}})
    measured = calibrate.calibrate(out, held, tongues, START)
    calibrate.write_card(out, card | asdict(measured))
    return measured.figures


def _train_ear(each: Round, held: Corpora, tongues: Tongues, start: Path, out: Path) -> Path:
    """Train the upper layers and the heads of ``start`` in one pass, into the folder ``out``."""
    from aligner.lab.train.detector import network

    net, tokenizer = network.load(start)
    network.freeze(net, SHARED)
    _learn(net, tokenizer, [each], held, tongues, out.with_name(f"checkpoint-{out.name}"))
    network.save(net, tokenizer, out)
    return out


def _learn(
    net: Network,
    tokenizer: Tokenizer,
    passes: Sequence[Round],
    held: Corpora,
    tongues: Tongues,
    checkpoint: Path,
) -> None:
    """Train the network in passes, each with a checkpoint of its own beside ``checkpoint``.

    So have the language model that puts plausible words into text, and what the translator made.
    """
    from aligner.lab.train.detector.fit import Schedule, fit
    from aligner.lab.train.detector.soft import softened

    for number, each in enumerate(passes, 1):
        schedule = Schedule(
            each.learning_rate, each.head_rate, seed=each.seed, aside=each.aside, stop=each.stop
        )
        kept = checkpoint.with_name(f"{checkpoint.name}-{number}.pt")
        guesser = checkpoint.with_name("checkpoint-guesser.pt")
        rows = _rows(held, tongues, each, tokenizer)
        if each.softened:
            rows = softened(rows, net, tokenizer)
        rows += _plausible(held, each, tokenizer, guesser)
        translations = checkpoint.with_name("checkpoint-translations.jsonl")
        rows += _translated(held, each, tokenizer, translations)
        logger.info("a pass over %d rows", len(rows))
        fit(net, rows, schedule, kept)


def _trunk(folder: Path) -> Path:
    return folder / "training"


def _told(recipe: Recipe, averaged_with: Sequence[Path]) -> dict[str, Any]:
    """How the trunk came to be, with all that it was started from and averaged with."""
    told = asdict(recipe) | {"rounds": [asdict(each) for each in rounds(recipe)]}
    told["start"] = _recipe_of(recipe.start) if recipe.start else None
    return told | {"averaged with": [_recipe_of(folder) for folder in averaged_with]}


def _recipe_of(folder: Path) -> Any:
    """Raises InputError where no network was trained."""
    told = _trunk(folder) / "recipe.json"
    if not told.is_file():
        raise InputError(f"{folder}: no trained detector there ({told} is missing); train it first")
    return json.loads(told.read_text(encoding="utf-8"))


def _rows(held: Corpora, tongues: Tongues, each: Round, tokenizer: Tokenizer) -> list[Row]:
    """The rows of one pass; pairs only, where no texts alone are asked for."""
    from aligner.lab.train.detector.pieces import rows

    made = _examples if each.shares.alone else _beads
    found = rows(list(made(held, tongues, each)), tokenizer)
    return _some(found, each.share, each.seed)


def _plausible(held: Corpora, each: Round, tokenizer: Tokenizer, kept: Path) -> list[Row]:
    """The rows of one pass with words that a language model put there, all of texts alone."""
    from aligner.lab.train.detector import network, plausible

    if not each.plausible:
        return []
    net, _ = network.fresh(_texts(held), START, LAYERS, PIECES)
    guesser = plausible.guesser(net, tokenizer, held, START, kept)
    found = plausible.rows(guesser, tokenizer, held, each.seed)
    return _some(found, each.plausible, each.seed)


def _translated(held: Corpora, each: Round, tokenizer: Tokenizer, kept: Path) -> list[Row]:
    """The rows of one pass that a translator of our own made, all of pairs."""
    from aligner.lab.train.detector import machine
    from aligner.lab.train.detector.pieces import rows

    if not each.machine:
        return []
    return rows(list(machine.beside(machine.translated(held, START, kept), held)), tokenizer)


def _some(rows: list[Row], share: float, seed: int) -> list[Row]:
    return random.Random(seed).sample(rows, int(len(rows) * share)) if share < 1 else rows


def _examples(held: Corpora, tongues: Tongues, each: Round) -> Iterator[Example]:
    """Faults made on purpose; errors that people marked, several times in their bead and once alone.

    What a professional would change is learned from real errors alone.
    """
    yield from map(without_edits, synthetic(held, tongues, each.seed, each.shares))
    if not each.real:
        return
    news, products = list(real_translations(held.wce)), list(reviews(held.reviews))
    if each.shares.beads:
        yield from (news + products) * each.real
    yield from (alone(example, "en", each.alone) for example in news)
    yield from (alone(example, "fr", each.alone) for example in products)


def _beads(held: Corpora, tongues: Tongues, each: Round) -> Iterator[Example]:
    """The same, pairs only, and what other machines made of the news."""
    spoiled = map(without_edits, synthetic(held, tongues, each.seed, each.shares))
    real = chain(real_translations(held.wce), reviews(held.reviews), rival_translations(held.wce))
    maker = Maker(tongues, held.articles, each.seed + 1, each.shares.slips)
    for example in chain(spoiled, map(maker.with_its_source_spoiled, real) if each.machine else real):
        if example.fr and example.en and each.only in (None, example.source):
            yield example


def _texts(held: Corpora) -> Iterator[str]:
    """What the vocabulary is chosen by: news first."""
    for pairs in (held.europarl[::3], held.tatoeba[::2], *[held.news] * 3):
        for pair in pairs:
            yield from pair
    for language in LANGUAGES:
        yield from held.articles[language]
