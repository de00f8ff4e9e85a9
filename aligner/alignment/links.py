"""Links between the words of two sentences that match, as word aligners give them (Pharaoh format).

Content words are linked by the cosine of their vectors, names and numbers by how they are written, function
words by a table, near the content words around them. Pairs compete, the likeliest first (Melamed 2000); then
words left over join a link beside them, as in grow-diag (Koehn et al. 2003).
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from aligner.alignment.scoring import Floats
from aligner.detector.words import word_spans
from aligner.encoders.protocol import Encoder, unit
from aligner.lexicon.function_links import function_links, joins, linked_english
from aligner.lexicon.names import can_be_same, fold
from aligner.model import LANGUAGES, Language

logger = logging.getLogger(__name__)

Link = tuple[int, int]

# Set on the half of `corpora/words` that is for tuning.
MIN_CONTENT_SCORE = 0.15
"""Score from which two content words are linked on their own."""
MIXED = 0.45
"""Cosine from which a function word and a content word are compared: "été" is summer too."""
MIN_ADJACENT_SCORE = -0.05
"""Score from which two content words left over are linked beside a link."""
MIN_JOINED_SCORE = 0.15
"""Score from which a content word left over joins its neighbour's link."""
FUNCTION_LEAST = 0.3
"""Score from which two function words are linked."""
DIAGONAL_PENALTY = 0.35
"""Loss of a score over the whole length of the sentences, by its distance from the diagonal."""
NEARNESS_SCALE = 2.5
"""Words off its place, by the content words around it, at which a function word's score is 1/e."""
MIN_UNIQUE_SCORE = 0.3
"""The same, at least, for the only function words of a sentence that can be linked to each other."""
RANK = 0.12
"""Loss of a function word's score for each more usual counterpart in the table."""
SPELLED = 0.75
"""Similarity of spelling (0..1) from which two words may be cognates, and how much it counts."""
MIN_LETTERS = 4
REACH = 2
"""Words between an auxiliary and the verb that it joins."""
MAX_TOKENS = 200
"""Tokens of a text that are looked at for the share of its words that are linked."""
MOST_LINKED = 500
"""Tokens of a side that are linked: each is compared with each of the other, for 3 s at most."""
THOUSAND = 3
"""Digits of each group of a long number."""

_NUMBER = re.compile(r"\d[\d.,]*")
_SYMBOLS = frozenset("%€$£")


def tokenised(text: str) -> list[str]:
    """Cut a text into words and marks; elided and contracted words are apart."""
    return [text[start:end] for start, end in word_spans(text)]


def can_link(token: str) -> bool:
    """Return whether a token is linked at all: words, numbers and symbols are, punctuation is not."""
    return token in _SYMBOLS or any(map(str.isalnum, token))


def linked_shares(fr: str, en: str, encoder: Encoder) -> tuple[float, float]:
    """Return the shares 0..1 of the content words of each text, by weight, that are linked; .5 without any.

    Of a long text the beginning tells.
    """
    tokens = tokenised(fr)[:MAX_TOKENS], tokenised(en)[:MAX_TOKENS]
    links = word_links(*tokens, encoder)
    shares = []
    for side, language in enumerate(LANGUAGES):
        content = content_words(tokens[side], language)
        weights = np.linalg.norm(encoder.words([tokens[side][k] for k in content]), axis=1)
        linked = {link[side] for link in links}
        is_linked = np.array([k in linked for k in content], np.float32)
        shares.append(float(weights @ is_linked / weights.sum()) if content else 0.5)
    return shares[0], shares[1]


def content_words(tokens: Sequence[str], language: Language) -> list[int]:
    """Return the places of the words that are in no table of function words."""
    function = function_links() if language == "fr" else linked_english()
    lowered = map(_lowered, tokens)
    return [k for k, word in enumerate(lowered) if word not in function and any(map(str.isalpha, word))]


def pharaoh(links: Iterable[Link]) -> str:
    """Write links as ``0-0 1-2``: French token, English token, both from 0."""
    return " ".join(f"{i}-{j}" for i, j in sorted(links))


def word_links(fr: Sequence[str], en: Sequence[str], encoder: Encoder) -> list[Link]:
    """Link the tokens of a French text to those of an English one; in order.

    Of texts beyond all sentences, only the first MOST_LINKED tokens are linked, which the log says.
    """
    if not fr or not en:
        return []
    if max(len(fr), len(en)) > MOST_LINKED:
        logger.warning(
            "a bead of %d and %d words: only the first %d are linked", len(fr), len(en), MOST_LINKED
        )
        fr, en = fr[:MOST_LINKED], en[:MOST_LINKED]
    lowered = [_lowered(word) for word in fr], [_lowered(word) for word in en]
    diagonal = np.abs(_places(len(fr))[:, None] - _places(len(en)))
    content, function = _scores(fr, en, lowered, encoder)
    content = content - np.float32(DIAGONAL_PENALTY) * diagonal
    links = _competing(content, MIN_CONTENT_SCORE, set())
    nearness = np.maximum(_nearness(links, function.shape), MIN_UNIQUE_SCORE * _only_one(function))
    links |= _competing(function * nearness, FUNCTION_LEAST, links)
    links |= _adjacent_links(content, links)
    joining = _Joining(lowered, content, function, links)
    return sorted(links.union(*map(joining.beside, links)))


def _lowered(word: str) -> str:
    return word.lower().replace("’", "'")


def _places(n: int) -> Floats:
    return ((np.arange(n) + 0.5) / n).astype(np.float32)


def _scores(
    fr: Sequence[str], en: Sequence[str], lowered: tuple[list[str], list[str]], encoder: Encoder
) -> tuple[Floats, Floats]:
    """Return the scores (n, m) of content words, -1 where none is, and of function words, 0 where none is."""
    table, english = function_links(), linked_english()
    cosine = unit(encoder.words(fr)) @ unit(encoder.words(en)).T
    comparable = np.logical_and.outer([can_link(word) for word in fr], [can_link(word) for word in en])
    rows, columns = np.array([w in table for w in lowered[0]]), np.array([w in english for w in lowered[1]])
    number_of = _whole_numbers(fr), _whole_numbers(en)
    ids = {number: k for k, number in enumerate(["", *number_of[0], *number_of[1]])}
    digits = [np.array([ids[number] for number in side]) for side in number_of]
    numbers = np.logical_or.outer(*(side != ids[""] for side in digits))
    equal = np.equal.outer(*digits)
    neither = ~np.logical_or.outer(rows, columns)
    content = np.where(numbers, np.maximum(cosine / 2, equal), np.maximum(cosine, np.float32(0)))
    for i, j in _same_beginnings(lowered, comparable & neither & ~numbers):
        content[i, j] = max(cosine[i, j], _spelled_alike(lowered[0][i], lowered[1][j]))
    mixed = np.where(cosine >= MIXED, cosine, np.float32(-1))
    content = np.where(neither, content, np.where(np.logical_xor.outer(rows, columns), mixed, np.float32(-1)))
    return np.where(comparable, content, np.float32(-1)), _function_scores(lowered, comparable)


def _function_scores(lowered: tuple[list[str], list[str]], comparable: npt.NDArray[np.bool_]) -> Floats:
    """Return the scores (n, m) of function words, which words in small letters have by their table."""
    scores = np.zeros(comparable.shape, np.float32)
    columns = _places_of(lowered[1])
    for i, word in enumerate(lowered[0]):
        for rank, counterpart in reversed(list(enumerate(function_links().get(word, ())))):
            for j in columns.get(counterpart, ()):
                scores[i, j] = (1.0 - RANK * rank) * comparable[i, j]
    return scores


def _same_beginnings(lowered: tuple[list[str], list[str]], mask: npt.NDArray[np.bool_]) -> Iterator[Link]:
    """Yield the wanted pairs of words whose first letters are the same, but for accents."""
    columns = _places_of(fold(word)[:1] for word in lowered[1])
    for i, word in enumerate(lowered[0]):
        yield from ((i, j) for j in columns.get(fold(word)[:1], ()) if mask[i, j])


def _places_of(words: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for k, word in enumerate(words):
        places.setdefault(word, []).append(k)
    return places


# Saves 12 µs a pair of words; each word of a bead is compared with each of the other side.
@lru_cache(maxsize=65536)
def _spelled_alike(french: str, english: str) -> float:
    """Return how surely two words in small letters are one name or cognates, 0 or SPELLED..1."""
    left, right = fold(french), fold(english)
    if left == right:
        return 1.0
    if min(len(left), len(right)) < MIN_LETTERS or left[0] != right[0]:
        return 0.0
    if can_be_same(left, right):
        return 0.9
    if Indel.normalized_similarity(left, right) < SPELLED:
        return 0.0  # whole parts in common are letters in common
    ratio = SequenceMatcher(None, left, right, autojunk=False).ratio()
    return ratio if ratio >= SPELLED else 0.0


def _whole_numbers(tokens: Sequence[str]) -> list[str]:
    """Return the digits of the number that each token is a part of ("200", "000": 200000), or nothing."""
    digits = [re.sub(r"\D", "", token) if _NUMBER.fullmatch(token) else "" for token in tokens]
    numbers = list(digits)
    first = 0
    for i in range(1, len(tokens) + 1):
        if i < len(tokens) and len(digits[i]) == THOUSAND and digits[i - 1]:
            continue
        if i - first > 1:
            numbers[first:i] = ["".join(digits[first:i])] * (i - first)
        first = i
    return numbers


def _competing(scores: Floats, least: float, linked: set[Link]) -> set[Link]:
    """Link the best pairs one by one; a word is linked once, but parts of a number all to the whole."""
    rows, columns = {i for i, _ in linked}, {j for _, j in linked}
    links = set()
    eligible = np.flatnonzero(scores >= least)
    order = eligible[np.argsort(-scores.ravel()[eligible], kind="stable")]
    for i, j in zip(*(side.tolist() for side in np.unravel_index(order, scores.shape)), strict=True):
        if i not in rows and j not in columns:
            links.add((i, j))
            rows.add(i)
            columns.add(j)
    return links


def _nearness(links: set[Link], shape: tuple[int, int]) -> Floats:
    """Return how near (0..1) each pair is to where the links around it put it; (n, m)."""
    row, column = np.arange(shape[0])[:, None], np.arange(shape[1])
    if not links:
        distance = np.abs(row * shape[1] / shape[0] - column)
        return np.asarray(np.exp(-distance / NEARNESS_SCALE), np.float32)
    distance = np.full(shape, np.inf)
    ordered = np.array(sorted(links))
    before = np.searchsorted(ordered[:, 0], row, side="right") - 1
    after = np.searchsorted(ordered[:, 0], row, side="left")
    for anchor, is_there in ((before, before >= 0), (after, after < len(ordered))):
        i, j = np.moveaxis(ordered[np.clip(anchor, 0, len(ordered) - 1)], -1, 0)
        gap = np.abs(column - j - (row - i)) + 0.1 * np.abs(row - i)
        distance = np.where(is_there, np.minimum(distance, gap), distance)
    return np.asarray(np.exp(-distance / NEARNESS_SCALE), np.float32)


def _only_one(function: Floats) -> Floats:
    """Return 1 for each pair of function words that have no other counterpart; (n, m)."""
    possible = function > 0
    unique = possible & (possible.sum(axis=0) == 1) & (possible.sum(axis=1, keepdims=True) == 1)
    return np.asarray(unique, np.float32)


def _adjacent_links(content: Floats, links: set[Link]) -> set[Link]:
    """Link content words that are left over on both sides, next to a link, the best first.

    Words that compare with none of the other side, function words mostly, may be in between.
    """
    extended = set(links)
    rows, columns = (set(range(n)) - {link[side] for link in links} for side, n in enumerate(content.shape))
    comparable = content >= MIN_ADJACENT_SCORE
    row_neighbours, column_neighbours = (
        _neighbours(np.flatnonzero(comparable.any(axis=1 - k)), comparable.shape[k]) for k in (0, 1)
    )
    best_first: list[tuple[float, int, int]] = []
    queued: set[Link] = set()
    latest = list(links)
    while latest or best_first:
        adjacent = {
            (i, j)
            for a, b in latest
            for i in row_neighbours[a]
            for j in column_neighbours[b]
            if i in rows and j in columns
        }
        for i, j in adjacent - queued:
            if comparable[i, j]:
                heappush(best_first, (-float(content[i, j]), i, j))
        queued |= adjacent
        latest = []
        if best_first:
            _, i, j = heappop(best_first)
            if i in rows and j in columns:
                latest = [(i, j)]
                extended.add((i, j))
                rows.remove(i)
                columns.remove(j)
    return extended


def _neighbours(compared: npt.NDArray[np.int64], n: int) -> list[set[int]]:
    """Return for each of n words those beside it, and the nearest before and after it that are compared."""
    places = compared.tolist()
    neighbours = []
    for i in range(n):
        before, after = bisect_left(places, i), bisect_right(places, i)
        neighbours.append({*places[:before][-1:], *places[after:][:1], i - 1, i + 1})
    return neighbours


class _Joining:
    """Links words left over to what the word beside them is linked to: one word may be two elsewhere."""

    def __init__(
        self, lowered: tuple[list[str], list[str]], content: Floats, function: Floats, links: set[Link]
    ) -> None:
        self.fr, self.en = lowered
        self.content, self.function = content, function
        self.free_fr = set(range(len(self.fr))) - {i for i, _ in links}
        self.free_en = set(range(len(self.en))) - {j for _, j in links}

    def beside(self, link: Link) -> Iterator[Link]:
        """Yield the links of free words beside those of a link."""
        i, j = link
        if self.fr[i] in joins("contracted"):
            yield from ((i, k) for k in (j - 1, j + 1) if k in self.free_en and self.function[i, k])
        if i - 1 in self.free_fr and self.fr[i - 1] in joins("comparing"):
            yield from ((i - 1, j) for ending in joins("comparative") if self.en[j].endswith(ending))
        if not self.function[i, j]:
            yield from self._of_verb(i, j)
            yield from (
                (i, k) for k in (j - 1, j + 1) if k in self.free_en and self.content[i, k] >= MIN_JOINED_SCORE
            )
            yield from (
                (k, j) for k in (i - 1, i + 1) if k in self.free_fr and self.content[k, j] >= MIN_JOINED_SCORE
            )

    def _of_verb(self, i: int, j: int) -> Iterator[Link]:
        yield from (
            (i, k) for k in range(j - REACH, j) if k in self.free_en and self.en[k] in joins("auxiliary")
        )
        if j + 1 in self.free_en and self.en[j + 1] in joins("particle"):
            yield i, j + 1
