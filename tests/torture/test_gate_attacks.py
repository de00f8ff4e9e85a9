"""No attack on the gate passes: each ends with the exit code that it should, and without a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.articles import aligner
from tests.torture.gate_attacks import RULES, Attack, everything

ATTACKS = everything()
LEAST_ATTACKS = 300

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


def test_there_are_many_attacks() -> None:
    assert len(ATTACKS) >= LEAST_ATTACKS
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize(
    "attack", ATTACKS, ids=lambda attack: attack.name.encode("ascii", "replace").decode()
)
def test_the_gate_holds(attack: Attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attack.make(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = aligner("check", *attack.arguments, *RULES, stdin=attack.stdin)
    assert result.exit_code == attack.code, result.output
    assert "Traceback" not in result.output
