"""The shipped tokenizer, for words of usual letters and signs: the likeliest pieces of a word (Kudo 2018).

It gives what the package ``tokenizers`` gives, which takes 30 MB more and 50 ms longer to load. The pieces of
many words are found by the package, from our normal form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers.models import Model

NORMALIZER = {
    "type": "Sequence",
    "normalizers": [
        {"type": "NFKC"},
        {"type": "Replace", "pattern": {"String": "œ"}, "content": "oe"},
        {"type": "Replace", "pattern": {"String": "Œ"}, "content": "oe"},
        {"type": "Replace", "pattern": {"String": "’"}, "content": "'"},
        {"type": "Lowercase"},
        {"type": "NFD"},
        {"type": "StripAccents"},
    ],
}
PRE_TOKENIZER = {
    "type": "Sequence",
    "pretokenizers": [
        {"type": "WhitespaceSplit"},
        {"type": "Punctuation", "behavior": "Isolated"},
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False},
    ],
}
"""The tokenizers that are known here; others are left to the package."""

USUAL = frozenset(map(chr, (*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x2010, 0x2027), 0x20AC)))
"""Letters and signs whose normal form and kind are known here: the rest of Unicode grows."""

UNKNOWN = 0
UNKNOWN_PENALTY = 10.0
"""Log probability that an unknown letter has less than the least likely piece."""

_START = "▁"


class Unigram:
    """Pieces of words with their log probabilities."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]]) -> None:
        self._scores = dict(vocabulary)
        self._numbers = dict(zip(self._scores, range(len(vocabulary)), strict=True))
        self._longest = max(map(len, self._scores))
        self._unknown = min(self._scores.values()) - UNKNOWN_PENALTY

    @classmethod
    def of(cls, tokenizer: Mapping[str, Any]) -> Unigram | None:
        """Return the pieces of the content of a ``tokenizer.json``; None for a tokenizer of another kind."""
        model = tokenizer.get("model") or {}
        is_supported = (
            tokenizer.get("normalizer") == NORMALIZER and tokenizer.get("pre_tokenizer") == PRE_TOKENIZER
        )
        added_tokens = [token.get("content") for token in tokenizer.get("added_tokens", ())]
        if not is_supported or model.get("type") != "Unigram" or model.get("unk_id") != UNKNOWN:
            return None
        if model.get("byte_fallback") or added_tokens != [model["vocab"][UNKNOWN][0]]:
            return None
        return cls(model["vocab"])

    def knows(self, word: str) -> bool:
        """Return whether a word without white space has only usual letters and signs, and no added token."""
        return USUAL.issuperset(word) and "[UNK]" not in word

    def tokens(self, word: str) -> list[int]:
        """Return the numbers of the tokens of a word that is known."""
        return [number for part in _parts(word) for number in self._tokens(_START + part)]

    def tokens_by_package(self, word: str, model: Model) -> list[int]:
        """Return the same, found by the model of the same tokenizer in the package, ten times as fast."""
        return [token.id for part in _parts(word) for token in model.tokenize(_START + part)]

    def _tokens(self, word: str) -> list[int]:
        """Find the likeliest way through a word; of equals, the one that is found first."""
        score_of, size = self._scores.get, len(word)
        best_score = [0.0] + [-inf] * size
        origin = [0] * (size + 1)
        is_known = [True] * (size + 1)
        for start in range(size):
            before = best_score[start]
            for end in range(start + 1, min(start + self._longest, size) + 1):
                score = score_of(word[start:end])
                if score is not None and before + score > best_score[end]:
                    best_score[end], origin[end], is_known[end] = before + score, start, True
            if before + self._unknown > best_score[start + 1] and word[start] not in self._scores:
                best_score[start + 1], origin[start + 1], is_known[start + 1] = (
                    before + self._unknown,
                    start,
                    False,
                )
        return self._numbers_along(word, origin, is_known)

    def _numbers_along(self, word: str, origin: Sequence[int], is_known: Sequence[bool]) -> list[int]:
        """Return the numbers of the pieces on a way; unknown letters in a row are one."""
        numbers: list[int] = []
        end, was_known = len(word), True
        while end:
            start = origin[end]
            if is_known[end]:
                numbers.append(self._numbers[word[start:end]])
            elif was_known:
                numbers.append(UNKNOWN)
            end, was_known = start, is_known[end]
        return numbers[::-1]


def _parts(word: str) -> list[str]:
    """Normalise a word, and cut it at each mark of punctuation."""
    text = word.lower() if word.isascii() else "".join(map(_plain, word))
    if text.isalnum():
        return [text]
    return "".join(f" {letter} " if _is_punctuation(letter) else letter for letter in text).split()


# Saves 7 µs a word with accents.
@lru_cache(maxsize=1024)
def _plain(letter: str) -> str:
    text = (
        unicodedata.normalize("NFKC", letter).replace("œ", "oe").replace("Œ", "oe").replace("’", "'").lower()
    )
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


# Saves 0.2 µs a letter of the words that are no plain ones.
@lru_cache(maxsize=1024)
def _is_punctuation(letter: str) -> bool:
    if letter.isascii():
        return not letter.isalnum()
    return unicodedata.category(letter).startswith("P")
