"""The rows of the long tables as data: a page draws a screenful at a time, and says no word twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from aligner.checks.wording import title
from aligner.model import Language
from aligner.report.records import ArticleRow, PairRow, UnpairedRow
from aligner.reporters.labels import forms, label, labels
from aligner.reporters.listing import Entry
from aligner.reporters.pictures import STRIP_CELLS, Strip
from aligner.reporters.steps import is_out_of_step
from aligner.text.visible import visible

ROWS_SHOWN = {"pairs": 25, "unpaired": 25, "findings": 50}
"""Rows of each table that are shown at a time; the first of them are in the page itself, without scripts."""
TITLE = 140
"""Characters of a title that a row shows."""
RANKS = ("critical", "major", "minor")
"""Severities as the data number them."""


class Link(NamedTuple):
    """An article, and the page that shows it."""

    row: ArticleRow
    page: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The summary of one page in the overview: its strips by language and the codes found on it."""

    strips: Mapping[Language, Strip]
    codes: tuple[str, ...]


class _Numbers(dict[Any, int]):
    """Numbers values in the order in which they come: what recurs is written once."""

    def __missing__(self, value: Any) -> int:
        return self.setdefault(value, len(self))


def name_of(article: ArticleRow, ui: Language, room: int = TITLE) -> str:
    """Return the title of an article as far as there is room; without one, the end of its path."""
    name = article.title or article.path.rpartition("/")[2] or label("untitled", ui)
    return visible(name if len(name) <= room else f"{name[: room - 1]}…")


def pair_data(
    pairs: Iterable[PairRow], links: Mapping[str, Link], overviews: Mapping[str, Overview], ui: Language
) -> Markup:
    """Return the rows of the table of pairs, in order.

    A row is: page, title and path of either side, kind, match (two digits), coverage of either side (per
    cent), score of either side (one digit), which is behind, codes, findings by severity, strip of either
    side.
    """
    codes, kinds = _Numbers(), _Numbers()
    rows = [
        [
            pair.page.removeprefix("pairs/").removesuffix(".html"),
            *(
                part
                for path in (pair.fr_path, pair.en_path)
                for part in (name_of(links[path].row, ui), visible(path))
            ),
            kinds[pair.kind],
            _rounded(pair.score, 2),
            _rounded(100 * pair.coverage_fr, 0),
            _rounded(100 * pair.coverage_en, 0),
            _rounded(pair.fr_score, 1),
            _rounded(pair.en_score, 1),
            pair.behind if is_out_of_step(pair) else "",
            [codes[code] for code in overviews[pair.key].codes],
            _counts(pair),
            *(_packed_strip(strip) for strip in overviews[pair.key].strips.values()),
        ]
        for pair in pairs
    ]
    labelled = [(kind, label(f"{kind}_kind", ui)) for kind in kinds]
    return _data("pairs", rows=rows, codes=[*codes], kinds=labelled, cells=STRIP_CELLS, words=_words(ui))


def lone_data(
    lone: Iterable[str],
    links: Mapping[str, Link],
    unpaired: Mapping[str, UnpairedRow],
    overviews: Mapping[str, Overview],
    ui: Language,
) -> Markup:
    """Return the rows of the table of articles without counterpart, in order.

    A row is: language, title, path, page, candidate (match, language, title, path, page; None where nothing
    is similar), reason (-1 for none), score, codes, findings by severity, strip.
    """
    codes, reasons = _Numbers(), _Numbers()
    rows = []
    for path in lone:
        article, unpaired_row = links[path].row, unpaired.get(path)
        (strip,) = overviews[path].strips.values()
        rows.append(
            [
                *_entry(links[path], ui),
                _candidate(unpaired_row, links, ui),
                reasons[unpaired_row.reason] if unpaired_row else -1,
                _rounded(article.score, 1),
                [codes[code] for code in overviews[path].codes],
                _counts(article),
                _packed_strip(strip),
            ]
        )
    labelled = [(label(reason, ui), _help(reason, ui)) for reason in reasons]
    words = _words(ui) | {"match": label("match", ui), "lone": label("no candidate", ui)}
    return _data("unpaired", rows=rows, codes=[*codes], reasons=labelled, cells=STRIP_CELLS, words=words)


def finding_data(entries: Iterable[Entry], ui: Language) -> Markup:
    """Return the rows of the list of findings, in order.

    A row is: severity, 1 for a suspicion, page and name of the finding, message, check, path, language, what
    either side says.
    """
    pages, paths, checks = _Numbers(), _Numbers(), _Numbers()
    rows = [
        [
            RANKS.index(entry.finding.severity),
            int(entry.suspicion),
            pages[entry.href.partition("#")[0]],
            entry.finding.fingerprint,
            visible(entry.message),
            checks[
                entry.finding.code, title(entry.finding.code, ui) or entry.finding.name, entry.finding.cause
            ],
            paths[visible(entry.finding.path)],
            entry.finding.language,
            visible(entry.excerpt("fr")),
            visible(entry.excerpt("en")),
        ]
        for entry in entries
    ]
    words = {name: label(name, ui) for name in (*RANKS, "suspicion")}
    return _data("findings", rows=rows, pages=[*pages], paths=[*paths], checks=[*checks], words=words)


def _entry(link: Link, ui: Language) -> Sequence[str]:
    return link.row.language, name_of(link.row, ui), visible(link.row.path), link.page


def _candidate(unpaired_row: UnpairedRow | None, links: Mapping[str, Link], ui: Language) -> list[Any] | None:
    if not unpaired_row or not unpaired_row.best_candidate:
        return None
    link = links.get(unpaired_row.best_candidate)
    entry = _entry(link, ui) if link else ("", "", visible(unpaired_row.best_candidate), "")
    return [_rounded(unpaired_row.best_score, 2), *entry]


def _help(reason: str, ui: Language) -> str:
    """Explain why an article has no counterpart, where its word alone does not."""
    key = f"{reason}_help"
    return label(key, ui) if key in labels() else ""


def _counts(row: PairRow | ArticleRow) -> list[int]:
    return [row.critical, row.major, row.minor]


def _packed_strip(strip: Strip) -> list[int]:
    """Write each cell of a strip as its number times three and the rank of its severity."""
    return [3 * cell + RANKS.index(severity) for cell, severity, _ in strip]


def _rounded(value: float, digits: int) -> float:
    """Round as numbers are shown, so that the page writes the same digits."""
    rounded = float(f"{value:.{digits}f}")
    return int(rounded) if rounded.is_integer() else rounded


def _words(ui: Language) -> dict[str, Any]:
    return {"forms": {rank: forms(f"n_{rank}", ui) for rank in RANKS}, "none": label("no_findings", ui)}


def _data(table: str, **parts: Any) -> Markup:
    """Write data as the text of an element: whatever a title says, it begins no tag and no entity."""
    text = json.dumps({"shown": ROWS_SHOWN[table], **parts}, ensure_ascii=False, separators=(",", ":"))
    for sign in "&<>":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
