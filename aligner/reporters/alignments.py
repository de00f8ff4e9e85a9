"""One alignment in every format that `aligner align` writes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from aligner.model import Alignment, Finding, Language
from aligner.report.records import BeadRow, bead_record, bead_rows
from aligner.reporters.bitext import moses, tmx, units
from aligner.reporters.labels import label, number
from aligner.reporters.width import terminal_width
from aligner.text.visible import one_line


def render(
    alignment: Alignment, form: str, ui: Language = "en", findings: Sequence[Finding] = ()
) -> str | tuple[str, str]:
    """Format one alignment; ``moses`` gives two texts, French and English, every other format one.

    Segment numbers count from 0 in the article's segments, boilerplate counted. ``findings`` are
    shown by ``html`` alone. Raises ``ValueError`` for a format that is not in ``FORMATS``.
    """
    if form == "html":
        from aligner.reporters.html import pair_page

        return pair_page(alignment, findings, ui)
    if form == "table":
        return table(alignment, ui)
    if form == "moses":
        return moses(units(alignment))
    if form not in _LINES:
        raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    return "".join(_LINES[form](alignment))


def table(alignment: Alignment, ui: Language, width: int | None = None) -> str:
    """Format the beads as a table for the terminal; ``width`` in columns, the terminal's own if None."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, header_style="bold", padding=(0, 1), show_edge=False, expand=True)
    grid.add_column("#", justify="right", style="dim", no_wrap=True)
    grid.add_column(label("bead", ui), no_wrap=True)
    grid.add_column(label("similarity_short", ui), justify="right", no_wrap=True)
    for language in ("fr", "en"):
        grid.add_column(label(language, ui).capitalize(), ratio=1, overflow="fold")
    for bead in bead_rows(alignment):
        similarity = number(bead.similarity, ui, 2) if bead.fr and bead.en else ""
        kind = f"{bead.kind} ↔ {bead.moved_to + 1}" if bead.moved_to is not None else bead.kind
        texts = (Text(one_line(bead.fr_text)), Text(one_line(bead.en_text)))
        grid.add_row(str(bead.index + 1), kind, similarity, *texts)
    width = width or terminal_width()
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(grid)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _tsv(alignment: Alignment) -> Iterator[str]:
    for bead in bead_rows(alignment):
        fr, en = (" ".join(map(str, numbers)) for numbers in (bead.fr, bead.en))
        yield f"{fr}\t{en}\t{bead.similarity:.4f}\n"


def _jsonl(alignment: Alignment) -> Iterator[str]:
    for bead in bead_rows(alignment):
        line = json.dumps(bead_record(bead), ensure_ascii=False, separators=(",", ":"))
        yield line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _vecalign(alignment: Alignment) -> Iterator[str]:
    """Yield vecalign's lines ``[0]:[0, 1]:cost``; as there, the cost of an empty side is 0."""
    for bead in bead_rows(alignment):
        cost = 1 - bead.similarity if bead.fr and bead.en else 0.0
        yield f"{list(bead.fr)}:{list(bead.en)}:{cost:.6f}\n"


def _ladder(alignment: Alignment) -> Iterator[str]:
    """Yield hunalign's ladder: where each bead begins on both sides, and its score; the last rung is the end.

    A ladder leaves no segment out, so boilerplate between two beads is a rung of its own, with score 0.
    """
    fr = en = 0
    ends = len(alignment.pair.fr.segments), len(alignment.pair.en.segments)
    for bead in bead_rows(alignment):
        start = bead.fr[0] if bead.fr else fr, bead.en[0] if bead.en else en
        yield from _gap((fr, en), start)
        yield _rung(start, bead.similarity)
        fr, en = _after(bead, start)
    yield from _gap((fr, en), ends)
    yield _rung(ends, 0.0)


def _after(bead: BeadRow, start: tuple[int, int]) -> tuple[int, int]:
    return bead.fr[-1] + 1 if bead.fr else start[0], bead.en[-1] + 1 if bead.en else start[1]


def _gap(start: tuple[int, int], end: tuple[int, int]) -> Iterator[str]:
    if start != end:
        yield _rung(start, 0.0)


def _rung(place: tuple[int, int], score: float) -> str:
    return f"{place[0]}\t{place[1]}\t{score:.4f}\n"


_LINES: Mapping[str, Callable[[Alignment], Iterator[str]]] = {
    "tsv": _tsv,
    "jsonl": _jsonl,
    "tmx": lambda alignment: tmx(units(alignment)),
    "ladder": _ladder,
    "vecalign": _vecalign,
}
FORMATS = ("table", *_LINES, "moses", "html")
