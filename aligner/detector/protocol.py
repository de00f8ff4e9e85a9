"""What the rest of the program asks of a detector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aligner.model import Language, WordScore

WordScores = tuple[WordScore, ...]


class Detector(Protocol):
    """Scores texts word by word; the same text always gets the same scores, whatever is around it."""

    @property
    def name(self) -> str:
        """Name and version, for the report's signature."""
        ...

    def score(self, texts: Sequence[str], languages: Sequence[Language]) -> list[WordScores]:
        """Score each text alone: its words in order, offsets counting in it."""
        ...

    def score_pairs(self, fr: Sequence[str], en: Sequence[str]) -> list[tuple[WordScores, WordScores]]:
        """Score text i of both sides together, each with the other as evidence."""
        ...
