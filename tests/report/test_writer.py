from __future__ import annotations

import csv
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from aligner.model import Alignment, Document, Finding, InputError, Skipped, Unpaired
from aligner.report.writer import Report, ReportWriter
from aligner.reporters.html import write_pages
from tests.reporters import samples
from tests.reporters.conftest import SIGNATURE, fill

COLUMNS = {
    "documents.csv": (
        "path,language,title,words,segments,boilerplate_segments,findings,penalty,score,sha256"
    ),
    "pairs.csv": (
        "fr_path,en_path,score,margin,kind,coverage_fr,coverage_en,beads,findings,fr_score,en_score,group"
    ),
    "unpaired.csv": "path,language,reason,best_candidate,best_score",
    "skipped.csv": "path,reason",
    "beads.jsonl": ("pair,index,fr,en,moved,fr_text,en_text,similarity,kind,fr_start,fr_end,en_start,en_end"),
    "findings.jsonl": (
        "code,name,category,severity,confidence,cause,path,language,start,end,line,column,excerpt,message,"
        "suggestion,pair,bead,other_excerpt,fingerprint,demoted_by,suppressed,baselined,suspicion,other_path,other_start,other_end"
    ),
}
"""What the contract names, in its order; later columns are ours to add."""


def rows(report: Report, name: str) -> list[dict[str, str]]:
    with (report.path / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def records(report: Report, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (report.path / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", COLUMNS)
def test_files_have_the_names_of_the_contract(report: Report, name: str) -> None:
    read = rows if name.endswith(".csv") else records
    for row in read(report, name):
        assert ",".join(row).startswith(COLUMNS[name])


def test_articles_count_their_findings_and_lose_points(report: Report) -> None:
    harbour = next(row for row in rows(report, "documents.csv") if row["path"] == "en/harbour.txt")
    # 45 words; glued words and a repetition (5 points each), a wrong number (25), all at confidence 0.9;
    # what another finding explains costs nothing.
    assert harbour["words"] == "45"
    assert harbour["findings"] == "4"
    assert float(harbour["penalty"]) == pytest.approx(100 * 0.9 * 35 / 45)
    assert float(harbour["score"]) == pytest.approx(100 * math.exp(-100 * 0.9 * 35 / 45 / 25), abs=0.005)
    assert (harbour["minor"], harbour["major"], harbour["critical"]) == ("0", "2", "1")


def test_pairs_count_the_findings_of_both_articles_and_of_their_comparison(report: Report) -> None:
    (pair,) = rows(report, "pairs.csv")
    assert (pair["beads"], pair["findings"], pair["kind"]) == ("7", "6", "translation")
    scores = {row["path"]: row["score"] for row in rows(report, "documents.csv")}
    assert (pair["fr_score"], pair["en_score"]) == (scores["fr/port.txt"], scores["en/harbour.txt"])


def test_beads_hold_the_text_of_their_articles(report: Report) -> None:
    beads = records(report, "beads.jsonl")
    for bead in beads:
        for side, article in (("fr", samples.HARBOUR_FR), ("en", samples.HARBOUR_EN)):
            if bead[side]:
                assert bead[f"{side}_text"] == article.text[bead[f"{side}_start"] : bead[f"{side}_end"]]
            else:
                assert (bead[f"{side}_text"], bead[f"{side}_start"]) == ("", None)
    assert [bead["kind"] for bead in beads] == ["1-1", "2-1", "0-1", "1-1", "1-0", "1-0", "0-1"]
    assert [(bead["moved"], bead["moved_to"]) for bead in beads][2] == (True, 5)
    assert beads[1]["fr"] == [2, 3]


def test_a_bead_around_boilerplate_leaves_its_text_out(tmp_path: Path) -> None:
    fr = samples.document("f", "fr", ["Un début", ("Lire aussi", "boilerplate"), "une suite."])
    en = samples.document("e", "en", ["A start and a sequel."])
    with ReportWriter(tmp_path / "out") as writer:
        add(writer, samples.alignment(fr, en, [([0, 2], [0])]))
        report = writer.finish({}, write_pages=write_pages)
    (bead,) = report.beads()
    assert bead.fr_text == "Un début une suite."
    assert (bead.fr_start, bead.fr_end) == (0, fr.segments[2].end)


def add(writer: ReportWriter, alignment: Alignment) -> None:
    writer.add_document(alignment.pair.fr)
    writer.add_document(alignment.pair.en)
    writer.add_alignment(alignment)


def test_findings_stand_in_text_order(report: Report) -> None:
    found = records(report, "findings.jsonl")
    assert len(found) == 7
    places = [(finding["path"], finding["start"]) for finding in found]
    assert places == sorted(places)
    assert found[0]["message"] == "Something is wrong with “morningwith”."


def test_messages_in_data_files_are_english_whatever_the_interface(tmp_path: Path) -> None:
    with ReportWriter(tmp_path / "out", ui="fr") as writer:
        report = fill(writer)
    assert records(report, "findings.jsonl")[0]["message"].startswith("Something is wrong")
    assert "Quelque chose ne va pas" in next((report.path / "pairs").iterdir()).read_text("utf-8")


def test_summary_counts_causes_apart_and_gives_rates(report: Report) -> None:
    summary = json.loads((report.path / "summary.json").read_text("utf-8"))
    assert summary["schema"] == 1
    assert summary["counts"] == {
        "articles": 3,
        "articles_fr": 2,
        "articles_en": 1,
        "pairs": 1,
        "unpaired": 1,
        "skipped": 1,
        "other_files": 0,
        "words": 103,
        "segments": 16,
        "beads": 7,
        "findings": 7,
        "demoted": 1,
        "suppressed": 0,
        "suspicions": 0,
    }
    causes = {cause: by["total"] for cause, by in summary["findings_by_cause"].items()}
    assert causes == {"extraction": 3, "translation": 2, "alignment": 0, "editorial": 1}
    assert summary["per_1000_words"]["major"] == pytest.approx(1000 * 4 / 103, abs=1e-4)
    assert summary["findings_by_code"]["EXT101"]["per_1000_words"] == pytest.approx(2000 / 103, abs=1e-4)
    # 4 major and 1 critical at 0.9 over all words.
    assert summary["score"] == pytest.approx(100 * math.exp(-100 * 0.9 * 45 / 103 / 25), abs=0.005)
    assert summary["gate"] is None
    assert summary["signature"] == SIGNATURE


def test_two_runs_give_identical_bytes_in_whatever_order_results_arrive(tmp_path: Path) -> None:
    with ReportWriter(tmp_path / "one") as writer:
        one = fill(writer)
    with ReportWriter(tmp_path / "two") as writer:
        writer.add_skipped(Skipped("notes.bin", "not a text: it holds NUL bytes"))
        writer.add_alignment(samples.HARBOUR)
        every = samples.HARBOUR_PAIR_FINDINGS + samples.HARBOUR_FINDINGS + samples.MARKET_FINDINGS
        writer.add_findings(reversed(every))
        for document in (samples.MARKET, samples.HARBOUR_EN, samples.HARBOUR_FR):
            writer.add_document(document)
        writer.add_unpaired(Unpaired(samples.MARKET, "only related", "en/harbour.txt", 0.41237))
        two = writer.finish(dict(reversed(SIGNATURE.items())), write_pages=write_pages)
    assert contents(one) == contents(two)


def contents(report: Report) -> dict[str, bytes]:
    files = sorted(path for path in report.path.rglob("*") if path.is_file())
    return {str(path.relative_to(report.path)): path.read_bytes() for path in files}


def test_nothing_is_left_behind_when_a_run_fails(tmp_path: Path) -> None:
    def fail() -> None:
        with ReportWriter(tmp_path / "out") as writer:
            writer.add_document(samples.MARKET)
            raise RuntimeError("the run broke off")

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_run_leaves_the_older_report_whole(tmp_path: Path, report: Report) -> None:
    before = contents(report)

    def fail() -> None:
        with ReportWriter(report.path) as writer:
            writer.add_alignment(samples.HARBOUR)
            writer.finish({}, write_pages=write_pages)  # the articles were never added

    with pytest.raises(ValueError, match="not added"):
        fail()
    assert contents(Report(report.path)) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_older_report_is_replaced_and_foreign_files_in_it_kept(report: Report) -> None:
    old = report.path / "pairs" / "old--story-0123456789abcdef.html"
    old.write_text("a page of a pair that is gone")
    (report.path / "pairs" / "review.html").write_text("somebody else's page")
    (report.path / "articles" / "deep").mkdir(parents=True, exist_ok=True)
    (report.path / "notes.txt").write_text("a reader's own notes")
    with ReportWriter(report.path) as writer:
        fill(writer)
    assert not old.exists()
    assert (report.path / "pairs" / "review.html").read_text() == "somebody else's page"
    assert (report.path / "articles" / "deep").is_dir()
    assert (report.path / "notes.txt").read_text() == "a reader's own notes"


def test_a_folder_that_is_no_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"")
    with pytest.raises(InputError, match="no report"):
        ReportWriter(tmp_path)
    with pytest.raises(InputError, match="is a file"):
        ReportWriter(tmp_path / "photo.png")
    assert [path.name for path in tmp_path.iterdir()] == ["photo.png"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    with ReportWriter(tmp_path) as writer:
        assert fill(writer).path == tmp_path


@pytest.mark.parametrize("path", ["a\nb.txt", 'q"uo,te.txt', "=1+1.csv#2", "é\udce9.txt", "../up.txt", "a|b"])
def test_strange_names_are_read_back_as_they_are_stored(tmp_path: Path, path: str) -> None:
    article = samples.document(path, "fr", ["Un lieuancien."])
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(article, [samples.finding(article, "lieuancien")])
        report = writer.finish({}, write_pages=write_pages)
    (row,) = report.documents()
    assert row.path == path.replace("\udce9", "\\udce9")
    assert report.article(row.path).text == article.text
    assert [finding.excerpt for finding in report.findings(row.path)] == ["lieuancien"]
    pages = [entry.name for entry in (report.path / "articles").iterdir()]
    assert len(pages) == 1
    assert pages[0].isascii()


def test_a_lone_surrogate_in_a_text_survives(tmp_path: Path) -> None:
    article = samples.document("a.jsonl#1", "en", ["A broken \ud83d emoji."])
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(article, [samples.finding(article, "\ud83d")])
        report = writer.finish({}, write_pages=write_pages)
    assert report.article("a.jsonl#1").text == article.text
    assert next(report.findings()).excerpt == "\ud83d"


def test_an_article_is_added_once() -> None:
    def twice(writer: ReportWriter) -> None:
        with writer:
            writer.add_document(samples.MARKET)
            writer.add_document(samples.MARKET)

    with pytest.raises(ValueError, match="added twice"):
        twice(ReportWriter(Path("never-written")))
    assert not Path("never-written").exists()


def test_a_report_reads_back_what_was_written(report: Report) -> None:
    assert [row.path for row in report.documents()] == ["en/harbour.txt", "fr/marché.txt", "fr/port.txt"]
    (pair,) = report.pairs()
    assert len(list(report.beads(pair.key))) == len(list(report.beads())) == 7
    assert list(report.beads("no|such")) == []
    given = samples.HARBOUR_FINDINGS + samples.HARBOUR_PAIR_FINDINGS + samples.MARKET_FINDINGS
    assert sorted(report.findings(), key=fingerprint) == sorted(given, key=fingerprint)
    assert [finding.code for finding in report.findings("fr/port.txt")] == ["TYP501", "ACC301"]
    assert list(report.skipped()) == [Skipped("notes.bin", "not a text: it holds NUL bytes")]
    article = report.article("fr/port.txt")
    assert (article.text, article.segments) == (samples.HARBOUR_FR.text, samples.HARBOUR_FR.segments)
    with pytest.raises(KeyError):
        report.article("no/such.txt")


def fingerprint(finding: Finding) -> str:
    return finding.fingerprint


def test_tables_become_data_frames(report: Report) -> None:
    assert list(report.to_frame("documents")["findings"]) == [4, 1, 2]
    assert Counter(report.to_frame("findings")["cause"]) == {
        "extraction": 3,
        "translation": 3,
        "editorial": 1,
    }
    assert len(report.to_frame("beads")) == 7
    assert report.to_frame().equals(report.to_frame("findings"))
    with pytest.raises(ValueError, match="there are documents"):
        report.to_frame("nothing")


@pytest.mark.parametrize(
    ("content", "says"), [(None, "no summary"), ("{", "cannot be read"), ('{"schema": 99}', "schema 99")]
)
def test_what_is_no_report_is_said(tmp_path: Path, content: str | None, says: str) -> None:
    if content is not None:
        (tmp_path / "summary.json").write_text(content)
    with pytest.raises(InputError, match=says):
        Report(tmp_path)


def test_the_sha256_of_the_file_is_kept_where_it_is_known(tmp_path: Path) -> None:
    known: Document = samples.document("a.txt", "en", ["Text."], sha256="0" * 64)
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(known)
        writer.add_document(samples.document("b.txt", "en", ["Text."]))
        a, b = writer.finish({}, write_pages=write_pages).documents()
    assert a.sha256 == "0" * 64
    assert len(b.sha256) == 64
    assert b.sha256 != a.sha256
