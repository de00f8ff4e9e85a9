"""Shared by the checks of articles without counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aligner.model import CorpusView, Document, Hit, Span, Values

CONFIDENCE = 0.8


def unpaired_hits(view: CorpusView, reasons: Mapping[str, str]) -> Iterator[Hit]:
    """Yield a hit on the first words of each unpaired article with one of ``reasons`` (reason → key)."""
    for unpaired in view.unpaired:
        key = reasons.get(unpaired.reason)
        if key is None:
            continue
        has_candidate = bool(unpaired.best_candidate)
        values: Values = {"candidate": unpaired.best_candidate, "score": round(unpaired.best_score, 2)}
        yield Hit(
            f"{key}-near" if has_candidate else key,
            *_opening(unpaired.document),
            values=values if has_candidate else {},
            path=unpaired.document.path,
            confidence=CONFIDENCE,
        )


def _opening(document: Document) -> Span:
    """Return the span of the title or first sentence, or else of the first characters."""
    first = next(iter(document.aligned_segments), None)
    return (first.start, first.end) if first else (0, min(1, len(document.text)))
