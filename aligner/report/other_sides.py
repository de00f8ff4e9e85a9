"""What the aligned passage says, for findings of one article alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from aligner.model import Language
from aligner.report.reader import Report
from aligner.report.records import BeadRow, PairRow, Record

PAIRS_KEPT = 64


class OtherSides:
    """The passages beside those of articles that are in a pair, the first one where they are in several."""

    def __init__(self, report: Report, pairs: Iterable[PairRow] | None = None) -> None:
        self._keys: dict[str, str] = {}
        for pair in report.pairs() if pairs is None else pairs:
            for path in (pair.fr_path, pair.en_path):
                self._keys.setdefault(path, pair.key)
        self._beads = lru_cache(PAIRS_KEPT)(lambda key: tuple(report.beads(key)))

    def text(self, path: str, language: Language, place: int) -> str | None:
        """Return the text that is aligned with a place in an article; None where there is none."""
        key = self._keys.get(path)
        if key is None:
            return None
        return next(
            (_other_text(bead, language) for bead in self._beads(key) if _holds(bead, language, place)), None
        )

    def added(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield lines of ``findings.jsonl``, with the other side's text where they have none."""
        for record in records:
            if record.get("pair") or record.get("other_excerpt"):
                yield record
            else:
                text = self.text(record["path"], record["language"], record["start"])
                yield {**record, "other_excerpt": text}


def _holds(bead: BeadRow, language: Language, place: int) -> bool:
    start, end = (bead.fr_start, bead.fr_end) if language == "fr" else (bead.en_start, bead.en_end)
    return start is not None and end is not None and start <= place < end


def _other_text(bead: BeadRow, language: Language) -> str | None:
    return (bead.en_text if language == "fr" else bead.fr_text) or None
