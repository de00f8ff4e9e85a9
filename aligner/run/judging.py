"""Goes through what a run has found, article by article: suppressions, known findings, limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligner.gate.baseline import Baseline, Marker
from aligner.gate.judge import Judge
from aligner.gate.selection import Selection
from aligner.gate.suppressions import COMMENT_FORMATS, Suppressor
from aligner.model import Document, Finding
from aligner.report.outcome import Checked, Outcome, Read
from aligner.report.records import stored
from aligner.run.results import Results
from aligner.settings import Settings

Sink = Callable[[Document, Sequence[Finding]], None]
"""Takes an article that was looked at, with all its findings, marked as known or suppressed."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings of one article: those that the gate looks at, and the others."""

    index: int
    asked: bool
    counted: Sequence[Finding]
    others: Sequence[Finding]


def judge_results(
    results: Results,
    settings: Settings,
    signature: Mapping[str, str],
    *,
    selection: Selection | None = None,
    baseline: Baseline | None = None,
    sink: Sink | None = None,
    keep: bool = True,
) -> Outcome:
    """Judge a run; ``sink`` is given every article in the order of the paths.

    Without ``keep``, the outcome has neither articles nor findings in it, and stays small.
    """
    cards, around = results.cards, results.around
    documents = results.stock.documents
    comments = (documents[i] for i in around.near if cards[i].format in COMMENT_FORMATS)
    suppressor = Suppressor(settings.suppress, comments)
    marker = baseline.marker() if baseline else None
    alone = frozenset(left.index for left in results.match.left)
    judge = Judge(settings.gate, name_failing=keep)
    kept: list[Finding] = []
    baselined = 0
    for each in _in_order(results, suppressor, marker):
        card = cards[each.index]
        judge.add(card.path, card.words, each.counted, unpaired=each.index in alone, asked=each.asked)
        baselined += sum(finding.baselined for finding in each.counted)
        if keep:
            kept += each.counted
        if sink:
            sink(documents[each.index], [*each.counted, *each.others])
    codes = tuple(check.code for check in results.checks)
    checked = [Checked(cards[i].path, cards[i].words) for i in around.asked]
    gone = baseline.gone(marker.left(), checked, codes) if baseline and marker else ()
    stale = suppressor.stale(codes, {article.path for article in checked}, whole=selection is None)
    skipped = results.stock.skipped
    words = sum(card.words for card in cards)
    return Outcome(
        read=Read(len(cards), words, len(results.match.links), len(alone), skipped),
        checked=tuple(checked) if keep else (),
        findings=tuple(kept),
        verdict=judge.verdict(),
        selection=selection.name if selection else "",
        missing=selection.missing if selection else (),
        skipped=tuple(s for s in skipped if selection is None or selection.holds(s.path)),
        gone=tuple(gone),
        stale=stale,
        signature=signature,
        baselined=baselined,
    )


def _in_order(results: Results, suppressor: Suppressor, marker: Marker | None) -> Iterator[Judged]:
    """Yield the findings of every article that was looked at, by path.

    What was found in an article that was not asked for counts if it lies in a pair.
    """
    cards, around = results.cards, results.around
    asked = around.asked if isinstance(around.asked, range) else frozenset(around.asked)
    for index in sorted(around.near, key=lambda i: stored(cards[i].path)):
        found = sorted(suppressor.apply(results.findings(index)), key=lambda f: (f.start, f.end, f.code))
        counted = [finding for finding in found if index in asked or finding.pair is not None]
        others = [finding for finding in found if not (index in asked or finding.pair is not None)]
        yield Judged(index, index in asked, marker.mark(counted) if marker else counted, others)
