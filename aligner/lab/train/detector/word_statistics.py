"""What the training corpora know of two languages: which words occur together, forms, glosses, neighbours."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from aligner import encoders
from aligner.lab.datasets.corpora import Pair
from aligner.lab.train.detector.homophones import homophones
from aligner.lab.train.detector.model_1 import fitted
from aligner.lab.train.detector.tokens import tokenise
from aligner.model import LANGUAGES, Language

MIN_COUNT = 4
"""Words seen less often have no reliable forms, glosses or neighbours."""
MAX_WORDS = 25_000
NEIGHBOURS = 12
NEIGHBOUR_COSINE = (0.35, 0.9)
"""Below, words have nothing in common; above, they are forms of one word (default encoder's vectors)."""
GLOSS_SHARE = 0.08
"""Least probability of a gloss under the translation table."""
STRANGE_SHARE = 0.1
"""A pair of words seen less than this share of what chance expects is strange."""
EXPECTED = 1.0
"""Expected count from which the absence of a pair tells something."""

_DIGITS = re.compile(r"\d+")


def folded(word: str) -> str:
    """Fold a word: lower case, one apostrophe, every number the same."""
    return _DIGITS.sub("0", word.lower().replace("’", "'"))


@dataclass(frozen=True, slots=True)
class LanguageStatistics:
    """One language: counts of words and of pairs of neighbouring words, and the tables made from them.

    ``families`` gives the other forms of a word; ``near`` words of like meaning; ``gloss`` its
    translations into the other language, most probable first; ``sounds`` words that are spoken alike
    (French).
    """

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    total: int
    families: Mapping[str, tuple[str, ...]]
    similar: Mapping[str, tuple[str, ...]]
    gloss: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    sounds: Mapping[str, tuple[str, ...]]

    def strangeness(self, left: str, right: str) -> float:
        """Return how strange two words are next to each other: 0 seen, 0.3 unknown, 1 never."""
        left, right = folded(left), folded(right)
        count = self.pairs[left, right]
        expected = self.words[left] * self.words[right] / self.total
        if count > max(1.0, STRANGE_SHARE * expected):
            return 0.0
        if expected >= EXPECTED:
            return 1.0
        return 0.3 if count == 0 else 0.1


Statistics = Mapping[Language, LanguageStatistics]


def learn(
    texts: Mapping[Language, Sequence[str]], pairs: Sequence[Pair], seed: int
) -> dict[Language, LanguageStatistics]:
    """Count the words of ``texts``, and derive the tables; glosses come from ``pairs`` (fr, en)."""
    sides = [
        [[folded(t.text) for t in tokenise(pair[k], n)] for pair in pairs] for k, n in enumerate(LANGUAGES)
    ]
    glosses = translation_tables(sides[0], sides[1], seed)
    return {
        language: _statistics(language, side, texts[language], gloss)
        for language, side, gloss in zip(LANGUAGES, sides, glosses, strict=True)
    }


def _statistics(
    language: Language,
    sentences: list[list[str]],
    extra_texts: Iterable[str],
    gloss: Mapping[str, tuple[str, ...]],
) -> LanguageStatistics:
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for tokens in chain(
        sentences, ([folded(t.text) for t in tokenise(text, language)] for text in extra_texts)
    ):
        tokens = ["<s>", *tokens, "</s>"]
        words.update(tokens)
        pairs.update(pairwise(tokens))
    common = [w for w, n in words.most_common(MAX_WORDS) if n >= MIN_COUNT and w.isalpha() and len(w) > 1]
    families = _families(common, language)
    similar = _semantic_neighbours(common, families)
    sounds = homophones(common) if language == "fr" else {}
    return LanguageStatistics(
        words, pairs, words.total(), families, similar, gloss, frozenset(common), sounds
    )


def _families(words: Sequence[str], language: Language) -> dict[str, tuple[str, ...]]:
    """Map each word of a lemma to its other forms."""
    import simplemma

    by_lemma = defaultdict(list)
    for word in words:
        by_lemma[simplemma.lemmatize(word, lang=language).lower()].append(word)
    return {
        w: tuple(o for o in forms if o != w) for forms in by_lemma.values() if len(forms) > 1 for w in forms
    }


def _semantic_neighbours(
    words: Sequence[str], families: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Map words to words of similar meaning by the default encoder's vectors, without their own forms."""
    words = [w for w in words if len(w) > 3]
    vectors = encoders.load("default", None).encode(words)
    low, high = NEIGHBOUR_COSINE
    similar = {}
    for start in range(0, len(words), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        nearest = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, : NEIGHBOURS + 1]
        for row, columns in enumerate(nearest):
            word = words[start + row]
            family = {word, *families.get(word, ())}
            nearby = [j for j in columns if low <= cosines[row, j] <= high and words[j] not in family]
            nearby.sort(key=(-cosines[row]).__getitem__)
            if nearby:
                similar[word] = tuple(words[j] for j in nearby)
    return similar


def translation_tables(
    fr: Sequence[Sequence[str]], en: Sequence[Sequence[str]], seed: int, limit: int = 70_000
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return glosses from French and from English, by IBM Model 1 (Brown et al. 1993) both ways."""
    rows = [i for i in range(len(fr)) if 2 < len(fr[i]) < 40 and 2 < len(en[i]) < 40]
    rows = sorted(random.Random(seed).sample(rows, min(limit, len(rows))))
    fr, en = [fr[i] for i in rows], [en[i] for i in rows]
    ids = [_ids(fr), _ids(en)]
    tables = []
    for source, target, names in ((fr, en, ids), (en, fr, ids[::-1])):
        tables.append(_model_1(source, target, names[0], names[1]))
    forward, backward = tables
    to_en: dict[str, list[tuple[float, str]]] = defaultdict(list)
    to_fr: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (f, e), probability in forward.items():
        reverse = backward.get((e, f), 0.0)
        agreement = (probability * reverse) ** 0.5
        if agreement >= GLOSS_SHARE and f.isalpha() and e.isalpha():
            to_en[f].append((agreement, e))
            to_fr[e].append((agreement, f))
    return _ranked(to_en), _ranked(to_fr)


def _ranked(table: Mapping[str, list[tuple[float, str]]]) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(translation for _, translation in sorted(ranked, reverse=True)[:4])
        for word, ranked in table.items()
    }


def _ids(sentences: Sequence[Sequence[str]]) -> dict[str, int]:
    counts = Counter(word for sentence in sentences for word in sentence)
    return {word: i for i, word in enumerate(w for w, n in counts.most_common() if n >= MIN_COUNT)}


def _model_1(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    s_ids: dict[str, int],
    t_ids: dict[str, int],
) -> dict[tuple[str, str], float]:
    """Fit translation probabilities t(target | source); those of at least one percent are returned."""
    numbers = (
        ([s_ids[w] for w in source_sentence if w in s_ids], [t_ids[w] for w in target_sentence if w in t_ids])
        for source_sentence, target_sentence in zip(source, target, strict=True)
    )
    keys = [
        np.array(s, np.int64)[:, None] * len(t_ids) + np.array(t, np.int64) for s, t in numbers if s and t
    ]
    unique, probability = fitted(keys, len(t_ids))
    s_names, t_names = list(s_ids), list(t_ids)
    return {
        (s_names[unique[i] // len(t_ids)], t_names[unique[i] % len(t_ids)]): float(probability[i])
        for i in np.flatnonzero(probability > 0.01)
    }
