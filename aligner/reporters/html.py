"""Renders a report folder, or one pair, as pages for people; needs no network and trusts no text."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from aligner.checks.wording import message, title
from aligner.model import Alignment, Finding, Language
from aligner.report.outcome import Stale
from aligner.report.reader import Report
from aligner.report.records import (
    ArticleRow,
    ArticleText,
    PairRow,
    UnpairedRow,
    article_text,
    bead_rows,
    page_name,
    read_article_text,
    read_bead,
    read_finding,
)
from aligner.report.scores import cost, penalty, score
from aligner.report.summary import CAUSES
from aligner.reporters.explained import explain
from aligner.reporters.labels import label, number, percent
from aligner.reporters.listing import Entry, entries, in_context, most_serious, with_other_side
from aligner.reporters.overview import gate_lines, is_gate_set, lead, nothing_paired, quiet, trend
from aligner.reporters.pictures import STRIP_CELLS, outlines
from aligner.reporters.rows import ROWS_SHOWN, Link, Overview, finding_data, lone_data, pair_data
from aligner.reporters.steps import furthest_behind, is_out_of_step, lag
from aligner.reporters.verdict import stale_line, unread_parts
from aligner.reporters.view import PageView, article_view, is_bilingual, pair_view
from aligner.text.coverage import coverage
from aligner.text.words import count_words

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = {"index.html": "lists.js", "findings.html": "lists.js"}
"""The script of a page, after what all have in common; where none is named, that of pairs and articles."""


class Neighbours(NamedTuple):
    """The pairs before and after one in the overview, and those of other versions of its story."""

    previous: PairRow | None = None
    next: PairRow | None = None
    versions: tuple[PairRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: of a pair, or of an article in none, from its lines in the report's files."""

    ui: Language
    row: PairRow | ArticleRow
    neighbours: Neighbours
    unpaired: UnpairedRow | None
    candidate: Link | None
    articles: tuple[bytes, ...]
    beads: tuple[bytes, ...]
    findings: tuple[bytes, ...]


class Made(NamedTuple):
    """A page that was made, and what the overview says of it."""

    html: bytes
    overview: Overview


Render = Callable[[Iterable[Page]], Iterator[Made]]
"""Makes pages, in order."""


def render_pages(pages: Iterable[Page]) -> Iterator[Made]:
    """Make pages, here."""
    return map(_render_page, pages)


def write_pages(report: Report, ui: Language, render: Render = render_pages) -> None:
    """Write the pages of a report into its folder, the worst first in every list.

    There is ``index.html``, ``findings.html``, a page for every pair and one for every article in no pair.
    """
    pairs = sorted(report.pairs(), key=lambda pair: (min(pair.fr_score, pair.en_score), pair.key))
    rows = {row.path: row for row in report.documents()}
    unpaired = {row.path: row for row in report.unpaired()}
    paired = {path for pair in pairs for path in (pair.fr_path, pair.en_path)}
    lone = sorted(rows.keys() - paired, key=lambda path: (rows[path].score, path))
    for folder in ("pairs", "articles"):
        (report.path / folder).mkdir(exist_ok=True)
    places = [(pair.key, pair.page) for pair in pairs]
    places += [(path, f"articles/{page_name(path)}") for path in lone]
    links = _links(rows, pairs)
    pages = chain(_pair_pages(report, pairs, ui), _article_pages(report, lone, links, unpaired, ui))
    overviews: dict[str, Overview] = {}
    for (key, place), rendered in zip(places, render(pages), strict=True):
        (report.path / place).write_bytes(rendered.html)
        overviews[key] = rendered.overview
    counts = report.summary["counts"]
    listed = list(with_other_side(entries(report.findings(), _places(links, pairs), ui), report, pairs))
    (report.path / "findings.html").write_bytes(_encoded(_findings_page(report, listed, ui)))
    index = _render(
        "index.html",
        ui,
        root="",
        summary=report.summary,
        pairs=pairs,
        links=links,
        unpaired=unpaired,
        lone=lone,
        skipped=list(report.skipped()),
        unread=unread_parts(report.skipped(), report.summary["counts"].get("other_files", 0), ui),
        overviews=overviews,
        pair_data=pair_data(pairs, links, overviews, ui),
        lone_data=lone_data(lone, links, unpaired, overviews, ui),
        lead=lead(rows.values(), report.summary),
        serious=list(in_context(most_serious(listed), report)),
        kinds=dict(sorted(Counter(pair.kind for pair in pairs).items(), key=lambda kind: -kind[1])),
        behind=furthest_behind(pairs),
        out_of_step=sum(map(is_out_of_step, pairs)),
        trend=trend(report.summary.get("trend"), ui),
        gate=is_gate_set(report.summary.get("gate")) and report.summary["gate"],
        quiet=quiet(counts, ui),
        gate_lines=gate_lines(report.summary.get("gate"), ui),
        nothing_paired=nothing_paired(counts, ui),
        stale=[stale_line(Stale(**entry), ui) for entry in report.summary.get("stale_suppressions", ())],
    )
    (report.path / "index.html").write_bytes(_encoded(index))


def _pair_pages(report: Report, pairs: Sequence[PairRow], ui: Language) -> Iterator[Page]:
    groups: defaultdict[int, list[PairRow]] = defaultdict(list)
    for pair in pairs:
        groups[pair.group].append(pair)
    for before, pair, after in zip([None, *pairs], pairs, [*pairs[1:], None], strict=False):
        neighbours = Neighbours(
            before, after, tuple(version for version in groups[pair.group] if version != pair)
        )
        sides = (pair.fr_path, pair.en_path)
        yield Page(
            ui,
            pair,
            neighbours,
            None,
            None,
            articles=tuple(line for path in sides for line in report.lines("articles.jsonl", "path", path)),
            beads=tuple(report.lines("beads.jsonl", "pair", pair.key)),
            findings=tuple(line for path in sides for line in report.lines("findings.jsonl", "path", path)),
        )


def _links(rows: Mapping[str, ArticleRow], pairs: Iterable[PairRow]) -> dict[str, Link]:
    """Return where every article is shown: in its worst pair, else on a page of its own."""
    pages: dict[str, str] = {}
    for pair in pairs:
        for path in (pair.fr_path, pair.en_path):
            pages.setdefault(path, pair.page)
    return {path: Link(row, pages.get(path) or f"articles/{page_name(path)}") for path, row in rows.items()}


def _places(links: Mapping[str, Link], pairs: Iterable[PairRow]) -> dict[str, str]:
    """Return the page of every article and of every pair."""
    return {path: link.page for path, link in links.items()} | {pair.key: pair.page for pair in pairs}


def _findings_page(report: Report, listed: Sequence[Entry], ui: Language) -> str:
    """Return the list of findings, with what its filters can choose from."""
    counts = report.summary["counts"]
    return _render(
        "findings.html",
        ui,
        root="",
        entries=listed,
        data=finding_data(listed, ui),
        codes=sorted({(entry.finding.code, entry.finding.name) for entry in listed}),
        all=counts["findings"] - counts["demoted"] - counts["suppressed"],
    )


def _article_pages(
    report: Report,
    paths: Iterable[str],
    links: Mapping[str, Link],
    unpaired: Mapping[str, UnpairedRow],
    ui: Language,
) -> Iterator[Page]:
    for path in paths:
        unpaired_row = unpaired.get(path)
        yield Page(
            ui,
            links[path].row,
            Neighbours(),
            unpaired_row,
            links.get(unpaired_row.best_candidate) if unpaired_row else None,
            tuple(report.lines("articles.jsonl", "path", path)),
            (),
            tuple(report.lines("findings.jsonl", "path", path)),
        )


def _render_page(page: Page) -> Made:
    """Make the page of a pair or of an article."""
    word = partial(message, ui=page.ui)
    articles = [read_article_text(json.loads(line)) for line in page.articles]
    findings = [read_finding(json.loads(line)) for line in page.findings]
    if isinstance(page.row, PairRow):
        relevant = [finding for finding in findings if finding.pair in (None, page.row.key)]
        beads = [read_bead(json.loads(line)) for line in page.beads]
        view = pair_view(articles[0], articles[1], beads, relevant, word)
        html = _render_pair(page.row, view, page.ui, page.neighbours, root="../")
    else:
        view = article_view(articles[0], [finding for finding in findings if finding.pair is None], word)
        html = _render(
            "article.html",
            page.ui,
            root="../",
            row=page.row,
            view=view,
            unpaired=page.unpaired,
            candidate=page.candidate,
            bilingual=is_bilingual(articles[0]),
        )
    return Made(_encoded(html), _overview(view))


def pair_page(alignment: Alignment, findings: Sequence[Finding], ui: Language) -> str:
    """Return one pair as a self-contained page; ``findings`` of both articles and of their comparison."""
    pair = alignment.pair
    fr, en = article_text(pair.fr), article_text(pair.en)
    view = pair_view(fr, en, list(bead_rows(alignment)), findings, partial(message, ui=ui))
    severities = Counter(f.severity for f in findings if f.counts)
    row = PairRow(
        fr.path,
        en.path,
        pair.score,
        pair.margin,
        pair.kind,
        coverage(alignment, "fr"),
        coverage(alignment, "en"),
        len(alignment.beads),
        len(findings),
        _score(fr, findings),
        _score(en, findings),
        pair.group,
        severities["minor"],
        severities["major"],
        severities["critical"],
    )
    return _render_pair(row, view, ui, Neighbours(), root=None)


def _score(article: ArticleText, findings: Iterable[Finding]) -> float:
    costs = [cost(finding) for finding in findings if finding.language == article.language]
    return score(penalty(costs, count_words(article.text)))


def _render_pair(
    pair: PairRow, view: PageView, ui: Language, neighbours: Neighbours, root: str | None
) -> str:
    """Return a pair's page; ``root`` leads to the overview's folder, None where there is no overview."""
    return _render(
        "pair.html", ui, root=root, pair=pair, view=view, lag=lag(view.notes), **neighbours._asdict()
    )


def _overview(view: PageView) -> Overview:
    codes = {note.finding.code for note in view.notes if note.finding.counts}
    return Overview(view.strips, tuple(sorted(codes)))


def _render(template: str, ui: Language, **values: Any) -> str:
    css = _asset("report.css")
    script = "".join(map(_asset, ("common.js", SCRIPTS.get(template, "page.js"))))
    return (
        _environment()
        .get_template(template)
        .render(
            ui=ui,
            t=partial(label, ui=ui),
            num=partial(number, ui=ui),
            pct=partial(percent, ui=ui),
            title=partial(title, ui=ui),
            explain=partial(explain, ui=ui),
            css=Markup(css),
            script=Markup(script),
            csp=_policy(css, script),
            causes=CAUSES,
            cells=STRIP_CELLS,
            outlines=outlines,
            shown=ROWS_SHOWN,
            **values,
        )
    )


def _policy(css: str, script: str) -> str:
    """Return the content security policy: our own style and script by their digests, and nothing else."""
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (css, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


# Saves 30 ms a page: it keeps the templates compiled.
@cache
def _environment() -> jinja2.Environment:
    from aligner.reporters.templating import environment  # only here: most commands render no page

    return environment()


def _encoded(page: str) -> bytes:
    return page.encode("utf-8", "xmlcharrefreplace")
