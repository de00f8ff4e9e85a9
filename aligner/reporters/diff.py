"""The changes between two reports, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aligner.model import Language
from aligner.report.compare import Change, sides, trend_record
from aligner.reporters.findings import text_line
from aligner.reporters.labels import label, number
from aligner.text.visible import printable_path

MOST_RENAMED = 10
"""Articles with another path that are named."""


def text(change: Change, ui: Language) -> str:
    """Format a line for each finding new (+) or fixed (-) and each pair gained or lost, then totals."""
    lines = [f"+ {text_line(finding, ui)}" for finding in change.new]
    lines += [f"- {text_line(finding, ui)}" for finding in change.fixed]
    lines += [f"+ {label('pair', ui)}: {printable_path(key)}" for key in change.pairs_gained]
    lines += [f"- {label('pair', ui)}: {printable_path(key)}" for key in change.pairs_lost]
    listed = change.renamed[:MOST_RENAMED]
    lines += [f"{printable_path(old)} → {printable_path(new)}" for old, new in listed]
    if len(change.renamed) > len(listed):
        lines.append("…")
    if change.renamed:
        lines.append(label("n_renamed", ui, n=len(change.renamed)))
    lines.append(", ".join(change_parts(trend_record(change), ui)))
    scores = [_score_text(side.get("score"), ui) for side in sides(change)]
    lines.append(f"{label('corpus_score', ui)}{label('colon', ui)} {scores[0]} → {scores[1]}")
    if not change.shared_articles:
        lines.append(label("nothing_shared", ui))
    return "".join(f"{line}\n" for line in lines)


def change_parts(trend: Mapping[str, Any], ui: Language) -> list[str]:
    """Format how many findings are new, fixed, remaining or silenced, and how many pairs came and went."""
    findings = trend["findings"]
    parts = [label(f"n_{name}", ui, n=findings[name]) for name in ("new", "fixed", "remaining")]
    if findings["silenced"]:
        parts.append(label("n_silenced", ui, n=findings["silenced"]))
    return [*parts, *(label(name, ui, n=trend[name]) for name in ("pairs_gained", "pairs_lost"))]


def _score_text(score: float | None, ui: Language) -> str:
    return "–" if score is None else number(score, ui, 1)
