"""Geometry of a page's pictures: where findings are in a text, and which passages match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aligner.model import SEVERITY_WEIGHT, Finding, Severity
from aligner.report.records import ArticleText, BeadRow

Strip = list[tuple[int, Severity, str]]
"""Places of one article's findings: (cell, highest severity in it, its fingerprint), by cell."""

STRIP_CELLS = 48
"""Cells of the strip that shows where in a text the findings are: about one sentence each in most news."""

MAP_BEADS = 600
"""Beads up to which the map is drawn: past that, ribbons are thinner than a pixel and only cost bytes."""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Joins the two sides of a bead on the map; ``fr`` and ``en`` are from and to, in ``4 * STRIP_CELLS``."""

    anchor: str
    fr: tuple[float, float]
    en: tuple[float, float]
    strength: float
    moved: bool


def ribbons(
    fr: ArticleText, en: ArticleText, beads: Sequence[BeadRow], anchors: Mapping[int, str]
) -> tuple[Ribbon, ...]:
    """Return what joins the two texts on the map, moved passages last; nothing for very long texts."""
    if len(beads) > MAP_BEADS:
        return ()
    shapes = [
        Ribbon(
            anchors[bead.index],
            _on_map(bead.fr_start, bead.fr_end, fr),
            _on_map(bead.en_start, bead.en_end, en),
            round(0.15 + 0.35 * bead.similarity, 2),
            False,
        )
        for bead in beads
        if bead.fr and bead.en
    ]
    for bead in beads:
        if bead.fr and bead.moved_to is not None and bead.moved_to < len(beads):
            target = beads[bead.moved_to]
            left, right = _on_map(bead.fr_start, bead.fr_end, fr), _on_map(target.en_start, target.en_end, en)
            shapes.append(Ribbon(anchors[bead.index], left, right, 0.55, True))
    return tuple(shapes)


def _on_map(start: int | None, end: int | None, article: ArticleText) -> tuple[float, float]:
    scale = 4 * STRIP_CELLS / max(len(article.text), 1)
    return round((start or 0) * scale, 2), round((end or 0) * scale, 2)


def outlines(strip: Strip) -> dict[Severity, str]:
    """Return a strip as one SVG path a severity, cells 4 wide, 10 high: short, for long overviews."""
    paths: dict[Severity, str] = {}
    for cell, severity, _ in strip:
        paths[severity] = f"{paths.get(severity, '')}M{4 * cell} 0v10h4v-10z"
    return paths


def strip(article: ArticleText, findings: Iterable[Finding]) -> Strip:
    """Return where the findings of one article are that count; those of others are skipped."""
    cells: dict[int, tuple[Severity, str]] = {}
    length = max(len(article.text), 1)
    for f in findings:
        if f.language != article.language or not f.counts:
            continue
        cell = min(STRIP_CELLS * f.start // length, STRIP_CELLS - 1)
        if cell not in cells or SEVERITY_WEIGHT[cells[cell][0]] < SEVERITY_WEIGHT[f.severity]:
            cells[cell] = (f.severity, f.fingerprint)
    return [(cell, *cells[cell]) for cell in sorted(cells)]
