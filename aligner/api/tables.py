"""Results of calls: sequences with a short repr, shown as tables in pandas and notebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from html import escape
from typing import TYPE_CHECKING, overload

from aligner.model import Alignment, Bead, Finding, Skipped, Unpaired
from aligner.pairing.pair import Pairing
from aligner.report.records import (
    BEAD_KEYS,
    FINDING_KEYS,
    PAIR_COLUMNS,
    bead_record,
    bead_rows,
    finding_record,
    pair_row,
)
from aligner.reporters.bitext import Unit, tmx

if TYPE_CHECKING:
    import pandas as pd

    from aligner.grading import Grade
    from aligner.run.two_files import LinkedWords

ROWS_SHOWN = 20
"""Rows of a table in a notebook; ``.to_frame()`` has them all."""


@dataclass(frozen=True, repr=False)
class Pairs(Sequence[Alignment]):
    """Aligned pairs; ``unpaired`` are articles without counterpart, ``skipped`` what could not be read."""

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
        """Return one row per pair, with the columns of ``aligner pair --format csv``; scores are 0..1."""
        import pandas as pd

        return pd.DataFrame([pair_row(alignment) for alignment in self], columns=list(PAIR_COLUMNS))

    def __repr__(self) -> str:
        return f"<{self._summary_line}>"

    @property
    def _summary_line(self) -> str:
        left = f"{_number(len(self.unpaired), 'article')} without counterpart"
        return f"{_number(len(self), 'pair')}, {left}, {len(self.skipped)} skipped"

    def _repr_html_(self) -> str:
        return _table(self.to_frame(), self._summary_line)


@dataclass(frozen=True, repr=False)
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

    def words(self) -> list[LinkedWords]:
        """Return the words of each bead with two sides, and the links between them, as ``align --words``.

        ``str`` of one is its line there.

        >>> from aligner import align
        >>> [linked] = align("Il pleut à Lyon.", "It rains in Lyon.", texts=True).words()
        >>> linked.fr, linked.links
        (('Il', 'pleut', 'à', 'Lyon', '.'), ((0, 0), (1, 1), (2, 2), (3, 3)))
        """
        from aligner.run.two_files import linked_words

        return list(linked_words(self.alignment))

    def to_frame(self) -> pd.DataFrame:
        """Return one row per bead, with the columns of ``beads.jsonl``; similarity 0..1."""
        import pandas as pd

        return pd.DataFrame(map(bead_record, bead_rows(self.alignment)), columns=list(BEAD_KEYS))

    def __repr__(self) -> str:
        pair = self.alignment.pair
        return f"<{_number(len(self), 'bead')} of {pair.fr.path} and {pair.en.path}>"

    def _repr_html_(self) -> str:
        return _table(
            self.to_frame()[["kind", "similarity", "fr_text", "en_text"]], _number(len(self), "bead")
        )


class Findings(tuple[Finding, ...]):
    """Findings, in order."""

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per finding, with the columns of ``findings.jsonl``."""
        import pandas as pd

        return pd.DataFrame(map(finding_record, self), columns=list(FINDING_KEYS))

    def __repr__(self) -> str:
        return f"<{counted(self)}>"

    def _repr_html_(self) -> str:
        columns = ["path", "line", "severity", "code", "name", "excerpt", "suggestion"]
        return _table(self.to_frame()[columns], counted(self))


class Grades(tuple["Grade", ...]):
    """Grades, in the order of the rows."""

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per grade, with the keys of ``aligner grade --format jsonl`` as columns."""
        import pandas as pd

        from aligner.grading import Grade

        return pd.DataFrame([asdict(grade) for grade in self], columns=[f.name for f in fields(Grade)])

    def __repr__(self) -> str:
        return f"<{_number(len(self), 'grade')}>"

    def _repr_html_(self) -> str:
        columns = ["score", "adequacy", "fluency_fr", "fluency_en", "codes", "fr", "en"]
        return _table(self.to_frame()[columns], _number(len(self), "row"))


class Units(tuple[Unit, ...]):
    """Passages in both languages, in the order of a report."""

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per passage: fr, en, similarity 0..1, pair."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=list(Unit._fields))

    def to_tmx(self) -> str:
        """Return them as a translation memory, TMX 1.4."""
        return "".join(tmx(self))

    def __repr__(self) -> str:
        return f"<{_number(len(self), 'passage')} in both languages>"

    def _repr_html_(self) -> str:
        return _table(self.to_frame(), _number(len(self), "passage"))


def counted(findings: Iterable[Finding]) -> str:
    """Format the number of findings as the report does: those that count, then the others."""
    kinds = Counter(
        "finding"
        if f.counts
        else "suppressed"
        if f.suppressed
        else "explained by another"
        if f.demoted_by
        else "suspicion"
        for f in findings
    )
    parts = [_number(kinds.pop("finding", 0), "finding")]
    if suspicions := kinds.pop("suspicion", 0):
        parts.append(_number(suspicions, "suspicion"))
    return ", ".join([*parts, *(f"{number} {kind}" for kind, number in sorted(kinds.items()))])


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _table(frame: pd.DataFrame, caption: str) -> str:
    head = frame.head(ROWS_SHOWN)
    note = f" (the first {ROWS_SHOWN} shown)" if len(frame) > len(head) else ""
    return f"<p>{escape(caption)}{note}</p>{head.to_html(index=False, escape=True, na_rep='')}"
