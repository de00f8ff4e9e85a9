"""Trains the detector: a network that hears which words are wrong, in a text alone or beside the other."""

from __future__ import annotations

import hashlib
import json
import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, Literal

from aligner.model import LANGUAGES, InputError
from aligner.training.detector.examples import (
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
from aligner.training.detector.making import Shares, synthetic
from aligner.training.detector.resources import Tongues

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from aligner.training.detector.network import Network
    from aligner.training.detector.pieces import Row

logger = logging.getLogger(__name__)


FIRST_STOPS = 9_000
"""Steps of the first pass: the rest would be learned from at a rate too small to count."""
HEADS_FASTER = 5
"""Learning rate of the heads, which start from nothing, to that of the pretrained layers."""
AGAIN_FASTER = 2
"""The same where the heads have been trained before."""
LAYERS, PIECES = 6, 36_000
"""Of the pretrained network the lowest layers are kept, and of its vocabulary the pieces that the corpora use
most, and every single character."""
SHARED = 1
"""Lower layers that both ears share, so that the whole stays under 30 MB."""
SAMPLE = 400
"""Rows by which the activations are measured before the network is shipped in int8."""

Faults = Literal["dense", "sparse", "plausible"]


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over examples of its own.

    ``real`` is how often real errors are learned from, ``alone`` their weight in a text alone; of all rows
    only ``share`` is taken, and ``plausible`` is the share of the sentences with words that a language model
    put there; ``only`` names a source of pairs, if no other is taken; ``aside`` is the weight of all that is
    learned beside edits; ``stop`` ends the round after so many steps.
    """

    seed: int
    shares: Shares
    learning_rate: float
    head_rate: float
    real: int
    alone: float = 0.25
    share: float = 1.0
    plausible: float = 0.0
    only: str | None = None
    aside: float = 1.0
    stop: int | None = None


START = 1
"""Seed of the vocabulary, the heads and the word tables: networks of another start have no mean."""

MUCH = Shares(
    articles=2, alone={"news": 1.5, "wce": 1, "tatoeba": 0.15, "europarl": 0.08},
    grammar={"fr": 0.8, "en": 0.6}, beads={"news": 2.5, "wce": 1, "tatoeba": 0.1, "europarl": 0.08},
)  # fmt: skip
MORE = Shares(
    articles=1.6, alone={"news": 1.2, "wce": 0.6, "tatoeba": 0.12, "europarl": 0.08},
    grammar={"fr": 0.6, "en": 0.5}, fragments={"fr": 0.2, "en": 0.2},
    agreement={"news": 0.5, "wce": 0.3, "tatoeba": 0.06, "europarl": 0.03},
    beads={"news": 1.8, "wce": 0.8, "tatoeba": 0.08, "europarl": 0.06}, slips=1.5,
)  # fmt: skip
AS_LIFE_IS = Shares(
    articles=0.8, alone={"news": 0.8, "wce": 0.5, "tatoeba": 0.06, "europarl": 0.04},
    grammar={"fr": 0.25, "en": 0.25}, fragments={"fr": 0.35, "en": 0.2},
    agreement={"news": 0.8, "wce": 0.4, "tatoeba": 0.08, "europarl": 0.03},
    beads={"news": 0.8, "wce": 0.4, "tatoeba": 0.03, "europarl": 0.03}, slips=2.0,
)  # fmt: skip
TEXT_ALONE = replace(
    AS_LIFE_IS, fragments={"fr": 0.3, "en": 0.2}, beads={},
    agreement={"news": 0.6, "wce": 0.3, "tatoeba": 0.06, "europarl": 0.03},
)  # fmt: skip
BESIDE = Shares(
    articles=0, alone={}, grammar={}, beads={"news": 0.9, "wce": 0.4, "tatoeba": 0.04, "europarl": 0.03},
    slips=2.0,
)  # fmt: skip
EDITED = replace(BESIDE, beads={name: times / 10 for name, times in BESIDE.beads.items()})


@dataclass(frozen=True, slots=True)
class Ear:
    """How one ear is trained: in passes, and from there on in several ways, each in passes of its own.

    The ear is the mean of the network before the ways and of all that a pass of a way ended with.
    """

    passes: Sequence[Round]
    ways: Sequence[Sequence[Round]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, beside the corpora.

    ``faults`` is how the first pass spoils text: densely, as life does, or also with words that a language
    model takes for likely. ``start`` is the folder of a detector to go on from, else the pretrained
    network.
    """

    seed: int = 6
    faults: Faults = "dense"
    start: Path | None = None


def rounds(recipe: Recipe) -> tuple[Round, ...]:
    """The passes of one network: much, with faults in every few words if "dense"; then as life is.

    Real errors are learned from once in each pass of a new network, and once in one that is gone on with:
    oftener, the network knows them by heart and hears others less well.
    """
    seed, dense = recipe.seed, recipe.faults == "dense"
    if recipe.start is None:
        first = Round(seed, replace(MUCH, dense=dense), 2e-4, HEADS_FASTER * 2e-4, 1, stop=FIRST_STOPS)
        return first, Round(seed + 2, AS_LIFE_IS, 8e-5, HEADS_FASTER * 8e-5, 1)
    again = Round(seed, replace(MORE, dense=dense), 1.5e-4, AGAIN_FASTER * 1.5e-4, 0)
    if recipe.faults == "plausible":
        again = replace(again, share=0.25, plausible=1.0)
    last = 0.2 if recipe.faults == "plausible" else 0.72
    return again, Round(seed + 2, AS_LIFE_IS, 8e-5, AGAIN_FASTER * 8e-5, 1, share=last)


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
    from aligner.training.detector import network

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
    for checkpoint in work.glob("checkpoint-*.pt"):
        checkpoint.unlink()
    return figures


def finish(out: Path, held: Corpora, tongues: Tongues, seed: int) -> Mapping[str, float]:
    """Train both ears on the trunk in ``out/training``, then ``ship`` them."""
    from aligner.training.detector import network

    work = _trunk(out)
    for name, ear in _ears(seed).items():
        start = work
        for number, each in enumerate(ear.passes):
            start = _train_ear(each, held, tongues, start, work / f"{name}-{number}")
        ends = [start]
        for letter, way in zip(ascii_lowercase, ear.ways, strict=False):
            reached = start
            for number, each in enumerate(way):
                reached = _train_ear(each, held, tongues, reached, work / f"{name}-{letter}{number}")
                ends.append(reached)
        network.save(*network.average(ends), work / name)
    return ship(out, held, tongues, seed)


def ship(out: Path, held: Corpora, tongues: Tongues, seed: int) -> Mapping[str, float]:
    """Make the shipped form of both ears in ``out/training``, calibrate it and write its card."""
    from aligner.training.detector import calibrate, network
    from aligner.training.detector.shipping import Ears, export

    work, ears = _trunk(out), _ears(seed)
    (alone, tokenizer), (beside, _) = (network.load(work / name) for name in ears)
    beads = _rows(held, tongues, ears["beside"].passes[0], tokenizer)
    export(Ears(alone, beside, SHARED), random.Random(seed).sample(beads, SAMPLE), out)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    version = hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()[:12]
    card = {
        "version": version, "types": network.TYPES,
        "recipe": json.loads((work / "recipe.json").read_text(encoding="utf-8")),
        "ears": {name: asdict(ear) for name, ear in ears.items()} | {"shared layers": SHARED},
    }  # fmt: skip
    as_it_says = dict.fromkeys(("alone", "bead"), calibrate.IDENTITY)
    calibrate.write_card(out, card | {"calibration": {"wrong": as_it_says, "edited": as_it_says}})
    measured = calibrate.calibrate(out, held, tongues, START)
    calibrate.write_card(out, card | asdict(measured))
    return measured.figures


def _ears(seed: int) -> dict[str, Ear]:
    def a_pass(number: int, shares: Shares, rate: float = 1e-4, real: int = 1, **more: Any) -> Round:
        return Round(seed + number, shares, rate, AGAIN_FASTER * rate, real, **more)

    alone = a_pass(4, TEXT_ALONE, share=0.8, plausible=0.15)
    dense = a_pass(19, replace(MORE, beads={}, dense=True), 1.5e-4, 0, share=0.4, plausible=1.0)
    as_it_is = a_pass(23, TEXT_ALONE, share=0.5, plausible=0.1)
    spoiled, edited = a_pass(5, BESIDE), a_pass(8, EDITED, aside=0.3)

    def again(number: int, **more: Any) -> Round:
        return replace(edited, seed=seed + number, **more)

    def news(number: int) -> Round:
        # Of edits in English there are many more than in French: they have ways of their own.
        return again(number, only="wce")

    return {
        "alone": Ear([alone], [[dense, as_it_is]]),
        "beside": Ear([spoiled, edited], [[again(22)], [again(25)], [news(24), news(26)], [news(28)]]),
    }


def _train_ear(each: Round, held: Corpora, tongues: Tongues, start: Path, out: Path) -> Path:
    """Train the upper layers and the heads of ``start`` in one pass, into the folder ``out``."""
    from aligner.training.detector import network

    net, tokenizer = network.load(start)
    network.freeze(net, SHARED)
    _learn(net, tokenizer, [each], held, tongues, out.with_name(f"checkpoint-{out.name}"))
    network.save(net, tokenizer, out)
    return out


def _learn(
    net: Network, tokenizer: Tokenizer, passes: Sequence[Round], held: Corpora, tongues: Tongues,
    checkpoint: Path,
) -> None:  # fmt: skip
    """Train the network in passes, each with a checkpoint of its own beside ``checkpoint``.

    So has the language model that puts plausible words into text.
    """
    from aligner.training.detector.fit import Schedule, fit

    for number, each in enumerate(passes, 1):
        schedule = Schedule(
            each.learning_rate, each.head_rate, seed=each.seed, aside=each.aside, stop=each.stop
        )
        kept = checkpoint.with_name(f"{checkpoint.name}-{number}.pt")
        guesser = checkpoint.with_name("checkpoint-guesser.pt")
        rows = _rows(held, tongues, each, tokenizer) + _plausible(held, each, tokenizer, guesser)
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
    from aligner.training.detector.pieces import rows

    made = _examples if each.shares.alone else _beads
    found = rows(list(made(held, tongues, each)), tokenizer)
    return _some(found, each.share, each.seed)


def _plausible(held: Corpora, each: Round, tokenizer: Tokenizer, kept: Path) -> list[Row]:
    """The rows of one pass with words that a language model put there, all of texts alone."""
    from aligner.training.detector import network, plausible

    if not each.plausible:
        return []
    net, _ = network.fresh(_texts(held), START, LAYERS, PIECES)
    guesser = plausible.guesser(net, tokenizer, held, START, kept)
    found = plausible.rows(guesser, tokenizer, held, each.seed)
    return _some(found, each.plausible, each.seed)


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
    real = (real_translations(held.wce), reviews(held.reviews), rival_translations(held.wce))
    for example in chain(spoiled, *real):
        if example.fr and example.en and each.only in (None, example.source):
            yield example


def _texts(held: Corpora) -> Iterator[str]:
    """What the vocabulary is chosen by: news first."""
    for pairs in (held.europarl[::3], held.tatoeba[::2], *[held.news] * 3):
        for pair in pairs:
            yield from pair
    for language in LANGUAGES:
        yield from held.articles[language]
