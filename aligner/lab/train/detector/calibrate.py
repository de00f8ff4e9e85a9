"""Turns the network's odds into probabilities that hold, and chooses thresholds, on text kept back.

Platt's two numbers for each head and mode (Platt 1999, "Probabilistic outputs for support vector
machines"), for "edited" the weight of the sentence, and that of a word's being unknown. What is kept
back: news of another year, spoiled by other draws of chance, and the last machine translations and
reviews.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner import detector
from aligner.detector.words import unknown
from aligner.lab.datasets.ranking import auc, best_threshold, f1
from aligner.lab.train.detector.examples import Corpora, Example, Side, real_translations, reviews
from aligner.lab.train.detector.making import Maker
from aligner.lab.train.detector.resources import Tongues
from aligner.model import LANGUAGES, Language, WordScore

SENTENCES = 1500
"""News sentences of each language, and news pairs, that are spoiled to calibrate on."""
SPOILED_IN_THE_WILD = 0.15
"""Share of broken sentences that probabilities are stated for; more are spoiled, so each counts for less."""
SLIPS = 3.0
"""Weight of misspelt words among the faults: of what people write, they are the commonest."""
LEAST = 1e-4
"""Probabilities are scores with four decimals."""

Numbers = tuple[float, ...]
IDENTITY: Numbers = (1.0, 0.0, 0.0, 0.0)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordScores:
    """Words scores of one kind of text.

    Log odds, their mean in the sentence, whether each is unknown, whether it is wrong, how much it
    counts, and its fault.
    """

    odds: Floats
    company: Floats
    unknown: Floats
    bad: Floats
    weight: Floats
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the card says: the numbers of each curve by head and mode, a threshold, and figures."""

    calibration: Mapping[str, Mapping[str, Numbers]]
    edited_threshold: float
    figures: Mapping[str, float]
    found_by_type: Mapping[str, Mapping[str, float]]


def calibrate(folder: Path, held: Corpora, tongues: Tongues, seed: int) -> Measured:
    """Measure the model in ``folder``: its calibration, the threshold of the head "edited", and figures.

    Its ``card.json`` must name the identity as calibration.
    """
    ears = detector.load(folder)
    maker = Maker(tongues, held.articles, seed + 1, SLIPS)
    alone = [
        maker.alone(text, language, "news")
        for pair in held.held_news[:SENTENCES]
        for text, language in zip(pair, LANGUAGES, strict=True)
    ]
    beads = [maker.pair(pair, "news") for pair in held.held_news[SENTENCES : 2 * SENTENCES]]
    news = [_judged(example, "en") for example in real_translations(held.held_wce)]
    machine = [*news, *(_judged(example, "fr") for example in reviews(held.held_reviews))]
    by_kind = {
        ("wrong", "alone"): scores(ears, alone, "wrong"),
        ("wrong", "bead"): scores(ears, beads, "wrong"),
        ("edited", "bead"): scores(ears, machine, "edited"),
    }
    curves: dict[str, dict[str, Numbers]] = {"wrong": {}, "edited": {"alone": IDENTITY}}
    figures = {}
    for (head, mode), found in by_kind.items():
        curves[head][mode] = platt(found, company=head == "edited")
        figures[f"{head}, {mode}: ROC AUC of words"] = _auc(found, curves[head][mode])
    real = scores(ears, news, "edited")
    figures["words changed by a post-editor: ROC AUC"] = _auc(real, curves["edited"]["bead"])
    p, changed = 1 / (1 + np.exp(-_held(real, curves["edited"]["bead"]))), real.bad > 0
    threshold = best_threshold(p, changed)
    figures["words changed by a post-editor: F1 at the threshold"] = f1(p, changed, threshold)
    return Measured(
        curves,
        threshold,
        {name: round(float(value), 4) for name, value in figures.items()},
        _by_type(by_kind["wrong", "alone"], curves["wrong"]["alone"]),
    )


def _judged(example: Example, language: Language) -> Example:
    """The example with the side alone that a person judged: the source is beyond reproach by definition."""
    fr, en = (
        side and replace(side, edited=float(name == language))
        for name, side in zip(LANGUAGES, (example.fr, example.en), strict=True)
    )
    return Example(fr, en, example.source)


def scores(ears: detector.Detector, examples: Sequence[Example], head: str) -> WordScores:
    """Hear the examples, and look up every word in the marks of its side."""
    odds, company, odd, bad, weight, faults = [], [], [], [], [], []
    for example in examples:
        spoiled = any(side.marks for side in (example.fr, example.en) if side)
        for language, side, words in _sides(ears, example):
            if not (side.wrong if head == "wrong" else side.edited):
                continue
            said = [_odds(w.p_bad if head == "wrong" else w.p_edited) for w in words]
            odds += said
            company += [sum(said) / len(said)] * len(said) if said else []
            odd += unknown(side.text, [(word.start, word.end) for word in words], language)
            for word in words:
                fault = next((m.type for m in side.marks if m.start < word.end and m.end > word.start), None)
                bad.append(float(fault is not None))
                weight.append(SPOILED_IN_THE_WILD if spoiled and head == "wrong" else 1.0)
                faults.append(fault or "")
    return WordScores(
        np.array(odds),
        np.array(company),
        np.array(odd, float),
        np.array(bad),
        np.array(weight),
        tuple(faults),
    )


def _odds(p: float) -> float:
    return math.log(max(p, LEAST) / max(1 - p, LEAST))


def _sides(ears: detector.Detector, example: Example) -> Iterator[tuple[Language, Side, Sequence[WordScore]]]:
    if example.fr and example.en:
        fr, en = ears.score_pairs([example.fr.text], [example.en.text])[0]
        yield from (("fr", example.fr, fr), ("en", example.en, en))
    elif example.fr:
        yield "fr", example.fr, ears.score([example.fr.text], ["fr"])[0]
    elif example.en:
        yield "en", example.en, ears.score([example.en.text], ["en"])[0]


def platt(found: WordScores, *, company: bool) -> Numbers:
    """Slope, offset, and the weights of the sentence's mean log odds and of an unknown word, that fit best.

    Without ``company`` the weight of the sentence is 0.
    """
    from scipy.optimize import minimize

    sign = np.where(found.bad > 0, 1.0, -1.0)

    def numbers(x: Floats) -> Numbers:
        return (x[0], x[1], x[3] if company else 0.0, x[2])

    def loss(x: Floats) -> float:
        return float((found.weight * np.logaddexp(0, -sign * _held(found, numbers(x)))).sum())

    start = np.array([1.0, 0.0, 0.0, 0.0][: 4 if company else 3])
    best = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 4000}).x
    return tuple(round(float(x), 4) for x in numbers(best))


def _held(found: WordScores, numbers: Numbers) -> Floats:
    slope, offset, company, odd = numbers
    return slope * found.odds + offset + company * found.company + odd * found.unknown


def _auc(found: WordScores, curve: Numbers) -> float:
    odds = _held(found, curve)
    return auc(odds[found.bad > 0], odds[found.bad == 0]) or 0.0


def _by_type(found: WordScores, curve: Numbers) -> dict[str, dict[str, float]]:
    """Of the words with each type of fault: how many, and the share scores at even odds."""
    p = 1 / (1 + np.exp(-_held(found, curve)))
    names = np.array(found.faults)
    return {
        kind: {
            "words": int((names == kind).sum()),
            "scores": round(float((p[names == kind] >= 0.5).mean()), 3),
        }
        for kind in sorted(set(_marked(names)))
    }


def _marked(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name)


def write_card(folder: Path, card: Mapping[str, object]) -> None:
    """Write ``card.json``."""
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
