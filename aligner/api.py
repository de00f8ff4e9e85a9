"""The public functions: what the commands do, from Python, with results for pandas and notebooks."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields
from html import escape
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, overload

from aligner.model import Alignment, Bead, Finding, Language, Skipped, Unpaired
from aligner.report.reader import Report
from aligner.report.records import (
    BEAD_KEYS,
    FINDING_KEYS,
    PAIR_COLUMNS,
    bead_record,
    bead_rows,
    finding_record,
    pair_row,
)
from aligner.run import pipeline
from aligner.settings import Settings, load_settings, with_options

if TYPE_CHECKING:
    import pandas as pd

    from aligner.grading import Grade
    from aligner.pairing.pair import Pairing

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]
ROWS_SHOWN = 20
"""Rows of a table in a notebook; ``.to_frame()`` has them all."""


def audit(
    paths: Paths,
    out: str | PathLike[str] | None = None,
    *,
    previous: str | PathLike[str] | None = None,
    **options: Any,
) -> Report:
    """Read, pair, align and check articles, and write a report folder.

    Args:
        paths: files or folders, one or several, French and English mixed.
        out: the folder to write; without it a temporary one, which lasts as long as the report.
        previous: an older report folder, to have ``summary["trend"]``.
        **options: as on the command line: ``encoder``, ``select``, ``ignore`` (codes or prefixes),
            ``min_confidence`` (0 to 1), ``jobs``, ``pairs`` and ``terms`` (paths of CSV files),
            ``allow`` (words), ``ui`` ("en" or "fr"), ``cache`` (a folder, or False), and ``config``,
            the path of a file of settings; without ``config`` no such file is read.

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
    return pipeline.audit(_paths(paths), _settings(options), Path(out), previous=older)


def pair(paths: Paths, **options: Any) -> Pairs:
    """Find the articles that tell the same story, and align them.

    Args:
        paths: files or folders, one or several, French and English mixed.
        **options: as for ``audit``.

    Returns:
        A sequence of aligned pairs, with the articles left over and the inputs that could not be read.

    Raises:
        InputError: a path does not exist, no article could be read, or an option is wrong.

    >>> found = pair("corpora/demo")
    >>> found[0].pair.fr.path, found[0].pair.en.path
    ('corpora/demo/batterie-geante.txt', 'corpora/demo/grid-battery.txt')
    >>> found.to_frame().columns.tolist()
    ['fr_path', 'en_path', 'score', 'margin', 'kind', 'coverage_fr', 'coverage_en']
    """
    return Pairs(*pipeline.pair(_paths(paths), _settings(options)))


def align(
    fr: str | PathLike[str], en: str | PathLike[str], *, presegmented: bool = False, **options: Any
) -> Aligned:
    """Align the sentences of a French and an English article.

    Args:
        fr: the file of the French article.
        en: the file of the English article.
        presegmented: both files have a sentence a line: nothing is split, dropped or passed over.
        **options: as for ``audit``.

    Returns:
        A sequence of beads, in the order of the texts; every title and body segment stands in exactly one.

    Raises:
        InputError: a file cannot be read, both are in one language, or an option is wrong.

    >>> beads = align("corpora/demo/greve-au-port.txt", "corpora/demo/port-strike.txt")
    >>> beads[0].kind, beads[0].en[0].text
    ('1-1', 'Port-Armel dockers extend strike until Friday')
    >>> len(beads.to_frame()) == len(beads)
    True
    """
    settings = _settings(options)
    return Aligned(pipeline.align(fspath(fr), fspath(en), settings, presegmented=presegmented))


def lint(paths: Paths, **options: Any) -> Findings:
    """Check articles, each alone.

    Args:
        paths: files or folders, one or several.
        **options: as for ``audit``.

    Returns:
        A sequence of findings, by article, in the order of the text. ``start`` and ``end`` are offsets in
        characters of the decoded file, ``confidence`` runs from 0 to 1.

    Raises:
        InputError: a path does not exist, no article could be read, no check that is chosen looks at an
            article alone, or an option is wrong.

    >>> [(f.code, f.excerpt, f.line) for f in lint("corpora/demo/sensor-startup.txt", select="EXT102")]
    [('EXT102', '2026.The', 13)]
    """
    return Findings(pipeline.lint(_paths(paths), _settings(options))[1])


def grade(
    bitext: Paths | Iterable[tuple[str | None, str | None]],
    *,
    language: Language | None = None,
    **options: Any,
) -> Grades:
    """Grade rows of aligned text: how good each translation is, and which words are suspect.

    Args:
        bitext: the path of a ``.tsv`` with columns ``fr`` and ``en``, of a ``.tmx``, or of one text; the
            paths ``[fr, en]`` of two texts with a segment a line; or rows ``(fr, en)``, None for a side
            that is not there.
        language: of one text alone; by default as it reads.
        **options: as for ``audit``; ``detector=False`` grades by rules only.

    Returns:
        A sequence of grades, in the order of the rows; their figures run from 0 to 1.

    Raises:
        InputError: a file does not exist, cannot be read or holds no such rows, or an option is wrong.

    >>> good, bad = grade([("Il pleut à Lyon.", "It is raining in Lyon."), ("Il pleut.", "Two cats sleep.")])
    >>> good.score > bad.score
    True
    """
    from aligner.grading import Row, grade_rows, read_rows

    given = [bitext] if isinstance(bitext, str | PathLike) else list(bitext)
    paths = [fspath(item) for item in given if not isinstance(item, tuple)]
    rows = (
        read_rows(paths, language=language)
        if paths
        else (Row(*row) for row in given if isinstance(row, tuple))
    )
    return Grades(grade_rows(rows, _settings(options)))


@dataclass(frozen=True)
class Pairs(Sequence[Alignment]):
    """Aligned pairs; ``unpaired`` are the articles left over, ``skipped`` what could not be read."""

    pairing: Pairing
    skipped: tuple[Skipped, ...] = ()

    @property
    def unpaired(self) -> tuple[Unpaired, ...]:
        """The articles without counterpart, each with the reason and its best candidate."""
        return self.pairing.unpaired

    @overload
    def __getitem__(self, index: int) -> Alignment: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Alignment]: ...
    def __getitem__(self, index: int | slice) -> Alignment | Sequence[Alignment]:
        """Return the aligned pair at that place."""
        return self.pairing.alignments[index]

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.pairing.alignments)

    def to_frame(self) -> pd.DataFrame:
        """Return a row a pair, with the columns of ``aligner pair --format csv``; scores and shares 0..1."""
        import pandas as pd

        return pd.DataFrame([pair_row(alignment) for alignment in self], columns=list(PAIR_COLUMNS))

    def _repr_html_(self) -> str:
        left = f"{len(self.unpaired)} articles without counterpart"
        return _table(self.to_frame(), f"{len(self)} pairs, {left}")


@dataclass(frozen=True)
class Aligned(Sequence[Bead]):
    """The beads of one pair, in the order of the texts."""

    alignment: Alignment

    @overload
    def __getitem__(self, index: int) -> Bead: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Bead]: ...
    def __getitem__(self, index: int | slice) -> Bead | Sequence[Bead]:
        """Return the bead at that place."""
        return self.alignment.beads[index]

    def __len__(self) -> int:
        """Return the number of beads."""
        return len(self.alignment.beads)

    def to_frame(self) -> pd.DataFrame:
        """Return a row a bead, with the columns of ``beads.jsonl``; similarity 0..1."""
        import pandas as pd

        return pd.DataFrame(map(bead_record, bead_rows(self.alignment)), columns=list(BEAD_KEYS))

    def _repr_html_(self) -> str:
        return _table(self.to_frame()[["kind", "similarity", "fr_text", "en_text"]], f"{len(self)} beads")


class Findings(tuple[Finding, ...]):
    """Findings, in order."""

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Return a row a finding, with the columns of ``findings.jsonl``."""
        import pandas as pd

        return pd.DataFrame(map(finding_record, self), columns=list(FINDING_KEYS))

    def _repr_html_(self) -> str:
        columns = ["path", "line", "severity", "code", "name", "excerpt", "suggestion"]
        return _table(self.to_frame()[columns], f"{len(self)} findings")


class Grades(tuple["Grade", ...]):
    """Grades, in the order of the rows."""

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Return a row a grade, with the keys of ``aligner grade --format jsonl`` as columns."""
        import pandas as pd

        from aligner.grading import Grade

        return pd.DataFrame([asdict(grade) for grade in self], columns=[f.name for f in fields(Grade)])

    def _repr_html_(self) -> str:
        columns = ["score", "adequacy", "fluency_fr", "fluency_en", "codes", "fr", "en"]
        return _table(self.to_frame()[columns], f"{len(self)} rows")


def _settings(options: dict[str, Any]) -> Settings:
    config = options.pop("config", None)
    return load_settings(config, options) if config else with_options(Settings(), options)


def _paths(paths: Paths) -> list[str]:
    return [fspath(paths)] if isinstance(paths, str | PathLike) else [fspath(path) for path in paths]


def _table(frame: pd.DataFrame, caption: str) -> str:
    shown = frame.head(ROWS_SHOWN)
    more = f" (the first {ROWS_SHOWN} shown)" if len(frame) > len(shown) else ""
    return f"<p>{escape(caption)}{more}</p>{shown.to_html(index=False, escape=True, na_rep='')}"
