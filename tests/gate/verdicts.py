"""A verdict on findings that are all at hand; runs judge them one article at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from aligner.gate.judge import Judge
from aligner.model import Document, Finding
from aligner.report.outcome import Verdict
from aligner.settings import Gate
from aligner.text.words import count_words


def judge(
    findings: Iterable[Finding], documents: Sequence[Document], unpaired: Collection[str], gate: Gate
) -> Verdict:
    """Judge what was found in some articles; ``unpaired`` are the keys of those without counterpart."""
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    judging = Judge(gate)
    for document in documents:
        article_findings = by_path.pop(document.path, [])
        judging.add(
            document.path, count_words(document.text), article_findings, unpaired=document.path in unpaired
        )
    for path, article_findings in by_path.items():
        judging.add(path, 0, article_findings, unpaired=False, scored=False)
    return judging.verdict()
