"""The public functions: what the commands do, from Python, with results for pandas and notebooks."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Unpack, overload

from aligner.api.inputs import PathName, Paths, file_name, inputs, is_frame, rows, text_rows, two
from aligner.api.options import Options, settings_of
from aligner.api.tables import Aligned, Findings, Grades, Pairs
from aligner.engine.threads import OneThread
from aligner.model import InputError, Language, Severity
from aligner.report.outcome import Outcome
from aligner.report.reader import Report
from aligner.run import pipeline
from aligner.run.two_files import Sides, align_many, read_pair, read_texts
from aligner.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_PAIRS = "give the names of a French and an English file, or pairs (fr, en) of them"
_BITEXT = "give the names of files, rows (fr, en) of texts, or a data frame with columns 'fr' and 'en'"


@OneThread()
def audit(
    paths: Paths | pd.DataFrame,
    out: PathName | None = None,
    *,
    previous: PathName | None = None,
    **options: Unpack[Options],
) -> Report:
    """Read, pair, align and check articles, and write a report folder.

    Args:
        paths: files or folders, one or several, French and English mixed; or a data frame with an article a
            row: ``text``, and ``title``, ``date``, ``url``, ``lang`` if it has them. Findings name its
            articles by ``id``, else by its index, in ``row``.
        out: the folder to write; without it a temporary one, which lasts as long as the report.
        previous: an older report folder, to have ``summary["trend"]``.
        **options: as on the command line; see ``Options``.

    Returns:
        A view over the folder. It iterates ``documents()``, ``pairs()``, ``unpaired()``, ``beads()`` and
        ``findings()``; ``to_frame(name)`` gives one of them as a pandas data frame; ``summary`` has counts,
        rates per 1,000 words and scores from 0 to 100.

    Raises:
        InputError: a path does not exist, no article could be read, or an option is wrong.

    >>> report = audit("corpora/demo")
    >>> report.summary["counts"]["articles"]
    20
    >>> sorted({pair.kind for pair in report.pairs()})
    ['abridged', 'adapted', 'translation']
    >>> report.to_frame("documents")[["path", "language"]].iloc[0].tolist()
    ['corpora/demo/azores-garden.md', 'en']
    """
    if out is None:
        with ExitStack() as until_gone:
            folder = until_gone.enter_context(TemporaryDirectory(prefix="aligner-"))
            report = audit(paths, Path(folder, "report"), previous=previous, **options)
            weakref.finalize(report, until_gone.pop_all().close)
            return report
    older = None if previous is None else Path(previous)
    sources = inputs(paths)
    return pipeline.audit(sources.paths, settings_of(options), Path(out), previous=older, stdin=sources.stdin)


@OneThread()
def pair(paths: Paths | pd.DataFrame, **options: Unpack[Options]) -> Pairs:
    """Find the articles that tell the same story, and align them.

    Args:
        paths: files or folders, or a data frame, as for ``audit``.
        **options: as on the command line; see ``Options``.

    Returns:
        A sequence of aligned pairs, with the unpaired articles and the inputs that could not be read.

    Raises:
        InputError: a path does not exist, no article could be read, or an option is wrong.

    >>> found = pair("corpora/demo")
    >>> found[0].pair.fr.path, found[0].pair.en.path
    ('corpora/demo/batterie-geante.txt', 'corpora/demo/grid-battery.txt')
    >>> found.to_frame().columns.tolist()
    ['fr_path', 'en_path', 'score', 'margin', 'kind', 'coverage_fr', 'coverage_en']
    """
    sources = inputs(paths)
    return Pairs(*pipeline.pair(sources.paths, settings_of(options), stdin=sources.stdin))


@overload
def align(
    fr: PathName, en: PathName, *, texts: bool = ..., presegmented: bool = ..., **options: Unpack[Options]
) -> Aligned: ...
@overload
def align(
    fr: Iterable[tuple[PathName, PathName]],
    *,
    texts: bool = ...,
    presegmented: bool = ...,
    **options: Unpack[Options],
) -> list[Aligned]: ...
def align(
    fr: PathName | Iterable[tuple[PathName, PathName]],
    en: PathName | None = None,
    *,
    texts: bool = False,
    presegmented: bool = False,
    **options: Unpack[Options],
) -> Aligned | list[Aligned]:
    """Align the sentences of a French and an English article, or of many such pairs.

    Args:
        fr: the file of the French article; or pairs ``(fr, en)`` of files.
        en: the file of the English article; left out for pairs.
        texts: what is given is not the names of files but the articles themselves.
        presegmented: both files have one sentence per line: nothing is split, dropped or skipped.
        **options: as on the command line; see ``Options``.

    Returns:
        A sequence of beads, in the order of the texts; every title and body segment is in exactly one.
        For pairs, a list of such sequences. ``.words()`` of one has the links between the words of its beads.

    Raises:
        InputError: a file cannot be read, both are in one language, or an option is wrong.

    >>> beads = align("corpora/demo/greve-au-port.txt", "corpora/demo/port-strike.txt")
    >>> beads[0].kind, beads[0].en[0].text
    ('1-1', 'Port-Armel dockers extend strike until Friday')
    >>> len(beads.to_frame()) == len(beads)
    True
    >>> align([("Il pleut à Lyon. Il neige à Lille.", "It rains in Lyon. It snows in Lille.")], texts=True)
    [<2 beads of fr and en>]
    """
    return align_given(fr, en, settings_of(options), texts=texts, presegmented=presegmented)


@OneThread()
def align_given(
    fr: PathName | Iterable[tuple[PathName, PathName]],
    en: PathName | None,
    settings: Settings,
    *,
    texts: bool,
    presegmented: bool,
) -> Aligned | list[Aligned]:
    """Align one pair, or many. Raises InputError as ``align`` does."""
    if texts and presegmented:
        raise InputError("texts and presegmented do not go together: write the sentences to files")

    def read(left: PathName, right: PathName) -> Sides:
        if texts:
            return read_texts(str(left), str(right))
        return read_pair(file_name(left, _PAIRS), file_name(right, _PAIRS), presegmented=presegmented)

    if isinstance(fr, str | PathLike):
        if en is None:
            raise InputError("align takes a French and an English article, or pairs of them")
        (alignment,) = align_many([read(fr, en)], settings)
        return Aligned(alignment)
    if not isinstance(fr, Iterable):
        file_name(fr, _PAIRS)
    sides = (read(*two(pair, f"pair {number}", _PAIRS)) for number, pair in enumerate(fr))
    return list(map(Aligned, align_many(sides, settings)))


@OneThread()
def lint(
    paths: Paths | pd.DataFrame | None = None,
    *,
    text: str | None = None,
    language: Language | None = None,
    **options: Unpack[Options],
) -> Findings:
    """Check articles individually.

    Args:
        paths: files or folders, or a data frame, as for ``audit``.
        text: in their place, one article itself.
        language: that of the text, where it is too short to tell.
        **options: as on the command line; see ``Options``.

    Returns:
        A sequence of findings, by article, in the order of the text. ``start`` and ``end`` are offsets in
        characters of the decoded file, ``confidence`` runs from 0 to 1.

    Raises:
        InputError: a path does not exist, no article could be read, no check that is chosen looks at an
            article alone, or an option is wrong.

    >>> [(f.code, f.excerpt, f.line) for f in lint("corpora/demo/sensor-startup.txt", select="EXT102")]
    [('EXT102', '2026.The', 13)]
    >>> lint(text="The bridge opened on Monday.The crowd was large.", select="EXT102")
    <1 finding>
    """
    settings = settings_of(options)
    if (paths is None) == (text is None):
        raise InputError("lint takes paths, or one text: text=...")
    if text is not None:
        return Findings(pipeline.lint_text(text, settings, language))
    sources = inputs(paths if paths is not None else [])
    return Findings(pipeline.lint(sources.paths, settings, stdin=sources.stdin)[1])


@OneThread()
def grade(
    bitext: Paths | pd.DataFrame | Iterable[tuple[str | None, str | None]],
    *,
    language: Language | None = None,
    **options: Unpack[Options],
) -> Grades:
    """Grade rows of aligned text: how good each translation is, and which words are suspect.

    Args:
        bitext: the path of a ``.tsv`` with columns ``fr`` and ``en``, of a ``.tmx``, ``.xlf`` or ``.po``, or
            of one text; the paths ``[fr, en]`` of two texts with one segment per line; a data frame with
            columns ``fr`` and ``en``; or rows ``(fr, en)``, None for a side that is not there.
        language: of one text alone; by default as it reads.
        **options: as on the command line; ``detector=False`` grades by rules only.

    Returns:
        A sequence of grades, in the order of the rows; their figures run from 0 to 1.

    Raises:
        InputError: a file does not exist, cannot be read or holds no such rows, or an option is wrong.

    >>> good, bad = grade([("Il pleut à Lyon.", "It is raining in Lyon."), ("Il pleut.", "Two cats sleep.")])
    >>> good.score > bad.score
    True
    """
    from aligner.grading import Row, grade_rows, read_rows

    if is_frame(bitext):
        texts: Sequence[object] = list(rows(bitext))
    else:
        if not isinstance(bitext, Iterable):
            file_name(bitext, _BITEXT)
        texts = [bitext] if isinstance(bitext, str | PathLike) else list(bitext)
    if texts and isinstance(texts[0], str | PathLike):
        grades = read_rows([file_name(path, _BITEXT) for path in texts], language=language)
    else:
        grades = (Row(*row) for row in list(text_rows(texts)))
    return Grades(grade_rows(grades, settings_of(options)))


@OneThread()
def check(
    paths: Paths | pd.DataFrame,
    *,
    fail_on: Severity | None = None,
    since: str | None = None,
    files: Sequence[PathName] | None = None,
    baseline: PathName | None = None,
    out: PathName | None = None,
    **options: Unpack[Options],
) -> Outcome:
    """Audit articles, and judge what is found by the limits of the gate.

    Args:
        paths: files or folders, or a data frame, as for ``audit``.
        fail_on: the least severity that fails: "minor", "major" (where nothing is said) or "critical".
        since: a git revision; only articles changed since then are looked at, all serve for pairing.
        files: only these files, or those in these folders, are looked at.
        baseline: a file of findings that are known, which do not fail.
        out: the folder of a report to write as well.
        **options: as on the command line; ``gate`` is the table of limits.

    Returns:
        What was read and found; ``outcome.verdict.passed`` says whether the gate is passed.

    Raises:
        InputError: as ``audit``; for both ``since`` and ``files``; for a revision or baseline there is not.

    >>> outcome = check("corpora/demo", select="EXT102", fail_on="minor")
    >>> outcome.verdict.passed, len(outcome.findings)
    (False, 3)
    """
    from aligner.gate.baseline import read_baseline
    from aligner.gate.changes import changed
    from aligner.gate.selection import listed

    settings, sources = settings_of(options), inputs(paths)
    settings = replace(settings, gate=replace(settings.gate, fail_on=fail_on or settings.gate.fail_on))
    if since is not None and files is not None:
        raise InputError("since and files each choose the articles: give one of them")
    selection = None
    if since is not None:
        selection = changed(since, sources.paths, settings.read.ignore)
    elif files is not None:
        selection = listed("\0".join(fspath(file) for file in files).encode("utf-8", "surrogateescape"))
    baseline_path = baseline or settings.gate.baseline
    return pipeline.check(
        sources.paths,
        settings,
        selection=selection,
        baseline=read_baseline(Path(baseline_path)) if baseline_path else None,
        out=None if out is None else Path(out),
        stdin=sources.stdin,
    )
