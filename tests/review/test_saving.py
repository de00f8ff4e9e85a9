"""Two reviews of one report: the marks of neither are written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import InputError
from aligner.review.saving import Saving
from aligner.settings.review import EMPTY, checked, read_review

MARK = {"kind": "finding", "verdict": "false", "fingerprint": "x", "code": "EXT101", "reason": "a name"}


def test_marks_of_another_review_stay(tmp_path: Path) -> None:
    file = tmp_path / "review.jsonl"
    one, other = Saving(file), Saving(file)
    first = EMPTY.with_mark(checked(MARK))
    one(first)
    one(both := first.with_mark(checked(MARK | {"fingerprint": "y"})))
    with pytest.raises(InputError, match="another review"):
        other(EMPTY.with_mark(checked(MARK | {"fingerprint": "z"})))
    assert list(read_review(file).lines()) == list(both.lines())
    again = Saving(file)
    again(both)
    file.unlink()
    with pytest.raises(InputError, match="another review"):
        again(both)
