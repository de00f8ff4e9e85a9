"""The rows and lines of the report folder as dataclasses, and how they are written and read back."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from aligner.checks.wording import message
from aligner.keys import file_of, pair_key, stored
from aligner.model import LANGUAGES, Alignment, Document, Finding, Language, PairKind, Segment, Skipped, Span
from aligner.readers.foreign import type_of
from aligner.text.coverage import coverage

Row = TypeVar("Row")
Record = dict[str, Any]

_PARSERS = {"int": int, "float": float}


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A row of ``documents.csv``.

    ``findings`` counts every line of ``findings.jsonl`` for this path; ``minor``, ``major`` and
    ``critical`` leave out the demoted and the suppressed ones. ``penalty`` is per 100 words and
    ``score`` runs from 0 to 100.
    """

    path: str
    language: Language
    title: str
    words: int
    segments: int
    boilerplate_segments: int
    findings: int = 0
    penalty: float = 0.0
    score: float = 100.0
    sha256: str = ""
    minor: int = 0
    major: int = 0
    critical: int = 0


@dataclass(frozen=True, slots=True)
class PairRow:
    """A row of ``pairs.csv``.

    ``findings``, ``minor``, ``major`` and ``critical`` count what the pair's page shows: findings of both
    articles read alone and of their comparison. ``page`` is the page's path inside the report folder.
    ``behind`` is the version that lacks something (fr, en, both, none), ``missing_fr`` and ``missing_en``
    count the passages, clauses and facts that each lacks, ``updated`` the facts that differ.
    """

    fr_path: str
    en_path: str
    score: float
    margin: float
    kind: PairKind
    coverage_fr: float
    coverage_en: float
    beads: int
    findings: int = 0
    fr_score: float = 100.0
    en_score: float = 100.0
    group: int = 0
    minor: int = 0
    major: int = 0
    critical: int = 0
    page: str = ""
    behind: str = "none"
    missing_fr: int = 0
    missing_en: int = 0
    updated: int = 0

    @property
    def key(self) -> str:
        """The pair as beads and findings name it: ``fr_path|en_path``."""
        return pair_key(self.fr_path, self.en_path)


@dataclass(frozen=True, slots=True)
class UnpairedRow:
    """A row of ``unpaired.csv``."""

    path: str
    language: Language
    reason: str
    best_candidate: str
    best_score: float
    page: str


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row of ``skipped.csv``; ``type`` is the ending of the file."""

    path: str
    reason: str
    type: str = ""


def skipped_row(skipped: Skipped) -> SkippedRow:
    """Return what the report says of an input that was not read."""
    kind = skipped.type or type_of(file_of(skipped))
    return SkippedRow(skipped.path, skipped.reason, stored(kind))


@dataclass(frozen=True, slots=True)
class BeadRow:
    """A line of ``beads.jsonl``.

    ``fr`` and ``en`` are 0-based numbers in the article's segments, boilerplate counted; texts are the
    article's own from start to end. ``moved_to`` is the index of the bead that answers a moved passage.
    """

    pair: str
    index: int
    fr: tuple[int, ...]
    en: tuple[int, ...]
    moved: bool
    fr_text: str
    en_text: str
    similarity: float
    kind: str
    fr_start: int | None
    fr_end: int | None
    en_start: int | None
    en_end: int | None
    moved_to: int | None


PAIR_COLUMNS = ("fr_path", "en_path", "score", "margin", "kind", "coverage_fr", "coverage_en")
"""The columns of `aligner pair`: the first ones of ``pairs.csv``."""

BEAD_KEYS = tuple(field.name for field in dataclasses.fields(BeadRow))
"""Keys of a line of ``beads.jsonl``."""

FINDING_KEYS = (
    "code",
    "name",
    "category",
    "severity",
    "confidence",
    "cause",
    "path",
    "language",
    "start",
    "end",
    "line",
    "column",
    "excerpt",
    "message",
    "suggestion",
    "pair",
    "bead",
    "other_excerpt",
    "fingerprint",
    "demoted_by",
    "suppressed",
    "baselined",
    "suspicion",
    "other_path",
    "other_start",
    "other_end",
    "other_line",
    "other_column",
    "other_row",
    "key",
    "values",
    "row",
)
"""Keys of a line of ``findings.jsonl``, in the order of the contract."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A line of ``articles.jsonl``: the text that all offsets count in, with its segments."""

    path: str
    language: Language
    title: str
    text: str
    segments: tuple[Segment, ...]


def pair_row(alignment: Alignment) -> tuple[str | float, ...]:
    """Return one pair as a row under ``PAIR_COLUMNS``; scores and shares 0..1."""
    pair = alignment.pair
    shares = (round(coverage(alignment, language), 4) for language in LANGUAGES)
    return pair.fr.path, pair.en.path, round(pair.score, 4), round(pair.margin, 4), pair.kind, *shares


def csv_line(values: Iterable[object]) -> str:
    """Format one row of a table, quoted so that line breaks in a name stay in their field."""
    line = io.StringIO()
    csv.writer(line).writerow(values)  # only what is in its own end of a line (CR LF) is quoted
    return line.getvalue().removesuffix("\r\n") + "\n"


LONGEST_SLUG = 80
"""Characters of a page's name that come from what it shows; file systems stop at 255."""

DIGEST_DIGITS = 16
"""Of a page's name: among ten million pages that begin alike, no two will share so many."""


def page_name(key: str) -> str:
    """Return a file name for a key that is readable, the same on every run and safe on every file system."""
    stems = [re.sub(r"\.[a-z]{2,7}$", "", part.rsplit("/", 1)[-1]) for part in key.split("|")]
    ascii_stems = unicodedata.normalize("NFKD", "--".join(stem[:32] for stem in stems)).encode(
        "ascii", "ignore"
    )
    slug = re.sub(r"[^a-z0-9-]+", "-", ascii_stems.decode("ascii").lower()).strip("-")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_DIGITS]
    return f"{slug[:LONGEST_SLUG]}-{digest}.html" if slug else f"{digest}.html"


def parse_row(kind: type[Row], values: Mapping[str, str | None]) -> Row:
    """Read one CSV row as a dataclass; columns that this version does not know are left aside.

    Raises ValueError or KeyError for one that lacks a value.
    """
    parsed: Record = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        parse = _PARSERS.get(str(field.type), str)
        if field.name in values or field.default is dataclasses.MISSING:
            value = values[field.name]
            if value is None:  # a row that is cut
                raise ValueError(f"no {field.name} in a row")
            parsed[field.name] = parse(value)
    return kind(**parsed)


def bead_rows(alignment: Alignment) -> Iterator[BeadRow]:
    """Return the beads of one alignment, in order."""
    pair = alignment.pair
    key = pair_key(stored(pair.fr.path), stored(pair.en.path))
    numbers = {"fr": _segment_numbers(pair.fr), "en": _segment_numbers(pair.en)}
    counterparts = {
        index: counterpart for link in alignment.moved for index, counterpart in (link, link[::-1])
    }
    for index, bead in enumerate(alignment.beads):
        fr = tuple(numbers["fr"][s.start, s.end] for s in bead.fr)
        en = tuple(numbers["en"][s.start, s.end] for s in bead.en)
        yield BeadRow(
            pair=key,
            index=index,
            fr=fr,
            en=en,
            moved=index in counterparts,
            fr_text=side_text(pair.fr, fr),
            en_text=side_text(pair.en, en),
            similarity=round(bead.similarity, 4),
            kind=bead.kind,
            fr_start=bead.fr[0].start if bead.fr else None,
            fr_end=bead.fr[-1].end if bead.fr else None,
            en_start=bead.en[0].start if bead.en else None,
            en_end=bead.en[-1].end if bead.en else None,
            moved_to=counterparts.get(index),
        )


def side_text(document: Document, numbers: tuple[int, ...]) -> str:
    """Return the text of one side of a bead: the article's own, or joined where boilerplate parts it."""
    segments = [document.segments[number] for number in numbers]
    if not segments:
        return ""
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return document.text[segments[0].start : segments[-1].end]
    return " ".join(segment.text for segment in segments)


def _segment_numbers(document: Document) -> dict[Span, int]:
    return {(segment.start, segment.end): number for number, segment in enumerate(document.segments)}


def bead_record(row: BeadRow) -> Record:
    """Return a bead as a JSON object."""
    return {name: getattr(row, name) for name in BEAD_KEYS}


def read_bead(record: Record) -> BeadRow:
    """Return a bead from its JSON object."""
    sides = {"fr": tuple(record["fr"]), "en": tuple(record["en"])}
    return BeadRow(**_known_keys(BeadRow, record) | sides)


def article_text(document: Document) -> ArticleText:
    """Return what the report keeps of an article's text."""
    return ArticleText(
        stored(document.path), document.language, document.title, document.text, document.segments
    )


def article_record(article: ArticleText) -> Record:
    """Return an article's text as a JSON object; a segment is ``[start, end, paragraph, role, language]``."""
    segments = [[s.start, s.end, s.paragraph, s.role, s.language] for s in article.segments]
    return {
        "path": article.path,
        "language": article.language,
        "title": article.title,
        "text": article.text,
        "segments": segments,
    }


def read_article_text(record: Record) -> ArticleText:
    """Return an article's text from its JSON object."""
    text = record["text"]
    segments = tuple(
        Segment(text[start:end], start, end, paragraph, role, language)
        for start, end, paragraph, role, language in record["segments"]
    )
    return ArticleText(record["path"], record["language"], record["title"], text, segments)


def finding_record(finding: Finding) -> Record:
    """Return a finding as a JSON object.

    The message is in English whatever the language of the interface: data files never depend on it.
    ``key`` and ``values`` are kept so that the message can be worded again in another language.
    """
    converted = {
        "confidence": round(finding.confidence, 4),
        "path": stored(finding.path),
        "message": message(finding, "en"),
        "pair": None if finding.pair is None else stored(finding.pair),
        "other_path": None if finding.other_path is None else stored(finding.other_path),
        "other_row": None if finding.other_row is None else stored(finding.other_row),
        "values": dict(finding.values),
        "row": None if finding.row is None else stored(finding.row),
    }
    return {key: converted[key] if key in converted else getattr(finding, key) for key in FINDING_KEYS}


def read_finding(record: Record) -> Finding:
    """Return a finding from its JSON object."""
    return Finding(**_known_keys(Finding, record))


def _known_keys(kind: type, record: Record) -> Record:
    """Return the keys of a record that a dataclass has; a newer report may hold more."""
    names = {field.name for field in dataclasses.fields(kind)}
    return {name: value for name, value in record.items() if name in names}
