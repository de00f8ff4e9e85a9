"""All that pairing has to remember of an article: about 2 KB, whatever its length."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.align import Vectors
from aligner.encoders.protocol import unit
from aligner.model import Document, Language
from aligner.pairing.facts import facts, links
from aligner.text.prose import prose_of

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class ArticleProfile:
    """Properties by which articles are compared before their sentences are.

    ``vector`` (d,) is the unit mean of the sentences, zero without any; they weigh as the square root of
    their length, so that one long list does not speak for the whole article. ``facts`` and ``sentences``
    are digests of 64 bits, sorted; those of numbers and weekdays are odd.
    """

    path: str
    language: Language
    date: str
    vector: Floats
    facts: Ints
    sentences: Ints


def article_profile(document: Document, vectors: Vectors) -> ArticleProfile:
    """Sum up an article from its text and the vectors of its title and body segments."""
    mean = (unit(vectors.plain) * np.sqrt(vectors.lengths)[:, None]).sum(axis=0, keepdims=True)
    sentences = {" ".join(segment.text.lower().split()) for segment in document.aligned_segments}
    return ArticleProfile(
        document.path,
        document.language,
        document.metadata.get("date", "")[:10],
        unit(mean.astype(np.float32))[0],
        _digests(facts(prose_of(document).text) | links(document.text), marked=True),
        _digests(sentences),
    )


def is_number(fact: int) -> bool:
    """Return whether the digest of a fact is that of a number or a weekday."""
    return bool(fact & 1)


def repeated(arrays: Sequence[Ints]) -> tuple[Ints, npt.NDArray[np.int64]]:
    """Return the digests that are in more than one array, sorted, and in how many each is; both (n,)."""
    every = np.concatenate(arrays) if arrays else np.zeros(0, np.uint64)
    values, counts = np.unique(every, return_counts=True)
    return values[counts > 1], counts[counts > 1]


def _digests(texts: Iterable[str], *, marked: bool = False) -> Ints:
    items = list(texts)
    data = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in items]
    digests = np.frombuffer(b"".join(data), "<u8").astype(np.uint64)
    if marked:
        bit = np.uint64(1)
        digests = digests >> bit << bit | np.array([text[:1].isdigit() for text in items], np.uint64)
    return np.unique(digests)
