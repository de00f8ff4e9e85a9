"""Applies suggestions that are certain to the files that they were found in."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligner.checks.measured import measured
from aligner.checks.registry import CHECKS, select
from aligner.gate.suppressions import Suppressor
from aligner.model import Document, Finding, InputError, Skipped
from aligner.readers.articles import check_paths, list_files
from aligner.run.containing import described, one_by_one
from aligner.run.corpus import nothing_read
from aligner.run.pipeline import lint_document
from aligner.run.rewriting import Fixed, encodable, protected, read_text_file
from aligner.settings import Settings
from aligner.text.structure import make_document

logger = logging.getLogger(__name__)

CERTAIN = 0.98
"""Measured precision of a check from which its suggestions are applied without being asked for."""
LEAST_JUDGED = 10
"""Judged findings below which a precision says little."""
PASSES = 5
"""Times that a text is checked again after fixes; one that makes room for another is rare."""


def certain_codes() -> tuple[str, ...]:
    """Return the codes whose suggestions are certain: those of checks of one article, measured so.

    What is judged is a finding, not its repair; where the network takes part, the repair is a guess.
    """
    figures = measured()
    return tuple(
        check.code
        for check in CHECKS
        if check.scope == "article"
        and not check.needs_detector
        and (figure := figures.get(check.code)) is not None
        and figure.of().judged >= LEAST_JUDGED
        and figure.of().right / figure.of().judged >= CERTAIN
    )


def fix_files(
    paths: Sequence[str], settings: Settings, left: Counter[str] | None = None
) -> Iterator[Fixed | Skipped]:
    """Yield every file in which something is fixed, and those that cannot be fixed, with the reason.

    Nothing is written. Without ``settings.select``, only the suggestions of ``certain_codes`` are applied;
    those of other checks that need no detector are counted by code in ``left``, where it is given.
    Raises InputError for a path that does not exist or holds no file, and a selection that leaves no check.
    """
    check_paths(paths)
    files = list_files(paths, settings.read.ignore)
    if not files:
        raise nothing_read(paths, ())
    chosen = select(settings.select or certain_codes(), settings.ignore)
    codes = tuple(check.code for check in chosen if check.scope == "article")
    if not codes:
        raise InputError(
            "no check is left whose suggestions could be applied: those selected need a pair; mark them as "
            "right in `aligner review`, and add --review"
        )
    if not any(check.needs_detector for check in chosen):
        settings = replace(settings, detector=None)
    uncertain = None if left is None or settings.select else _less_certain(settings, codes)
    settings = replace(settings, select=codes, ignore=())

    def fix(batch: Sequence[str]) -> list[Fixed | Skipped | None]:
        return [_fix_file(path, settings, uncertain, left) for path in batch]

    for path in files:
        (fixed,) = one_by_one(fix, [path], _not_fixed)
        if fixed is not None:
            yield fixed


def _not_fixed(path: str, error: Exception) -> Skipped:
    return Skipped(path, described("it could not be fixed", error))


def _less_certain(settings: Settings, certain: Sequence[str]) -> Settings:
    """Return settings with the other checks of one article; the detector is not loaded to count."""
    codes = tuple(
        check.code
        for check in select((), settings.ignore)
        if check.scope == "article" and not check.needs_detector and check.code not in certain
    )
    return replace(settings, select=codes, ignore=(), detector=None)


def _fix_file(
    path: str, settings: Settings, uncertain: Settings | None, left: Counter[str] | None
) -> Fixed | Skipped | None:
    file = read_text_file(path)
    if isinstance(file, Skipped):
        return file
    document = file.document
    text, findings = _fix_text(document, settings)
    if left is not None and uncertain is not None and uncertain.select:
        fixed = make_document(path, text, document.metadata, document.language)
        left.update(finding.code for finding in _applicable(fixed, uncertain, file.encoding))
    if text == document.text:
        return None
    return file.fixed(text, findings)


def _fix_text(document: Document, settings: Settings) -> tuple[str, list[Finding]]:
    """Return the text with all suggestions applied, and the findings; until nothing is left to apply."""
    fixed: list[Finding] = []
    encoding = document.metadata["encoding"]
    for _ in range(PASSES):
        findings = list(_applicable(document, settings, encoding))
        if not findings:
            break
        text = document.text
        for finding in reversed(findings):
            text = text[: finding.start] + (finding.suggestion or "") + text[finding.end :]
        fixed += findings
        try:
            document = make_document(document.path, text, document.metadata, document.language)
        except InputError:  # the result is no longer an article: not a fix
            return document.text, fixed[: -len(findings)]
    return document.text, fixed


def _applicable(document: Document, settings: Settings, encoding: str) -> Iterator[Finding]:
    """Yield findings with a suggestion that may be applied, in order and without overlap."""
    kept_out = protected(document)
    suppressor = Suppressor(settings.suppressions, (document,))
    last = 0
    for finding in sorted(
        suppressor.apply(lint_document(document, settings), document.text),
        key=lambda f: (f.start, f.end),
    ):
        new = encodable(finding.suggestion, encoding)
        if new is None or not _is_certain(finding) or finding.start < last or new == finding.excerpt:
            continue
        if finding.start == finding.end:
            continue
        if any(start < finding.end and finding.start < end for start, end in kept_out):
            continue
        last = finding.end
        yield replace(finding, suggestion=new)


def _is_certain(finding: Finding) -> bool:
    """Return whether a finding counts, or is only folded into the first of its kind in the article."""
    return not finding.suppressed and not finding.suspicion and finding.demoted_by in (None, finding.code)
