"""Known findings: known again after the edits that a text undergoes, and forgotten when they are gone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.gate.baseline import Baseline, baseline_text, read_baseline
from aligner.model import Finding, InputError
from tests.reporters import samples

ARTICLE = samples.document("en/harbour.txt", "en", ["The port reopenedon Monday, and the portwas full.", "x"])
ONE, TWO = samples.finding(ARTICLE, "reopenedon"), samples.finding(ARTICLE, "portwas")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "harbour.txt").write_text(ARTICLE.text, encoding="utf-8")


def written(*findings: Finding, path: str = "known.json") -> Baseline:
    Path(path).write_text(baseline_text(findings, path), encoding="utf-8")
    return read_baseline(path)


def known(baseline: Baseline, *findings: Finding) -> list[bool]:
    return [finding.baselined for finding in baseline.mark(findings)[0]]


def test_the_file_reads_well_in_a_diff() -> None:
    text = baseline_text([TWO, ONE, replace(ONE, suppressed=True)], "known.json")
    assert text.splitlines()[2:-2] == [
        '  "findings": [',
        '    {"path": "en/harbour.txt", "code": "EXT101", "excerpt": "portwas"},',
        '    {"path": "en/harbour.txt", "code": "EXT101", "excerpt": "reopenedon"}',
    ]
    assert json.loads(baseline_text([], "known.json"))["findings"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"line": 40, "column": 2, "start": 900, "end": 910},  # edits elsewhere
        {"excerpt": "Reopenedon"},
        {"path": "./en/../en/harbour.txt"},
        {"fingerprint": "0" * 16, "pair": "fr/neuf.txt|en/harbour.txt"},  # the other side was renamed
        {"severity": "critical", "confidence": 0.4},
    ],
)
def test_known_again(change: dict[str, Any]) -> None:
    assert known(written(ONE), replace(ONE, **change)) == [True]


@pytest.mark.parametrize("change", [{"code": "EXT104"}, {"excerpt": "reopened on"}, {"path": "en/other.txt"}])
def test_not_known(change: dict[str, Any]) -> None:
    assert known(written(ONE), replace(ONE, **change)) == [False]


def test_the_absolute_path_and_a_baseline_in_another_folder(tmp_path: Path) -> None:
    (tmp_path / "ci").mkdir()
    baseline = written(ONE, path="ci/known.json")
    assert baseline.entries[0].path == "../en/harbour.txt"
    assert known(baseline, replace(ONE, path=str(tmp_path / "en/harbour.txt"))) == [True]


def test_one_entry_covers_one_finding_those_that_count_first() -> None:
    baseline = written(ONE)
    assert known(baseline, replace(ONE, demoted_by="EXT106"), ONE, ONE) == [False, True, False]
    assert known(baseline, replace(ONE, demoted_by="EXT106")) == [True]
    assert known(written(ONE, ONE), ONE, ONE) == [True, True]


def test_what_is_fixed_is_told_where_it_was_looked_for() -> None:
    elsewhere = replace(ONE, path="en/removed.txt")
    unread = Path("en/unread.txt")
    unread.touch()
    baseline = written(ONE, TWO, elsewhere, replace(ONE, path=str(unread)))
    _, left = baseline.mark([ONE])
    gone = [(entry.path, entry.excerpt) for entry in baseline.gone(left, [ARTICLE.path], ["EXT101"])]
    assert gone == [("en/harbour.txt", "portwas"), ("en/removed.txt", "reopenedon")]
    assert baseline.gone(left, [ARTICLE.path], ["EXT104"]) == []  # that check did not run
    assert len(baseline.gone(left, [], ["EXT101"])) == 1  # only the file that is not there


@pytest.mark.parametrize(
    "text", ["", "[]", '{"schema": 1}', '{"schema": 1, "findings": [{"path": "a"}]}', '{"schema": 2}', "\xff"]
)
def test_what_is_no_baseline(text: str) -> None:
    Path("known.json").write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match=r"known\.json: (not a baseline|a baseline of another version)"):
        read_baseline("known.json")


def test_a_baseline_that_is_not_there() -> None:
    with pytest.raises(InputError, match=r"none\.json: .* --write-baseline makes one"):
        read_baseline("none.json")
