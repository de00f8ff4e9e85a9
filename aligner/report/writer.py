"""Writes the report folder article by article, and puts it in place as a whole when it is finished."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from pathlib import Path
from types import TracebackType

from aligner.keys import pair_key, stored
from aligner.model import Alignment, Document, Finding, Language, Severity, Skipped, Unpaired
from aligner.report.compare import compare, trend_record
from aligner.report.in_step import Sync
from aligner.report.lock import (
    PART_ENDINGS,
    FolderLock,
    clear_up,
    part_folder,
    restore,
)
from aligner.report.outcome import Outcome, gate_record
from aligner.report.placing import destination, replace_folder, sync
from aligner.report.reader import SCHEMA, TABLES, Places, Report
from aligner.report.records import (
    ArticleRow,
    PairRow,
    Record,
    SkippedRow,
    UnpairedRow,
    article_record,
    article_text,
    bead_record,
    bead_rows,
    csv_line,
    finding_record,
    page_name,
    skipped_row,
)
from aligner.report.scores import cost, penalty, score
from aligner.report.sorted_lines import Key, SortedLines
from aligner.report.spreadsheet import ABOUT_FILE, FINDINGS, write_for_people
from aligner.report.summary import Totals
from aligner.storage.marks import REPORT_MARK, mark_report
from aligner.text.coverage import coverage
from aligner.text.visible import flat
from aligner.text.words import count_words

__all__ = ["Report", "ReportWriter"]

WritePages = Callable[[Report, Language], None]
"""Writes the pages for people into the folder of a report, in a language."""

OWN_ENTRIES = frozenset(
    {
        *TABLES.values(),
        "articles.jsonl",
        "summary.json",
        "index.html",
        "findings.html",
        ABOUT_FILE,
        FINDINGS,
        REPORT_MARK,
    }
)
"""Files that a report folder consists of, beside its pages; all else in an older report is carried over."""


@dataclass(slots=True)
class _Tally:
    """Findings of one article: in all, by severity (those that count), and what they cost."""

    total: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    costs: list[float] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.total += 1
        self.severities[finding.severity] += finding.counts
        if charged := cost(finding):
            self.costs.append(charged)

    def include(self, tally: _Tally) -> None:
        self.total += tally.total
        self.severities += tally.severities
        self.costs += tally.costs


def _finding_key(record: Record) -> Key:
    return (
        record["path"],
        record["start"],
        record["end"],
        record["code"],
        record["pair"] or "",
        record["fingerprint"],
    )


def _bead_key(record: Record) -> Key:
    return record["pair"], record["index"]


def _article_key(record: Record) -> Key:
    return (record["path"],)


class ReportWriter:
    """Collects results in any order and writes one report folder, the same bytes for the same results.

    Everything is written beside ``out`` under a temporary name and moved into place by ``finish``.
    Used as a context manager, it takes what is temporary away, and lets other runs write there. Raises
    ``InputError`` when ``out`` holds something that is not a report, or another run is writing there.
    """

    def __init__(self, out: str | Path, ui: Language = "en") -> None:
        self.out = destination(Path(out))
        self.ui = ui
        self._part = part_folder(self.out)
        self._lock = FolderLock(self.out)
        try:
            restore(self.out, OWN_ENTRIES)
            clear_up(self.out, OWN_ENTRIES)
            self._part.mkdir()
            mark_report(self._part)
        except BaseException:
            self._lock.release()
            raise
        self._findings = SortedLines(self._part / "findings.spool", _finding_key)
        self._beads = SortedLines(self._part / "beads.spool", _bead_key)
        self._articles = SortedLines(self._part / "articles.spool", _article_key)
        self._documents: dict[str, ArticleRow] = {}
        self._pairs: list[PairRow] = []
        self._unpaired: list[UnpairedRow] = []
        self._skipped: list[Skipped] = []
        self._others = 0
        self._tallies: defaultdict[tuple[str, str | None], _Tally] = defaultdict(_Tally)
        self._syncs: defaultdict[str, Sync] = defaultdict(Sync)
        self._totals = Totals()

    def __enter__(self) -> ReportWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lines in (self._findings, self._beads, self._articles):
            lines.close()
        for ending in PART_ENDINGS:
            shutil.rmtree(self._part.with_name(f"{self._part.name}{ending}"), ignore_errors=True)
        self._lock.release()

    @property
    def scratch(self) -> Path:
        """A folder for what the run must lay aside; it goes when the run ends."""
        folder = self._part.with_name(f"{self._part.name}-scratch")
        if not folder.exists():
            folder.mkdir()
            mark_report(folder)
        return folder

    def add_document(self, document: Document, findings: Iterable[Finding] = ()) -> None:
        """Add an article with the findings of its own checks; ValueError for one that was added before."""
        path = stored(document.path)
        if path in self._documents:
            raise ValueError(f"article {path} was added twice")
        words = count_words(document.text)
        self._documents[path] = ArticleRow(
            path,
            document.language,
            title=flat(document.title),
            words=words,
            segments=len(document.segments),
            boilerplate_segments=len(document.segments) - len(document.aligned_segments),
            sha256=document.metadata.get("sha256") or _sha256(document.text),
        )
        self._totals.add_words(document.language, words, len(document.segments))
        self._articles.add(article_record(article_text(document)))
        self.add_findings(findings)

    def add_alignment(self, alignment: Alignment, findings: Iterable[Finding] = ()) -> None:
        """Add a pair with its beads and the findings of comparing its sides; its articles are added apart."""
        pair = alignment.pair
        key = pair_key(stored(pair.fr.path), stored(pair.en.path))
        self._pairs.append(
            PairRow(
                stored(pair.fr.path),
                stored(pair.en.path),
                round(pair.score, 4),
                round(pair.margin, 4),
                pair.kind,
                round(coverage(alignment, "fr"), 4),
                round(coverage(alignment, "en"), 4),
                len(alignment.beads),
                group=pair.group,
                page=f"pairs/{page_name(key)}",
            )
        )
        for row in bead_rows(alignment):
            self._beads.add(bead_record(row))
        self._totals.beads += len(alignment.beads)
        self.add_findings(findings)

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Add findings of any check; each counts for the article and, if it has one, the pair it names."""
        for finding in findings:
            path = stored(finding.path)
            pair = None if finding.pair is None else stored(finding.pair)
            self._findings.add(finding_record(finding))
            self._tallies[path, pair].add(finding)
            self._totals.add_finding(finding)
            if pair is not None:
                self._syncs[pair].add(finding)

    def add_unpaired(self, unpaired: Unpaired) -> None:
        """Add an article without counterpart; the article itself is added with ``add_document``."""
        document = unpaired.document
        path = stored(document.path)
        self._unpaired.append(
            UnpairedRow(
                path,
                document.language,
                unpaired.reason,
                stored(unpaired.best_candidate),
                round(unpaired.best_score, 4),
                f"articles/{page_name(path)}",
            )
        )

    def add_skipped(self, skipped: Skipped) -> None:
        """Add an input that could not be read."""
        self._skipped.append(
            Skipped(stored(skipped.path), stored(skipped.reason), stored(skipped.type), skipped.relevant)
        )

    def add_others(self, number: int) -> None:
        """Count files that are no articles: pictures, code, hidden ones."""
        self._others += number

    def finish(
        self,
        signature: Mapping[str, str],
        outcome: Outcome | None = None,
        previous: Report | None = None,
        write_pages: WritePages | None = None,
        title: str = "",
    ) -> Report:
        """Write what is left, render the pages and put the folder in place of ``out``.

        ``signature`` holds versions, models and thresholds; ``outcome`` is the gate's, if one ran;
        ``previous`` an older report to compare with; ``write_pages`` writes the pages for people, headed
        ``title``.
        Raises ``ValueError`` when a finding or a pair names an article that was not added.
        """
        articles = self._article_rows()
        pairs = self._pair_rows(articles)
        _write_csv(self._part / "documents.csv", ArticleRow, articles.values())
        _write_csv(self._part / "pairs.csv", PairRow, pairs)
        unpaired = sorted(self._unpaired, key=lambda row: row.path)
        _write_csv(self._part / "unpaired.csv", UnpairedRow, unpaired)
        skipped = sorted(self._skipped, key=lambda s: (s.path, s.reason))
        _write_csv(self._part / "skipped.csv", SkippedRow, map(skipped_row, skipped))
        tables = {"findings": self._findings, "beads": self._beads, "articles": self._articles}
        places = {f"{name}.jsonl": t.write(self._part / f"{name}.jsonl") for name, t in tables.items()}
        counts = {"pairs": len(pairs), "unpaired": len(unpaired), "other_files": self._others}
        summary = self._totals.summary(counts, skipped)
        record = {
            "schema": SCHEMA,
            "title": stored(title),
            **summary,
            "gate": outcome and gate_record(outcome),
            "stale_suppressions": [asdict(stale) for stale in outcome.stale] if outcome else [],
            "signature": dict(sorted(signature.items())),
        }
        self._write_summary(record)
        if previous:
            self._write_summary(record | {"trend": trend_record(compare(previous, Report(self._part)))})
        write_for_people(Report(self._part))
        self._write_pages(places, write_pages)
        replace_folder(self._part, self.out, OWN_ENTRIES)
        self._lock.release()
        return Report(self.out)

    def _write_pages(self, places: Mapping[str, Places], write_pages: WritePages | None) -> None:
        if write_pages is not None:
            report = Report(self._part)
            for name, offsets in places.items():
                report.learn(name, offsets)
            write_pages(report, self.ui)
        sync()

    def _write_summary(self, record: Record) -> None:
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        (self._part / "summary.json").write_bytes(text.encode("utf-8", "backslashreplace"))

    def _article_rows(self) -> dict[str, ArticleRow]:
        tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
        for (path, _), tally in self._tallies.items():
            if path not in self._documents:
                raise ValueError(f"a finding names {path}, which was not added")
            tallies[path].include(tally)
        rows = {}
        for path, row in sorted(self._documents.items()):
            tally = tallies[path]
            charged = penalty(tally.costs, row.words)
            rows[path] = replace(
                row,
                findings=tally.total,
                penalty=round(charged, 4),
                score=round(score(charged), 2),
                minor=tally.severities["minor"],
                major=tally.severities["major"],
                critical=tally.severities["critical"],
            )
        return rows

    def _pair_rows(self, articles: Mapping[str, ArticleRow]) -> list[PairRow]:
        rows = []
        for row in sorted(self._pairs, key=lambda row: (row.fr_path, row.en_path)):
            for path in (row.fr_path, row.en_path):
                if path not in articles:
                    raise ValueError(f"a pair names {path}, which was not added")
            tally = _Tally()
            for path in (row.fr_path, row.en_path):
                tally.include(self._tallies[path, None])
                tally.include(self._tallies[path, row.key])
            in_step = self._syncs[row.key]
            rows.append(
                replace(
                    row,
                    findings=tally.total,
                    fr_score=articles[row.fr_path].score,
                    en_score=articles[row.en_path].score,
                    minor=tally.severities["minor"],
                    major=tally.severities["major"],
                    critical=tally.severities["critical"],
                    behind=in_step.behind,
                    missing_fr=in_step.missing["fr"],
                    missing_en=in_step.missing["en"],
                    updated=in_step.updated,
                )
            )
        return rows


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _write_csv(path: Path, kind: type, rows: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(csv_line([field.name for field in fields(kind)]))
        file.writelines(csv_line(astuple(row)) for row in rows)  # type: ignore[call-overload]
