"""Fits the curves of `aligner grade` to pairs that are known to be good, or not.

Adequacy is learned from texts translated by people, as they are or beside other sentences, cut, mixed,
copied, in the wrong language or encoding, with other numbers or names. Quality is learned where both kinds
match: from machine translation before and after its post-edit, and without and with errors that professionals
marked.
Of each corpus only what the detector was not trained on is taken.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from aligner import encoders
from aligner.grading.examine import examine_pair
from aligner.grading.features import ADEQUACY, RULES, WITH_DETECTOR, WORD_FEATURES, Features, word_features
from aligner.grading.grade import grading_config
from aligner.lab.datasets.corpora import Pair, news, read_pairs
from aligner.lab.datasets.ranking import auc
from aligner.lab.datasets.translations import post_edited, post_edited_rows, review_rows, reviewed
from aligner.model import LANGUAGES, InputError, Language
from aligner.run.tasks import TaskConfig, loaded_detector
from aligner.settings import Settings

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

SEED = 5
NEWS = "news"
MATCHING: Mapping[str, int] = {
    NEWS: 600,
    "debian-news": 600,
    "diabla": 200,
    "matos-theses": 200,
    "ud-pud": 200,
}
"""Sources of pairs that match, and how many are taken as they are; of as many others, bad ones are made."""
MAX_PAIRS = 8000
MAX_CHARACTERS = 600
"""Pairs of a source that are drawn from, and characters of a French side."""
NAME_DONORS = 40
"""Pairs whose names are put for those of another."""
LEAST_EDITS = 0.2
"""Edits for each word from which a machine translation is taken for unfit (its HTER)."""
SEVERE = frozenset({"major", "critical"})
RIDGE = 0.3
"""Penalty of a squared weight, the figures scaled to variance 1: figures that say the same share the weight
(.01 to 3 were tried; better and worse translations of newsdiscuss are ordered best at .3 to 1)."""
ADEQUACY_RIDGE = 0.03
"""The same for adequacy, of which there are many examples, each bad in one way that one figure tells."""
WORD_RIDGE = 1e-4
"""The same for single words, of which there are many and two figures only."""

_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=\s)[A-ZÉ][\w-]{3,}")


class Example(NamedTuple):
    """A pair, where it is from, and whether it is good: that is known of different things by source."""

    fr: str
    en: str
    source: str
    good: bool


CURVES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "adequacy": (ADEQUACY, tuple(MATCHING)),
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
    config = grading_config(Settings())
    curves, quality = fit(examples, figures(examples, config))
    for language, words in scored_words(data, config).items():
        name = f"word_{language}"
        curves[name], quality[f"{name}, ROC AUC"] = fit_word(words)
    card = {
        "command": "aligner train grade",
        "seed": SEED,
        "examples": len(examples),
        "corpora": ["newstest2012", *list(MATCHING)[1:], "wce-lig (train)", "wmt20-mqm (train)"],
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
        is_good, source = np.array([e.good for e, _ in chosen]), np.array([e.source for e, _ in chosen])
        ridge = ADEQUACY_RIDGE if name == "adequacy" else RIDGE
        bias, weights = logistic(table, is_good, balanced(source, is_good), ridge)
        curves[name] = _curve(bias, weights, columns)
        odds = table @ weights
        for source_name in sources:
            area = auc(odds[is_good & (source == source_name)], odds[~is_good & (source == source_name)])
            quality[f"{name}, ROC AUC on {source_name}"] = area or 0.0
    return curves, quality


def fit_word(words: Sequence[tuple[Features, bool]]) -> tuple[dict[str, Any], float]:
    """Fit the curve of single words to figures and whether the word stayed; gives it, and its ROC AUC."""
    table = np.array([[row[column] for column in WORD_FEATURES] for row, _ in words])
    is_unchanged = np.array([unchanged for _, unchanged in words])
    bias, weights = logistic(table, is_unchanged, np.full(len(words), 1 / len(words)), WORD_RIDGE)
    odds = table @ weights
    return _curve(bias, weights, WORD_FEATURES), auc(odds[is_unchanged], odds[~is_unchanged]) or 0.0


def _curve(bias: float, weights: Floats, columns: Sequence[str]) -> dict[str, Any]:
    rounded = {column: round(float(w), 4) for column, w in zip(columns, weights, strict=True)}
    return {"bias": round(bias, 4), "weights": rounded}


def figures(examples: Sequence[Example], config: TaskConfig) -> list[Features]:
    """Compute the features of every example, in order; those of pairs that match without the detector."""
    deaf = replace(config, detector=None)
    return [
        examine_pair(example.fr, example.en, deaf if example.source in MATCHING else config).figures
        for example in examples
    ]


def balanced(source: npt.NDArray[np.str_], is_good: Flags) -> Floats:
    """Return weights (examples,) that balance good and bad examples of every source."""
    cells = list(zip(source.tolist(), is_good.tolist(), strict=True))
    size = Counter(cells)
    return np.array([1.0 / size[cell] / len(size) for cell in cells])


def logistic(table: Floats, is_good: Flags, importance: Floats, ridge: float = RIDGE) -> tuple[float, Floats]:
    """Fit log odds to the columns of ``table`` (rows, columns): bias, and weights (columns,) of 0 or less.

    Every figure is the worse the higher; a weight that says otherwise has learned something of the
    examples and not of the task.
    """
    from scipy.optimize import minimize

    mean, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    scaled = (table - mean) / spread
    sign = np.where(is_good, 1.0, -1.0)

    def loss(x: Floats) -> tuple[float, Floats]:
        margin = sign * (scaled @ x[1:] + x[0])
        slope = -sign * importance / (1 + np.exp(np.minimum(margin, 500)))
        gradient = np.concatenate([[slope.sum()], scaled.T @ slope + ridge * x[1:]])
        return float(importance @ np.logaddexp(0, -margin) + ridge / 2 * (x[1:] ** 2).sum()), gradient

    bounds = [(None, None), *[(None, 0.0)] * table.shape[1]]
    solution = minimize(loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = solution[1:] / spread
    return float(solution[0] - weights @ mean), weights


def make_examples(data: Path) -> Iterator[Example]:
    """Yield good pairs and bad ones, the same for the same data."""
    rng = random.Random(SEED)
    for source, pairs in _matching(data):
        order = rng.sample(range(len(pairs) - 1), 2 * MATCHING[source])
        matched, mismatched = order[: MATCHING[source]], order[MATCHING[source] :]
        yield from (Example(*pairs[place], source, good=True) for place in matched)
        bad_pairs = _BadPairs(pairs, rng).spoiled(mismatched)
        yield from (Example(*pair, source, good=False) for pair in bad_pairs)
    yield from _post_edited(data)
    yield from _review_examples(data)


def _matching(data: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the pairs of every source of ``MATCHING`` that the encoder was not trained on."""
    for source in MATCHING:
        file = data / "more" / f"parallel.fr-en.{source}.tsv.xz"
        pairs = news(data)[1] if source == NEWS else read_pairs(file)
        yield (
            source,
            [pair for pair in dict.fromkeys(pairs) if len(pair[0]) <= MAX_CHARACTERS and pair[0] != pair[1]][
                :MAX_PAIRS
            ],
        )


class _BadPairs:
    """Makes pairs that do not match of pairs that do."""

    def __init__(self, pairs: Sequence[Pair], rng: random.Random) -> None:
        self.pairs, self.rng = pairs, rng
        vectors = encoders.load().encode([en for _, en in pairs])
        alike = vectors @ vectors.T
        np.fill_diagonal(alike, -1.0)
        self.likest = alike.argmax(axis=1)

    def ways(self) -> tuple[Callable[[int], Pair], ...]:
        """Return the ways of making a bad pair at a place, in a good mix."""
        return (
            *(self.any, self.next, self.like, self.like, self.mixed, self.cut, self.cut, self.added),
            *(self.foreign, self.copied, self.unfinished, self.unfinished, self.counted, self.named),
            self.damaged,
        )

    def spoiled(self, places: Sequence[int]) -> Iterator[Pair]:
        """Yield a bad pair for each place; the next translation where a way happens to change nothing."""
        for place, make in zip(places, cycle(self.ways()), strict=False):
            pair = make(place)
            yield self.next(place) if pair == self.pairs[place] else pair

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
        return self.pairs[place][0], _halves(self.pairs[place][1], self.pairs[self.likest[place]][1])

    def cut(self, place: int) -> Pair:
        """Drop the end of one side from a place in its middle."""
        return self._edited(place, self._cut)

    def added(self, place: int) -> Pair:
        """Add the next sentence to one side."""
        side = self.rng.randrange(2)
        return self._edited(place, lambda text: f"{text} {self.pairs[place + 1][side]}", side)

    def foreign(self, place: int) -> Pair:
        """Take two different sentences of one language."""
        side = self.rng.randrange(2)
        return self.pairs[place][side], self.pairs[place + 1][side]

    def copied(self, place: int) -> Pair:
        """Copy one side to the other."""
        side = self.rng.randrange(2)
        return self.pairs[place][side], self.pairs[place][side]

    def unfinished(self, place: int) -> Pair:
        """Leave half of one side in the other language."""
        side = self.rng.randrange(2)
        return self._edited(place, lambda text: _halves(text, self.pairs[place][1 - side]), side)

    def counted(self, place: int) -> Pair:
        """Change the numbers of one side; take a similar sentence where it has none."""
        side = self.rng.randrange(2)
        if not _DIGIT.search(self.pairs[place][side]):
            return self.like(place)
        change_digits = partial(_DIGIT.sub, lambda _: str(self.rng.randrange(10)))
        return self._edited(place, change_digits, side)

    def named(self, place: int) -> Pair:
        """Put other names for those of one side; take the next sentence where it has none."""
        side = self.rng.randrange(2)
        names = [
            name for pair in self.rng.sample(self.pairs, NAME_DONORS) for name in _NAME.findall(pair[side])
        ]
        if not names or not _NAME.search(self.pairs[place][side]):
            return self.next(place)
        return self._edited(place, partial(_NAME.sub, lambda _: self.rng.choice(names)), side)

    def damaged(self, place: int) -> Pair:
        """Read one side in the wrong encoding; cut one where both are plain letters."""
        sides = [side for side in (0, 1) if not self.pairs[place][side].isascii()]
        if not sides:
            return self.cut(place)
        return self._edited(place, _misread, self.rng.choice(sides))

    def _cut(self, text: str) -> str:
        words = text.split()
        return " ".join(words[: max(1, round(len(words) * self.rng.uniform(0.3, 0.7)))])

    def _edited(self, place: int, edit: Callable[[str], str], side: int | None = None) -> Pair:
        side = self.rng.randrange(2) if side is None else side
        fr, en = self.pairs[place]
        return (fr, edit(en)) if side else (edit(fr), en)


def _halves(text: str, next_text: str) -> str:
    """Return the first half of the words of a text and the second half of those of another."""
    words, next_words = text.split(), next_text.split()
    return " ".join([*words[: len(words) // 2], *next_words[len(next_words) // 2 :]])


def _misread(text: str) -> str:
    return text.encode().decode("cp1252", "replace").replace("\u00a0", " ")


def scored_words(data: Path, config: TaskConfig) -> dict[Language, list[tuple[Features, bool]]]:
    """Return words of held-out machine translations, and whether people left them unchanged.

    Raises InputError where no detector is chosen.
    """
    words: dict[Language, list[tuple[Features, bool]]] = {language: [] for language in LANGUAGES}
    if config.detector is None:
        raise InputError("the curves of words need a detector; none is chosen")
    detector = loaded_detector(config.detector)
    for translation in (*post_edited(data), *reviewed(data)):
        language = translation.translated
        alone_scores = detector.score([translation.text], [language])[0]
        paired_scores = detector.score_pairs([translation.fr], [translation.en])[0][LANGUAGES.index(language)]
        for alone_word, paired_word in zip(alone_scores, paired_scores, strict=True):
            marked = any(
                start < alone_word.end and end > alone_word.start for start, end in translation.marks
            )
            words[language].append((word_features(alone_word, paired_word), not marked))
    return words


def _post_edited(data: Path) -> Iterator[Example]:
    for row in post_edited_rows(data):
        yield Example(row["fr"], row["postedit"], "post-edits", good=True)
        if row["hter"] >= LEAST_EDITS:
            yield Example(row["fr"], row["en"], "post-edits", good=False)


def _review_examples(data: Path) -> Iterator[Example]:
    for document in review_rows(data):
        marked = [0] * len(document["fr"])
        for annotation in document["annotations"]:
            for segment, _, _ in annotation["spans"]:
                marked[segment] += 1 + 2 * (annotation["severity"] in SEVERE)
        for fr, en, weight in zip(document["fr"], document["en"], marked, strict=True):
            if fr.strip() and en.strip() and (not weight or weight > 1):
                yield Example(fr, en, "reviews", good=not weight)
