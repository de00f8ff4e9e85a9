"""Words of the segments of an article: which of them the other side has, sentence by sentence.

The path search sees a sentence as one sum of vectors. Word by word, a short sentence that nothing
answers is distinguished from one that the other side says in passing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from aligner.alignment.scoring import Floats, Ints
from aligner.encoders.protocol import Encoder, Spelled

_CLOSING = " \u00a0\u202f\"'»”’)]-–—"

LIGHTEST = 1.6
"""Norm of the vector of a word below which it says too little to be looked for ("le", "of")."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of n segments that weigh something.

    ``table`` (rows, COMPONENTS) are vectors of length 1, ``rows`` (words,) say which is whose;
    ``weights`` (words,) average 1 per segment over the article when summed, ``starts`` (n + 1,) say where
    each segment's words begin. ``ends`` (n,) is the code of the mark that ends each segment, ``asks`` (n,) is
    1 where there is a question mark in it.
    """

    table: Floats
    rows: npt.NDArray[np.int32]
    weights: Floats
    starts: Ints
    ends: Ints
    asks: Ints

    @property
    def vectors(self) -> Floats:
        """The vector of each word, shape (words, COMPONENTS)."""
        return self.table[self.rows]

    def part(self, rows: slice) -> Words:
        """Return the words of some consecutive segments."""
        first, last = self.starts[rows.start], self.starts[rows.stop]
        return Words(
            self.table,
            self.rows[first:last],
            self.weights[first:last],
            self.starts[rows.start : rows.stop + 1] - first,
            self.ends[rows],
            self.asks[rows],
        )

    def beginnings(self, limit: int) -> Words:
        """Return so many words of each segment at most, the first."""
        sizes = np.diff(self.starts)
        is_kept = np.arange(len(self.rows)) - np.repeat(self.starts[:-1], sizes) < limit
        starts = np.concatenate([[0], np.cumsum(np.minimum(sizes, limit))])
        return replace(self, rows=self.rows[is_kept], weights=self.weights[is_kept], starts=starts)


def read_words(texts: Sequence[str], encoder: Encoder) -> Words:
    """Look up the words of the n texts."""
    return weighed(texts, encoder.spelled(texts))


def weighed(texts: Sequence[str], spelled: Spelled) -> Words:
    """Weigh the words of the n texts."""
    weights = spelled.norms[spelled.rows]
    weighty = weights >= LIGHTEST
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(weighty)])
    rows, weights = spelled.rows[weighty], weights[weighty]
    total = float(weights.sum()) / max(len(texts), 1)
    return Words(
        spelled.directions,
        rows,
        weights / max(total, 1e-6),
        before[spelled.starts],
        np.array([ord(text.rstrip(_CLOSING)[-1:] or " ") for text in texts], np.int64),
        np.array(["?" in text for text in texts], np.int64),
    )
