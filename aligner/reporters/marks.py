"""Cuts a passage where findings begin and end, so that overlapping findings can all be marked in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.model import SEVERITY_WEIGHT, Finding, Language, Segment
from aligner.reporters.facts import Fact

WHOLE = frozenset({"ALN201", "ALN202", "ALN203", "ALN207"})
"""Checks of articles and pairs as a whole: they report its beginning, which is not at fault."""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding worded for the page; a mark alone as suggestion, with what it is beside."""

    finding: Finding
    message: str
    suggestion: str | None = None

    @property
    def id(self) -> str:
        """Its name on the page: its fingerprint, so that links survive another run."""
        return self.finding.fingerprint

    @property
    def is_whole(self) -> bool:
        """True if it is about its article, or its pair, as a whole."""
        return self.finding.code in WHOLE

    @property
    def is_suspicion(self) -> bool:
        """True if it is a suspicion and nothing else keeps it from counting."""
        f = self.finding
        return f.suspicion and f.demoted_by is None and not f.suppressed


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same findings, the most severe first; ``begins`` are those that begin with it.

    ``runs`` are its text cut by the facts in it, each with what the page calls the fact; "" for none.
    """

    text: str
    notes: tuple[Note, ...] = ()
    begins: tuple[Note, ...] = ()
    runs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedSegment:
    """A segment as pieces; their texts make up the segment's own."""

    role: str
    language: Language
    pieces: tuple[Piece, ...]


def mark(
    segment: Segment, language: Language, notes: Sequence[Note], facts: Sequence[Fact] = ()
) -> MarkedSegment:
    """Cut a segment by the notes that touch it (the others are skipped), and by the facts in it.

    A finding of no width, such as a missing mark, becomes an empty piece where it is.
    """
    touching = [note for note in notes if _touches(note.finding, segment)]
    cuts = {segment.start, segment.end}
    for note in touching:
        cuts |= {max(note.finding.start, segment.start), min(note.finding.end, segment.end)}
    points = sorted(cuts)
    pieces = [_point(offset, touching) for offset in points[:1]]
    for start, end in itertools.pairwise(points):
        text = segment.text[start - segment.start : end - segment.start]
        over = [n for n in touching if n.finding.start < end and n.finding.end > start]
        begins = [n for n in over if max(n.finding.start, segment.start) == start]
        runs = tuple(_runs(segment, start, end, facts))
        pieces += [Piece(text, _gravest_first(over), tuple(begins), runs), _point(end, touching)]
    return MarkedSegment(segment.role, language, tuple(p for p in pieces if p.text or p.notes))


def _runs(segment: Segment, start: int, end: int, facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """Yield the text from ``start`` to ``end``, cut where facts begin and end."""
    cursor = start
    for fact in facts:
        low, high = max(fact.start, cursor), min(fact.end, end)
        if low >= high:
            continue
        if cursor < low:
            yield segment.text[cursor - segment.start : low - segment.start], ""
        yield segment.text[low - segment.start : high - segment.start], fact.key
        cursor = high
    if cursor < end:
        yield segment.text[cursor - segment.start : end - segment.start], ""


def _touches(finding: Finding, segment: Segment) -> bool:
    if finding.start == finding.end:
        return segment.start <= finding.start <= segment.end
    return finding.start < segment.end and finding.end > segment.start


def _point(offset: int, notes: Sequence[Note]) -> Piece:
    """Return the empty piece of the findings of no width at one place."""
    notes_here = _gravest_first([n for n in notes if n.finding.start == n.finding.end == offset])
    return Piece("", notes_here, notes_here)


def _gravest_first(notes: Sequence[Note]) -> tuple[Note, ...]:
    def rank(note: Note) -> tuple[bool, int, float]:
        f = note.finding
        return (not f.counts, -SEVERITY_WEIGHT[f.severity], -f.confidence)

    return tuple(sorted(notes, key=rank))
