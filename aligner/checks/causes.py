"""One cause, one finding: which findings are only the consequence of another one.

A demoted finding stays in the report, names the code that explains it, costs no penalty and
fails no gate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from graphlib import TopologicalSorter
from itertools import accumulate

from aligner.keys import file_of
from aligner.model import LANGUAGES, Check, Finding
from aligner.readers.formats import format_of

SAME_TEXT_SHOWN = 3
"""Findings of one check on the same words of an article that are reported singly (a table, a live blog)."""
SAME_REASON_SHOWN = 5
"""Minor findings of one check with the same reason in one article that are reported singly."""
WHOLE_ARTICLE = ("EXT106",)
"""Codes of a fault that befalls a whole article at once: their major findings fold like minor ones."""

DAMAGE = ("EXT106", "EXT109", "EXT107")
"""Damaged characters, markup and page furniture explain whatever else is found in the same passage."""
DOUBTS = "ALN"
"""Codes of a doubtful alignment, which no fault of a text explains."""

Rules = tuple[tuple[str, frozenset[str]], ...]
"""Codes that explain others, each after those that explain it, with the codes explained."""


Groups = Iterable[Sequence[int]]
Test = Callable[[Finding], bool]


def demote(findings: Iterable[Finding]) -> list[Finding]:
    """Name the cause of every finding that another one explains; order and number are kept.

    Meant for the findings of a whole article or pair together, those of several calls included.
    What is demoted explains nothing itself, and calling it twice changes nothing.
    """
    result = list(findings)
    in_passage, in_bead, in_pair = _rules()
    _demote_in(result, in_pair, _by_pair(result), _anywhere)
    _demote_in(result, in_passage, _by_article(result), _overlap)
    _demote_in(result, in_bead, _by_bead(result), _anywhere)
    _fold_repeats(result)
    return result


# Saves 3.4 ms a call, two calls an article.
@cache
def _rules() -> tuple[Rules, Rules, Rules]:
    """Return what explains what in the same passage, bead and pair, as the checks say themselves."""
    # Here, since a check may be run without the registry of all.
    from aligner.checks.registry import CHECKS

    def in_passage(check: Check) -> tuple[str, ...]:
        damaged = () if check.code in DAMAGE or check.code.startswith(DOUBTS) else DAMAGE
        return (*damaged, *check.explained_by)

    def rules(explainers: Mapping[str, tuple[str, ...]]) -> Rules:
        causes_by_code = {
            code: {
                explainer
                for explainer in explainers
                if explainer != code and explainer.startswith(beginnings)
            }
            for code, beginnings in explainers.items()
        }
        order = TopologicalSorter(causes_by_code).static_order()
        explained = (
            (code, frozenset(effect for effect in causes_by_code if code in causes_by_code[effect]))
            for code in order
        )
        return tuple((code, effects) for code, effects in explained if effects)

    return (
        rules({check.code: in_passage(check) for check in CHECKS}),
        rules({check.code: check.explained_in_bead_by for check in CHECKS}),
        rules({check.code: check.explained_in_pair_by for check in CHECKS}),
    )


def _by_article(findings: Sequence[Finding]) -> Groups:
    groups: dict[str, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        groups[finding.path].append(index)
    return groups.values()


def _by_bead(findings: Sequence[Finding]) -> Groups:
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        if finding.pair is not None and finding.bead is not None:
            groups[finding.pair, finding.bead].append(index)
    return groups.values()


def _by_pair(findings: Sequence[Finding]) -> Groups:
    groups: dict[str, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        if finding.pair is not None:
            groups[finding.pair].append(index)
    return groups.values()


def _overlap(causes: Sequence[Finding]) -> Test:
    """Return what says whether a finding overlaps any of some; there may be thousands of each."""
    ordered = sorted(causes, key=lambda cause: cause.start)
    starts = [cause.start for cause in ordered]
    furthest = list(accumulate((cause.end for cause in ordered), max))

    def overlaps(effect: Finding) -> bool:
        before = bisect_left(starts, effect.end)
        return before > 0 and furthest[before - 1] > effect.start

    return overlaps


def _anywhere(causes: Sequence[Finding]) -> Test:
    """Return what says whether there is any other finding than one itself among some."""
    return lambda effect: any(cause is not effect for cause in causes)


def _demote_in(
    findings: list[Finding], rules: Rules, groups: Groups, related: Callable[[Sequence[Finding]], Test]
) -> None:
    for group in groups:
        codes = {findings[index].code for index in group}
        for cause_code, explained in rules:
            if cause_code in codes:
                _demote_effects(findings, group, cause_code, explained, related)


def _demote_effects(
    findings: list[Finding],
    group: Sequence[int],
    cause_code: str,
    explained: frozenset[str],
    related: Callable[[Sequence[Finding]], Test],
) -> None:
    is_explained = related(
        [
            cause
            for cause in (findings[index] for index in group)
            if cause.code == cause_code and not cause.demoted_by and not cause.suspicion
        ]
    )
    for index in group:
        effect = findings[index]
        explicable = effect.code in explained
        if explicable and not effect.demoted_by and is_explained(effect):
            findings[index] = replace(effect, demoted_by=cause_code)


def _is_of_rows(finding: Finding) -> bool:
    """Return whether an article is a side of aligned rows, each of which may come from another text."""
    form = format_of(file_of(finding)) if finding.row in LANGUAGES else None
    return form is not None and (form.holds == "bitext" or form.name == "tsv")


def _fold_repeats(findings: list[Finding]) -> None:
    """Fold an article's findings of one kind and reason into the first, with their number."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        if finding.counts:
            place = f"{finding.path}:{finding.line}" if _is_of_rows(finding) else finding.path
            alike[place, finding.code, "text", finding.excerpt.casefold()].append(index)
            if finding.severity == "minor" or finding.code in WHOLE_ARTICLE:
                alike[place, finding.code, "reason", finding.key].append(index)
    for key, group in alike.items():
        limit = SAME_TEXT_SHOWN if key[2] == "text" else SAME_REASON_SHOWN
        standing = [index for index in group if findings[index].counts]
        if len(standing) <= limit:
            continue
        first = findings[standing[0]]
        findings[standing[0]] = replace(first, values={**first.values, "count": len(standing)})
        for index in standing[1:]:
            findings[index] = replace(findings[index], demoted_by=first.code)
