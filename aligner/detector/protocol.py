"""The interface of a detector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from aligner.model import Language, WordScore, WordTag

WordScores = tuple[WordScore, ...]
WordTags = tuple[WordTag, ...]


class Analysis(NamedTuple):
    """The scores of the words of a text, in order, and a tag for each; None from a detector without tags."""

    words: WordScores
    tags: WordTags | None


class Detector(Protocol):
    """Scores texts word by word; the same text always gets the same scores, whatever is around it."""

    @property
    def name(self) -> str:
        """Name and version, for the report's signature."""
        ...

    def score(self, texts: Sequence[str], languages: Sequence[Language]) -> list[WordScores]:
        """Score each text alone: its words in order, offsets counting in it."""
        ...

    def analyse(self, texts: Sequence[str], languages: Sequence[Language]) -> list[Analysis]:
        """Score each text alone and tag its words, in one run."""
        ...

    def score_pairs(self, fr: Sequence[str], en: Sequence[str]) -> list[tuple[WordScores, WordScores]]:
        """Score text i of both sides together, each with the other as evidence."""
        ...
