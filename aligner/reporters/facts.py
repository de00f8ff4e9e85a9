"""The numbers, dates, amounts and names that both sides of a passage say, each with its counterpart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aligner.lexicon.names import Name, can_be_same, looks_like_name, read_names
from aligner.model import Language, Segment
from aligner.quantities.agree import agree
from aligner.quantities.reader import read_quantities
from aligner.quantities.types import Quantity

Sort = Literal["number", "date", "money", "name"]

MOST_FACTS = 60
"""Facts of one side of a passage up to which they are marked; a table of figures is left as it is."""
_DATES = frozenset({"day", "month", "year", "weekday", "decade", "time"})
_UNSAID = frozenset({"vague", "multiple"})
"""Kinds that good translations reword at will."""
_SAME_FACT = 2
"""Agreement of two quantities, on the scale of ``agree``, from which they are one fact."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the two articles write their numbers: see ``read_quantities``."""

    us_dates: bool = False
    sure_marks: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact at ``start:end`` of an article.

    ``link`` is the number that it shares with its counterpart, counted from 1 in the passage; 0 for none.
    """

    start: int
    end: int
    sort: Sort
    quantities: tuple[Quantity, ...] = ()
    names: tuple[Name, ...] = ()
    link: int = 0

    @property
    def key(self) -> str:
        """Its name on the page: its sort as a letter, and its link."""
        letter = {"number": "n", "date": "d", "money": "m", "name": "p"}[self.sort]
        return f"{letter}{self.link or ''}"


def linked_facts(
    fr: Sequence[Segment], en: Sequence[Segment], reading: Reading
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Return the facts of both sides of a passage in order; those that are the same share a link."""
    left = [fact for segment in fr for fact in _facts(segment, "fr", reading)]
    right = [fact for segment in en for fact in _facts(segment, "en", reading)]
    if max(len(left), len(right)) > MOST_FACTS:
        return (), ()
    unlinked = dict(enumerate(right))
    links = 0
    for place, fact in enumerate(left):
        share = place / len(left)
        match = max(
            unlinked,
            key=lambda k: (_agreement(fact, unlinked[k]), -abs(k / len(right) - share)),
            default=None,
        )
        if match is None or _agreement(fact, unlinked[match]) < _SAME_FACT:
            continue
        links += 1
        left[place] = replace(fact, link=links)
        right[match] = replace(unlinked.pop(match), link=links)
    return tuple(filter(_is_shown, left)), tuple(filter(_is_shown, right))


def _is_shown(fact: Fact) -> bool:
    """Return whether a fact is marked: a capital that nothing on the other side matches may be no name."""
    return fact.link > 0 or fact.sort != "name"


def _facts(segment: Segment, language: Language, reading: Reading) -> list[Fact]:
    us_dates = language == "en" and reading.us_dates
    read = read_quantities(segment.text, language, us_dates, reading.sure_marks)
    facts = list(_by_span((q for q in read if q.kind not in _UNSAID), segment.start))
    spans = [(fact.start, fact.end) for fact in facts]
    names = _full_names(segment.text, language)
    for words in names:
        start, end = segment.start + words[0].start, segment.start + words[-1].end
        if all(end <= low or start >= high for low, high in spans):
            facts.append(Fact(start, end, "name", names=words))
    return sorted(facts, key=lambda fact: fact.start)


def _by_span(quantities: Iterable[Quantity], offset: int) -> Iterator[Fact]:
    """Yield a fact for each run of quantities that overlap: a date is a day, a month and a year."""
    run: list[Quantity] = []
    for q in sorted(quantities, key=lambda quantity: (quantity.start, -quantity.end)):
        if run and q.start >= max(quantity.end for quantity in run):
            yield _merged_fact(run, offset)
            run = []
        run.append(q)
    if run:
        yield _merged_fact(run, offset)


def _merged_fact(run: Sequence[Quantity], offset: int) -> Fact:
    kinds = {q.kind for q in run}
    sort: Sort = "date" if kinds & _DATES else "money" if "money" in kinds else "number"
    return Fact(offset + run[0].start, offset + max(q.end for q in run), sort, tuple(run))


def _full_names(text: str, language: Language) -> Iterator[tuple[Name, ...]]:
    """Yield the names of a text, the words of each together: a first name and a surname are one."""
    words: list[Name] = []
    for name in read_names(text):
        if words and text[words[-1].end : name.start] not in (" ", "-", "\u00a0"):
            yield tuple(words)
            words = []
        if words or looks_like_name(name, language):
            words.append(name)
    if words:
        yield tuple(words)


def _agreement(fr: Fact, en: Fact) -> int:
    """Return how well two facts agree, on the scale of ``agree``, the more parts they share the better."""
    if (fr.sort == "name") != (en.sort == "name"):
        return 0
    if fr.sort == "name":
        shared = sum(any(can_be_same(f.folded, e.folded) for e in en.names) for f in fr.names)
        return _SAME_FACT + shared if shared else 0
    levels = [max(agree(f, e) for e in en.quantities) for f in fr.quantities]
    return max(levels) + sum(level == 3 for level in levels)
