"""The content of the page of a pair or an article: passages in reading order, with their findings."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aligner.model import Finding, Language
from aligner.quantities.reader import marks_are_sure, month_first
from aligner.report.records import ArticleText, BeadRow
from aligner.reporters.facts import Fact, Reading, linked_facts
from aligner.reporters.marks import MarkedSegment, Note, mark
from aligner.reporters.pictures import Ribbon, Strip, ribbons, strip

Worder = Callable[[Finding], str]


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the page: a bead, or boilerplate that is between two beads.

    ``number`` counts beads from 1 and is 0 for boilerplate; ``state`` is aligned, unaligned, moved or
    boilerplate; ``moved_to`` is the passage that answers a moved one.
    """

    anchor: str
    number: int
    state: str
    is_title: bool
    fr: tuple[MarkedSegment, ...]
    en: tuple[MarkedSegment, ...]
    similarity: float = 0.0
    notes: tuple[Note, ...] = ()
    moved_to: tuple[str, int] | None = None

    @property
    def segments(self) -> tuple[MarkedSegment, ...]:
        """Segments of both sides."""
        return self.fr + self.en


@dataclass(frozen=True, slots=True)
class PageView:
    """Passages in reading order, the findings that are in none of them, and the map of a pair."""

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
        """The places of findings in each article."""
        findings = [note.finding for note in self.notes if not note.is_whole]
        return {article.language: strip(article, findings) for article in self.articles}


BILINGUAL_FROM = 0.25
"""Share of the letters of an article from which the other language in it is more than a quotation."""


def is_bilingual(article: ArticleText) -> bool:
    """Return whether an article holds both languages: two versions in one file, most likely."""
    letters: Counter[str] = Counter()
    for segment in article.segments:
        letters[segment.language] += len(segment.text)
    return min(letters["fr"], letters["en"]) >= BILINGUAL_FROM * max(letters.total(), 1)


class _Side:
    """One article with its findings, each handed to the segments that it may touch."""

    def __init__(self, article: ArticleText, findings: Iterable[Finding], word: Worder) -> None:
        self.article = article
        self.notes = [
            Note(f, word(f), _in_context(f, article.text)) for f in findings if f.language == article.language
        ]
        self._near: list[list[Note]] = [[] for _ in article.segments]
        starts = [segment.start for segment in article.segments]
        for note in (note for note in self.notes if not note.is_whole):
            first = max(bisect_right(starts, note.finding.start) - 1, 0)
            for number in range(first, bisect_right(starts, note.finding.end)):
                self._near[number].append(note)

    def marked(self, numbers: Iterable[int], facts: Sequence[Fact] = ()) -> tuple[MarkedSegment, ...]:
        """Return segments of the article with their findings, and facts, marked in them."""
        segments, language = self.article.segments, self.article.language
        return tuple(mark(segments[n], language, self._near[n], facts) for n in numbers)

    def boilerplate(self, numbers: Iterable[int]) -> tuple[MarkedSegment, ...]:
        """Return those of the segments that are boilerplate."""
        return self.marked(n for n in numbers if self.article.segments[n].role == "boilerplate")


def _in_context(finding: Finding, text: str) -> str | None:
    """Return a suggestion; a mark alone with the words around it, as in "30 %" for " %"."""
    suggestion = finding.suggestion
    if suggestion is None or any(character.isalnum() for character in suggestion):
        return suggestion
    before = re.search(r"\S{0,20}\Z", text[: finding.start])
    after = re.match(r"\S{0,20}", text[finding.end :])
    return f"{before[0] if before else ''}{suggestion}{after[0] if after else ''}"


def pair_view(
    fr: ArticleText, en: ArticleText, beads: Sequence[BeadRow], findings: Iterable[Finding], word: Worder
) -> PageView:
    """Lay out a pair; ``findings`` are those of both articles that belong on this pair's page."""
    every = list(findings)
    left, right = _Side(fr, every, word), _Side(en, every, word)
    names = _names("b", (f"{bead.fr_text}\0{bead.en_text}" for bead in beads))
    anchors = {bead.index: name for bead, name in zip(beads, names, strict=True)}
    passages: list[Passage] = []
    us_dates = month_first(en.text)
    sure_marks = marks_are_sure(fr.text, "fr") and marks_are_sure(en.text, "en")
    reading = Reading(us_dates, sure_marks)
    at_fr = at_en = 0
    for bead in beads:
        # Boilerplate inside a bead comes with what follows the bead: from its first segment on.
        to_fr, to_en = bead.fr[0] if bead.fr else at_fr, bead.en[0] if bead.en else at_en
        passages += _boilerplate_between(
            left, right, range(at_fr, to_fr), range(at_en, to_en), anchors[bead.index]
        )
        passages.append(_bead_passage(left, right, bead, anchors, reading))
        at_fr, at_en = to_fr, to_en
    ends = range(at_fr, len(fr.segments)), range(at_en, len(en.segments))
    passages += _boilerplate_between(left, right, *ends, "end")
    complete, general = _with_notes(passages, left.notes + right.notes)
    return PageView((fr, en), complete, general, ribbons(fr, en, beads, anchors))


def article_view(article: ArticleText, findings: Iterable[Finding], word: Worder) -> PageView:
    """Lay out one article alone, one passage per segment."""
    side = _Side(article, findings, word)
    names = _names("s", (segment.text for segment in article.segments))
    passages = []
    for number, (segment, name) in enumerate(zip(article.segments, names, strict=True)):
        is_boilerplate = segment.role == "boilerplate"
        marked = side.marked([number])
        passages.append(
            Passage(
                anchor=name,
                number=0 if is_boilerplate else number + 1,
                state="boilerplate" if is_boilerplate else "aligned",
                is_title=segment.role == "title",
                fr=marked if article.language == "fr" else (),
                en=marked if article.language == "en" else (),
            )
        )
    return PageView((article,), *_with_notes(passages, side.notes))


def _names(prefix: str, texts: Iterable[str]) -> Iterator[str]:
    """Name passages by their text, so that a link to one survives a change elsewhere."""
    counts: Counter[str] = Counter()
    for text in texts:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        counts[digest] += 1
        yield f"{prefix}-{digest}" if counts[digest] == 1 else f"{prefix}-{digest}-{counts[digest]}"


def _bead_passage(
    left: _Side, right: _Side, bead: BeadRow, anchors: Mapping[int, str], reading: Reading
) -> Passage:
    sides = [[side.article.segments[n] for n in ns] for side, ns in ((left, bead.fr), (right, bead.en))]
    fr_facts, en_facts = linked_facts(sides[0], sides[1], reading)
    fr, en = left.marked(bead.fr, fr_facts), right.marked(bead.en, en_facts)
    to = bead.moved_to
    return Passage(
        anchor=anchors[bead.index],
        number=bead.index + 1,
        state="moved" if bead.moved else "aligned" if fr and en else "unaligned",
        is_title=any(segment.role == "title" for segment in fr + en),
        fr=fr,
        en=en,
        similarity=bead.similarity,
        moved_to=(anchors[to], to + 1) if to is not None and to in anchors else None,
    )


def _boilerplate_between(left: _Side, right: _Side, fr: range, en: range, before: str) -> Iterator[Passage]:
    """Yield the boilerplate of both sides between two places as one muted passage, if there is any."""
    shown_fr, shown_en = left.boilerplate(fr), right.boilerplate(en)
    if shown_fr or shown_en:
        yield Passage(f"x-{before}", 0, "boilerplate", is_title=False, fr=shown_fr, en=shown_en)


def _with_notes(
    passages: Iterable[Passage], notes: Iterable[Note]
) -> tuple[tuple[Passage, ...], tuple[Note, ...]]:
    """Hand each finding to the first passage in which it is marked; what is marked nowhere is left over."""
    listed: set[str] = set()
    complete = []
    for passage in passages:
        begun = {
            note.id: note
            for segment in passage.segments
            for piece in segment.pieces
            for note in piece.begins
            if note.id not in listed
        }
        listed |= begun.keys()
        complete.append(replace(passage, notes=tuple(begun.values())))
    return tuple(complete), tuple(note for note in notes if note.id not in listed)
