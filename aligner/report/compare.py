"""What changed between two reports: findings new, fixed and remaining, and pairs gained and lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aligner.model import Finding
from aligner.report.reader import Report
from aligner.report.records import finding_record

SCHEMA = 1
"""Version of the JSON object; goes up when a name is dropped or changes its meaning."""


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two reports, findings matched by their fingerprints.

    Only findings that count are compared: ``new`` were not there, or did not count; ``fixed`` are not
    there any more; ``silenced`` are, and are suppressed or explained by another one now. Pairs are
    keys (``fr_path|en_path``). ``then`` and ``now`` are the summaries.
    """

    then: Mapping[str, Any]
    now: Mapping[str, Any]
    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    pairs_gained: tuple[str, ...]
    pairs_lost: tuple[str, ...]
    shared_articles: int


def compare(old: Report, new: Report) -> Change:
    """Compare two reports; the order of what is given is that of the reports."""
    before = [finding for finding in old.findings() if finding.counts]
    known = {finding.fingerprint for finding in before}
    after = list(new.findings())
    standing = {finding.fingerprint for finding in after if finding.counts}
    there = {finding.fingerprint for finding in after}
    pairs = [pair.key for pair in old.pairs()], [pair.key for pair in new.pairs()]
    return Change(
        then=old.summary,
        now=new.summary,
        new=tuple(f for f in after if f.counts and f.fingerprint not in known),
        fixed=tuple(f for f in before if f.fingerprint not in there),
        silenced=tuple(f for f in before if f.fingerprint in there - standing),
        remaining=tuple(f for f in after if f.counts and f.fingerprint in known),
        pairs_gained=tuple(key for key in pairs[1] if key not in set(pairs[0])),
        pairs_lost=tuple(key for key in pairs[0] if key not in set(pairs[1])),
        shared_articles=len({row.path for row in old.documents()} & {row.path for row in new.documents()}),
    )


def trend_record(change: Change) -> dict[str, Any]:
    """Return what ``summary.json`` says of a change: figures then and now, and how many of each."""
    figures = {
        **{name: (change.then.get(name), change.now.get(name)) for name in ("score", "score_fr", "score_en")},
        **{
            f"{severity}_per_1000_words": tuple(side["per_1000_words"][severity] for side in sides(change))
            for severity in ("minor", "major", "critical")
        },
        **{
            name: tuple(side["counts"][name] for side in sides(change))
            for name in ("articles", "pairs", "words")
        },
    }
    return {
        **{name: {"then": then, "now": now} for name, (then, now) in figures.items()},
        "findings": {
            "new": len(change.new),
            "fixed": len(change.fixed),
            "silenced": len(change.silenced),
            "remaining": len(change.remaining),
        },
        "pairs_gained": len(change.pairs_gained),
        "pairs_lost": len(change.pairs_lost),
    }


def change_record(change: Change) -> dict[str, Any]:
    """Return all of a change: the trend, the findings of each kind, the pairs."""
    kinds = {
        "new": change.new,
        "fixed": change.fixed,
        "silenced": change.silenced,
        "remaining": change.remaining,
    }
    return {
        "schema": SCHEMA,
        "trend": trend_record(change),
        **{name: [finding_record(finding) for finding in findings] for name, findings in kinds.items()},
        "pairs_gained": list(change.pairs_gained),
        "pairs_lost": list(change.pairs_lost),
    }


def sides(change: Change) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the summaries, then and now."""
    return change.then, change.now
