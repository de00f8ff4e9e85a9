"""The kind of a pair: a translation, an abridged version, or an adapted one."""

from __future__ import annotations

from aligner.model import LANGUAGES, Alignment, PairKind
from aligner.text.coverage import coverage

COVERED = 0.7
"""Share of an article's words with a counterpart that makes its side complete.
Set on `corpora/demo` and on the development pairs."""


def kind(alignment: Alignment) -> PairKind:
    """Classify a pair by what is covered in the same order on both sides.

    Translation: both sides; abridged: one of them; adapted: neither.
    """
    sides = sorted(coverage(alignment, language) for language in LANGUAGES)
    if sides[0] >= COVERED:
        return "translation"
    return "abridged" if sides[1] >= COVERED else "adapted"
