"""A report of many pairs, made by hand in seconds: as long as that of an audit, with short articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from aligner.model import LANGUAGES, Document, Severity, Unpaired
from aligner.report.records import PairRow
from aligner.report.writer import Report, ReportWriter
from aligner.reporters.html import Made, Page, write_pages
from aligner.reporters.pictures import STRIP_CELLS, Strip
from aligner.reporters.rows import Overview
from tests.reporters import samples

LONE_EVERY = 33
"""One story in so many is told on one side only."""
CODES = ("ACC301", "ACC308", "EXT101", "EXT104", "FLU406", "TYP501")


def write_large(folder: Path, pairs: int) -> Report:
    """Write a report of so many pairs with four findings each, without the pages of the pairs."""
    with ReportWriter(folder) as writer:
        for number in range(pairs):
            _write_pair(writer, number)
        return writer.finish(
            {"aligner": "0"}, write_pages=lambda report, ui: write_pages(report, ui, _not_drawn)
        )


def _write_pair(writer: ReportWriter, number: int) -> None:
    fr = samples.document(
        f"corpus/fr/{number:06}.txt",
        "fr",
        [
            (
                f"La gare de Morvilliers-{number} ferme pour {number % 90} jours après une fuite d'eau",
                "title",
            ),
            *(f"La phrase {k} du récit {number} raconte les travaux et les retards." for k in range(8)),
        ],
    )
    en = samples.document(
        f"corpus/en/{number:06}.txt",
        "en",
        [
            (f"Morvilliers-{number} station shuts for {number % 90} days after a water leak", "title"),
            *(f"Sentence {k} of story {number} tells of the works and the delays." for k in range(8)),
        ],
    )
    pair = samples.alignment(fr, en, [([k], [k]) for k in range(9)], group=number)
    places: tuple[tuple[Document, int, Severity], ...] = (
        (fr, number % 9, "major"),
        (fr, 5, "minor"),
        (en, 2, "major"),
        (en, 7, "minor"),
    )
    found = [
        samples.finding(side, side.segments[k].text, code=CODES[(number + k) % len(CODES)], severity=severity)
        for side, k, severity in places
    ]
    writer.add_document(fr, [finding for finding in found if finding.language == "fr"])
    writer.add_document(en, [finding for finding in found if finding.language == "en"])
    writer.add_alignment(pair)
    if number % LONE_EVERY == 0:
        lone = samples.document(f"corpus/fr/lone-{number:06}.txt", "fr", [(f"Seul récit {number}", "title")])
        writer.add_document(lone)
        writer.add_unpaired(Unpaired(lone, "no counterpart", "", 0.0))


def _not_drawn(pages: Iterable[Page]) -> Iterator[Made]:
    """Say of each page what its rows need."""
    for page in pages:
        languages = LANGUAGES if isinstance(page.row, PairRow) else (page.row.language,)
        strip: Strip = [(7, "major", "a"), (STRIP_CELLS - 9, "minor", "b")]
        yield Made(b"", Overview({language: list(strip) for language in languages}, CODES[:3]))
