"""What each check finds in dirty text, how often rightly, what it says of correct text, and what it misses.

Dirty: crawled and machine-translated bitext, and the demo. Correct: news written or translated by people.
"""

from __future__ import annotations

import tempfile
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from aligner.alignment import align_bitext
from aligner.checks.measured import LEVELS, wilson
from aligner.checks.registry import CHECKS, select
from aligner.checks.run import check_document
from aligner.encoders.protocol import Encoder
from aligner.lab.bench.inject import KINDS, faults
from aligner.lab.bench.labels import Detection, Key, digest, judged
from aligner.lab.datasets.corpora import articles, read_lines, read_pairs
from aligner.model import TEXT_KINDS, Alignment, Bitext, Context, Document, Finding, Language, Segment
from aligner.run import pipeline
from aligner.run.session import task_config
from aligner.run.tasks import scored_article
from aligner.run.two_files import pair_of
from aligner.settings import Settings
from aligner.text.language import identify
from aligner.text.structure import make_document
from aligner.text.words import count_words

MIN_FINDINGS = 20
"""Findings in dirty text below which those in crawled news are judged too."""
ROWS_TOGETHER = 50
"""Rows taken as one article where they follow each other in their source."""
FAULTS_PER_KIND = 37  # faults of a kind: a little over 400 in all
CONTEXT_ROWS = 3  # correct rows on both sides of a seeded one
SEED = 7
DEMO = Path("corpora/demo")
NEWS = "masakhanews"
PUBLISHED = ("cds-blog", "ntrex")
"""Articles that were published: their findings count as well, beside those in dirty text."""

Pair = tuple[str, str]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CorrectText:
    """The findings in text written by people, and the number of words read."""

    name: str
    words: int
    findings: tuple[tuple[str, str], ...]  # code, severity
    detections: tuple[Detection, ...] = ()  # the same, where each article was read alone
    cpu_seconds: float = 0.0  # of checking alone, and of the detector if there is one

    def rate(self, code: str) -> float:
        """Return the findings of one check per 1,000 words."""
        return 1000 * sum(reported == code for reported, _ in self.findings) / max(self.words, 1)


def dirty(data: Path) -> Iterator[tuple[str, list[Pair], int]]:
    """Name, rows, and how many rows are together, of every dirty bitext below ``data``.

    Raises ``InputError`` where one of its files is missing.
    """
    lig = data / "train" / "wce-lig"
    yield "moses", _paired_lines(lig / "source.fr", lig / "moses.en"), ROWS_TOGETHER
    table = [line.split("\t") for line in read_lines(data / "dev" / "bitext" / "paracrawl.tsv")]
    yield "paracrawl", [(row[0], row[1]) for row in table[1:]], 1
    for direction in ("fr-en", "en-fr"):
        source, target = direction.split("-")
        folder = data / "dev" / "wmt15-newsdiscuss" / direction
        original = folder / f"source.{source}"
        for system in sorted(folder.glob(f"*.{target}")):
            if system.stem != "reference":
                sides = (original, system) if source == "fr" else (system, original)
                yield f"newsdiscuss/{direction}/{system.stem}", _paired_lines(*sides), ROWS_TOGETHER


def detections(data: Path, settings: Settings, encoder: Encoder, demo: Path = DEMO) -> list[Detection]:
    """Return every finding that counts in dirty and in published text, each passage once."""
    detected = [
        detection
        for name, rows, rows_per_article in dirty(data)
        for detection in detections_in_rows(name, rows, rows_per_article, settings, encoder)
    ]
    for folder, name in ((demo, demo.name), *((data / "dev" / "pair" / n / "docs", n) for n in PUBLISHED)):
        if folder.is_dir():
            detected += detections_in_articles(folder, settings, name)
    return list({detection.key: detection for detection in reversed(detected)}.values())[::-1]


def detections_in_rows(
    name: str, rows: Sequence[Pair], rows_per_article: int, settings: Settings, encoder: Encoder
) -> Iterator[Detection]:
    """Yield findings in aligned rows, ``rows_per_article`` as one article; spans count in their row."""
    for first in range(0, len(rows), rows_per_article):
        part = rows[first : first + rows_per_article]
        alignment = alignment_of(part, encoder)
        for finding in counting(pipeline.find_in_pair(alignment, settings)):
            row, start = row_of(alignment, finding)
            side = 0 if finding.language == "fr" else 1
            texts = part[row] if finding.pair else (part[row][side],)
            yield Detection(
                name,
                f"{finding.language}:{first + row}",
                digest(finding.language, *texts),
                finding.start - start,
                finding.end - start,
                finding.code,
                finding.severity,
            )


def detections_in_articles(folder: Path, settings: Settings, source: str) -> Iterator[Detection]:
    """Yield what an audit finds in a folder of articles of a source; spans count within the article.

    Suspicions too: one that is none but for the bounds measured here would else take its label with it.
    """
    with tempfile.TemporaryDirectory() as out:
        report = pipeline.audit([str(folder)], settings, Path(out) / "report")
        for finding in report.findings():
            if not finding.counts and not finding.suspicion:
                continue
            text = report.article(finding.path).text
            name = Path(finding.path).relative_to(folder).as_posix()
            yield Detection(
                source,
                name,
                digest(finding.language, text),
                finding.start,
                finding.end,
                finding.code,
                finding.severity,
            )


def alignment_of(rows: Sequence[Pair], encoder: Encoder) -> Alignment:
    """Take rows ``(fr, en)`` as the beads of a pair; a row is a paragraph, one side of it may be empty."""
    fr, fr_rows = _side("fr", [fr for fr, _ in rows])
    en, en_rows = _side("en", [en for _, en in rows])
    bitext = Bitext(fr, en, tuple(zip(fr_rows, en_rows, strict=True)))
    return align_bitext(pair_of(fr, en, 0), bitext, encoder)


def row_of(alignment: Alignment, finding: Finding) -> tuple[int, int]:
    """Return the number of the row in which a finding begins, and the offset of that row in its document."""
    document = alignment.pair.fr if finding.language == "fr" else alignment.pair.en
    starts = [segment.start for segment in document.segments]
    place = max(0, bisect_right(starts, finding.start) - 1)
    return document.segments[place].paragraph, starts[place]


def correct_articles(data: Path, settings: Settings) -> CorrectText:
    """Check news articles of either language individually."""
    checks = select(settings.select, settings.ignore)
    config = task_config(settings, checks)
    words, detected = 0, list[Detection]()
    for article in articles(data / "train"):
        language: Language = "fr" if article["lang"].startswith("fr") else "en"
        document = make_document(article["id"], article["text"], {"title": article["title"]}, language)
        words += count_words(document.text)
        sha = digest(language, document.text)
        detected += (
            Detection(NEWS, document.path, sha, f.start, f.end, f.code, f.severity)
            for f in counting(check_document(scored_article(config, document), checks, Context()))
        )
    return CorrectText(NEWS, words, tuple((f.code, f.severity) for f in detected), tuple(detected))


def with_rare(detected: Sequence[Detection], correct: Sequence[CorrectText]) -> list[Detection]:
    """Add the findings in crawled news of every check that finds too little in dirty text to be judged by."""
    frequent_codes = {
        code for code, n in Counter(detection.code for detection in detected).items() if n >= MIN_FINDINGS
    }
    return [*detected, *(f for text in correct for f in text.detections if f.code not in frequent_codes)]


def correct_pairs(rows: Sequence[Pair], settings: Settings, encoder: Encoder) -> CorrectText:
    """Read news pairs translated by people, with their neighbours."""
    words, codes, spent = 0, list[tuple[str, str]](), 0.0
    for first in range(0, len(rows), ROWS_TOGETHER):
        alignment = alignment_of(rows[first : first + ROWS_TOGETHER], encoder)
        words += count_words(alignment.pair.fr.text) + count_words(alignment.pair.en.text)
        begun = time.process_time()
        codes += _codes(pipeline.find_in_pair(alignment, settings))
        spent += time.process_time() - begun
    return CorrectText("newstest", words, tuple(codes), cpu_seconds=spent)


def seeded(
    rows: Sequence[Pair],
    settings: Settings,
    encoder: Encoder,
    *,
    per_kind: int = FAULTS_PER_KIND,
    seed: int = SEED,
) -> Rows:
    """Put ``per_kind`` faults of every kind into correct rows; one row per kind, with its recall.

    A fault counts as found when one of the codes it may be found by is reported in its row.
    """
    planted, detected = Counter[str](), Counter[str]()
    for index, fault in faults(rows, per_kind, seed):
        first = max(0, index - CONTEXT_ROWS)
        passage = [*rows[first:index], fault.row, *rows[index + 1 : index + 1 + CONTEXT_ROWS]]
        alignment = alignment_of(passage, encoder)
        findings = counting(pipeline.find_in_pair(alignment, settings))
        codes = {f.code for f in findings if row_of(alignment, f)[0] == index - first}
        planted[fault.kind] += 1
        detected[fault.kind] += not codes.isdisjoint(fault.codes)
    return [
        {
            "fault": kind,
            "codes": " ".join(codes),
            "seeded": planted[kind],
            "found": detected[kind],
            "recall": detected[kind] / planted[kind] if planted[kind] else None,
        }
        for kind, (_, codes) in KINDS.items()
    ]


def recall_by_code(table: Rows) -> dict[str, float]:
    """Return the share of faults found per code (the first code of a fault), from the rows of ``seeded``."""
    planted, detected = Counter[str](), Counter[str]()
    for row in table:
        code = row["codes"].partition(" ")[0]
        planted[code] += row["seeded"]
        detected[code] += row["found"]
    return {code: detected[code] / planted[code] for code in planted if planted[code]}


def by_check(
    detected: Iterable[Detection],
    labels: Mapping[Key, bool],
    correct: Sequence[CorrectText],
    recall: Mapping[str, float],
) -> Rows:
    """Return one row per check: findings, those judged, precision with interval, false positives, recall."""
    of_code = defaultdict[str, list[Detection]](list)
    for detection in detected:
        of_code[detection.code].append(detection)
    rows = []
    for check in CHECKS:
        found_by_it = of_code[check.code]
        tries, right = judged(found_by_it, labels)
        interval = wilson(right, tries)
        rows.append(
            {
                "code": check.code,
                "name": check.name,
                "findings": len(found_by_it),
                "judged": tries,
                "precision": right / tries if tries else None,
                "low": interval[0] if interval else None,
                "high": interval[1] if interval else None,
                **_by_kind(found_by_it, labels),
                **{f"{text.name}/1000": text.rate(check.code) for text in correct},
                "recall": recall.get(check.code),
            }
        )
    return rows


def _by_kind(detections: Sequence[Detection], labels: Mapping[Key, bool]) -> dict[str, int]:
    """Return how many findings are judged, and how many right, by kind of text and level of severity."""
    columns = dict[str, int]()
    for kind, level in product(TEXT_KINDS, LEVELS):
        of_level = (d for d in detections if d.kind == kind and (d.severity == "minor") == (level == "minor"))
        tries, right = judged(of_level, labels)
        columns |= {f"{kind} {level} judged": tries, f"{kind} {level} right": right}
    return columns


def finding_rates(correct: Sequence[CorrectText]) -> Rows:
    """Return one row per corpus of correct text: findings per 1,000 words, all and major or critical.

    For what is read as pairs also the words that are checked in a CPU second, with all that is loaded.
    """
    return [
        {
            "corpus": text.name,
            "words": text.words,
            "findings/1000": 1000 * len(text.findings) / max(text.words, 1),
            "major/1000": 1000 * sum(s != "minor" for _, s in text.findings) / max(text.words, 1),
            "words per CPU second": round(text.words / text.cpu_seconds) if text.cpu_seconds else None,
        }
        for text in correct
    ]


def figures(checks: Rows, correct: Rows) -> dict[str, dict[str, Any]]:
    """Return what ``aligner checks`` shows, by code, from the rows of ``by_check`` and of ``finding_rates``.

    The rate of a check that compares two sides counts the pairs alone; checks of a whole corpus
    have none.
    """
    words = {row["corpus"]: row["words"] for row in correct}
    scopes = {check.code: check.scope for check in CHECKS}
    table = {}
    for row in checks:
        scope = scopes[row["code"]]
        read = [] if scope == "corpus" else [c for c in words if scope == "article" or c != NEWS]
        findings = sum(row[f"{corpus}/1000"] * words[corpus] for corpus in read)
        total = sum(words[corpus] for corpus in read)
        rate = round(findings / total, 4) if total else None
        table[row["code"]] = {
            **{
                level: {
                    kind: (row[f"{kind} {level} judged"], row[f"{kind} {level} right"])
                    for kind in TEXT_KINDS
                    if row[f"{kind} {level} judged"]
                }
                for level in LEVELS
            },
            "per_1000": rate,
        }
    return table


def newstest(data: Path) -> list[Pair]:
    """Return the news pairs translated by people, in the order of their articles."""
    return read_pairs(data / "train" / "newstest2008-2012.fr-en.tsv.xz")


def counting(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that count."""
    return [finding for finding in findings if finding.counts]


def _codes(findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    return ((finding.code, finding.severity) for finding in counting(findings))


def _paired_lines(fr: Path, en: Path) -> list[Pair]:
    return list(zip(read_lines(fr), read_lines(en), strict=True))


def _side(language: Language, rows: Sequence[str]) -> tuple[Document, list[tuple[Segment, ...]]]:
    by_row: list[tuple[Segment, ...]] = []
    start = 0
    for number, row in enumerate(rows):
        segment = Segment(row, start, start + len(row), number, "body", identify(row, language))
        by_row.append((segment,) if row.strip() else ())
        start += len(row) + 1
    segments = tuple(segment for row in by_row for segment in row)
    return Document(language, language, "\n".join(rows), segments), by_row
