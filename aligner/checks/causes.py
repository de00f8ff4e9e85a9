"""One cause, one finding: which findings are only the consequence of another one.

A demoted finding stays in the report, names the code that explains it, costs no penalty and
fails no gate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from aligner.model import Finding

SAME_TEXT_SHOWN = 3
"""Findings of one check on the same words of one article that stand on their own (a table, a live blog)."""
SAME_REASON_SHOWN = 5
"""Minor findings of one check with the same reason in one article that stand on their own."""
WHOLE_ARTICLE = ("EXT106",)
"""Codes of a fault that befalls a whole article at once: their major findings fold like minor ones."""

Rules = tuple[tuple[str, tuple[str, ...]], ...]

_GARBLE = ("ACC320", "FLU", "TYP502", "LOC601", "TRM702")

SAME_SPAN: Rules = (
    ("EXT106", ("EXT", "ACC", "FLU", "TYP", "LOC", "TRM")),
    ("EXT109", ("EXT", "ACC", "FLU", "TYP", "LOC", "TRM")),
    ("EXT107", ("EXT", "ACC", "FLU", "TYP", "LOC", "TRM")),
    ("EXT105", ("EXT104", "FLU", "TYP501", "ACC320")),
    ("ACC305", ("EXT101", "EXT103", "ACC304", "ACC307", "ACC315", *_GARBLE)),
    ("ACC304", ("EXT101", "EXT103", "ACC306", "ACC307", "ACC315", *_GARBLE)),
    ("ACC306", ("ACC307", "ACC320", "FLU")),
    ("EXT104", ("FLU", "TYP501", "ACC307", "ACC320")),
    ("EXT101", ("EXT102", "EXT103", "FLU", "TYP", "ACC307", "ACC314", "ACC316", "ACC320", "TRM702")),
    ("EXT102", ("FLU401", "FLU406", "TYP502", "ACC314", "ACC320")),
    ("EXT103", ("FLU", "TYP", "ACC307", "ACC320")),
    ("EXT108", ("TYP501", "TYP503", "FLU406", "ACC303", "ACC320")),
    ("FLU403", ("FLU404", "FLU406", "FLU407", "ACC307", "ACC320")),
    ("FLU402", ("FLU404", "FLU406", "FLU407", "ACC320")),
    ("FLU407", ("FLU404", "FLU406", "ACC320")),
    ("FLU404", ("FLU406", "ACC320")),
    ("FLU401", ("FLU406", "ACC320")),
    ("FLU405", ("FLU406", "ACC320")),
    ("ACC315", ("ACC314", "ACC316", "ACC320", "FLU405", "FLU406")),
    ("ACC307", ("FLU405", "FLU406", "ACC320")),
    ("ACC309", ("ACC308", "ACC320")),
    ("ACC310", ("ACC308", "ACC320")),
    ("ACC311", ("ACC308", "ACC320")),
    ("ACC312", ("ACC308", "ACC320")),
    ("ACC313", ("ACC308", "ACC320")),
    ("ACC308", ("ACC320",)),
    ("ACC314", ("ACC320", "TRM702")),
    ("ACC316", ("ACC320",)),
    ("ACC318", ("ACC320",)),
    ("ACC321", ("ACC320", "FLU405")),
    ("LOC601", ("FLU406", "ACC320")),
    ("TYP501", ("FLU406", "ACC320")),
    ("TRM701", ("FLU406", "ACC320")),
    ("FLU406", ("ACC320",)),
)
"""Finding codes and the codes (or prefixes) that each explains where their spans overlap."""

SAME_BEAD: Rules = (
    ("ALN204", ("ACC30", "ACC31", "ACC32", "ALN206", "TYP503", "TRM701")),
    ("ACC301", ("ACC303", "ACC308", "ALN206")),
    ("ACC302", ("ACC303", "ACC308", "ALN206")),
    ("ACC304", ("ACC308", "ACC314", "ACC318", "ACC319", "ACC320", "ALN206", "TYP503")),
    ("ACC303", ("ALN206", "TYP503")),
)
"""The same for findings of one bead: a doubtful bead explains the differences between its sides."""


Groups = Iterable[Sequence[int]]


def demote(findings: Iterable[Finding]) -> list[Finding]:
    """Name the cause of every finding that another one explains; order and number are kept.

    Meant for the findings of a whole article or pair together, those of several calls included.
    What is demoted explains nothing itself, and calling it twice changes nothing.
    """
    result = list(findings)
    _demote_in(result, SAME_SPAN, _by_article(result), _overlap)
    _demote_in(result, SAME_BEAD, _by_bead(result), _anywhere)
    _fold_repeats(result)
    return result


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


def _overlap(cause: Finding, effect: Finding) -> bool:
    return cause.start < effect.end and effect.start < cause.end


def _anywhere(cause: Finding, effect: Finding) -> bool:
    return cause is not effect


def _demote_in(
    findings: list[Finding], rules: Rules, groups: Groups, related: Callable[[Finding, Finding], bool]
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
    explained: tuple[str, ...],
    related: Callable[[Finding, Finding], bool],
) -> None:
    causes = [findings[i] for i in group if findings[i].code == cause_code and not findings[i].demoted_by]
    for index in group:
        effect = findings[index]
        explicable = effect.code != cause_code and effect.code.startswith(explained)
        if explicable and not effect.demoted_by and any(related(cause, effect) for cause in causes):
            findings[index] = replace(effect, demoted_by=cause_code)


def _fold_repeats(findings: list[Finding]) -> None:
    """Let the first of many alike findings of an article stand for the rest, with their number."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        if finding.counts:
            alike[finding.path, finding.code, "text", finding.excerpt.casefold()].append(index)
            if finding.severity == "minor" or finding.code in WHOLE_ARTICLE:
                alike[finding.path, finding.code, "reason", finding.key].append(index)
    for key, group in alike.items():
        shown = SAME_TEXT_SHOWN if key[2] == "text" else SAME_REASON_SHOWN
        standing = [index for index in group if findings[index].counts]
        if len(standing) <= shown:
            continue
        first = findings[standing[0]]
        findings[standing[0]] = replace(first, values={**first.values, "count": len(standing)})
        for index in standing[1:]:
            findings[index] = replace(findings[index], demoted_by=first.code)
