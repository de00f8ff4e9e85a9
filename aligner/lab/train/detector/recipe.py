"""How the detector is trained: the shares of what it learns from, and the passes, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from aligner.lab.train.detector.making import Shares

FIRST_STOPS = 9_000
"""Steps of the first pass: the rest would be learned from at a rate too small to count."""
HEADS_FASTER = 5
"""Learning rate of the heads, which start from nothing, to that of the pretrained layers."""
AGAIN_FASTER = 2
"""The same where the heads have been trained before."""

Faults = Literal["dense", "sparse", "plausible"]


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over examples of its own.

    ``real`` is how often real errors are learned from, ``alone`` their weight in a text alone; of all
    rows only ``share`` is taken, and ``plausible`` is the share of the sentences with words that a
    language model put there; with ``machine`` what a translator of our own made of pairs is learned from,
    and sources of real errors are spoiled now and then; ``only`` names a source of pairs, if no other is
    taken; with ``softened`` the network at the start has a word in the labels of real errors; ``aside``
    is the weight of all that is learned beside edits; ``stop`` ends the round after so many steps.
    """

    seed: int
    shares: Shares
    learning_rate: float
    head_rate: float
    real: int
    alone: float = 0.25
    share: float = 1.0
    plausible: float = 0.0
    machine: bool = False
    only: str | None = None
    softened: bool = False
    aside: float = 1.0
    stop: int | None = None


MUCH = Shares(
    articles=2,
    alone={"news": 1.5, "wce": 1, "tatoeba": 0.15, "europarl": 0.08},
    grammar={"fr": 0.8, "en": 0.6},
    beads={"news": 2.5, "wce": 1, "tatoeba": 0.1, "europarl": 0.08},
)
MORE = Shares(
    articles=1.6,
    alone={"news": 1.2, "wce": 0.6, "tatoeba": 0.12, "europarl": 0.08},
    grammar={"fr": 0.6, "en": 0.5},
    fragments={"fr": 0.2, "en": 0.2},
    agreement={"news": 0.5, "wce": 0.3, "tatoeba": 0.06, "europarl": 0.03},
    beads={"news": 1.8, "wce": 0.8, "tatoeba": 0.08, "europarl": 0.06},
    slips=1.5,
)
AS_LIFE_IS = Shares(
    articles=0.8,
    alone={"news": 0.8, "wce": 0.5, "tatoeba": 0.06, "europarl": 0.04},
    grammar={"fr": 0.25, "en": 0.25},
    fragments={"fr": 0.35, "en": 0.2},
    agreement={"news": 0.8, "wce": 0.4, "tatoeba": 0.08, "europarl": 0.03},
    beads={"news": 0.8, "wce": 0.4, "tatoeba": 0.03, "europarl": 0.03},
    slips=2.0,
)
TEXT_ALONE = replace(
    AS_LIFE_IS,
    fragments={"fr": 0.3, "en": 0.2},
    beads={},
    agreement={"news": 0.6, "wce": 0.3, "tatoeba": 0.06, "europarl": 0.03},
)
BESIDE = Shares(
    articles=0,
    alone={},
    grammar={},
    beads={"news": 0.9, "wce": 0.4, "tatoeba": 0.04, "europarl": 0.03},
    slips=2.0,
)
GRAMMAR = Shares(
    articles=0.3,
    alone={"news": 0.3},
    grammar={"fr": 1.3, "en": 0.8},
    fragments={"fr": 0.15, "en": 0.05},
    agreement={"news": 0.5, "wce": 0.2, "tatoeba": 0.15, "europarl": 0.05},
    beads={},
    slips=1.5,
)
EDITED = replace(BESIDE, beads={name: times / 10 for name, times in BESIDE.beads.items()})


Ways = Sequence[Sequence[Round]]
"""Ways to go on from one network, each in passes of its own."""


@dataclass(frozen=True, slots=True)
class Ear:
    """How one ear is trained: in passes, and from there on in stages of several ways.

    What a stage ends with is the mean of the network before it and of all that a pass of a way ended with.
    """

    passes: Sequence[Round]
    stages: Sequence[Ways]


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


def ears_of(seed: int) -> dict[str, Ear]:
    """The two ears, which begin with the trunk."""

    def a_pass(number: int, shares: Shares, rate: float = 1e-4, real: int = 1, **more: Any) -> Round:
        return Round(seed + number, shares, rate, AGAIN_FASTER * rate, real, **more)

    alone = a_pass(4, TEXT_ALONE, share=0.8, plausible=0.15)
    dense = a_pass(19, replace(MORE, beads={}, dense=True), 1.5e-4, 0, share=0.4, plausible=1.0)
    as_it_is = a_pass(23, TEXT_ALONE, share=0.5, plausible=0.1)
    spoiled, edited = a_pass(5, BESIDE), a_pass(8, EDITED, aside=0.3)

    def again(number: int, only: str | None = None) -> Round:
        return replace(edited, seed=seed + number, only=only)

    def news(number: int) -> Round:
        # Of edits in English there are many more than in French: they have ways of their own.
        return again(number, only="wce")

    more = replace(dense, seed=seed + 71, share=0.5)
    grammar, endings = a_pass(72, GRAMMAR), a_pass(182, GRAMMAR)
    likely, life = a_pass(183, GRAMMAR, share=0.08, plausible=1.0), a_pass(185, TEXT_ALONE, share=0.5)
    twice = replace(BESIDE, beads={name: 2 * times for name, times in BESIDE.beads.items()})

    def machines(number: int, shares: Shares) -> Round:
        return a_pass(number, shares, 1e-4, machine=True, softened=True, aside=0.5)

    last = a_pass(82, EDITED, 8e-5, only="wce", softened=True, aside=0.3)
    return {
        "alone": Ear([alone], [[[dense, as_it_is]], [[more], [grammar]], [[endings]], [[likely], [life]]]),
        "beside": Ear(
            [spoiled, edited],
            [
                [[again(22)], [again(25)], [news(24), news(26)], [news(28)]],
                [[machines(77, twice), last]],
                [[machines(194, BESIDE), replace(last, seed=seed + 198, machine=True)]],
            ],
        ),
    }
