"""What the training corpora know of two languages: which words stand together, forms, glosses, neighbours."""

from __future__ import annotations

import logging
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np

from aligner import encoders
from aligner.lab.datasets.corpora import Pair
from aligner.lab.train.detector.model_1 import fitted
from aligner.lab.train.detector.sounds import homophones
from aligner.lab.train.detector.tokens import tokenise
from aligner.model import LANGUAGES, Language

logger = logging.getLogger(__name__)

MIN_COUNT = 4
"""Words seen less often have no reliable forms, glosses or neighbours."""
MAX_WORDS = 25_000
NEIGHBOURS = 12
NEIGHBOUR_COSINE = (0.35, 0.9)
"""Below, words have nothing in common; above, they are forms of one word (default encoder's vectors)."""
GLOSS_SHARE = 0.08
"""Least probability of a gloss under the translation table."""
STRANGE = 0.1
"""A pair of words seen less than this share of what chance expects is strange."""
EXPECTED = 1.0
"""Expected count from which the absence of a pair tells something."""
SAME_ENOUGH = 0.5
"""Similarity of a translation and its correction below which it was written anew."""

_DIGITS = re.compile(r"\d+")


def folded(word: str) -> str:
    """Lower case, one apostrophe, every number the same."""
    return _DIGITS.sub("0", word.lower().replace("’", "'"))


Corrections = Mapping[tuple[str, ...], tuple[tuple[tuple[str, bool], ...], ...]]


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: counts of words and of pairs of neighbouring words, and the tables made from them.

    ``families`` gives the other forms of a word; ``near`` words of like meaning; ``gloss`` its
    translations into the other language, most probable first; ``sounds`` words that are spoken alike
    (French); ``corrections`` what stood in machine translations where a post-editor put a phrase: for each
    word whether it was changed.
    """

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    total: int
    families: Mapping[str, tuple[str, ...]]
    near: Mapping[str, tuple[str, ...]]
    gloss: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    sounds: Mapping[str, tuple[str, ...]]
    corrections: Corrections

    def strangeness(self, left: str, right: str) -> float:
        """How strange two words are next to each other: 0 seen, 0.3 unknown, 1 never where expected."""
        left, right = folded(left), folded(right)
        seen = self.pairs[left, right]
        expected = self.words[left] * self.words[right] / self.total
        if seen > max(1.0, STRANGE * expected):
            return 0.0
        if expected >= EXPECTED:
            return 1.0
        return 0.3 if seen == 0 else 0.1


Tongues = Mapping[Language, Tongue]


def learn(
    pairs: Sequence[Pair], more: Mapping[Language, Sequence[str]], edits: Sequence[Pair], seed: int
) -> dict[Language, Tongue]:
    """Count both sides of ``pairs`` and the texts of ``more``, and derive the tables from the counts.

    ``edits`` are English machine translations, each with what a post-editor made of it.
    """
    sides: dict[Language, list[list[str]]] = {}
    for place, language in enumerate(LANGUAGES):
        texts = [pair[place] for pair in pairs]
        sides[language] = [[folded(t.text) for t in tokenise(text, language)] for text in texts]
    glosses = translation_tables(sides["fr"], sides["en"], seed)
    return {
        language: _tongue(
            language, sides[language], more[language], gloss, corrections(edits) if language == "en" else {}
        )
        for language, gloss in zip(LANGUAGES, glosses, strict=True)
    }


def _tongue(
    language: Language,
    sentences: list[list[str]],
    more: Iterable[str],
    gloss: Mapping[str, tuple[str, ...]],
    undone: Corrections,
) -> Tongue:
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for tokens in (*sentences, *([folded(t.text) for t in tokenise(text, language)] for text in more)):
        tokens = ["<s>", *tokens, "</s>"]
        words.update(tokens)
        pairs.update(pairwise(tokens))
    common = [w for w, n in words.most_common(MAX_WORDS) if n >= MIN_COUNT and w.isalpha() and len(w) > 1]
    families = _families(common, language)
    near = _near(common, families)
    logger.info(
        "%s: %d words, %d pairs, %d with other forms", language, len(words), len(pairs), len(families)
    )
    sounds = homophones(common) if language == "fr" else {}
    return Tongue(words, pairs, sum(words.values()), families, near, gloss, frozenset(common), sounds, undone)


def corrections(edits: Sequence[Pair]) -> Corrections:
    """For each phrase that post-editors wrote, what had stood there, a word kept on either side of a gap.

    ``edits`` are pairs of a machine translation and its correction. Phrases of up to four words.
    """
    table: dict[tuple[str, ...], list[tuple[tuple[str, bool], ...]]] = defaultdict(list)
    for before, after in edits:
        old, new = ([t.text for t in tokenise(text, "en")] for text in (before, after))
        matcher = SequenceMatcher(None, [folded(w) for w in old], [folded(w) for w in new], autojunk=False)
        if matcher.ratio() < SAME_ENOUGH:
            continue
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal" or b - a > 3 or d - c > 3:
                continue
            # a lost or added word needs its neighbour: it tells the place, and takes the mark of a loss
            left = 1 if (a == b or c == d) and a > 0 and c > 0 else 0
            right = 1 if a == b and b < len(old) and d < len(new) else 0
            key = tuple(folded(w) for w in new[c - left : d + right])
            kept = [(w, False) for w in old[a - left : a]]
            follows = [(w, a == b) for w in old[b : b + right]]
            if 0 < len(key) <= 4:
                table[key].append((*kept, *((w, True) for w in old[a:b]), *follows))
    return {key: tuple(found) for key, found in table.items()}


def _families(words: Sequence[str], language: Language) -> dict[str, tuple[str, ...]]:
    """Words of one lemma, each with its other forms."""
    import simplemma

    by_lemma = defaultdict(list)
    for word in words:
        by_lemma[simplemma.lemmatize(word, lang=language).lower()].append(word)
    return {
        w: tuple(o for o in forms if o != w) for forms in by_lemma.values() if len(forms) > 1 for w in forms
    }


def _near(words: Sequence[str], families: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Words of like meaning by the default encoder's vectors, forms of the word itself left out."""
    words = [w for w in words if len(w) > 3]
    vectors = encoders.load("default", None).encode(words)
    low, high = NEIGHBOUR_COSINE
    near = {}
    for start in range(0, len(words), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        best = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, : NEIGHBOURS + 1]
        for row, columns in enumerate(best):
            word = words[start + row]
            own = {word, *families.get(word, ())}
            kept = [j for j in columns if low <= cosines[row, j] <= high and words[j] not in own]
            kept.sort(key=(-cosines[row]).__getitem__)
            if kept:
                near[word] = tuple(words[j] for j in kept)
    return near


def translation_tables(
    fr: Sequence[Sequence[str]], en: Sequence[Sequence[str]], seed: int, most: int = 70_000
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Glosses out of French and out of English, by IBM Model 1 (Brown et al. 1993) both ways."""
    rows = [i for i in range(len(fr)) if 2 < len(fr[i]) < 40 and 2 < len(en[i]) < 40]
    rows = sorted(random.Random(seed).sample(rows, min(most, len(rows))))
    fr, en = [fr[i] for i in rows], [en[i] for i in rows]
    ids = [_ids(fr), _ids(en)]
    tables = []
    for source, target, names in ((fr, en, ids), (en, fr, ids[::-1])):
        tables.append(_model_1(source, target, names[0], names[1]))
    forward, backward = tables
    to_en: dict[str, list[tuple[float, str]]] = defaultdict(list)
    to_fr: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (f, e), probability in forward.items():
        back = backward.get((e, f), 0.0)
        both = (probability * back) ** 0.5
        if both >= GLOSS_SHARE and f.isalpha() and e.isalpha():
            to_en[f].append((both, e))
            to_fr[e].append((both, f))
    return _ranked(to_en), _ranked(to_fr)


def _ranked(table: Mapping[str, list[tuple[float, str]]]) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(other for _, other in sorted(found, reverse=True)[:4]) for word, found in table.items()
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
    """Translation probabilities t(target | source), those of at least one percent."""
    numbers = (
        ([s_ids[w] for w in one if w in s_ids], [t_ids[w] for w in other if w in t_ids])
        for one, other in zip(source, target, strict=True)
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
