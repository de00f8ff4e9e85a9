"""Calls on single files: their faults fixed, one scored against another."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from aligner.api.inputs import PathName, Paths, file_name, inputs
from aligner.api.options import Options, settings_of
from aligner.engine.threads import OneThread
from aligner.model import Skipped
from aligner.run import pipeline
from aligner.run.two_files import Score
from aligner.settings.review import Record

if TYPE_CHECKING:
    from aligner.run.rewriting import Fixed


logger = logging.getLogger(__name__)


@OneThread()
def fix(paths: Paths, *, write: bool = False, **options: Unpack[Options]) -> tuple[Fixed, ...]:
    """Apply the suggestions that are certain to ``.txt`` and ``.md`` files.

    Args:
        paths: files or folders, one or several.
        write: change the files; otherwise it is only said what would change.
        **options: as on the command line; without ``select``, checks measured to be right at least .98. With
            ``review``, a report or its ``review.jsonl``, the suggestions of the findings marked as right in
            it are applied, and no others; where ``write``, they are marked as fixed there. What cannot be
            applied is logged with the reason.

    Returns:
        The files that change, each with its text ``before`` and ``after``, the ``codes`` and ``findings`` of
        what is fixed (with ``review``: its ``marks``) and ``diff()``.

    Raises:
        InputError: a path does not exist, an option is wrong, a file cannot be written or has changed.
    """
    from aligner.review.saving import add_marks
    from aligner.run.fixing import fix_files
    from aligner.run.marked import Left, fix_marked

    sources, settings, review = inputs(paths).paths, settings_of(options), options.get("review")
    items = fix_files(sources, settings) if review is None else fix_marked(sources, settings, Left())
    fixed = tuple(_said(items, marked=review is not None))
    marks: list[Record] = []
    try:
        for item in fixed if write else ():
            item.write()
            marks += item.marks
    finally:
        if review is not None and marks:
            add_marks(Path(review), marks)
    return fixed


def _said(items: Iterable[Fixed | Skipped], *, marked: bool) -> Iterator[Fixed]:
    """Yield what is fixed, and log what is marked as right and is not."""
    for item in items:
        if not isinstance(item, Skipped):
            yield item
        elif marked:
            logger.warning("%s: not fixed: %s", item.path, item.reason)


@OneThread()
def score(
    hypothesis: PathName, reference: PathName, *, presegmented: bool = False, **options: Unpack[Options]
) -> tuple[Score, ...]:
    """Score a text against a reference in the same language: chrF, BLEU and TER, aligned first.

    Args:
        hypothesis: the file of the text.
        reference: the file of the reference.
        presegmented: both files have one sentence per line, as many: nothing is aligned.
        **options: as on the command line; see ``Options``.

    Returns:
        Scores with ``name``, ``value`` (0..100; TER: edits per 100 words) and ``signature``.

    Raises:
        InputError: a file cannot be read, the languages differ, or the numbers of lines do.
    """
    files = file_name(hypothesis), file_name(reference)
    return pipeline.score(*files, settings_of(options), presegmented=presegmented)
