"""What the rest of the program asks of a detector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aligner.model import HeardWord, Language

Heard = tuple[HeardWord, ...]


class Detector(Protocol):
    """Hears texts word by word; the same text is always heard alike, whatever stands around it."""

    @property
    def name(self) -> str:
        """Name and version, for the report's signature."""
        ...

    def hear(self, texts: Sequence[str], languages: Sequence[Language]) -> list[Heard]:
        """Hear each text alone: its words in order, offsets counting in it."""
        ...

    def hear_pairs(self, fr: Sequence[str], en: Sequence[str]) -> list[tuple[Heard, Heard]]:
        """Hear text i of both sides together, each with the other as evidence."""
        ...
