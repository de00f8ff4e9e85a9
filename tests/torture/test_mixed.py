"""No attack of a batch ends in a fault of ours, a hang, a steered terminal, a lost file or a passed gate."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.cli.articles import aligner
from tests.torture import growth, mixed, newer
from tests.torture.further import Further, write_articles
from tests.torture.test_further import SECONDS, patience
from tests.torture.test_injection import harmless

FAMILIES = {**mixed.everything(), **newer.everything(), **growth.everything()}
LEAST = 700
QUICK = 8
"""Every how many attacks of a family one is run each time; all of them are on request."""


@pytest.mark.parametrize(
    "every", [pytest.param(QUICK, id="some"), pytest.param(1, id="all", marks=pytest.mark.benchmark)]
)
@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_of_a_batch_gives_way(
    family: str, every: int, reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = []
    for number, attack in enumerate(FAMILIES[family][::every]):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        if fault := outcome(attack, folder, reported):
            faults.append(f"{attack.name}: {fault}")
        shutil.rmtree(folder, ignore_errors=True)
    assert not faults, "\n\n".join(faults)


def outcome(attack: Further, folder: Path, reported: Path) -> str:
    """Run an attack; return what is wrong with how it ended, or nothing."""
    write_articles(folder)
    if attack.reported:
        shutil.copytree(reported, folder / "report")
    if attack.make:
        attack.make(folder)
    before = {name: (folder / name).read_bytes() for name in attack.kept}
    began = time.process_time()
    with patience():
        result = aligner(*attack.command, stdin=attack.stdin)
    said = f"exit code {result.exit_code}\n{result.output[-1000:]}"
    wrong = {
        "another code": result.exit_code not in attack.codes,
        "too slow": time.process_time() - began > SECONDS,
        "a traceback": "Traceback" in result.output,
        "not said": attack.said not in result.stderr,
        "a steered terminal": not harmless(result.stderr) or (attack.shown and not harmless(result.stdout)),
        "a file lost": {name: (folder / name).read_bytes() for name in attack.kept} != before,
    }
    return " and ".join(name for name, found in wrong.items() if found) and f"{wrong}\n{said}"


def test_there_are_many_attacks() -> None:
    names = [attack.name for family in FAMILIES.values() for attack in family]
    assert len(names) >= LEAST
    assert len(set(names)) == len(names)
