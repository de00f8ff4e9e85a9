"""No attack on the gate passes: each ends with the exit code that it should, and without a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.articles import FRENCH, GLUED, aligner
from tests.gate.repository import commit_all
from tests.rows import each_row
from tests.torture.gate_attacks import FAMILIES, RULES, Attack, corpus
from tests.torture.test_torture import limited

LEAST_ATTACKS = 300

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


def test_there_are_many_attacks() -> None:
    names = [attack.name for family in FAMILIES for attack in attacks(family)]
    assert len(names) >= LEAST_ATTACKS
    assert len(set(names)) == len(names)


def attacks(family: str) -> list[Attack]:
    return FAMILIES[family]()


@pytest.mark.parametrize("family", FAMILIES)
@each_row("attack", attacks, lambda attack: ascii(attack.name))
def test_the_gate_holds(attack: Attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attack.make(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = aligner("check", *attack.arguments, *RULES, stdin=attack.stdin)
    assert result.exit_code == attack.code, result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments", [(), ("--since", "HEAD"), ("--files-from", "list"), ("--allow-skipped",)]
)
def test_a_folder_that_cannot_be_opened(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    corpus(tmp_path, "articles/closed/passerelle.txt")
    (tmp_path / "articles" / "closed" / "passerelle.txt").write_text(FRENCH, encoding="utf-8")
    commit_all(tmp_path)
    (tmp_path / "articles" / "closed" / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    (tmp_path / "list").write_text("articles/footbridge.txt\n", encoding="utf-8")
    (tmp_path / "articles" / "closed").chmod(0)
    code = "from aligner.cli.main import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "check", "articles", *RULES, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=limited,
    )
    (tmp_path / "articles" / "closed").chmod(0o755)
    assert run.returncode == (0 if arguments == ("--allow-skipped",) else 2), run.stderr
    assert "cannot be opened" in run.stdout + run.stderr
