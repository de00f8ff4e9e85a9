"""No further attack ends in a fault of ours, a hang, a steered terminal, or a code that is not owed."""

from __future__ import annotations

import contextlib
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.articles import aligner
from tests.torture import further_options, further_reports
from tests.torture.further import RULES, Further, write_articles
from tests.torture.test_injection import harmless

ATTACKS = [*further_reports.everything(), *further_options.everything()]
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


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reported")
    write_articles(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert aligner("audit", "articles", "--out", "report", *RULES).exit_code == 0
    return folder


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: ascii(attack.name))
def test_nothing_gives_way(
    attack: Further, reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path)
    if attack.reported:
        shutil.copytree(reported / "report", tmp_path / "report")
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
