"""Renders a report folder, or one pair, as pages for people; needs no network and trusts no text."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from aligner.checks.wording import message
from aligner.model import Alignment, Finding, Language
from aligner.reporters.compare import change_parts
from aligner.reporters.labels import label, number, percent
from aligner.reporters.outcome import Failure, Stale
from aligner.reporters.pictures import STRIP_CELLS, Strip
from aligner.reporters.records import (
    ArticleRow,
    ArticleText,
    PairRow,
    UnpairedRow,
    article_text,
    bead_rows,
    page_name,
)
from aligner.reporters.report import Report
from aligner.reporters.scores import cost, coverage, penalty, score
from aligner.reporters.summary import CAUSES, SEVERITIES
from aligner.reporters.verdict import stale_line, verdict_line
from aligner.reporters.view import PageView, article_view, pair_view
from aligner.reporters.visible import visible
from aligner.text.words import count_words

TEMPLATES = Path(__file__).parent / "templates"
SCORE_BANDS = 10
"""Bars of the histogram of article scores, ten points each."""


TREND_ROWS: tuple[tuple[str, str, int], ...] = (
    ("score", "corpus_score", 1),
    ("critical_per_1000_words", "critical_rate", 2),
    ("major_per_1000_words", "major_rate", 2),
    ("minor_per_1000_words", "minor_rate", 2),
    ("articles", "articles_read", 0),
    ("pairs", "pairs_title", 0),
    ("words", "words_read", 0),
)
"""Figures of the trend: name in ``summary.json``, label, digits after the point."""


class TrendRow(NamedTuple):
    """One figure then and now."""

    name: str
    then: float
    now: float
    digits: int


class Neighbours(NamedTuple):
    """The pairs before and after one in the overview, and those of other versions of its story."""

    previous: PairRow | None = None
    next: PairRow | None = None
    versions: tuple[PairRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview says of one page: its strips by language and the codes found on it."""

    strips: Mapping[Language, Strip]
    codes: tuple[str, ...]


def write_pages(report: Report, ui: Language) -> None:
    """Write the pages of a report into its folder, the worst first in every list.

    There is ``index.html``, a page for every pair and one for every article in no pair.
    """
    pairs = sorted(report.pairs(), key=lambda pair: (min(pair.fr_score, pair.en_score), pair.key))
    rows = {row.path: row for row in report.documents()}
    paired = {path for pair in pairs for path in (pair.fr_path, pair.en_path)}
    (report.path / "pairs").mkdir(exist_ok=True)
    (report.path / "articles").mkdir(exist_ok=True)
    overviews: dict[str, Overview] = {}
    groups: defaultdict[int, list[PairRow]] = defaultdict(list)
    for pair in pairs:
        groups[pair.group].append(pair)
    for before, pair, after in zip([None, *pairs], pairs, [*pairs[1:], None], strict=False):
        near = Neighbours(before, after, tuple(other for other in groups[pair.group] if other != pair))
        overviews[pair.key] = _write_pair(report, pair, near, ui)
    unpaired = {row.path: row for row in report.unpaired()}
    lone = sorted(rows.keys() - paired, key=lambda path: (rows[path].score, path))
    for path in lone:
        overviews[path] = _write_article(report, rows[path], unpaired.get(path), ui)
    index = _render(
        "index.html", ui, root="", summary=report.summary, pairs=pairs, rows=rows, unpaired=unpaired,
        lone=lone, skipped=list(report.skipped()), overviews=overviews,
        bands=_score_bands(rows.values()), trend=_trend(report.summary.get("trend"), ui),
        gate=_gate(report.summary.get("gate"), ui),
        stale=[stale_line(Stale(**entry), ui) for entry in report.summary.get("stale_suppressions", ())],
    )  # fmt: skip
    _write(report.path / "index.html", index)


def pair_page(alignment: Alignment, findings: Sequence[Finding], ui: Language) -> str:
    """Return one pair as a page that stands alone; ``findings`` of both articles and of their comparison."""
    pair = alignment.pair
    fr, en = article_text(pair.fr), article_text(pair.en)
    view = pair_view(fr, en, list(bead_rows(alignment)), findings, partial(message, ui=ui))
    severities = Counter(f.severity for f in findings if f.counts)
    row = PairRow(
        fr.path, en.path, pair.score, pair.margin, pair.kind,
        coverage(alignment, "fr"), coverage(alignment, "en"), len(alignment.beads), len(findings),
        _score(fr, findings), _score(en, findings), pair.group,
        severities["minor"], severities["major"], severities["critical"],
    )  # fmt: skip
    return _render_pair(row, view, ui, Neighbours(), root=None)


def _score(article: ArticleText, findings: Iterable[Finding]) -> float:
    costs = [cost(finding) for finding in findings if finding.language == article.language]
    return score(penalty(costs, count_words(article.text)))


def _write_pair(report: Report, pair: PairRow, near: Neighbours, ui: Language) -> Overview:
    fr, en = report.article(pair.fr_path), report.article(pair.en_path)
    findings = [
        finding
        for path in (pair.fr_path, pair.en_path)
        for finding in report.findings(path)
        if finding.pair in (None, pair.key)
    ]
    view = pair_view(fr, en, list(report.beads(pair.key)), findings, partial(message, ui=ui))
    _write(report.path / pair.page, _render_pair(pair, view, ui, near, root="../"))
    return _overview(view)


def _render_pair(pair: PairRow, view: PageView, ui: Language, near: Neighbours, root: str | None) -> str:
    """Return a pair's page; ``root`` leads to the overview's folder, None where there is no overview."""
    return _render("pair.html", ui, root=root, pair=pair, view=view, **near._asdict())


def _write_article(report: Report, row: ArticleRow, unpaired: UnpairedRow | None, ui: Language) -> Overview:
    article = report.article(row.path)
    findings = [finding for finding in report.findings(row.path) if finding.pair is None]
    view = article_view(article, findings, partial(message, ui=ui))
    page = _render("article.html", ui, root="../", row=row, view=view, unpaired=unpaired)
    _write(report.path / "articles" / page_name(row.path), page)
    return _overview(view)


def _overview(view: PageView) -> Overview:
    codes = {note.finding.code for note in view.notes if note.finding.counts}
    return Overview(view.strips, tuple(sorted(codes)))


def _trend(trend: Mapping[str, Any] | None, ui: Language) -> tuple[str, list[TrendRow]] | None:
    """Return what has changed since an older report, in words and as figures; None where there is none."""
    if not trend:
        return None
    rows = [
        TrendRow(label(key, ui), trend[name]["then"], trend[name]["now"], digits)
        for name, key, digits in TREND_ROWS
        if None not in trend[name].values()
    ]
    return ", ".join(change_parts(trend, ui)), rows


def _gate(gate: Mapping[str, Any] | None, ui: Language) -> str:
    return verdict_line([Failure(**failure) for failure in gate["failures"]], ui) if gate else ""


def _score_bands(rows: Iterable[ArticleRow]) -> list[int]:
    """Return how many articles score 0 to 10, 10 to 20, up to 90 to 100."""
    bands = [0] * SCORE_BANDS
    for row in rows:
        bands[min(int(row.score * SCORE_BANDS / 100), SCORE_BANDS - 1)] += 1
    return bands


def _render(template: str, ui: Language, **values: Any) -> str:
    css, script = _asset("report.css"), _asset("report.js")
    return _environment().get_template(template).render(
        ui=ui, t=partial(label, ui=ui), num=partial(number, ui=ui), pct=partial(percent, ui=ui),
        css=Markup(css), script=Markup(script), csp=_policy(css, script), causes=CAUSES,
        severities=SEVERITIES, cells=STRIP_CELLS, article_page=lambda path: f"articles/{page_name(path)}",
        **values,
    )  # fmt: skip


def _policy(css: str, script: str) -> str:
    """Return the content security policy: our own style and script by their digests, and nothing else."""
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (css, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    environment.filters["visible"] = visible
    return environment


def _write(path: Path, page: str) -> None:
    path.write_bytes(page.encode("utf-8", "xmlcharrefreplace"))
