"""Fits the curves of `aligner grade` to pairs that are known to be good, or not.

Adequacy is learned from news translated by people, as it is or beside other sentences, cut,
mixed, copied or in the wrong language. Quality is learned where both kinds match: from
machine translation before and after its post-edit, and without and with errors that professionals marked.
Of each corpus only what the detector was not trained on is taken.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from aligner import encoders
from aligner.grading.examine import examine_pair
from aligner.grading.features import ADEQUACY, RULES, WITH_DETECTOR, WORD_FEATURES, Features, word_features
from aligner.grading.grade import grading_config
from aligner.lab.datasets.corpora import Pair, news
from aligner.lab.datasets.ranking import auc
from aligner.lab.datasets.translations import post_edited, post_edited_rows, review_rows, reviewed
from aligner.model import LANGUAGES, InputError, Language
from aligner.run.tasks import TaskConfig, loaded_detector
from aligner.settings import Settings

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

SEED = 5
NEWS = 1000  # pairs taken as they are; from as many others, bad ones are made
LEAST_EDITS = 0.2
"""Edits for each word from which a machine translation is taken for unfit (its HTER)."""
SEVERE = frozenset({"major", "critical"})
RIDGE = 0.3
"""Penalty of a squared weight, the figures scaled to variance 1: figures that say the same share the weight
(.01 to 3 were tried; better and worse translations of newsdiscuss are ordered best at .3 to 1)."""
WORD_RIDGE = 1e-4
"""The same for single words, of which there are many and two figures only."""


class Example(NamedTuple):
    """A pair, where it is from, and whether it is good: that is known of different things by source."""

    fr: str
    en: str
    source: str
    good: bool


CURVES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "adequacy": (ADEQUACY, ("news",)),
    "quality": (WITH_DETECTOR, ("post-edits", "reviews")),
    "quality_by_rules": (RULES, ("post-edits", "reviews")),
}
"""Curve -> the figures that it joins, and the sources of examples that tell it."""


def train(data: Path, out: Path) -> dict[str, float]:
    """Write the weights as JSON to the file ``out``; ROC AUC on the examples themselves is returned.

    ``data`` holds the news pairs, ``wce-lig`` and ``wmt20-mqm.en-fr.jsonl.xz``. Raises InputError where
    they, or the detector, are missing.
    """
    examples = list(make_examples(data))
    how = grading_config(Settings())
    curves, quality = fit(examples, figures(examples, how))
    for language, words in scored_words(data, how).items():
        name = f"word_{language}"
        curves[name], quality[f"{name}, ROC AUC"] = fit_word(words)
    card = {
        "command": "aligner train grade",
        "seed": SEED,
        "examples": len(examples),
        "corpora": ["newstest2012", "wce-lig (train)", "wmt20-mqm (train)"],
        "figures": {name: round(value, 4) for name, value in quality.items()},
        "curves": curves,
    }
    out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return quality


def fit(
    examples: Sequence[Example], rows: Sequence[Features]
) -> tuple[dict[str, dict[str, Any]], dict[str, float]]:
    """Fit every curve to the figures of the examples; gives the curves, and their ROC AUC by source."""
    curves, quality = {}, {}
    for name, (columns, sources) in CURVES.items():
        chosen = [(e, row) for e, row in zip(examples, rows, strict=True) if e.source in sources]
        table = np.array([[row[column] for column in columns] for _, row in chosen])
        good, source = np.array([e.good for e, _ in chosen]), np.array([e.source for e, _ in chosen])
        bias, weights = logistic(table, good, balanced(source, good))
        curves[name] = _curve(bias, weights, columns)
        odds = table @ weights
        for each in sources:
            area = auc(odds[good & (source == each)], odds[~good & (source == each)])
            quality[f"{name}, ROC AUC on {each}"] = area or 0.0
    return curves, quality


def fit_word(words: Sequence[tuple[Features, bool]]) -> tuple[dict[str, Any], float]:
    """Fit the curve of single words to figures and whether the word stayed; gives it, and its ROC AUC."""
    table = np.array([[row[column] for column in WORD_FEATURES] for row, _ in words])
    stays = np.array([stayed for _, stayed in words])
    bias, weights = logistic(table, stays, np.full(len(words), 1 / len(words)), WORD_RIDGE)
    odds = table @ weights
    return _curve(bias, weights, WORD_FEATURES), auc(odds[stays], odds[~stays]) or 0.0


def _curve(bias: float, weights: Floats, columns: Sequence[str]) -> dict[str, Any]:
    named = {column: round(float(w), 4) for column, w in zip(columns, weights, strict=True)}
    return {"bias": round(bias, 4), "weights": named}


def figures(examples: Sequence[Example], how: TaskConfig) -> list[Features]:
    """Compute the features of every example, in order; those of the news without the slow detector."""
    deaf = replace(how, detector=None)
    return [
        examine_pair(example.fr, example.en, deaf if example.source == "news" else how).figures
        for example in examples
    ]


def balanced(source: npt.NDArray[np.str_], good: Flags) -> Floats:
    """Return weights (examples,) that balance good and bad examples of every source."""
    cells = list(zip(source.tolist(), good.tolist(), strict=True))
    size = Counter(cells)
    return np.array([1.0 / size[cell] / len(size) for cell in cells])


def logistic(table: Floats, good: Flags, importance: Floats, ridge: float = RIDGE) -> tuple[float, Floats]:
    """Fit log odds to the columns of ``table`` (rows, columns): bias, and weights (columns,) of 0 or less.

    Every figure is the worse the higher; a weight that says otherwise has learned something of the
    examples and not of the task.
    """
    from scipy.optimize import minimize

    mean, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    scaled = (table - mean) / spread
    sign = np.where(good, 1.0, -1.0)

    def loss(x: Floats) -> tuple[float, Floats]:
        margin = sign * (scaled @ x[1:] + x[0])
        slope = -sign * importance / (1 + np.exp(np.minimum(margin, 500)))
        gradient = np.concatenate([[slope.sum()], scaled.T @ slope + ridge * x[1:]])
        return float(importance @ np.logaddexp(0, -margin) + ridge / 2 * (x[1:] ** 2).sum()), gradient

    bounds = [(None, None), *[(None, 0.0)] * table.shape[1]]
    found = minimize(loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[1:] / spread
    return float(found[0] - weights @ mean), weights


def make_examples(data: Path) -> Iterator[Example]:
    """Yield good pairs and bad ones, the same for the same data."""
    rng = random.Random(SEED)
    held_out = news(data)[1]
    order = rng.sample(range(len(held_out) - 1), 2 * NEWS)
    for place in order[:NEWS]:
        yield Example(*held_out[place], "news", good=True)
    bad = _BadPairs(held_out, rng)
    for place, make in zip(order[NEWS:], cycle(bad.ways()), strict=False):
        yield Example(*make(place), "news", good=False)
    yield from _post_edited(data)
    yield from _reviewed(data)


class _BadPairs:
    """Makes pairs that do not match of pairs that do."""

    def __init__(self, pairs: Sequence[Pair], rng: random.Random) -> None:
        self.pairs, self.rng = pairs, rng
        vectors = encoders.load().encode([en for _, en in pairs])
        alike = vectors @ vectors.T
        np.fill_diagonal(alike, -1.0)
        self.likest = alike.argmax(axis=1)

    def ways(self) -> tuple[Callable[[int], Pair], ...]:
        """Return the ways of making a bad pair at a place."""
        return (self.any, self.next, self.like, self.mixed, self.cut, self.cut, self.foreign, self.copied)

    def any(self, place: int) -> Pair:
        """Take the translation of any other sentence."""
        return self.pairs[place][0], self.rng.choice(self.pairs)[1]

    def next(self, place: int) -> Pair:
        """Take the translation of the next sentence."""
        return self.pairs[place][0], self.pairs[place + 1][1]

    def like(self, place: int) -> Pair:
        """Take the translation of the most similar sentence."""
        return self.pairs[place][0], self.pairs[self.likest[place]][1]

    def mixed(self, place: int) -> Pair:
        """Join half of a translation and half of another one."""
        fr, en = self.pairs[place][0], self.pairs[place][1].split()
        other = self.pairs[self.likest[place]][1].split()
        return fr, " ".join(en[: len(en) // 2] + other[len(other) // 2 :])

    def cut(self, place: int) -> Pair:
        """Drop the end of one side from a place in its middle."""
        sides = list(self.pairs[place])
        side = self.rng.randrange(2)
        words = sides[side].split()
        sides[side] = " ".join(words[: max(1, round(len(words) * self.rng.uniform(0.3, 0.7)))])
        return sides[0], sides[1]

    def foreign(self, place: int) -> Pair:
        """Take two different sentences of one language."""
        side = self.rng.randrange(2)
        return self.pairs[place][side], self.pairs[place + 1][side]

    def copied(self, place: int) -> Pair:
        """Copy one side to the other."""
        side = self.rng.randrange(2)
        return self.pairs[place][side], self.pairs[place][side]


def scored_words(data: Path, how: TaskConfig) -> dict[Language, list[tuple[Features, bool]]]:
    """Return words of held-out machine translations, and whether people left them unchanged."""
    words: dict[Language, list[tuple[Features, bool]]] = {language: [] for language in LANGUAGES}
    if how.detector is None:
        raise InputError("the curves of words need a detector; none is chosen")
    detector = loaded_detector(how.detector)
    for each in (*post_edited(data), *reviewed(data)):
        language = each.translated
        alone = detector.score([each.text], [language])[0]
        beside = detector.score_pairs([each.fr], [each.en])[0][LANGUAGES.index(language)]
        for here, there in zip(alone, beside, strict=True):
            marked = any(start < here.end and end > here.start for start, end in each.marks)
            words[language].append((word_features(here, there), not marked))
    return words


def _post_edited(data: Path) -> Iterator[Example]:
    for row in post_edited_rows(data):
        yield Example(row["fr"], row["postedit"], "post-edits", good=True)
        if row["hter"] >= LEAST_EDITS:
            yield Example(row["fr"], row["en"], "post-edits", good=False)


def _reviewed(data: Path) -> Iterator[Example]:
    for document in review_rows(data):
        marked = [0] * len(document["fr"])
        for annotation in document["annotations"]:
            for segment, _, _ in annotation["spans"]:
                marked[segment] += 1 + 2 * (annotation["severity"] in SEVERE)
        for fr, en, weight in zip(document["fr"], document["en"], marked, strict=True):
            if fr.strip() and en.strip() and (not weight or weight > 1):
                yield Example(fr, en, "reviews", good=not weight)
