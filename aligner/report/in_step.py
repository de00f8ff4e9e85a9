"""Which version of a pair is behind the other, by the findings of comparing them: what each of them lacks.

Nobody says which text was translated from which, so that a version is behind by its content alone: it lacks
passages, clauses or facts that the other has. Figures that differ were updated in one of the two.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from aligner.model import LANGUAGES, OTHER, Finding, Language
from aligner.text.words import count_words

Behind = Literal["fr", "en", "both", "none"]

PASSAGES = frozenset({"ACC301", "ACC302"})
CLAUSES = frozenset({"ACC303"})
FACTS = frozenset({"ACC308", "ACC310", "ACC311", "ACC312"})
"""Checks of figures, amounts and dates; what is only written otherwise (ACC309, ACC313) is no update."""

CODES = PASSAGES | CLAUSES | FACTS
"""The checks that say which version is behind."""

ABRIDGED = "ALN203"
"""The check that explains what a version leaves out because it is abridged or adapted."""

_ONE_SIDED = frozenset({"only-fr", "only-en"})
_DIFFERS = frozenset({"differs", "odd-fr", "odd-en"})

CLEARLY_MORE = 3
"""A version is behind alone where it lacks so many times the words that the other lacks: a gloss in each
language is usual in good translations (newstest 2008-2012)."""


def lacking(finding: Finding) -> Language | None:
    """Return the side that lacks what a finding is about; None where it is about something else.

    What is explained by another finding, suppressed or a suspicion is lacked by neither; what an abridged
    version leaves out is lacked all the same, although it costs nothing there.
    """
    if not (finding.counts or _is_abridgement(finding)) or finding.pair is None:
        return None
    one_sided = finding.code in FACTS and finding.key in _ONE_SIDED
    return OTHER[finding.language] if one_sided or finding.code in PASSAGES | CLAUSES else None


def _is_abridgement(finding: Finding) -> bool:
    return finding.demoted_by == ABRIDGED and not finding.suppressed and not finding.suspicion


def is_update(finding: Finding) -> bool:
    """Return whether a finding is a figure or date that differs between the two sides."""
    return finding.counts and finding.code in FACTS and finding.key in _DIFFERS


@dataclass(slots=True)
class Sync:
    """The degree to which the versions of one pair are in step.

    ``missing`` counts the passages, clauses and facts that a side lacks, ``words`` their words;
    ``updated`` the facts that differ.
    """

    missing: Counter[Language] = field(default_factory=Counter)
    words: Counter[Language] = field(default_factory=Counter)
    updated: int = 0

    def add(self, finding: Finding) -> None:
        """Take one finding of the pair into account; most are about something else."""
        side = lacking(finding)
        if side is not None:
            self.missing[side] += 1
            self.words[side] += max(count_words(finding.excerpt), 1)
        self.updated += is_update(finding)

    @property
    def behind(self) -> Behind:
        """The version that lacks something, or clearly more than the other."""
        lacking = [side for side in LANGUAGES if self.missing[side]]
        if len(lacking) < 2:
            return lacking[0] if lacking else "none"
        clear = (side for side in LANGUAGES if self.words[side] >= CLEARLY_MORE * self.words[OTHER[side]])
        return next(clear, "both")
