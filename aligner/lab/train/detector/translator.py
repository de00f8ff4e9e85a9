"""A small phrase-based translator: what it gets wrong, machines get wrong.

Source: Koehn, Och and Marcu 2003, "Statistical phrase-based translation". Words are aligned by IBM Model 1
with a preference for the diagonal (Dyer, Chahuneau and Smith 2013, "A simple, fast, and effective
reparameterization of IBM Model 2"), both ways; the language model backs off as in Brants et al. 2007,
"Large language models in machine translation".
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from aligner.lab.train.detector.model_1 import fitted

Words = Sequence[str]
Links = set[tuple[int, int]]

LONGEST = 4
"""Words of a phrase of the source."""
LOOSE = 2
"""Words by which a phrase of the target may be longer, and that nothing answers on either side of it."""
CHOICES = 8
"""Translations of a phrase that are tried."""
BEAM = 12
STEEP = 4.0
"""How fast a link loses weight with its distance from the diagonal, both sentences of length 1."""
DOUBT = 0.5
"""Added to how often a word of the source was seen: what was seen once stands for nothing surely."""
LEAST_LINK = 0.005
RARE = 0.3
"""Taken off every count of a phrase: what was seen once is trusted less."""
FLUENT, LONGER, SWAPPED, COPIED = 0.55, 0.35, -2.0, -4.0
"""Weight of the language model; what each word, each two phrases that change places, and a word left as it
stands add to the score."""
BACKED_OFF = 0.4
MOODS = 0.3
"""Spread of what chance adds to the score of each phrase: machines are not all wrong in the same way."""
REMEMBERED = 3_000_000


class _Lexicon(NamedTuple):
    """Which words of a source stand for which of a target: numbers of both, and p(target | source)."""

    source: Mapping[str, int]
    target: Mapping[str, int]
    keys: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float64]

    def table(self, source: Words, target: Words) -> npt.NDArray[np.float64]:
        """Weights (source words, target words) of all links."""
        keys = _keys(source, target, self.source, self.target)
        return self.probabilities[np.searchsorted(self.keys, keys)] * _diagonal(len(source), len(target))


class Translator:
    """Translates from the first to the second language of the pairs it was made from."""

    def __init__(self, pairs: Sequence[tuple[Words, Words]], texts: Iterable[Words]) -> None:
        """Learn phrases from ``pairs`` and what is said in the second language from ``texts``.

        Both are tokens, none empty; a word that begins a sentence is in small letters if it is elsewhere.
        """
        self.language = _Trigrams(texts)
        forth = _lexicon(pairs)
        back = _lexicon([(target, source) for source, target in pairs])
        seen = Counter(phrase for pair in pairs for phrase in _phrases(*pair, _links(*pair, forth, back)))
        self.phrases = _scored(seen)

    def translate(self, words: Words, rng: random.Random) -> list[str] | None:
        """The best translation of tokens, in tokens; None if there is none."""
        count = len(words)
        options = self._options(words, rng)
        ways: list[dict[tuple[str, str], tuple[float, tuple[str, ...]]]] = [{} for _ in range(count + 1)]
        ways[0]["<s>", "<s>"] = 0.0, ()

        def put(end: int, before: tuple[str, str], so_far: float, said: tuple[str, ...], more: Words) -> None:
            for word in more:
                so_far += FLUENT * self.language(*before, word) + LONGER
                before = before[1], word
            if before not in ways[end] or ways[end][before][0] < so_far:
                ways[end][before] = so_far, (*said, *more)

        for at in range(count):
            best = sorted(ways[at].items(), key=lambda way: -way[1][0])[:BEAM]
            for before, (so_far, said) in best:
                for size in range(1, LONGEST + 1):
                    for score, text in options.get((at, at + size), ()):
                        put(at + size, before, so_far + score, said, text)
                for middle, end in ((at + a, at + a + b) for a in (1, 2) for b in (1, 2)):
                    for first, one in options.get((middle, end), ())[:3]:
                        for second, other in options.get((at, middle), ())[:3]:
                            put(end, before, so_far + first + second + SWAPPED, said, (*one, *other))
        ends = [
            (so_far + FLUENT * self.language(*before, "</s>"), said)
            for before, (so_far, said) in ways[count].items()
        ]
        return list(max(ends)[1]) if ends else None

    def _options(
        self, words: Words, rng: random.Random
    ) -> dict[tuple[int, int], list[tuple[float, tuple[str, ...]]]]:
        """What each run of words may become, from start to end; an unknown word stays as it is."""
        options = {}
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                found = self.phrases.get(" ".join(words[start:end]))
                if found is None and end == start + 1:
                    found = self.phrases.get(words[start].lower(), [(COPIED, (words[start],))])
                if found:
                    options[start, end] = [(score + rng.gauss(0, MOODS), text) for score, text in found]
        return options


class _Trigrams:
    """Log probabilities of a word behind two others."""

    def __init__(self, texts: Iterable[Words]) -> None:
        self.ones: Counter[str] = Counter()
        self.twos: Counter[tuple[str, str]] = Counter()
        self.threes: Counter[tuple[str, str, str]] = Counter()
        for text in texts:
            words = ["<s>", *text, "</s>"]
            self.ones.update(words)
            self.twos.update(pairwise(words))
            self.threes.update(zip(words, words[1:], words[2:], strict=False))
        self.total = self.ones.total()
        self.known: dict[tuple[str, str, str], float] = {}

    def __call__(self, first: str, second: str, word: str) -> float:
        asked = first, second, word
        if asked not in self.known:
            if len(self.known) > REMEMBERED:
                self.known.clear()
            self.known[asked] = self._told(*asked)
        return self.known[asked]

    def _told(self, first: str, second: str, word: str) -> float:
        seen, often = self.threes[first, second, word], self.twos[first, second]
        if seen > 1 or (seen and often < 5):
            return math.log(seen / often)
        seen = self.twos[second, word]
        if seen:
            return math.log(BACKED_OFF * seen / self.ones[second])
        return math.log(BACKED_OFF**2 * (self.ones[word] + 0.05) / self.total)


def _lexicon(pairs: Sequence[tuple[Words, Words]]) -> _Lexicon:
    """Translation probabilities t(target | source), by expectation and maximisation."""
    sources, targets = (
        {word: i for i, word in enumerate(sorted({w.lower() for pair in pairs for w in pair[k]}))}
        for k in (0, 1)
    )
    keys = [_keys(*pair, sources, targets) for pair in pairs]
    near = [_diagonal(*each.shape) for each in keys]
    unique, probability = fitted(keys, len(targets), near, DOUBT)
    return _Lexicon(sources, targets, unique, probability)


def _keys(
    source: Words, target: Words, of_source: Mapping[str, int], of_target: Mapping[str, int]
) -> npt.NDArray[np.int64]:
    rows = np.array([of_source[word.lower()] for word in source], np.int64)
    columns = np.array([of_target[word.lower()] for word in target], np.int64)
    return rows[:, None] * len(of_target) + columns


def _diagonal(rows: int, columns: int) -> npt.NDArray[np.float64]:
    apart = (np.arange(rows) + 0.5)[:, None] / rows - (np.arange(columns) + 0.5) / columns
    return np.exp(-STEEP * np.abs(apart))


def _links(source: Words, target: Words, forth: _Lexicon, back: _Lexicon) -> Links:
    """Links (source, target) of words that both ways agree on, grown by neighbours that one way has."""
    there, here = forth.table(source, target), back.table(target, source).T
    one = {(int(i), j) for j, i in enumerate(there.argmax(0)) if there[i, j] > LEAST_LINK}
    two = {(i, int(j)) for i, j in enumerate(here.argmax(1)) if here[i, j] > LEAST_LINK}
    links, open_ones = one & two, one ^ two
    rows, columns = {i for i, _ in links}, {j for _, j in links}
    grown = True
    while grown:
        grown = False
        for i, j in sorted(open_ones - links):
            beside = any((i + x, j + y) in links for x in (-1, 0, 1) for y in (-1, 0, 1))
            if beside and (i not in rows or j not in columns):
                links.add((i, j))
                rows.add(i)
                columns.add(j)
                grown = True
    return links


def _phrases(source: Words, target: Words, links: Links) -> Iterator[tuple[str, str]]:
    """Runs of words of both sides that are linked with each other and with nothing else."""
    of_source, of_target = defaultdict(list), defaultdict(list)
    for i, j in links:
        of_source[i].append(j)
        of_target[j].append(i)
    for start in range(len(source)):
        reached: list[int] = []
        for end in range(start + 1, min(start + LONGEST, len(source)) + 1):
            reached += of_source[end - 1]
            if not reached:
                continue
            low, high = min(reached), max(reached)
            inside = (start <= i < end for j in range(low, high + 1) for i in of_target[j])
            if high - low >= LONGEST + LOOSE or not all(inside):
                continue
            text = " ".join(source[start:end])
            for a in range(low, max(low - LOOSE, -1), -1):
                if a < low and of_target[a]:
                    break
                for b in range(high, min(high + LOOSE, len(target))):
                    if b > high and of_target[b]:
                        break
                    yield text, " ".join(target[a : b + 1])


def _scored(seen: Counter[tuple[str, str]]) -> dict[str, list[tuple[float, tuple[str, ...]]]]:
    """For each phrase its best translations, each with its log odds; long ones seen once are left out."""
    of_source: Counter[str] = Counter()
    of_target: Counter[str] = Counter()
    for (source, target), count in seen.items():
        of_source[source] += count
        of_target[target] += count
    table = defaultdict(list)
    for (source, target), count in seen.items():
        if count > 1 or source.count(" ") < 2:
            score = math.log((count - RARE) / of_source[source])
            score += 0.5 * math.log((count - RARE) / of_target[target])
            table[source].append((score, tuple(target.split(" "))))
    return {source: sorted(found, reverse=True)[:CHOICES] for source, found in table.items()}
