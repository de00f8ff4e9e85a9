"""Turns a network's tags of the pieces of a text into a tag for each word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from aligner.model import Span, WordTag

POS, RELATION = "UPOS", "Relation"
NO_VALUE = "_"
EVEN = 0.5
"""Probability from which a morphological feature is named."""
UNTAGGED = "X"
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """Names and values of the columns of tags of a network, as its card lists them."""

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, card: Mapping[str, Sequence[str]] | None) -> Columns | None:
        """Read the columns of a card; None for a network without tags. Raises KeyError for half of them."""
        if card is None:
            return None
        if not {POS, RELATION} <= card.keys():
            raise KeyError(POS if POS not in card else RELATION)
        return cls(tuple(card), tuple(tuple(map(str, values)) for values in card.values()))


@dataclass(slots=True)
class Tagged:
    """The tags of the pieces of one text, window by window.

    Of ``n`` pieces and ``c`` columns: ``values`` and ``sure`` (n, c), the likeliest value of each column and
    its probability; ``heads`` (n,), the piece of the head, or -1 for none.
    """

    columns: Columns
    values: list[list[int]] = field(default_factory=list)
    probabilities: list[list[float]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)

    def add(
        self,
        values: npt.NDArray[np.int64],
        probabilities: npt.NDArray[np.float32],
        arcs: npt.NDArray[np.float32],
    ) -> None:
        """Add a window with the mark at each end; ``arcs`` are scores, (dependent, head)."""
        first, last = 1, len(values) - 1
        begun = len(self.heads)
        self.values.extend(values[first:last].tolist())
        self.probabilities.extend(probabilities[first:last].tolist())
        np.fill_diagonal(arcs, -np.inf)
        for head in arcs[first:last, :last].argmax(axis=1).tolist():
            self.heads.append(begun + head - 1 if head else -1)

    def of_words(self, words: Sequence[Span], runs: Sequence[Span]) -> Iterator[WordTag]:
        """Yield the tag of each word, from the piece that is surest of each column."""
        word_of = [0] * len(self.heads)
        for number, (first, last) in enumerate(runs):
            word_of[first:last] = [number] * (last - first)
        for number, ((start, end), (first, last)) in enumerate(zip(words, runs, strict=True)):
            if first == last:
                yield WordTag(start, end, UNTAGGED, "", "dep", start, 0.0)
                continue
            best_values = self._best_values(first, last)
            (pos, confidence, _), (relation, _, speaker) = best_values.pop(POS), best_values.pop(RELATION)
            pairs = sorted(f"{name}={value}" for name, (value, p, _) in best_values.items() if p >= EVEN)
            head = word_of[self.heads[speaker]] if self.heads[speaker] >= 0 else number
            features = "|".join(feature for feature in pairs if not feature.endswith(NO_VALUE))
            yield WordTag(start, end, pos, features, relation, words[head][0], confidence)

    def _best_values(self, first: int, last: int) -> dict[str, tuple[str, float, int]]:
        """Return value, probability and piece by column of the pieces ``first`` to ``last`` (excluded)."""
        best_by_column = {}
        for column, (name, values) in enumerate(zip(self.columns.names, self.columns.values, strict=True)):
            probability, piece = max(
                (self.probabilities[piece][column], -piece) for piece in range(first, last)
            )
            best_by_column[name] = values[self.values[-piece][column]], round(probability, DIGITS), -piece
        return best_by_column
