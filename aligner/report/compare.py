"""The changes between two reports: findings new, fixed and remaining, pairs gained and lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aligner.keys import pair_key
from aligner.model import Finding
from aligner.report.reader import Report
from aligner.report.records import PairRow, finding_record
from aligner.report.renamed import renamed

SCHEMA = 1
"""Version of the JSON object; goes up when a name is dropped or changes its meaning."""


Identity = tuple[str, str, str, str, int]
"""The identity of a finding across reports."""


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two reports, findings matched by their words, ``renamed`` articles too.

    Only findings that count are compared: ``new`` were not there, or did not count; ``fixed`` are not
    there any more; ``silenced`` are, and are suppressed or explained by another one now. Pairs are
    keys (``fr_path|en_path``). ``then`` and ``now`` are the summaries, ``renamed`` old and new paths.
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
    renamed: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        names = ("new", "fixed", "silenced", "remaining", "pairs_gained", "pairs_lost")
        counts = ", ".join(f"{name} {len(getattr(self, name))}" for name in names)
        return f"<Change: {counts}, score {self.then['score']} → {self.now['score']}>"


def compare(old: Report, new: Report) -> Change:
    """Compare two reports; findings and pairs keep the order of the reports."""
    moved = renamed(old, new)
    pairs = [(pair.key, pair_key(*_now(pair, moved))) for pair in old.pairs()]
    renewed_pairs = {key: renewed for key, renewed in pairs if key != renewed}
    before = [entry for entry in _with_identity(old, moved, renewed_pairs) if entry[1].counts]
    old_identities = {identity for identity, _ in before}
    after = list(_with_identity(new, {}, {}))
    standing = {identity for identity, finding in after if finding.counts}
    new_identities = {identity for identity, _ in after}
    new_pairs = [pair.key for pair in new.pairs()]
    old_pairs = {key for _, key in pairs}
    paths = {moved.get(row.path, row.path) for row in old.documents()}
    return Change(
        then=old.summary,
        now=new.summary,
        new=tuple(f for key, f in after if f.counts and key not in old_identities),
        fixed=tuple(f for key, f in before if key not in new_identities),
        silenced=tuple(f for key, f in before if key in new_identities - standing),
        remaining=tuple(f for key, f in after if f.counts and key in old_identities),
        pairs_gained=tuple(key for key in new_pairs if key not in old_pairs),
        pairs_lost=tuple(key for key, renewed in pairs if renewed not in set(new_pairs)),
        shared_articles=len(paths & {row.path for row in new.documents()}),
        renamed=tuple(sorted(moved.items())),
    )


def _now(pair: PairRow, moved: Mapping[str, str]) -> tuple[str, str]:
    """Return the paths that the articles of an older pair have now."""
    return moved.get(pair.fr_path, pair.fr_path), moved.get(pair.en_path, pair.en_path)


def _with_identity(
    report: Report, moved: Mapping[str, str], pairs: Mapping[str, str]
) -> Iterator[tuple[Identity, Finding]]:
    """Yield the findings of a report, each with its identity: the n-th such passage of its article.

    Articles that ``moved`` (new path by the one in this report), and ``pairs`` (likewise), have their new
    names. Fingerprints would not do: those of older versions are of paths as they were given.
    """
    occurrences: Counter[tuple[str, str, str, str]] = Counter()
    for finding in report.findings():
        path, pair = finding.path, finding.pair or ""
        excerpt = " ".join(finding.excerpt.split()).casefold()
        words = (finding.code, excerpt, moved.get(path, path), pairs.get(pair, pair))
        yield (*words, occurrences[words]), finding
        occurrences[words] += 1


def trend_record(change: Change) -> dict[str, Any]:
    """Return the record of a change in ``summary.json``: figures then and now, and counts of findings."""
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
        "renamed": [{"old": old, "new": new} for old, new in change.renamed],
        "pairs_gained": list(change.pairs_gained),
        "pairs_lost": list(change.pairs_lost),
    }


def sides(change: Change) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the summaries, then and now."""
    return change.then, change.now
