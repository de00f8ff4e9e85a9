"""What a run leaves in folders, and what it leaves alone there."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligner import audit
from aligner.readers.articles import list_files
from aligner.report.reader import Report
from aligner.report.spreadsheet import QUOTE, harmless
from aligner.report.writer import OWN_ENTRIES
from aligner.storage.marks import CACHE_MARK, REPORT_FILES, REPORT_MARK, made_here, mark_cache, others_in
from tests.cli.articles import ENGLISH, FRENCH, GLUED, aligner, write_pair

RULES = ("--no-detector", "--select", "EXT101")
COMMAND = [sys.executable, "-c", "from aligner.cli.main import main; main()"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    write_pair(folder / "articles")
    return folder


def documents(report: Path) -> list[str]:
    return [row.path for row in Report(report).documents()]


@pytest.mark.parametrize("unmarked", [False, True])
def test_a_report_in_the_corpus_is_not_read(here: Path, unmarked: bool) -> None:
    first = aligner("audit", ".", "--out", "report", "--no-cache", *RULES)
    assert first.exit_code == 0
    if unmarked:
        (here / "report" / REPORT_MARK).unlink()
    aligner("audit", ".", "--out", "deep/report", "--no-cache", *RULES)
    third = aligner("audit", ".", "--out", "report", "--no-cache", *RULES)
    assert documents(here / "report") == ["articles/footbridge.txt", "articles/passerelle.txt"]
    assert first.output.replace("report/index", "") == third.output.replace("report/index", "")
    assert list(Report(here / "report").skipped()) == []
    assert aligner("check", ".", "--no-cache", *RULES).exit_code == 0
    itself = aligner("audit", "report", "--out", "other", "--no-cache", *RULES)
    assert (itself.exit_code, "a report of aligner" in itself.stderr) == (2, True)


def test_a_mark_alone_hides_no_articles(here: Path) -> None:
    (here / "articles" / REPORT_MARK).write_text("This is a report, or so it says.\n")
    (here / "articles" / CACHE_MARK).write_text("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert len(list_files(["."])) == 2
    (here / "articles" / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    assert aligner("check", ".", "--no-cache", *RULES).exit_code == 1


def test_a_cache_is_marked_and_not_read(here: Path) -> None:
    run = aligner("audit", ".", "--out", "../out", "--cache", "cache", "--select", "EXT101,FLU406")
    assert run.exit_code == 0, run.output
    assert (here / "cache" / ".gitignore").read_text() == "*\n"
    assert made_here(here / "cache") == "cache"
    (here / "cache" / "stray.txt").write_text(GLUED, encoding="utf-8")
    assert list_files(["."]) == ["articles/footbridge.txt", "articles/passerelle.txt"]


def test_what_others_put_into_a_report_or_a_cache_is_said(here: Path) -> None:
    """Its mark, which anybody can write, hides no article from the gate."""
    aligner(
        "audit",
        "articles",
        "--out",
        "articles/report",
        "--cache",
        "articles/kept",
        "--select",
        "EXT101,FLU406",
    )
    assert aligner("check", ".", "--no-cache", *RULES).exit_code == 0
    for name in ("report/p.txt", "report/pairs/p.html", "report/deep/p.md", "kept/p.tsv.gz"):
        file = here / "articles" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(GLUED, encoding="utf-8")
        run = aligner("check", ".", "--no-cache", *RULES)
        assert (run.exit_code, f"articles/{name}: skipped: in a " in run.output) == (2, True), run.output
        assert aligner("check", "articles/report", "--no-cache", *RULES).exit_code == 2
        file.unlink()
    assert aligner("check", ".", "--no-cache", *RULES).exit_code == 0


def test_a_report_consists_of_what_is_known_of_it(here: Path) -> None:
    aligner("audit", "articles", "--out", "report", "--no-cache", *RULES)
    assert OWN_ENTRIES <= REPORT_FILES
    assert set(others_in("report", "report")) == set()


def test_a_folder_of_somebody_elses_is_not_marked_as_a_cache(here: Path) -> None:
    mark_cache(here / "articles")
    assert sorted(path.name for path in Path("articles").iterdir()) == ["footbridge.txt", "passerelle.txt"]


OTHERS = (
    ".out.part-notes",
    ".out.part-123abc",
    ".out.part-7-backup",
    ".out.part-99999999",
    ".out.part-old",
    ".out.parts",
    ".other.part-1",
)


@pytest.mark.parametrize("name", OTHERS)
def test_what_others_have_beside_a_report_stays(here: Path, name: str) -> None:
    (here / name).mkdir()
    (here / name / "notes.txt").write_text("mine")
    audit("articles", here / "out", detector=False, cache=False)
    audit("articles", here / "out", detector=False, cache=False)
    assert (here / name / "notes.txt").read_text() == "mine"
    assert {path.name for path in here.iterdir()} == {"articles", "out", name}


@pytest.mark.parametrize("ending", ["", "-scratch", "-old"])
def test_what_others_have_under_the_very_name_of_a_part_stays(here: Path, ending: str) -> None:
    name = f".out.part-{os.getpid()}{ending}"
    (here / name).mkdir()
    (here / name / "notes.txt").write_text("mine")
    audit("articles", here / "out", detector=False, cache=False)
    audit("articles", here / "out", detector=False, cache=False)
    assert (here / name / "notes.txt").read_text() == "mine"


def test_a_part_of_a_dead_run_goes(here: Path) -> None:
    for name in (".out.part-99999999", ".out.part-99999998-scratch"):
        (here / name).mkdir()
        (here / name / REPORT_MARK).touch()
        (here / name / "findings.spool").touch()
    (here / ".out.part-99999997").mkdir()  # killed before it could mark it
    audit("articles", here / "out", detector=False, cache=False)
    assert {path.name for path in here.iterdir()} == {"articles", "out"}


@pytest.mark.parametrize("content", ["my notes", '{"pid": "me"}', "[]", "{}"])
def test_a_lock_of_somebody_elses_is_refused_and_stays(here: Path, content: str) -> None:
    (here / ".out.lock").write_text(content)
    run = aligner("audit", "articles", "--out", "out", "--no-cache", *RULES)
    assert run.exit_code == 2
    assert "no lock of aligner" in run.stderr
    assert (here / ".out.lock").read_text() == content


def test_what_others_have_in_a_report_stays(here: Path) -> None:
    audit("articles", here / "out", detector=False, cache=False)
    others = ("notes.txt", "pairs/review.html", "pairs/deep/a.txt", "articles/a.html", "pairs/.b", "more/c")
    for name in others:
        (here / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (here / "out" / name).write_text(name)
    (here / "articles" / "passerelle.txt").write_text("\n\n".join([FRENCH, "Encore."]), encoding="utf-8")
    audit("articles", here / "out", detector=False, cache=False)
    for name in others:
        assert (here / "out" / name).read_text() == name
    pages = {path.name for path in (here / "out" / "pairs").glob("*.html")}
    assert pages == {"review.html", *(Path(row.page).name for row in Report(here / "out").pairs())}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_ended_leaves_nothing(here: Path, number: int, jobs: str) -> None:
    for copy in range(120):
        text = FRENCH.replace("Morvilliers", f"Ville-{copy}").replace("4,2", f"{copy},3")
        (here / "articles" / f"fr{copy}.txt").write_text(text, encoding="utf-8")
    before = sorted(path.name for path in Path("articles").iterdir())
    command = [*COMMAND, "audit", "articles", "--out", "out", "--no-cache", "--no-detector", "--jobs", jobs]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    run = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
    )
    while not list(here.glob(".out.part-*")) and run.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    if number == signal.SIGHUP:  # a terminal that closes tells all of its processes, workers as they start
        os.killpg(run.pid, number)
    else:
        run.send_signal(number)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 143, said
    assert b"Traceback" not in said
    assert {path.name for path in here.iterdir()} == {"articles"}
    assert sorted(path.name for path in Path("articles").iterdir()) == before


def test_a_baseline_is_written_whole_or_not_at_all(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "articles" / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    options = ("check", "articles", "--baseline", "known.json", "--write-baseline", "--no-cache", *RULES)
    assert aligner(*options).exit_code == 0
    first = (here / "known.json").read_bytes()
    (here / "known.json").chmod(0o640)
    (here / "link.json").symlink_to("known.json")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        (here / "articles" / "passerelle.txt").write_text(FRENCH, encoding="utf-8")
        failed = aligner(*options)
        assert failed.exit_code == 2
        assert "No space left" in failed.stderr
    assert (here / "known.json").read_bytes() == first
    assert aligner(*(o if o != "known.json" else "link.json" for o in options)).exit_code == 0
    assert json.loads((here / "known.json").read_text())["findings"] == []
    assert (here / "link.json").is_symlink()
    assert (here / "known.json").stat().st_mode & 0o777 == 0o640
    assert {path.name for path in here.iterdir()} == {"articles", "known.json", "link.json"}


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    '=HYPERLINK("x")',
    "'=1",
    "=cmd|' /C calc'!A0",
    "\r=1",
    "a\n=1",
)


def plain(cell: str) -> str:
    """Return what a cell was in the report, as ``about-this-report.txt`` says."""
    return cell.removeprefix(QUOTE)


@pytest.mark.parametrize("cell", FORMULAS)
def test_tables_hold_what_stands_in_the_articles_and_say_how_to_open_them(here: Path, cell: str) -> None:
    shutil.rmtree("articles")
    rows = [{"id": cell, "text": GLUED, "title": cell}, {"id": "en", "text": ENGLISH, "title": cell}]
    (here / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    (here / f"{cell.replace('/', '_')}.png.txt").write_text("1")
    report = audit(".", here.parent / "out", detector=False, cache=False)
    assert {row.path for row in report.documents()} == {f"a.jsonl#{cell.strip()}", "a.jsonl#en"}
    with (report.path / "documents.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["path"] for row in csv.DictReader(lines)} == {f"a.jsonl#{cell.strip()}", "a.jsonl#en"}
    with (report.path / "findings.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row, finding in zip(csv.DictReader(lines), report.findings(), strict=True):
            assert [plain(row[name]) for name in ("path", "excerpt")] == [finding.path, finding.excerpt]
            assert row["counts"] == str(finding.counts)
    assert "formula" in (report.path / "about-this-report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "cell", [*FORMULAS, " =1", "＝1", "''=1", "'", "", "a=1", "\u00a0+1", "l'eau", "- « Non »"]
)
def test_no_cell_of_the_spreadsheet_is_a_formula(cell: str) -> None:
    shown = harmless(cell)
    assert isinstance(shown, str)
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "\t", "＝"))
    assert plain(shown) == cell
