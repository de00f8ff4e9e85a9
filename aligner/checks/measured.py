"""Figures of each check by kind of text, as measured by `aligner bench checks`, and their use for a finding.

The file is written by ``aligner bench checks --data DIR --write FILE`` and read by ``aligner checks``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.model import TEXT_KINDS, TextKind

FILE = "measured.json"
LEVELS = ("major", "minor")
CONFIDENCE_95 = 1.96
"""Standard deviations on each side of a 95 % interval."""
MIN_JUDGED = 20
"""Judged findings from which a check has bounds of its own; below, it borrows from its family."""
FEWEST_ON_KIND = 10
"""Judged findings on one kind of text from which they decide whether a finding there can be major."""
MIN_PRECISION = 0.8
"""Precision of the major ones below which a check finds nothing but minor faults there."""
DIRTY: tuple[TextKind, ...] = ("scraped", "machine-translated")
"""Kinds that a text of unknown kind is taken for, together."""


class Judged(NamedTuple):
    """Findings that people judged, and how many of them were right."""

    judged: int
    right: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the precision; 0 to 1 where nothing was judged."""
        return wilson(self.right, self.judged) or (0.0, 1.0)

    @property
    def precision(self) -> str:
        """Like ``0.95 (0.76-0.99) of 20``, or '' where nothing was judged."""
        if not self.judged:
            return ""
        low, high = self.interval
        return f"{self.right / self.judged:.2f} ({low:.2f}-{high:.2f}) of {self.judged}"


class Measured(NamedTuple):
    """Judged findings by kind of text, major (and critical) and minor ones, and the rate in correct text.

    ``per_1000`` counts findings per 1,000 words written by people, or is None where the check never ran.
    """

    major: Mapping[TextKind, Judged]
    minor: Mapping[TextKind, Judged]
    per_1000: float | None

    def of(self, kinds: Sequence[TextKind] = TEXT_KINDS, *, major: bool | None = None) -> Judged:
        """Return what was judged on some kinds of text, of both severities or of one."""
        tables = (self.major, self.minor) if major is None else (self.major if major else self.minor,)
        return _sum(table[kind] for table in tables for kind in kinds if kind in table)

    @property
    def rate(self) -> str:
        """Like ``0.07``, or '' where the check never ran."""
        return "" if self.per_1000 is None else f"{self.per_1000:.2f}" if self.per_1000 else "0"


NO_FIGURES = Measured({}, {}, None)


def _sum(counts: Iterable[Judged]) -> Judged:
    listed = list(counts)
    return Judged(sum(judged.judged for judged in listed), sum(judged.right for judged in listed))


# Saves 0.6 ms a call, at least two calls a finding.
@cache
def measured() -> Mapping[str, Measured]:
    """Return the figures by code; a check newer than the figures has none."""
    text = files("aligner.checks").joinpath("data", FILE).read_text(encoding="utf-8")
    return {
        code: Measured(_by_kind(row["major"]), _by_kind(row["minor"]), row["per_1000"])
        for code, row in json.loads(text).items()
    }


def _by_kind(row: Mapping[str, tuple[int, int]]) -> Mapping[TextKind, Judged]:
    return {kind: Judged(*row[kind]) for kind in TEXT_KINDS if kind in row}


# Saves 70 µs a call, one call a finding.
@cache
def bounds(code: str, kind: TextKind | None, *, major: bool) -> tuple[float, float]:
    """Return the 95 % bounds 0..1 of how often a check is right on a kind of text, at one level of severity.

    ``kind`` None is text that nothing is known of: scraped and machine-translated text together. A check with
    fewer than ``MIN_JUDGED`` judged findings takes those of both levels, of all kinds if one is named, and
    then of its family. Where no major one was judged on a kind of text, but ``FEWEST_ON_KIND`` were on
    others, these say more of it than the minor ones there.
    """
    own_figures, kinds = measured().get(code, NO_FIGURES), (kind,) if kind else DIRTY
    family = (figures.of(DIRTY) for sibling, figures in measured().items() if sibling[:3] == code[:3])
    if major and not own_figures.of(kinds, major=True).judged:
        elsewhere = own_figures.of(major=True)
        if elsewhere.judged >= FEWEST_ON_KIND:
            return elsewhere.interval
    wider = (
        own_figures.of(kinds, major=major),
        own_figures.of(kinds),
        own_figures.of() if kind else Judged(0, 0),
    )
    return next((candidate for candidate in wider if candidate.judged >= MIN_JUDGED), _sum(family)).interval


def is_trusted(code: str, kind: TextKind | None) -> bool:
    """Return whether a check's major findings on a kind of text are right often enough to be major.

    Text of unknown kind may be neither of the kinds it is taken for: there only ``MIN_JUDGED`` major findings
    decide.
    """
    figures, kinds = measured().get(code, NO_FIGURES), (kind,) if kind else DIRTY
    serious = figures.of(kinds, major=True)
    few = figures.of(kinds).judged < FEWEST_ON_KIND if kind else serious.judged < MIN_JUDGED
    return few or serious.right >= MIN_PRECISION * serious.judged


def is_measured(code: str, kind: TextKind | None) -> bool:
    """Tell whether the bounds of a check on a kind of text come from its own findings there."""
    return kind is not None and measured().get(code, NO_FIGURES).of((kind,)).judged >= MIN_JUDGED


def wilson(hits: int, tries: int) -> tuple[float, float] | None:
    """Return the 95 % Wilson score interval of a share, or None without trials."""
    if not tries:
        return None
    share, z2 = hits / tries, CONFIDENCE_95**2
    middle = (share + z2 / (2 * tries)) / (1 + z2 / tries)
    half = CONFIDENCE_95 * math.sqrt(share * (1 - share) / tries + z2 / (4 * tries**2)) / (1 + z2 / tries)
    return max(0.0, middle - half), min(1.0, middle + half)
