"""The outcome of a check: articles read and checked, findings, and whether it passes the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from aligner.keys import stored
from aligner.model import Finding, Skipped

Limit = Literal[
    "fail-on",
    "max",
    "max-per-1000-words",
    "min-article-score",
    "min-corpus-score",
    "max-unpaired",
    "fail-on-behind",
]


@dataclass(frozen=True, slots=True)
class Failure:
    """One limit that was passed.

    ``subject`` is what was limited: a severity, a cause, a code, "total", an article, a language, or ''
    for the corpus. ``value`` and ``allowed`` are in the limit's own unit: findings, findings per 1,000
    words, points of 100, a share 0..1, or pairs.
    """

    limit: Limit
    subject: str
    value: float
    allowed: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of the gate; ``failing`` are the findings that it fails for, by path and fingerprint."""

    fail_on: str
    failures: tuple[Failure, ...] = ()
    failing: frozenset[tuple[str, str]] = frozenset()

    @property
    def passed(self) -> bool:
        """True if no limit was passed."""
        return not self.failures

    def fails(self, finding: Finding) -> bool:
        """Return whether this finding is among those that fail the gate."""
        return (finding.path, finding.fingerprint) in self.failing


@dataclass(frozen=True, slots=True)
class Stale:
    """A suppression that suppresses nothing any more, or ("incomplete") that lacks its code or its reason.

    ``origin`` is where it is: the article, or the table of the settings.
    """

    origin: str
    code: str
    path: str
    reason: str
    problem: Literal["unused", "incomplete"] = "unused"


class Known(NamedTuple):
    """One entry of a baseline; ``path`` starts from the folder of the file, ``excerpt`` is in normal form.

    ``row`` is the row of a container, or its id.
    """

    path: str
    code: str
    excerpt: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """The amount of the corpus that was read, whatever was checked; ``words`` counts all articles."""

    articles: int = 0
    words: int = 0
    pairs: int = 0
    unpaired: int = 0
    skipped: tuple[Skipped, ...] = ()


class Checked(NamedTuple):
    """An article that was looked at, and the file that it is in: its own path, but for a container's rows."""

    path: str
    words: int
    file: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a check has to say.

    ``checked`` are the articles looked at. ``selection`` says in a word how they were chosen: '' for all
    articles, a git revision, or "files". ``skipped`` are those of what was not read that it is about,
    ``others`` counts pictures, code and the like. ``gone`` are entries of the baseline that could be taken
    out. An audit leaves out ``checked`` and ``findings``, which are in its report; ``baselined`` counts
    those of the findings that are known, to the file ``baseline``. ``given`` says that limits were set, or a
    check asked for, ``allow_skipped`` that what could not be read does not count. ``report`` is the folder
    that a report was written to, ``paths`` are those that were given.
    """

    read: Read
    checked: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    selection: str = ""
    others: int = 0
    skipped: tuple[Skipped, ...] = ()
    gone: tuple[Known, ...] = ()
    stale: tuple[Stale, ...] = ()
    baselined: int = 0
    baseline: str = ""
    given: bool = True
    allow_skipped: bool = False
    report: str = ""
    paths: tuple[str, ...] = ()
    signature: Mapping[str, str] = field(default_factory=dict)

    @property
    def unread(self) -> tuple[str, ...]:
        """The paths of what should have been checked and could not be."""
        paths = (skipped.path for skipped in self.skipped if skipped.relevant)
        return () if self.allow_skipped else tuple(dict.fromkeys(paths))

    @property
    def passed(self) -> bool:
        """True if no limit was passed, and nothing was left out that should have been checked."""
        return self.verdict.passed and not self.unread

    def __repr__(self) -> str:
        count = sum(finding.counts and not finding.baselined for finding in self.findings)
        verdict = "passed" if self.passed else "failed" if self.verdict.failures else "incomplete"
        articles = len(self.checked)
        counts = f"{articles} article{'s' * (articles != 1)}, {count} finding{'s' * (count != 1)}"
        return f"<Outcome: {verdict}, {counts}>"


def gate_record(outcome: Outcome) -> dict[str, Any]:
    """Return the gate's result as ``summary.json`` and the format ``json`` hold it.

    What could not be checked is in ``unread``: then the gate is not passed, nor need a limit be.
    """
    verdict = outcome.verdict
    return {
        "given": outcome.given,
        "passed": outcome.passed,
        "unread": [stored(path) for path in outcome.unread],
        "fail_on": verdict.fail_on,
        "failures": [asdict(failure) for failure in verdict.failures],
        "baselined": outcome.baselined,
        "baseline_gone": [entry._asdict() for entry in outcome.gone],
    }
