"""Goes through what a run has found, article by article: suppressions, known findings, limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aligner.gate.baseline import Baseline, Marker
from aligner.gate.judge import Judge
from aligner.gate.selection import Selection
from aligner.gate.suppressions import Suppressor
from aligner.keys import stored
from aligner.model import Document, Finding
from aligner.readers.formats import COMMENT_FORMATS
from aligner.report.outcome import Checked, Outcome, Read
from aligner.run.results import Results
from aligner.settings import Gate, Settings

Sink = Callable[[Document, Sequence[Finding]], None]
"""Takes an article that was looked at, with all its findings, marked as known or suppressed."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings of one article: those that the gate looks at, and the others."""

    index: int
    selected: bool
    counted: Sequence[Finding]
    uncounted: Sequence[Finding]


def judge_results(
    results: Results,
    settings: Settings,
    signature: Mapping[str, str],
    *,
    selection: Selection | None = None,
    baseline: Baseline | None = None,
    sink: Sink | None = None,
    keep: bool = True,
    given: bool = False,
) -> Outcome:
    """Judge a run; ``sink`` is given every article in the order of the paths.

    ``given`` says that a check was asked for, whatever limits are set.

    Without ``keep``, the outcome has neither articles nor findings in it, and stays small.
    """
    refs, scope = results.refs, results.scope
    documents = results.corpus.documents
    comments = (documents[i] for i in scope.involved if refs[i].format in COMMENT_FORMATS)
    suppressor = Suppressor(settings.suppressions, comments)
    marker = baseline.marker() if baseline else None
    unpaired = frozenset(left.index for left in results.match.unmatched)
    judge = Judge(settings.gate, name_failing=keep)
    counted: list[Finding] = []
    baselined = 0
    for judged in _in_order(results, suppressor, marker):
        ref = refs[judged.index]
        judge.add(
            ref.path, ref.words, judged.counted, unpaired=judged.index in unpaired, scored=judged.selected
        )
        baselined += sum(finding.baselined for finding in judged.counted)
        if keep:
            counted += judged.counted
        if sink:
            sink(documents[judged.index], [*judged.counted, *judged.uncounted])
    codes = tuple(check.code for check in results.checks)
    checked = [Checked(refs[i].path, refs[i].words, refs[i].file) for i in scope.selected]
    files = {refs[i].file for i in scope.selected}
    obsolete = baseline.gone(marker.left(), files, codes) if baseline and marker else ()
    stale = suppressor.stale(codes, {article.path for article in checked}, whole_corpus=selection is None)
    skipped = results.skipped
    words = sum(ref.words for ref in refs)
    return Outcome(
        read=Read(len(refs), words, len(results.match.links), len(unpaired), skipped),
        checked=tuple(checked) if keep else (),
        findings=tuple(counted),
        verdict=judge.verdict(),
        selection=selection.name if selection else "",
        skipped=tuple(s for s in skipped if selection is None or selection.concerns(s)),
        others=results.corpus.other_files,
        gone=tuple(obsolete),
        stale=stale,
        signature=signature,
        baselined=baselined,
        baseline=baseline.file if baseline else "",
        given=given or settings.gate != Gate(),
    )


def _in_order(results: Results, suppressor: Suppressor, marker: Marker | None) -> Iterator[Judged]:
    """Yield the findings of every article that was looked at, by path.

    What was found in an article that was not selected for counts if it is in a pair.
    """
    refs, scope = results.refs, results.scope
    selected = scope.selected if isinstance(scope.selected, range) else frozenset(scope.selected)
    for index in sorted(scope.involved, key=lambda i: stored(refs[i].path)):
        marked = suppressor.apply(results.findings(index), partial(_text, results, index))
        findings = sorted(marked, key=lambda f: (f.start, f.end, f.code))
        counted = [finding for finding in findings if index in selected or finding.pair is not None]
        uncounted = [finding for finding in findings if not (index in selected or finding.pair is not None)]
        yield Judged(index, index in selected, marker.mark(counted) if marker else counted, uncounted)


def _text(results: Results, index: int) -> str:
    return results.corpus.documents[index].text
