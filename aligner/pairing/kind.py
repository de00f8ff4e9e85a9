"""What a pair is: a translation, an abridged version, or an adapted one."""

from __future__ import annotations

from aligner.model import Alignment, Language, PairKind

COVERED = 0.7
"""Share of an article's characters with a counterpart that makes its side complete.
Set on `corpora/demo` and on the development pairs."""

LEAST_SIMILARITY = 0.3
"""A bead below this similarity covers nothing."""


def coverage(alignment: Alignment, side: Language) -> float:
    """Share 0..1 of the characters of one side that stand in beads with a counterpart."""
    segments = [s for bead in alignment.beads for s in bead.side(side)]
    total = sum(len(s.text) for s in segments)
    covered = sum(
        len(s.text)
        for bead in alignment.beads
        if bead.fr and bead.en and bead.similarity >= LEAST_SIMILARITY
        for s in bead.side(side)
    )
    return covered / total if total else 0.0


def kind(alignment: Alignment) -> PairKind:
    """Translation: both sides covered; abridged: one of them; adapted: neither, in this order."""
    sides = sorted((coverage(alignment, "fr"), coverage(alignment, "en")))
    if sides[0] >= COVERED:
        return "translation"
    return "abridged" if sides[1] >= COVERED else "adapted"
