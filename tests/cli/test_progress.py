"""Progress is for a person who waits at a terminal, and for nobody else."""

import io
import sys

import pytest

from aligner.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "patience", "quiet", "shown"),
    [
        (Terminal(), 0.0, False, True),
        (Terminal(), progress.PATIENCE, False, False),
        (Terminal(), 0.0, True, False),
        (io.StringIO(), 0.0, False, False),
    ],
    ids=["long work", "short work", "quiet", "no terminal"],
)
def test_who_sees_a_bar(
    stream: io.StringIO, patience: float, quiet: bool, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.progress_bar("fr", quiet=quiet) as tell:
        for done in range(1, 6):
            tell("check", done, 5)
    assert ("Vérification" in stream.getvalue()) is shown
    assert shown or stream.getvalue() == ""
