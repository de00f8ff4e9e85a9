"""A set of words as a few bits each: a word is surely not in it, or it may be.

Bloom, "Space/time trade-offs in hash coding with allowable errors" (1970).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

BITS = 16
"""Bits a word: with as many hashes, one word in 1,700 that is not in the set seems to be."""
_HASHES = 8
_BYTES = 4


def packed(words: Collection[str]) -> bytes:
    """Return the bits of some words."""
    bits = bytearray(max(1, len(words)) * BITS // 8)
    for word in words:
        for place in _places(word, bits):
            bits[place // 8] |= 1 << place % 8
    return bytes(bits)


def may_have(bits: bytes, word: str) -> bool:
    """Return False for a word that is surely not among those that are packed."""
    return all(bits[place // 8] >> place % 8 & 1 for place in _places(word, bits))


def _places(word: str, bits: bytes | bytearray) -> Iterator[int]:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_HASHES * _BYTES).digest()
    size = len(bits) * 8
    for first in range(0, len(digest), _BYTES):
        yield int.from_bytes(digest[first : first + _BYTES], "little") % size
