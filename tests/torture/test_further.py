"""No further attack ends in a fault of ours, a hang, a steered terminal, or a code that is not owed."""

from __future__ import annotations

import contextlib
import shlex
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.keys import stored
from aligner.report.reader import Report
from tests.cli.articles import aligner
from tests.rows import each_row
from tests.torture import (
    forms,
    further_inputs,
    further_options,
    further_places,
    further_reports,
    records,
    revisions,
)
from tests.torture.further import Further, write_articles
from tests.torture.test_injection import harmless

FAMILIES = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        forms,
        further_reports,
        further_options,
        further_inputs,
        further_places,
        records,
        revisions,
    )
}
LEAST_ATTACKS = 1_700
SECONDS = 10
"""CPU time that no attack of these may take."""
PATIENCE = 120
"""Seconds after which one hangs."""


@contextlib.contextmanager
def patience() -> Iterator[None]:
    """End what waits for ever."""

    def end(number: int, frame: object) -> None:
        raise BaseException("it hangs")  # nothing that a command contains

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def attacks(family: str) -> list[Further]:
    made: list[Further] = list(FAMILIES[family].everything())
    return made


@pytest.mark.parametrize("family", FAMILIES)
@each_row("attack", attacks, lambda attack: ascii(attack.name))
def test_nothing_gives_way(
    attack: Further, reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path)
    if attack.reported:
        shutil.copytree(reported, tmp_path / "report")
    if attack.make:
        attack.make(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in attack.kept}
    monkeypatch.chdir(tmp_path)
    began = time.process_time()
    with patience():
        result = aligner(*attack.command, stdin=attack.stdin)
    assert result.exit_code in attack.codes, result.output
    assert time.process_time() - began < SECONDS
    assert "Traceback" not in result.output
    assert attack.said in result.stderr, result.stderr
    assert harmless(result.stderr), result.stderr
    assert {name: (tmp_path / name).read_bytes() for name in attack.kept} == before
    assert not attack.shown or harmless(result.stdout), result.stdout
    if attack.account and (tmp_path / "new").exists():
        assert not lost(tmp_path / attack.account, Report(tmp_path / "new"))
    if attack.workflow:
        assert checked(tmp_path) == attack.workflow


def lost(folder: Path, report: Report) -> list[str]:
    """Name the files of a folder that a report says nothing of."""
    told = [*(row.path for row in report.documents()), *(each.path for each in report.skipped())]
    files = [stored(str(path.relative_to(folder.parent))) for path in folder.rglob("*") if path.is_file()]
    return [file for file in files if not any(key == file or key.startswith(f"{file}#") for key in told)]


def checked(folder: Path) -> str:
    """Return the one path that the command of a workflow checks."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    (file,) = [path for path in folder.glob(".git*/**/*.yml") if path.is_file()]
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    if "jobs" in content:
        lines = [step.get("run", "") for step in content["jobs"]["articles"]["steps"]]
    else:
        lines = content["aligner"]["script"]
    (line,) = [line for line in lines if line.startswith("aligner check")]
    assert "${{ secrets" not in line
    path, option = shlex.split(line)[2:4]
    assert option == "--since"
    return path


def test_there_are_many_attacks() -> None:
    names = [attack.name for family in FAMILIES for attack in attacks(family)]
    assert len(names) >= LEAST_ATTACKS
    assert len(set(names)) == len(names)
