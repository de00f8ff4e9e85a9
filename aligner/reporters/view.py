"""What a page shows of one pair or one article: passages in reading order, each with its findings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.model import Finding, Language, Severity
from aligner.reporters.marks import MarkedSegment, Note, mark
from aligner.reporters.records import ArticleText, BeadRow

Worder = Callable[[Finding], str]
Notes = dict[Language, list[Note]]
Strip = list[tuple[int, Severity, str]]
"""Where one article's findings stand: (cell, gravest severity there, its note's id), by cell."""

STRIP_CELLS = 48
"""Cells of the strip that shows where in a text the findings stand: about a sentence each in most news."""

MAP_BEADS = 600
"""Beads up to which the map is drawn: past that, ribbons are thinner than a pixel and only cost bytes."""

_RANK: dict[Severity, int] = {"minor": 1, "major": 2, "critical": 3}


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the page: a bead, or boilerplate that stands between two beads.

    ``number`` counts beads from 1 and is 0 for boilerplate; ``state`` is aligned, unaligned, moved or
    boilerplate; ``moved_to`` is the passage that answers a moved one.
    """

    anchor: str
    number: int
    state: str
    is_title: bool
    similarity: float
    fr: tuple[MarkedSegment, ...]
    en: tuple[MarkedSegment, ...]
    notes: tuple[Note, ...]
    moved_to: tuple[str, int] | None = None

    @property
    def segments(self) -> tuple[MarkedSegment, ...]:
        """Segments of both sides."""
        return self.fr + self.en


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Joins the two sides of a bead on the map; ``fr`` and ``en`` are from and to, in ``4 * STRIP_CELLS``."""

    anchor: str
    fr: tuple[float, float]
    en: tuple[float, float]
    strength: float
    moved: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """Passages in reading order, the findings that stand in none of them, and the map of a pair."""

    articles: tuple[ArticleText, ...]
    passages: tuple[Passage, ...]
    general: tuple[Note, ...]
    ribbons: tuple[Ribbon, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """All findings of the page, in reading order."""
        return self.general + tuple(note for passage in self.passages for note in passage.notes)

    @property
    def strips(self) -> dict[Language, Strip]:
        """Where in each article its findings stand."""
        return {article.language: _strip(article, self.notes) for article in self.articles}


def pair_view(
    fr: ArticleText, en: ArticleText, beads: Sequence[BeadRow], findings: Iterable[Finding], word: Worder
) -> PageView:
    """Lay out a pair; ``findings`` are those of both articles that belong on this pair's page."""
    notes = _notes_by_language(findings, word)
    anchors = _anchors(beads)
    passages: list[Passage] = []
    reached = {"fr": 0, "en": 0}
    for bead in beads:
        # Boilerplate inside a bead comes with what follows the bead: from its first segment on.
        upto = {
            "fr": bead.fr[0] if bead.fr else reached["fr"],
            "en": bead.en[0] if bead.en else reached["en"],
        }
        passages += _between(fr, en, reached, upto, notes, f"x-{anchors[bead.index]}")
        reached = upto
        passages.append(_bead_passage(fr, en, bead, notes, anchors))
    upto = {"fr": len(fr.segments), "en": len(en.segments)}
    passages += _between(fr, en, reached, upto, notes, "x-end")
    complete, general = _with_notes(passages, notes)
    return PageView((fr, en), complete, general, _ribbons(fr, en, beads, anchors))


def article_view(article: ArticleText, findings: Iterable[Finding], word: Worder) -> PageView:
    """Lay out one article alone, a segment a passage."""
    notes = _notes_by_language(findings, word)
    passages = []
    for number, segment in enumerate(article.segments):
        marked = (mark(segment, article.language, notes[article.language]),)
        quiet = segment.role == "boilerplate"
        passages.append(
            Passage(
                anchor=f"s-{number + 1}", number=0 if quiet else number + 1,
                state="boilerplate" if quiet else "aligned", is_title=segment.role == "title", similarity=0.0,
                fr=marked if article.language == "fr" else (), en=marked if article.language == "en" else (),
                notes=(),
            )
        )  # fmt: skip
    return PageView((article,), *_with_notes(passages, notes))


def _ribbons(
    fr: ArticleText, en: ArticleText, beads: Sequence[BeadRow], anchors: dict[int, str]
) -> tuple[Ribbon, ...]:
    """Return what joins the two texts on the map, moved passages last; nothing for very long texts."""
    if len(beads) > MAP_BEADS:
        return ()
    drawn = [
        Ribbon(
            anchors[bead.index], _on_map(bead.fr_start, bead.fr_end, fr),
            _on_map(bead.en_start, bead.en_end, en), round(0.15 + 0.35 * bead.similarity, 2), False,
        )
        for bead in beads
        if bead.fr and bead.en
    ]  # fmt: skip
    for bead in beads:
        if bead.fr and bead.moved_to is not None and bead.moved_to < len(beads):
            other = beads[bead.moved_to]
            left, right = _on_map(bead.fr_start, bead.fr_end, fr), _on_map(other.en_start, other.en_end, en)
            drawn.append(Ribbon(anchors[bead.index], left, right, 0.55, True))
    return tuple(drawn)


def _on_map(start: int | None, end: int | None, article: ArticleText) -> tuple[float, float]:
    scale = 4 * STRIP_CELLS / max(len(article.text), 1)
    return round((start or 0) * scale, 2), round((end or 0) * scale, 2)


def _strip(article: ArticleText, notes: Iterable[Note]) -> Strip:
    cells: dict[int, tuple[Severity, str]] = {}
    length = max(len(article.text), 1)
    for note in notes:
        f = note.finding
        if f.language != article.language or not f.counts:
            continue
        cell = min(STRIP_CELLS * f.start // length, STRIP_CELLS - 1)
        if cell not in cells or _RANK[cells[cell][0]] < _RANK[f.severity]:
            cells[cell] = (f.severity, note.id)
    return [(cell, *cells[cell]) for cell in sorted(cells)]


def _notes_by_language(findings: Iterable[Finding], word: Worder) -> Notes:
    notes: Notes = {"fr": [], "en": []}
    for finding in findings:
        notes[finding.language].append(Note(finding, word(finding)))
    return notes


def _anchors(beads: Sequence[BeadRow]) -> dict[int, str]:
    """Name each bead by its text, so that a link to it survives another run."""
    seen: Counter[str] = Counter()
    anchors = {}
    for bead in beads:
        text = f"{bead.fr_text}\0{bead.en_text}".encode("utf-8", "surrogatepass")
        name = hashlib.sha256(text).hexdigest()[:8]
        seen[name] += 1
        anchors[bead.index] = f"b-{name}" if seen[name] == 1 else f"b-{name}-{seen[name]}"
    return anchors


def _bead_passage(
    fr: ArticleText, en: ArticleText, bead: BeadRow, notes: Notes, anchors: dict[int, str]
) -> Passage:
    state = "moved" if bead.moved else "aligned" if bead.fr and bead.en else "unaligned"
    sides = {
        article.language: tuple(
            mark(article.segments[n], article.language, notes[article.language]) for n in numbers
        )
        for article, numbers in ((fr, bead.fr), (en, bead.en))
    }
    to = bead.moved_to
    return Passage(
        anchor=anchors[bead.index], number=bead.index + 1, state=state,
        is_title=any(segment.role == "title" for side in sides.values() for segment in side),
        similarity=bead.similarity, fr=sides["fr"], en=sides["en"], notes=(),
        moved_to=(anchors[to], to + 1) if to is not None and to in anchors else None,
    )  # fmt: skip


def _between(
    fr: ArticleText, en: ArticleText, start: dict[str, int], end: dict[str, int], notes: Notes, anchor: str
) -> Iterator[Passage]:
    """Give the boilerplate of both sides between two places as one quiet passage, if there is any."""
    sides = [
        tuple(
            mark(segment, article.language, notes[article.language])
            for segment in article.segments[start[article.language] : end[article.language]]
            if segment.role == "boilerplate"
        )
        for article in (fr, en)
    ]
    if any(sides):
        yield Passage(anchor, 0, "boilerplate", False, 0.0, fr=sides[0], en=sides[1], notes=())


def _with_notes(passages: Iterable[Passage], notes: Notes) -> tuple[tuple[Passage, ...], tuple[Note, ...]]:
    """Hand each finding to the first passage in which it is marked; what is marked nowhere is left over."""
    listed: set[str] = set()
    complete = []
    for passage in passages:
        here = {
            note.id: note
            for segment in passage.segments
            for piece in segment.pieces
            for note in piece.begins
            if note.id not in listed
        }
        listed |= here.keys()
        complete.append(replace(passage, notes=tuple(here.values())))
    every = notes["fr"] + notes["en"]
    return tuple(complete), tuple(note for note in every if note.id not in listed)
