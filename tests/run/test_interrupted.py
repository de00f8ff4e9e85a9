"""Runs that are killed, started again, or started twice: nothing lost, nothing half-written, nothing else.

A run dies by a timer of its own CPU time, at evenly spread moments, whatever else the machine does. Each
test runs a few times here and twenty times under `-m benchmark`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from aligner.lab.bench.synthetic import write_corpus
from aligner.model import InputError
from aligner.report.writer import Report, ReportWriter
from aligner.run import corpus as corpus
from aligner.run import pipeline, session
from aligner.storage import store
from tests.runs import ARTICLES, Undisturbed, beside, files

OFTEN = 20
FEW = pytest.param(3, id="few")
MANY = pytest.param(OFTEN, id="often", marks=pytest.mark.benchmark)

Audit = Callable[..., None]
"""An audit of the small corpus, or another, into a folder; with or without a cache."""

FORK = multiprocessing.get_context("fork")  # a child that need not import everything again


@pytest.fixture(autouse=True)
def keep_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep small corpora too, and commit whatever is made at once."""
    monkeypatch.setattr(corpus, "WORTH_KEEPING", 1)
    monkeypatch.setattr(store, "COMMIT_SECONDS", 0.0)


@pytest.fixture
def audit(undisturbed: Undisturbed) -> Audit:
    def audit(out: Path, cache: Path | None = None, corpus: Path = undisturbed.corpus) -> None:
        pipeline.audit([str(corpus)], replace(undisturbed.settings, cache=cache), out)

    return audit


def killed_after(seconds: float, work: Callable[[], None]) -> int:
    """Do some work in a process that is killed when it has used so many CPU seconds; return its exit code."""

    def begin() -> None:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends the process there and then, as SIGKILL does
        signal.setitimer(signal.ITIMER_PROF, seconds)
        work()

    process = FORK.Process(target=begin)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


@pytest.mark.parametrize("times", [FEW, MANY])
def test_a_killed_run_goes_on_where_it_was(
    times: int, audit: Audit, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    expected, seconds = undisturbed.report, undisturbed.seconds
    for number in range(times):
        out, cache = tmp_path / f"{number}" / "report", tmp_path / f"cache{number}"
        moment = seconds * (number + 1) / (times + 1)
        assert killed_after(moment, partial(audit, out, cache)) == -signal.SIGPROF
        assert not out.exists() or files(out) == expected
        audit(out, cache)
        assert files(out) == expected
        assert beside(out) == set()


@pytest.mark.parametrize("times", [FEW, MANY])
def test_an_older_report_stays_whole_until_the_new_one_is(
    times: int, audit: Audit, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    expected, seconds = undisturbed.report, undisturbed.seconds
    out = tmp_path / "place" / "report"
    audit(out)
    (out / "notes.txt").write_text("Somebody else's.", encoding="utf-8")
    with_notes = files(out)
    assert with_notes == expected | {"notes.txt": b"Somebody else's."}
    for number in range(times):
        moment = seconds * (
            0.5 + 0.5 * (number + 1) / (times + 1)
        )  # where pages are written and put in place
        killed_after(moment, partial(audit, out))
        if out.exists():
            assert Report(out).summary["counts"]["articles"] == ARTICLES
            assert files(out).keys() >= expected.keys()
    audit(out)
    assert files(out) == with_notes
    assert beside(out) == set()


def test_what_a_dead_run_put_aside_comes_back(audit: Audit, tmp_path: Path) -> None:
    out = tmp_path / "report"
    audit(out)
    before = files(out)
    out.rename(tmp_path / ".report.part-1-old")  # it died between the two renames
    (tmp_path / ".report.part-1").mkdir()
    with pytest.raises(InputError), ReportWriter(out):
        raise InputError("and this run fails as well")
    assert files(out) == before
    assert beside(out) == set()


def test_only_what_changed_is_made_again(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    write_corpus(folder, ARTICLES)
    cache, out = tmp_path / "cache", tmp_path / "report"
    audit(out, cache, folder)
    made: list[tuple[str, int]] = []

    def counted(name: str) -> Callable[..., object]:
        really = getattr(session, name)

        def work(made_by: object, tasks: list[object]) -> object:
            made.append((name, len(tasks)))
            return really(made_by, tasks)

        return work

    for name in ("check_articles", "align_pairs"):
        monkeypatch.setattr(session, name, counted(name))
    audit(out, cache, folder)
    assert made == []
    changed = folder / "fr" / "000003.txt"
    changed.write_text(
        changed.read_text(encoding="utf-8") + "\nUne phrase de plus, tout à la fin.\n", "utf-8"
    )
    audit(out, cache, folder)
    assert made == [("align_pairs", 1), ("check_articles", 1)]
    (fresh := tmp_path / "fresh").mkdir()
    audit(fresh / "report", corpus=folder)
    assert files(out) == files(fresh / "report")


def test_a_second_run_into_the_same_folder_says_so(audit: Audit, tmp_path: Path) -> None:
    out = tmp_path / "report"
    with ReportWriter(out), pytest.raises(InputError, match=f"another run .*process {os.getpid()} on "):
        audit(out)
    audit(out)
    assert beside(out) == set()


@pytest.mark.parametrize("times", [pytest.param(1, id="once"), MANY])
def test_of_runs_into_one_folder_one_gets_through(
    times: int, audit: Audit, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    out = tmp_path / "report"

    def run() -> None:
        try:
            audit(out, tmp_path / "cache")
        except InputError as error:
            os._exit(2 if "another run" in str(error) else 3)
        os._exit(0)

    for _ in range(times):
        together = [FORK.Process(target=run) for _ in range(3)]
        for process in together:
            process.start()
        for process in together:
            process.join()
        codes = sorted(process.exitcode or 0 for process in together)
        assert codes[0] == 0
        assert set(codes) <= {0, 2}
        assert files(out) == undisturbed.report
        assert beside(out) == {"cache"}


@pytest.fixture
def holder(tmp_path: Path) -> Path:
    """A folder that a process holds, which is dead now."""
    out = tmp_path / "report"

    def hold() -> None:
        ReportWriter(out)
        os.kill(os.getpid(), signal.SIGKILL)

    process = FORK.Process(target=hold)
    process.start()
    process.join()
    return out


def test_a_dead_run_holds_nothing(holder: Path, audit: Audit) -> None:
    assert [path.name for path in holder.parent.glob(".report.*")]
    audit(holder)
    assert beside(holder) == set()
