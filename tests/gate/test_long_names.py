"""Names that no system takes are names of nothing, and hide no name that git quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.gate.selection import listed
from aligner.keys import is_there
from aligner.model import InputError
from aligner.report.reader import Report

LONG = "é" * 120 + ".txt"


def test_a_name_that_is_too_long_only_as_git_quotes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(LONG).write_text("x")
    quoted = '"' + "\\303\\251" * 120 + '.txt"\n'
    assert listed(quoted.encode()).files == {str(tmp_path / LONG)}


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3_000, "a\udc97" * 200])
def test_a_name_that_no_system_takes(name: str) -> None:
    assert not is_there(Path(name))
    with pytest.raises(InputError, match="no such file"):
        listed(name.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="not a report"):
        Report(name)
