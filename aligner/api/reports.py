"""Calls on reports: compared, and their passages exported; and what the checks in them mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.api.inputs import PathName, file_name
from aligner.api.tables import Units
from aligner.model import InputError
from aligner.report.compare import Change, compare
from aligner.report.reader import Report


def explain(code: str | None = None) -> str:
    """Explain what a check finds and why it matters, with examples and its known false positives.

    Args:
        code: a code, the beginning of some, or the name of a check.

    Raises:
        InputError: there is no such check, or none is named.

    >>> explain("EXT102").splitlines()[0]
    'EXT102 missing-space-after-stop'
    """
    from aligner.checks.registry import select
    from aligner.reporters.explained import describe

    if not isinstance(code, str):
        raise InputError("explain takes the code or name of a check, as text: explain('EXT102')")
    return "\n\n\n".join(describe(check) for check in select([code]))


def diff(old: PathName | Report, new: PathName | Report) -> Change:
    """Compare two report folders: findings new, fixed and remaining, pairs gained and lost.

    Args:
        old: the folder of the older report, or that report.
        new: the same of the newer one.

    Raises:
        InputError: a folder holds no report that this version can read.
    """
    return compare(_report(old), _report(new))


def export(
    report: PathName | Report,
    *,
    min_score: float = 0.0,
    exclude: Sequence[str] = (),
    kinds: Sequence[str] = (),
) -> Units:
    """Return the passages of a report that have both languages and are fit to keep.

    Args:
        report: a report, or its folder.
        min_score: similarity 0..1 below which a passage is left out.
        exclude: codes of checks, or their beginnings; passages with such a finding are left out.
        kinds: the kinds of pairs that are kept: "translation", "abridged", "adapted"; all if empty.

    Raises:
        InputError: there is no such report, or no such check.
    """
    from aligner.checks.registry import select
    from aligner.reporters.bitext import kept_units

    for code in exclude:
        select([code])  # refuses what is no code, with a hint
    return Units(kept_units(_report(report), min_score=min_score, exclude=exclude, kinds=kinds))


def _report(report: PathName | Report) -> Report:
    return (
        report
        if isinstance(report, Report)
        else Report(Path(file_name(report, "give a report or its folder")))
    )
